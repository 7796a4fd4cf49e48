"""The walks of one pair, or the states that they pass through, by the kernels."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import numpy as np
from numpy.typing import NDArray

from graph.exposure.path_sets.dense import Dense
from graph.exposure.path_sets.expand import expand
from graph.exposure.path_sets.grouping import by_target
from graph.exposure.path_sets.path_set import (
    NOTHING,
    PathSet,
    beginnings,
    eu_status_of_supply,
    strongest_eu_status,
)
from graph.network.build import Network, links_by_id
from graph.paths.count import COUNT
from graph.paths.kernels.columns import of_network
from graph.paths.kernels.list_walks import Allowed, list_walks
from graph.paths.kernels.prune import prune
from graph.paths.kernels.steps import steps
from graph.paths.kernels.tree import Tree
from graph.paths.kernels.walk_input import LOOK, Wanted
from graph.paths.question import Question


def path_set_of_pair(
    network: Network, question: Question, possible_links: frozenset[str] | None = None
) -> PathSet:
    """Return the walks of a pair where they can be listed, else the states that they pass.

    Parameters
    ----------
    network : networkx.MultiDiGraph
        Made by `graph.network.build.from_records` or `of_store`.
    question : Question
        One exporter and one target; its statuses are those of the network.
    possible_links : frozenset of str, optional
        Links whose weights are not zero; None: all.
    """
    columns = of_network(network)
    begin, end = columns.numbers([question.exporter]), columns.numbers([question.target])
    max_hops, on = question.max_hops, question.on
    allowed_first_links = beginnings(network, question)

    def walked(hops: int, budget: int, *, listed: bool = True) -> tuple[Tree, tuple[str, ...]]:
        made = steps(columns, prune(columns, begin, end, hops), end, on)
        ids: list[str] = columns.link_ids.take(made.links).to_pylist()

        def mask(chosen: frozenset[str] | None) -> NDArray[np.bool_]:
            return np.array([chosen is None or link_id in chosen for link_id in ids], np.bool_)

        allowed = Allowed(mask(possible_links), mask(allowed_first_links), int(end[0]))
        return list_walks(made, begin, allowed, Wanted(budget, listed=listed)), tuple(ids)

    of_id = links_by_id(network)

    def regime(link: str, target: str) -> str:
        return eu_status_of_supply(network, of_id[link], target, on)

    tree, ids = walked(max_hops, LOOK)
    listed: PathSet | None = None
    if tree.whole[0]:
        listed = by_target(regime, tree, ids, columns.entities)[0].get(question.target, NOTHING)
        if listed.dense is None:
            return listed
    expanded = expand(network, question, possible_links)
    dense = Dense(expanded.links, expanded.possible, expanded.certain)
    if listed is not None:  # states in common are fewer than those of a list
        return msgspec.structs.replace(listed, dense=dense) if expanded.exact else listed
    counted, _ = walked(max_hops, COUNT, listed=False)
    if not expanded.exact:
        shorter, ids = _longest_whole(walked, max_hops)
        dense = dense.at_least(shorter, ids, end)
    return PathSet(
        walks=(),
        certain=(),
        links=frozenset(expanded.links),
        eu=strongest_eu_status(regime(link, question.target) for link in expanded.begins),
        total=int(counted.total[0]),
        counted=bool(counted.whole[0]),
        dense=dense,
    )


def _longest_whole(
    walked: Callable[[int, int], tuple[Tree, tuple[str, ...]]], max_hops: int
) -> tuple[Tree, tuple[str, ...]]:
    """Return all walks up to the greatest number of hops that can be listed.

    Short walks carry most of a score.
    """
    longest = walked(0, LOOK)
    for hops in range(1, max_hops):
        longer = walked(hops, LOOK)
        if not longer[0].whole[0]:
            break
        longest = longer
    return longest
