"""All admissible walks from some exporters, as a tree that shares their common beginnings."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from graph.paths.kernels.columns import Codes
from graph.paths.kernels.kernel import walk_kernel
from graph.paths.kernels.steps import Steps
from graph.paths.kernels.tree import Tree
from graph.paths.kernels.walk_input import (
    CERTAIN,
    CUTS,
    OWNED,
    OWNED_TO,
    REACHED,
    REACHED_LAST,
    SURELY,
    SURELY_TO,
    UNTIL,
    UNTIL_SURELY,
    WIDTH,
    Numbers,
    WalkBuffers,
    WalkInput,
    Wanted,
)
from graph.record.dates import EARLIEST, LATEST
from graph.record.grammar import PARTS, Part


class Allowed(NamedTuple):
    """Which links walks may use, and where they end.

    Attributes
    ----------
    possible_links : bool array (links), optional
        False for links whose weights are zero.
    allowed_first_links : bool array (links), optional
        False for links that may not be the first supply or contribution.
    target : int
        The entity at which every walk ends, where there is one target; else -1.
    """

    possible_links: NDArray[np.bool_] | None = None
    allowed_first_links: NDArray[np.bool_] | None = None
    target: int = -1


#: Every link, and the whole of every walk.
ANY, WHOLE = Allowed(), Wanted()


def list_walks(
    steps: Steps,
    exporters: Codes,
    allowed: Allowed = ANY,
    wanted: Wanted = WHOLE,
    threads: int = 1,
) -> Tree:
    """List all admissible walks of some exporters.

    Parameters
    ----------
    steps : Steps
        From `graph.paths.kernels.steps.steps`.
    exporters : int32 array
        Numbers of entities.
    allowed : Allowed
        Which links walks may use, and where they end.
    wanted : Wanted
        What to collect.
    threads : int
        How many threads share the exporters; the tree does not depend on it.

    Returns
    -------
    Tree
        Its walks in the order of the steps.
    """
    begin = np.array([steps.start(int(exporter)) for exporter in exporters], np.int64)
    return list_walks_of(walk_input_of(steps, allowed), begin, wanted, threads)


def walk_input_of(steps: Steps, allowed: Allowed = ANY) -> WalkInput:
    """Return the graph to walk on, for many questions.

    Parameters
    ----------
    steps, allowed
        As for `list_walks`.
    """
    possible_links, allowed_first_links, target = allowed
    all_links = np.ones(len(steps.links), np.bool_)
    ids = np.concatenate([steps.places // PARTS, steps.buyer, [target]])
    known, numbers = np.unique(ids, return_inverse=True)
    entity, buyer = np.split(numbers.astype(np.int32), [len(steps.places)])
    return WalkInput(
        first=steps.first,
        after=steps.after,
        link=steps.link,
        need=steps.need,
        target=steps.target,
        entity=entity,
        buyer=np.where(steps.buyer < 0, np.int32(-1), buyer[:-1]),
        in_supply=(steps.places % PARTS) == int(Part.SUPPLY),
        facts=_packed(steps),
        possible_links=all_links if possible_links is None else possible_links,
        allowed_first_links=all_links if allowed_first_links is None else allowed_first_links,
        row=_beginning(),
        entities=len(known),
        only=-1 if target < 0 else int(buyer[-1]),
        max_hops=steps.max_hops,
    )


def list_walks_of(
    ground: WalkInput, begin: Numbers, wanted: Wanted = WHOLE, threads: int = 1
) -> Tree:
    """List all walks from some places.

    Parameters
    ----------
    ground : WalkInput
        From `walk_input_of`.
    begin : int64 array (exporters)
        The place where each exporter's walks begin, from `Steps.start`.
    wanted, threads
        As for `list_walks`.
    """
    # more parts than threads: some exporters have many more walks than others
    parts = np.array_split(begin, 1 if threads == 1 else max(1, min(4 * threads, len(begin))))

    def part(number: int) -> tuple[WalkBuffers, list[Numbers]]:
        room, at, pairs = _buffers(len(parts[number])), 0, []
        while True:
            at, new_pairs = walk_kernel(ground, parts[number], at, wanted, room)
            pairs.append(new_pairs)
            if at == len(parts[number]):
                return room, pairs
            room = _larger(room)

    if len(parts) == 1:
        results = [part(0)]
    else:
        with ThreadPoolExecutor(threads) as pool:
            results = list(pool.map(part, range(len(parts))))
    rooms = [room for room, _ in results]
    nodes = [int(room.first[-1]) for room in rooms]
    ends = [int(room.end_first[-1]) for room in rooms]
    pairs = np.concatenate([batch for _, batches in results for batch in batches])
    return Tree(
        first=_joined([room.first for room in rooms]),
        above=_cut([room.above for room in rooms], nodes),
        link=_cut([room.link for room in rooms], nodes),
        end_first=_joined([room.end_first for room in rooms]),
        node=_cut([room.node for room in rooms], ends),
        target=_cut([room.target for room in rooms], ends),
        certain=_cut([room.certain for room in rooms], ends),
        begins=_cut([room.begins for room in rooms], ends),
        total=np.concatenate([room.total for room in rooms]),
        cut=np.concatenate([room.cut for room in rooms]),
        whole=np.concatenate([room.whole for room in rooms]),
        leads=_earliest(pairs),
    )


def _earliest(pairs: Numbers) -> Numbers:
    """Return each pair of place and supply once, with the earliest of its days."""
    pairs = pairs[np.lexsort(pairs.T[::-1])]
    first = np.ones(len(pairs), np.bool_)
    first[1:] = (pairs[1:, :2] != pairs[:-1, :2]).any(axis=1)
    earliest: Numbers = pairs[first]
    return earliest


def _cut(arrays: list[Any], sizes: list[int]) -> Any:
    """Concatenate the used parts of some arrays."""
    used = [array[:size] for array, size in zip(arrays, sizes, strict=True)]
    return used[0] if len(used) == 1 else np.concatenate(used)


def _joined(firsts: list[Numbers]) -> Numbers:
    """Concatenate offsets, each part shifted by the end of the one before."""
    before = np.cumsum([0, *(first[-1] for first in firsts)])
    moved = [first[:-1] + base for first, base in zip(firsts, before[:-1], strict=True)]
    return np.concatenate([*moved, before[-1:]])


def _buffers(exporters: int, size: int = 65_536) -> WalkBuffers:
    return WalkBuffers(
        first=np.zeros(exporters + 1, np.int64),
        end_first=np.zeros(exporters + 1, np.int64),
        total=np.zeros(exporters, np.int64),
        cut=np.zeros((exporters, len(CUTS)), np.int64),
        whole=np.ones(exporters, np.bool_),
        above=np.empty(size, np.int32),
        link=np.empty(size, np.int32),
        node=np.empty(size, np.int32),
        target=np.empty(size, np.int32),
        begins=np.empty(size, np.int32),
        certain=np.empty(size, np.bool_),
    )


def _larger(room: WalkBuffers) -> WalkBuffers:
    fields = ("above", "link", "node", "target", "begins", "certain")
    return room._replace(
        **{
            field: np.concatenate([(old := getattr(room, field)), np.empty_like(old)])
            for field in fields
        }
    )


def _beginning() -> Numbers:
    """Return the row of a walk without links."""
    row = np.zeros(WIDTH, np.int64)
    row[[OWNED, SURELY, REACHED, REACHED_LAST]] = EARLIEST
    row[[OWNED_TO, SURELY_TO, UNTIL, UNTIL_SURELY]] = LATEST
    row[CERTAIN] = 1
    return row


def _packed(steps: Steps) -> Codes:
    """Return the facts that `walk_kernel` needs, one row for each link."""
    dates = steps.dates
    columns = (
        steps.relation,
        dates.first,
        dates.last,
        dates.sure_first,
        dates.sure_last,
        dates.certain,
        dates.fits,
        dates.plain_first,
        dates.plain_last,
        *steps.ties,
    )
    return np.stack([column.astype(np.int32) for column in columns], axis=1)
