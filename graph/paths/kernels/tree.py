"""Listed walks, as a tree of their common beginnings."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from graph.paths.kernels.columns import Codes
from graph.paths.kernels.jit import kernel

Numbers: TypeAlias = NDArray[np.int64]


class Tree(NamedTuple):
    """Walks of some exporters: nodes are beginnings of walks, each with its last link.

    Attributes
    ----------
    first : int64 (exporters + 1)
        Where each exporter's nodes begin.
    above : int32 (nodes)
        The beginning without the last link, counted from the exporter's first node: -1 is the
        exporter alone.
    link : int32 (nodes)
        The last link, as a place in `Steps.links`.
    end_first : int64 (exporters + 1)
        Where each exporter's walks begin.
    node : int32 (walks)
        Where a walk ends, counted from the exporter's first node.
    target : int32 (walks)
        The entity at its end.
    certain : bool (walks)
        Whether its dates are bound to fit.
    begins : int32 (walks)
        The link of its first supply or contribution.
    total : int64 (exporters)
        Number of walks, listed or not.
    cut : int64 (exporters, 5)
        How many beginnings were cut, by `graph.paths.kernels.list_walks.CUTS`.
    whole : bool (exporters)
        False where the budget ran out: then none of the exporter's walks is listed, and `total`
        and `cut` count what was found until then.
    leads : int64 (pairs, 3)
        Buyers, and programmes at which walks end: the place, the last supply before it, and the
        earliest day by which all supplies of some walk can have happened.
    """

    first: Numbers
    above: Codes
    link: Codes
    end_first: Numbers
    node: Codes
    target: Codes
    certain: NDArray[np.bool_]
    begins: Codes
    total: Numbers
    cut: Numbers
    whole: NDArray[np.bool_]
    leads: Numbers


def spelled(tree: Tree) -> tuple[Numbers, Codes]:
    """Return the links of each walk.

    Returns
    -------
    (int64 array (walks + 1), int32 array)
        Where each walk's links begin, and the links, as places in `Steps.links`, in order.
    """
    return _spell(tree.first, tree.above, tree.link, tree.end_first, tree.node)


@kernel
def _spell(
    first: Numbers, above: Codes, link: Codes, end_first: Numbers, node: Codes
) -> tuple[Numbers, Codes]:
    starts = np.zeros(len(node) + 1, np.int64)
    length = np.zeros(len(above), np.int64)
    for x in range(len(first) - 1):
        for beginning in range(first[x], first[x + 1]):
            up = above[beginning]
            length[beginning] = 1 + (length[first[x] + up] if up >= 0 else 0)
        for walk in range(end_first[x], end_first[x + 1]):
            starts[walk + 1] = starts[walk] + length[first[x] + node[walk]]
    links = np.empty(starts[-1], np.int32)
    for x in range(len(first) - 1):
        for walk in range(end_first[x], end_first[x + 1]):
            at, beginning = starts[walk + 1], node[walk]
            while beginning >= 0:
                at -= 1
                links[at] = link[first[x] + beginning]
                beginning = above[first[x] + beginning]
    return starts, links


def surely(tree: Tree) -> Tree:
    """Return the tree with only the walks whose dates are bound to fit."""
    return chosen(tree, tree.certain)


def chosen(tree: Tree, kept: NDArray[np.bool_]) -> Tree:
    """Return the tree with only some of its walks.

    Parameters
    ----------
    tree : Tree
        The walks.
    kept : bool array (walks)
        Which walks to keep.
    """
    before = np.concatenate([[0], np.cumsum(kept)])
    return tree._replace(
        end_first=before[tree.end_first],
        node=tree.node[kept],
        target=tree.target[kept],
        certain=tree.certain[kept],
        begins=tree.begins[kept],
    )
