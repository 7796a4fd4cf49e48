"""The most probable walks of each exporter and target, where links are independent."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from graph.paths.kernels.columns import Codes
from graph.paths.kernels.jit import kernel
from graph.paths.kernels.tree import Numbers, Tree

Floats: TypeAlias = NDArray[np.float64]


def best(tree: Tree, chance: Floats, top: int) -> tuple[Numbers, Floats]:
    """Return the most probable walks of each pair.

    Parameters
    ----------
    tree : Tree
        Walks, whole.
    chance : float64 array (links)
        Of each link of `Steps.links`. Where walks hold links that share an origin, their
        probability is another one: ask `graph.probability.methods`.
    top : int
        How many walks of each pair.

    Returns
    -------
    (int64 array, float64 array)
        Walks, as places in `Tree.node`, by exporter, target, falling probability, and the order
        of steps; and their probabilities.
    """
    probable = _products(tree.first, tree.above, tree.link, tree.end_first, tree.node, chance)
    owner = np.repeat(np.arange(len(tree.first) - 1), np.diff(tree.end_first))
    order = np.lexsort((-probable, tree.target, owner))
    pair = np.flatnonzero(
        np.concatenate([[True], (np.diff(owner[order]) != 0) | (np.diff(tree.target[order]) != 0)])[
            : len(order)
        ]
    )
    rank = np.arange(len(order)) - np.repeat(pair, np.diff([*pair, len(order)]))
    kept = order[rank < top]
    return kept, probable[kept]


@kernel
def _products(
    first: Numbers, above: Codes, link: Codes, end_first: Numbers, node: Codes, chance: Floats
) -> Floats:
    upto = np.empty(len(above), np.float64)
    found = np.empty(len(node), np.float64)
    for x in range(len(first) - 1):
        base = first[x]
        for one in range(base, first[x + 1]):
            up = above[one]
            upto[one] = chance[link[one]] * (upto[base + up] if up >= 0 else 1.0)
        for walk in range(end_first[x], end_first[x + 1]):
            found[walk] = upto[base + node[walk]]
    return found
