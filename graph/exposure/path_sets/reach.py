"""In how many worlds targets are reached: a pass over the states of walks, 64 worlds to a word."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from graph.exposure.path_sets.draws import Bits
from graph.paths.kernels.columns import Codes
from graph.paths.kernels.jit import kernel
from graph.paths.kernels.tree import Numbers, Tree

#: Words at a time: the states of an exporter's walks stay in the processor's cache.
BLOCK = 98


class States(NamedTuple):
    """What walks of some exporters pass through, each state after those that lead to it.

    State 0 of an exporter is the exporter alone. A tree of walks is such a graph; so is one of
    places, where neither dates nor a second meeting forbid a walk.

    Attributes
    ----------
    first : int64 (exporters + 1)
        Where each exporter's states begin.
    into : int64 (states + 1)
        Where the ways into each state begin.
    before : int32 (ways)
        The state that a way comes from, counted from the exporter's first.
    link : int32 (ways)
        The link that it needs: a row of the bits.
    end_first : int64 (exporters + 1)
        Where each exporter's ends begin.
    end : int32 (ends)
        A state at which a walk may end, counted from the exporter's first.
    target : int32 (ends)
        A place in `targets`; an exporter's ends of one target lie side by side.
    targets : int
        How many targets there are.
    """

    first: Numbers
    into: Numbers
    before: Codes
    link: Codes
    end_first: Numbers
    end: Codes
    target: Codes
    targets: int


def of_tree(tree: Tree, targets: Codes) -> States:
    """Make the states of listed walks.

    Parameters
    ----------
    tree : Tree
        From `graph.paths.kernels.list_walks.list_walks`, whole.
    targets : int32 array
        Numbers of the targets, ascending.
    """
    exporters = np.arange(len(tree.first) - 1)
    owner = np.repeat(exporters, np.diff(tree.end_first))
    order = np.lexsort((tree.node, tree.target, owner))
    first = tree.first + np.arange(len(tree.first))  # and one for the exporter alone
    has_way = np.ones(first[-1], np.int64)
    has_way[first[:-1]] = 0
    return States(
        first=first,
        into=np.concatenate([[0], np.cumsum(has_way)]),
        before=tree.above + np.int32(1),
        link=tree.link,
        end_first=tree.end_first,
        end=tree.node[order] + np.int32(1),
        target=np.searchsorted(targets, tree.target[order]).astype(np.int32),
        targets=len(targets),
    )


def count_reached(states: States, bits: Bits, threads: int = 1) -> Numbers:
    """Return in how many worlds some walk joins each exporter and target.

    Parameters
    ----------
    states : States
        What walks pass through.
    bits : uint64 array (links, words)
        In which worlds each link holds.
    threads : int
        How many threads share the exporters. Counts are whole numbers: the same for any number.

    Returns
    -------
    int64 array (exporters, targets)
    """
    exporters = len(states.first) - 1
    counts = np.zeros((exporters, states.targets), np.int64)
    size = int(np.diff(states.first).max(initial=1))
    if min(threads, exporters) < 2:
        _count(states, bits, 0, exporters, size, counts)
        return counts
    cuts = np.linspace(0, exporters, 8 * threads + 1).astype(np.int64)

    def part(number: int) -> None:
        _count(states, bits, cuts[number], cuts[number + 1], size, counts)

    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(part, range(len(cuts) - 1)))
    return counts


def used_ways(states: States, target: int) -> NDArray[np.bool_]:
    """Return which ways lie between the exporter and a target.

    Parameters
    ----------
    states : States
        Those of one exporter.
    target : int
        A place in the targets of the states.
    """
    first, last = np.searchsorted(states.target, [target, target + 1])
    return _mark_back(states.into, states.before, states.end[first:last])


@kernel
def _mark_back(into: Numbers, before: Codes, ends: Codes) -> NDArray[np.bool_]:
    used = np.zeros(len(before), np.bool_)
    marked = np.zeros(len(into) - 1, np.bool_)
    last = 0
    for end in ends:
        marked[end] = True
        last = max(last, end)
    for state in range(last, 0, -1):
        if marked[state]:
            for way in range(into[state], into[state + 1]):
                used[way] = True
                marked[before[way]] = True
    return used


@kernel
def _bit_count(word: np.uint64) -> np.int64:
    x = word
    x -= (x >> np.uint64(1)) & np.uint64(0x5555555555555555)
    x = (x & np.uint64(0x3333333333333333)) + ((x >> np.uint64(2)) & np.uint64(0x3333333333333333))
    x = (x + (x >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return np.int64((x * np.uint64(0x0101010101010101)) >> np.uint64(56))


@kernel
def _count(
    states: States, bits: Bits, begin: int, end: int, size: int, counts: NDArray[np.int64]
) -> None:
    wide = bits.shape[1]
    step = min(wide, BLOCK)
    holds = np.empty((size, step), np.uint64)
    reached = np.zeros(step, np.uint64)
    for x in range(begin, end):
        if states.end_first[x] == states.end_first[x + 1]:
            continue
        base = states.first[x]
        for at in range(0, wide, step):
            many = min(step, wide - at)
            holds[0, :many] = ~np.uint64(0)
            for state in range(1, states.first[x + 1] - base):
                way, last = states.into[base + state], states.into[base + state + 1]
                mine = holds[state, :many]
                if way == last:
                    mine[:] = 0
                    continue
                before = holds[states.before[way], :many]
                link = bits[states.link[way], at : at + many]
                for w in range(many):
                    mine[w] = before[w] & link[w]
                for other in range(way + 1, last):
                    before = holds[states.before[other], :many]
                    link = bits[states.link[other], at : at + many]
                    for w in range(many):
                        mine[w] |= before[w] & link[w]
            reached[:many] = 0
            for end_number in range(states.end_first[x], states.end_first[x + 1]):
                mine = holds[states.end[end_number], :many]
                for w in range(many):
                    reached[w] |= mine[w]
                last = end_number + 1 == states.end_first[x + 1]
                if last or states.target[end_number + 1] != states.target[end_number]:
                    total = np.int64(0)
                    for w in range(many):
                        total += _bit_count(reached[w])
                        reached[w] = 0
                    counts[x, states.target[end_number]] += total
