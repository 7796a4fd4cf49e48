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

#: The kinds of target to rank by, one at a time: a buyer and its programme are one sale.
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
        Which targets to rank by; end users are public bodies and organisations.
    question : Question
        Any number of exporters; all targets of the kind count.
    left_out : Counter, optional
        Receives the number of pairs without a score: because of `eu_only` under "eu", and where
        no listed walk joins them under "unlisted".
    progress : bool
        Show a progress bar after a second.

    Returns
    -------
    list of Rank
        Highest sum first, then by id; companies that reach no target are left out.
    """
    network, question = narrowed(network, msgspec.structs.replace(question, kinds=by))
    weighed = LinkProbabilities(network)
    ranks = []
    path_sets = path_sets_by_target(network, question, left_out=left_out, weighed=weighed)
    off = None if progress else True
    for exporter, by_target in tqdm(
        path_sets, "Ranking", unit=" companies", delay=1, disable=off, leave=False
    ):
        if not by_target:
            continue
        scores = {
            target: score_of(network, (exporter, target), joined, weighed=weighed)
            for target, joined in by_target.items()
        }
        reaches_any = estimate_of_any(weighed.chances(), by_target.values())
        within = parts_of_others(weighed.links, by_target, scores)
        ranks.append(_rank(exporter, scores, reaches_any, within))
    ranks.sort(key=lambda rank: (-rank.total, rank.exporter))
    places: dict[float, int] = {}
    for place, rank in enumerate(ranks, start=1):
        places.setdefault(rank.total, place)
    return [msgspec.structs.replace(rank, rank=places[rank.total]) for rank in ranks]


def _rank(
    exporter: str, scores: Mapping[str, Score], reaches_any: Estimate, within: dict[str, str]
) -> Rank:
    counted = sorted(
        (score for target, score in scores.items() if target not in within),
        key=lambda score: (-score.score, score.target),
    )
    sampled = [score.error for score in scores.values() if score.error]
    methods = {reaches_any.method, *(score.method for score in scores.values())}
    return Rank(
        rank=0,
        exporter=exporter,
        total=math.fsum(score.score for score in counted),
        low=math.fsum(score.low for score in counted),
        high=math.fsum(score.high for score in counted),
        certain=math.fsum(score.certain for score in counted),
        any=reaches_any.value,
        method=next((method for method in ("bounded", "worlds") if method in methods), "exact"),
        error=max([reaches_any.error, *sampled]),
        counted=tuple(counted),
        within=within,
    )


def parts_of_others(
    links: Mapping[str, Link], joined: Mapping[str, PathSet], scores: Mapping[str, Score]
) -> dict[str, str]:
    """Return which scored programmes are part of other scored programmes.

    Parameters
    ----------
    links : mapping of str to Link
        The network's links, by id.
    joined : mapping of str to PathSet
        What joins the exporter with each target. Only a `part_of` on a path counts here: it can
        hold, and its dates fit.
    scores : mapping of str to Score
        The scores of one exporter, by target.

    Returns
    -------
    dict of str to str
        From each part to the whole that counts. Of programmes that are part of one another, the
        one with the highest score counts; of equal ones, the first by id.
    """
    parts: nx.DiGraph[str] = nx.DiGraph()
    parts.add_nodes_from(scores)
    used = {links[link_id] for path_set in joined.values() for link_id in path_set.links}
    parts.add_edges_from(
        (link.tail, link.head) for link in used if link.relation is Relation.PART_OF
    )
    best = sorted(scores, key=lambda target: (-scores[target].score, target))
    wholes = {target: nx.descendants(parts, target) & set(scores) for target in best}
    place = {target: number for number, target in enumerate(best)}
    tops = [
        target
        for target in best
        if all(target in wholes[whole] and place[target] < place[whole] for whole in wholes[target])
    ]
    return {
        target: next(top for top in tops if top in wholes[target])
        for target in scores
        if target not in tops
    }
