"""The walks of a tree, by exporter and target."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pyarrow as pa

from graph.exposure.path_sets.dense import Dense
from graph.exposure.path_sets.path_set import NOTHING, PathSet, strongest_eu_status
from graph.exposure.path_sets.reach import of_tree
from graph.paths.kernels.tree import Tree, chosen, spelled, surely
from graph.probability.limits import LISTED


def by_target(
    regime: Callable[[str, str], str],
    tree: Tree,
    ids: Sequence[str],
    entities: pa.Array,
    *,
    eu_only: bool = False,
) -> list[dict[str, PathSet]]:
    """Return the path sets of each exporter of a tree, by target.

    Parameters
    ----------
    regime : callable
        From a link, were it the first of a walk, and the walk's target, both by id, to whether
        the walk is an export under EU rules.
    tree : Tree
        Complete lists of walks.
    ids : sequence of str
        Ids of the links that the tree names by number.
    entities : pyarrow.Array of str
        Ids of the entities that it names by number.
    eu_only : bool
        Leave out walks whose supplier was not under EU rules.

    Returns
    -------
    list of dict of str to PathSet
        One for each exporter, its targets in the order of ids; `NOTHING` where no walk is left.
    """
    starts, used = spelled(tree)
    by_exporter = []
    for x in range(len(tree.total)):
        first, last = tree.end_first[x], tree.end_first[x + 1]
        order = first + np.argsort(tree.target[first:last], kind="stable")
        groups = np.split(order, np.flatnonzero(np.diff(tree.target[order])) + 1)
        path_sets = {}
        for group in groups:
            if not len(group):
                continue
            target = entities[int(tree.target[group[0]])].as_py()
            regimes = {
                first: regime(ids[first], target) for first in set(tree.begins[group].tolist())
            }
            walks = [walk for walk in group if not eu_only or regimes[tree.begins[walk]] != "no"]
            path_sets[target] = NOTHING
            if not walks:
                continue
            sets = [
                frozenset(ids[link] for link in used[starts[walk] : starts[walk + 1]])
                for walk in walks
            ]
            few = len(sets) <= LISTED
            path_sets[target] = PathSet(
                walks=tuple(sets) if few else (),
                certain=tuple(
                    links
                    for links, walk in zip(sets, walks, strict=True)
                    if few and tree.certain[walk]
                ),
                links=frozenset().union(*sets),
                eu=strongest_eu_status(regimes[tree.begins[walk]] for walk in walks),
                total=len(sets),
                dense=None if few else _dense(tree, x, walks, ids),
            )
        by_exporter.append(dict(sorted(path_sets.items())))
    return by_exporter


def _dense(tree: Tree, exporter: int, walks: list[np.int64], ids: Sequence[str]) -> Dense:
    kept = np.zeros(len(tree.node), np.bool_)
    kept[walks] = True
    pair = chosen(tree, kept)
    nodes, ends = (
        slice(*bounds[exporter : exporter + 2]) for bounds in (pair.first, pair.end_first)
    )
    pair = pair._replace(
        first=np.array([0, nodes.stop - nodes.start]),
        above=pair.above[nodes],
        link=pair.link[nodes],
        end_first=np.array([0, ends.stop - ends.start]),
        node=pair.node[ends],
        target=pair.target[ends],
        certain=pair.certain[ends],
        begins=pair.begins[ends],
    )
    target = pair.target[:1]
    return Dense(tuple(ids), of_tree(pair, target), of_tree(surely(pair), target))
