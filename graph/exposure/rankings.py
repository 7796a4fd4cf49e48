"""Rankings of exporters: by buyers that are end users, or by programmes; never added up."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from typing import Literal, TypeAlias

import msgspec
import networkx as nx
from tqdm import tqdm

from graph.exposure.engine import Score, score_of
from graph.exposure.estimate import estimate_of_any
from graph.exposure.path_sets.collect import path_sets_by_target
from graph.exposure.path_sets.path_set import PathSet
from graph.network.build import Link, Network
from graph.paths.find import narrowed
from graph.paths.question import EVERYTHING, Question
from graph.probability.methods import Estimate, LinkProbabilities
from graph.record.vocabulary import Relation

#: What is counted. There is no ranking by both: a buyer and its programme are one sale.
By: TypeAlias = Literal["programmes", "end-users"]


class Rank(msgspec.Struct, frozen=True):
    """An exporter's place in a ranking, and what it rests on.

    Parameters
    ----------
    rank : int
        1 for the highest sum; equal sums share a rank.
    exporter : str
        Id of a company.
    total : float
        Sum of the scores of `counted`: the number of targets that the sound part of the record
        can be expected to establish a path to.
    low, high : float
        The sums of the scores' low and high ends.
    certain : float
        The sum of the certain scores.
    any : float
        P(at least one path to at least one of them). It saturates, and is not ranked by.
    method : str
        "exact", or "worlds" where one of the scores or `any` was sampled, or "bounded".
    error : float
        Half-width of the interval of `any`; the sum's is at most as many times that as there are
        sampled scores.
    counted : tuple of Score
        The targets, highest score first.
    within : dict of str to str
        Programmes that are not counted again, each with the one of `counted` that it is part of.
    """

    rank: int
    exporter: str
    total: float
    low: float
    high: float
    certain: float
    any: float
    method: str
    error: float
    counted: tuple[Score, ...]
    within: dict[str, str]


def ranking(
    network: Network,
    by: By,
    question: Question = EVERYTHING,
    *,
    left_out: Counter[str] | None = None,
    progress: bool = False,
) -> list[Rank]:
    """Rank companies by the sum of their scores over the targets of one kind.

    Parameters
    ----------
    network : networkx.MultiDiGraph
        Made by `graph.network.build.from_records` or `of_store`.
    by : "programmes" or "end-users"
        The kind of target; end users are public bodies and organisations.
    question : Question
        Of any number of exporters, and of all targets; those of the kind are ranked by.
    left_out : Counter, optional
        Counts the pairs that have no score because of `eu_only`, under "eu".
    progress : bool
        Show how far it is, where that takes more than a second.

    Returns
    -------
    list of Rank
        Highest sum first, then by id; companies that reach no target are not in it.
    """
    network, question = narrowed(network, msgspec.structs.replace(question, kinds=by))
    weighed = LinkProbabilities(network)
    found = []
    walked = path_sets_by_target(network, question, left_out=left_out, weighed=weighed)
    off = None if progress else True
    for exporter, by_target in tqdm(
        walked, "Ranking", unit=" companies", delay=1, disable=off, leave=False
    ):
        if not by_target:
            continue
        scores = {
            target: score_of(network, (exporter, target), joined, weighed=weighed)
            for target, joined in by_target.items()
        }
        some = estimate_of_any(weighed.chances(), by_target.values())
        within = parts_of_others(weighed.links, by_target, scores)
        found.append(_rank(exporter, scores, some, within))
    found.sort(key=lambda one: (-one.total, one.exporter))
    places: dict[float, int] = {}
    for place, one in enumerate(found, start=1):
        places.setdefault(one.total, place)
    return [msgspec.structs.replace(one, rank=places[one.total]) for one in found]


def _rank(
    exporter: str, scores: Mapping[str, Score], some: Estimate, within: dict[str, str]
) -> Rank:
    counted = sorted(
        (score for target, score in scores.items() if target not in within),
        key=lambda score: (-score.score, score.target),
    )
    sampled = [score.error for score in scores.values() if score.error]
    methods = {some.method, *(score.method for score in scores.values())}
    return Rank(
        rank=0,
        exporter=exporter,
        total=math.fsum(score.score for score in counted),
        low=math.fsum(score.low for score in counted),
        high=math.fsum(score.high for score in counted),
        certain=math.fsum(score.certain for score in counted),
        any=some.value,
        method=next((how for how in ("bounded", "worlds") if how in methods), "exact"),
        error=max([some.error, *sampled]),
        counted=tuple(counted),
        within=within,
    )


def parts_of_others(
    links: Mapping[str, Link], joined: Mapping[str, PathSet], scores: Mapping[str, Score]
) -> dict[str, str]:
    """Return the programmes of an answer that are part of another one in it, each with that one.

    Parameters
    ----------
    links : mapping of str to Link
        The network's links, by id.
    joined : mapping of str to PathSet
        What joins the exporter with each target. Only what lies on a path makes a programme part
        of another one here: it can hold, and its dates fit.
    scores : mapping of str to Score
        The scores of one exporter, by target.

    Returns
    -------
    dict of str to str
        Part -> whole that is counted. Of programmes that are each part of the other, the one with
        the highest score counts; of equal ones, the first by id.
    """
    parts: nx.DiGraph[str] = nx.DiGraph()
    parts.add_nodes_from(scores)
    on_the_way = {links[id_] for one in joined.values() for id_ in one.links}
    parts.add_edges_from(
        (link.tail, link.head) for link in on_the_way if link.relation is Relation.PART_OF
    )
    best = sorted(scores, key=lambda target: (-scores[target].score, target))
    above = {one: nx.descendants(parts, one) & set(scores) for one in best}
    place = {target: number for number, target in enumerate(best)}
    tops = [
        one
        for one in best
        if all(one in above[other] and place[one] < place[other] for other in above[one])
    ]
    return {
        one: next(top for top in tops if top in above[one]) for one in scores if one not in tops
    }
