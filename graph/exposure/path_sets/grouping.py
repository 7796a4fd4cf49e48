"""The walks of a tree, by exporter and target."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from graph.exposure.path_sets.dense import Dense
from graph.exposure.path_sets.path_set import NOTHING, PathSet, strongest_eu_status
from graph.exposure.path_sets.reach import of_tree
from graph.paths.kernels.tree import Tree, chosen, spelled, surely
from graph.probability.limits import LISTED


def by_target(
    regimes: Sequence[str],
    tree: Tree,
    ids: Sequence[str],
    entities: pa.Array,
    *,
    eu_only: bool = False,
) -> list[dict[str, PathSet]]:
    """Return what joins each exporter of a tree with the targets that it reaches.

    Parameters
    ----------
    regimes : sequence of str
        For each link, whether its supplier was under EU rules, were it the first of a walk.
    tree : Tree
        Walks, whole.
    ids : sequence of str
        Ids of the links that the tree names by number.
    entities : pyarrow.Array of str
        Ids of the entities that it names by number.
    eu_only : bool
        Leave out walks whose supplier was not under EU rules.

    Returns
    -------
    list of dict of str to PathSet
        For each exporter, by target, in the order of ids; `NOTHING` where no walk is left.
    """
    starts, used = spelled(tree)
    found = []
    for x in range(len(tree.total)):
        first, last = tree.end_first[x], tree.end_first[x + 1]
        order = first + np.argsort(tree.target[first:last], kind="stable")
        groups = np.split(order, np.flatnonzero(np.diff(tree.target[order])) + 1)
        there = {}
        for every in groups:
            if not len(every):
                continue
            target = entities[int(tree.target[every[0]])].as_py()
            walks = [w for w in every if not eu_only or regimes[tree.begins[w]] != "no"]
            there[target] = NOTHING
            if not walks:
                continue
            sets = [frozenset(ids[one] for one in used[starts[w] : starts[w + 1]]) for w in walks]
            few = len(sets) <= LISTED
            there[target] = PathSet(
                walks=tuple(sets) if few else (),
                certain=tuple(
                    one for one, w in zip(sets, walks, strict=True) if few and tree.certain[w]
                ),
                links=frozenset().union(*sets),
                eu=strongest_eu_status(regimes[tree.begins[w]] for w in walks),
                total=len(sets),
                dense=None if few else _dense(tree, x, walks, ids),
            )
        found.append(dict(sorted(there.items())))
    return found


def _dense(tree: Tree, exporter: int, walks: list[np.int64], ids: Sequence[str]) -> Dense:
    kept = np.zeros(len(tree.node), np.bool_)
    kept[walks] = True
    one = chosen(tree, kept)
    nodes, ends = (slice(*bounds[exporter : exporter + 2]) for bounds in (one.first, one.end_first))
    one = one._replace(
        first=np.array([0, nodes.stop - nodes.start]),
        above=one.above[nodes],
        link=one.link[nodes],
        end_first=np.array([0, ends.stop - ends.start]),
        node=one.node[ends],
        target=one.target[ends],
        certain=one.certain[ends],
        begins=one.begins[ends],
    )
    target = one.target[:1]
    return Dense(tuple(ids), of_tree(one, target), of_tree(surely(one), target))
