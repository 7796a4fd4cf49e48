"""The exposure of exporters to targets, by the first method that stays within its budget.

E(x, g) is the probability that the sound part of the record establishes at least one supply path
from exporter x to target g: two-terminal network reliability over origins, restricted to typed
walks whose dates fit (docs/exposure.md). It is a probability of provability, never of guilt.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import msgspec

from graph.exposure.estimate import estimate_of
from graph.exposure.path_sets.collect import collect_path_set, path_sets_by_target
from graph.exposure.path_sets.path_set import PathSet
from graph.network.build import Network
from graph.paths.find import narrowed
from graph.paths.question import EVERYTHING, Question
from graph.probability.methods import Estimate, LinkProbabilities, Method
from graph.probability.reference import Band
from graph.record.vocabulary import Kind


class Score(msgspec.Struct, frozen=True):
    """The exposure of one exporter to one target, with its band, its method and its error.

    Parameters
    ----------
    exporter, target, target_kind : str
        Ids, and the kind of the target.
    score : float
        P(possible): some walk whose dates can fit has all its links.
    certain : float
        The same over the walks whose dates are bound to fit; never above `score`.
    low, high : float
        The band of `score` from the low and high ends of the weights.
    method : str
        How all four were computed: "exact", "worlds", "reference"; or "bounded" where not every
        walk could be included: see `graph.exposure.estimate.estimate_of`.
    error : float
        How far off each of them may be at 95 %; 0 where they are exact.
    paths : int
        Number of admissible walks; a lower bound where `counted` is False.
    origins : int
        Number of root sources that their links rest on.
    eu : str
        Whether a first supplier was under EU export rules at the supply: yes, possibly or no.
    counted : bool
        Whether `paths` counts all walks.
    """

    exporter: str
    target: str
    target_kind: Kind
    score: float
    certain: float
    low: float
    high: float
    method: str
    error: float
    paths: int
    origins: int
    eu: str
    counted: bool = True


def exposure(network: Network, question: Question, method: Method = "auto") -> Score:
    """Return the exposure of an exporter to a target.

    Parameters
    ----------
    network : networkx.MultiDiGraph
        Made by `graph.network.build.from_records` or `of_store`.
    question : Question
        One exporter and one target.
    method : "auto", "reference", "exact" or "worlds"
        How to compute; see `Method`.

    Returns
    -------
    Score
        Its score is 0 where no walk joins the two.
    """
    network, question = narrowed(network, question)
    return score_of(network, question.ends, collect_path_set(network, question), method)


def scores(
    network: Network,
    question: Question = EVERYTHING,
    *,
    left_out: Counter[str] | None = None,
    weighed: LinkProbabilities | None = None,
) -> Iterator[Score]:
    """Yield the score of each exporter and target that a walk joins.

    Only companies are scored as exporters: organisations, public bodies and places never are.

    Parameters
    ----------
    network : networkx.MultiDiGraph
        The network.
    question : Question
        Any number of exporters; some targets or all.
    left_out : Counter, optional
        Receives the number of pairs without a score: because of `eu_only` under "eu", and where
        no listed walk joins them under "unlisted".
    weighed : LinkProbabilities, optional
        Those of the network, to share them between questions.

    Yields
    ------
    Score
        Exporter by exporter, in the order of ids.
    """
    if question.statuses is not None:
        network, question = narrowed(network, question)
        weighed = None
    weighed = weighed or LinkProbabilities(network)
    for exporter, by_target in path_sets_by_target(
        network, question, left_out=left_out, weighed=weighed
    ):
        for target, joined in by_target.items():
            yield score_of(network, (exporter, target), joined, weighed=weighed)


def score_of(
    network: Network,
    ends: tuple[str, str],
    joined: PathSet,
    method: Method = "auto",
    weighed: LinkProbabilities | None = None,
) -> Score:
    """Return the score of an exporter and a target, from the walks that join them.

    All four numbers come from one method, so the band always holds the score, and the score is
    never below the certain one, sampled or not.

    Parameters
    ----------
    network : networkx.MultiDiGraph
        The network.
    ends : tuple of str
        Ids of the exporter and the target.
    joined : PathSet
        From `graph.exposure.path_sets.collect`.
    method : "auto", "reference", "exact" or "worlds"
        How to compute; see `Method`.
    weighed : LinkProbabilities, optional
        Those of the network, to share them between questions.
    """
    weighed = weighed or LinkProbabilities(network, joined.links)

    def estimates_by(how: Method) -> list[Estimate]:
        bands: tuple[Band, ...] = ("value", "low", "high")
        value, low, high = (weighed.chances(band, how) for band in bands)
        possible = estimate_of(value, joined)
        return [
            possible,
            possible if joined.all_certain else estimate_of(value, joined, certain=True),
            estimate_of(low, joined),
            estimate_of(high, joined),
        ]

    estimates = estimates_by(method)
    if joined.dense is None and len({estimate.method for estimate in estimates}) > 1:
        estimates = estimates_by("worlds")
    score, certain, low, high = estimates
    exporter, target = ends
    return Score(
        exporter=exporter,
        target=target,
        target_kind=network.nodes[target]["kind"],
        score=score.value,
        certain=certain.value,
        low=low.value,
        high=high.value,
        method=next(
            (estimate.method for estimate in estimates if estimate.method == "bounded"),
            score.method,
        ),
        error=max(estimate.error for estimate in estimates),
        paths=joined.total,
        origins=joined.count_origins(weighed),
        eu=joined.eu,
        counted=joined.counted,
    )
