"""The walks of one pair, or the states that they pass through, by the kernels."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, Protocol, TypeVar

import msgspec
import numpy as np
from numpy.typing import NDArray

from graph.exposure.path_sets.dense import Dense
from graph.exposure.path_sets.expand import Expanded, expand
from graph.exposure.path_sets.grouping import by_target
from graph.exposure.path_sets.layers import Usable, certain_layers, layers, only_hops_bind
from graph.exposure.path_sets.path_set import (
    NOTHING,
    PathSet,
    beginnings,
    eu_status_of_supply,
    strongest_eu_status,
)
from graph.exposure.path_sets.reach import States, used_ways
from graph.network.build import Network, links_by_id
from graph.paths.count import COUNT
from graph.paths.kernels.columns import Codes, Columns, of_network
from graph.paths.kernels.list_walks import Allowed, list_walks
from graph.paths.kernels.prune import prune
from graph.paths.kernels.steps import Steps, steps
from graph.paths.kernels.tree import Tree
from graph.paths.kernels.walk_input import LOOK, Wanted
from graph.paths.question import Question


class HasTree(Protocol):
    """What a walk over the kernels gives: its tree, and more."""

    @property
    def tree(self) -> Tree:
        """The walks."""


W = TypeVar("W", bound=HasTree)


class _Walked(NamedTuple):
    tree: Tree
    ids: tuple[str, ...]
    steps: Steps
    possible: NDArray[np.bool_]
    first: NDArray[np.bool_]


def path_set_of_pair(
    network: Network,
    question: Question,
    possible_links: frozenset[str] | None = None,
    columns: Columns | None = None,
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
    columns : Columns, optional
        Those of the network, to share them between questions.
    """
    columns = columns or of_network(network)
    begin, end = columns.numbers([question.exporter]), columns.numbers([question.target])
    max_hops, on = question.max_hops, question.on
    allowed_first_links = beginnings(network, question)

    def walked(hops: int, budget: int, *, listed: bool = True) -> _Walked:
        made = steps(columns, prune(columns, begin, end, hops), end, on)
        ids: list[str] = columns.link_ids.take(made.links).to_pylist()

        def mask(chosen: frozenset[str] | None) -> NDArray[np.bool_]:
            return np.array([chosen is None or link_id in chosen for link_id in ids], np.bool_)

        possible, first = mask(possible_links), mask(allowed_first_links)
        allowed = Allowed(possible, first, int(end[0]))
        tree = list_walks(made, begin, allowed, Wanted(budget, listed=listed))
        return _Walked(tree, tuple(ids), made, possible, first)

    of_id = links_by_id(network)

    def regime(link: str, target: str) -> str:
        return eu_status_of_supply(network, of_id[link], target, on)

    all_walks = walked(max_hops, LOOK)
    tree, ids = all_walks.tree, all_walks.ids
    listed: PathSet | None = None
    if tree.whole[0]:
        listed = by_target(regime, tree, ids, columns.entities)[0].get(question.target, NOTHING)
        if listed.dense is None:
            return listed
    expanded = (
        _by_layers(all_walks, int(begin[0]), int(end[0]))
        if only_hops_bind(all_walks.steps)
        else expand(network, question, possible_links)
    )
    dense = Dense(expanded.links, expanded.possible, expanded.certain)
    if listed is not None:  # states in common are fewer than those of a list
        return msgspec.structs.replace(listed, dense=dense) if expanded.exact else listed
    counted = walked(max_hops, COUNT, listed=False).tree
    if not expanded.exact:
        shorter = longest_whole(walked, max_hops)
        dense = dense.at_least(shorter.tree, shorter.ids, end)
    return PathSet(
        walks=(),
        certain=(),
        links=frozenset(expanded.links),
        eu=strongest_eu_status(regime(link, question.target) for link in expanded.begins),
        total=int(counted.total[0]),
        counted=bool(counted.whole[0]),
        dense=dense,
    )


def _by_layers(all_walks: _Walked, exporter: int, target: int) -> Expanded:
    """Return the states of a pair whose walks nothing but hops binds."""
    usable = Usable(all_walks.possible, all_walks.first)
    ends = all_walks.steps, exporter, usable, target
    made, certain, ids = layers(*ends), certain_layers(*ends), all_walks.ids
    used = used_ways(made.states, 0)
    links = np.unique(made.states.link[used])
    return Expanded(
        links=tuple(ids[link] for link in links.tolist()),
        begins=frozenset(ids[link] for link in made.states.link[used & made.begins].tolist()),
        possible=_to_the_target(made.states, links),
        certain=_to_the_target(certain.states, links),
        exact=True,
    )


def _to_the_target(states: States, links: Codes) -> States:
    """Return the states with only the ways to their one target, over links with new numbers."""
    used = used_ways(states, 0)
    return states._replace(
        into=np.concatenate([[0], np.cumsum(used)])[states.into],
        before=states.before[used],
        link=np.searchsorted(links, states.link[used]).astype(np.int32),
        targets=1,
    )


def longest_whole(walked: Callable[[int, int], W], max_hops: int) -> W:
    """Return all walks up to the greatest number of hops that can be listed.

    Short walks carry most of a score.
    """
    longest = walked(0, LOOK)
    for hops in range(1, max_hops):
        longer = walked(hops, LOOK)
        if not longer.tree.whole[0]:
            break
        longest = longer
    return longest
