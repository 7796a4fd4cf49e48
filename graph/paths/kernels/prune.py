"""Which links can lie on an admissible walk: hops from the exporters, and hops to the targets."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from graph.paths.kernels.columns import KINDS, RELATIONS, Codes, Columns
from graph.paths.kernels.jit import kernel
from graph.record import grammar
from graph.record.grammar import PARTS, End, Part
from graph.record.vocabulary import Relation

Hops: TypeAlias = NDArray[np.int8]

FAR = np.int8(100)
TAIL, HEAD, PROGRAMME = map(int, End)


def _turns() -> NDArray[np.int64]:
    """List the steps of the grammar: relation, end and part before, end and part after.

    The steps of a relation lie side by side, so that each link is read once for all of them.
    Whether a step is tied to the supply before it is left to the walk, which alone knows it.
    """
    turns = [
        (RELATIONS.index(relation), turn.start, part, turn.to, turn.leaves(part))
        for relation, turn in grammar.TURNS
        for part in turn.after
    ]
    return np.array(sorted(turns), np.int64)


TURNS = _turns()
SAME_AS = RELATIONS.index(Relation.SAME_AS)
_TIES = TURNS[:, 0] == SAME_AS
#: From the end of walks to their beginning; `same_as`, which may stand anywhere, is last here too.
BACKWARD = np.concatenate([TURNS[~_TIES][::-1], TURNS[_TIES]])


class Distances(NamedTuple):
    """Distances of places from the ends of walks; a place is `PARTS` × entity + part of the walk.

    Attributes
    ----------
    fore : int8 (places)
        Hops from the exporters; `FAR` where there is no way within the hops.
    back : int8 (places)
        Hops to the targets, for places that walks reach.
    max_hops : int
        Greatest number of hops.
    links : int64 (links)
        Numbers of the links that walks reach, ascending.
    """

    fore: Hops
    back: Hops
    max_hops: int
    links: NDArray[np.int64]


def prune(columns: Columns, exporters: Codes, targets: Codes, max_hops: int = 6) -> Distances:
    """Return how far places are from the ends of walks, whatever their dates.

    Parameters
    ----------
    columns : Columns
        The links.
    exporters, targets : int32 arrays
        Numbers of entities: where walks begin, and where they may end, as a buyer or a programme.
    max_hops : int
        Greatest number of hops.

    Returns
    -------
    Distances
        Of all places.

    Notes
    -----
    Label-correcting sweeps over the links of each relation, which lie side by side. No index is
    needed, so a single question about millions of links costs only a few sweeps. The sweep back
    from the targets covers only the links that walks reach.
    """
    places = PARTS * len(columns.entities)
    fore, back = np.full(places, FAR), np.full(places, FAR)
    fore[PARTS * exporters + int(Part.SUCCESSION)] = 0
    for part, kind in grammar.ENDS.items():
        of_kind = slice(None) if kind is None else columns.kind[targets] == KINDS.index(kind)
        back[PARTS * targets[of_kind] + int(part)] = 0
    starts, ends = columns.starts, columns.ends
    _sweep(TURNS, starts, ends, fore, max_hops, True)
    nothing = np.zeros(0, np.int8)
    links = np.flatnonzero(_mark(TURNS, starts, ends, fore, nothing, max_hops))
    _sweep(BACKWARD, np.searchsorted(links, starts), ends[:, links], back, max_hops, False)
    return Distances(fore, back, max_hops, links)


def relevant(columns: Columns, reach: Distances) -> NDArray[np.int64]:
    """Return the numbers of the links that can lie on a walk, ascending.

    Parameters
    ----------
    columns : Columns
        The links.
    reach : Distances
        From `prune`.
    """
    starts, ends = np.searchsorted(reach.links, columns.starts), columns.ends[:, reach.links]
    used = _mark(TURNS, starts, ends, reach.fore, reach.back, reach.max_hops)
    chosen: NDArray[np.int64] = reach.links[used]
    return chosen


@kernel
def _sweep(
    turns: NDArray[np.int64],
    starts: NDArray[np.int64],
    ends: Codes,
    hops: Hops,
    most: int,
    forth: bool,
) -> None:
    """Correct hops until nothing changes.

    The parts of a walk come in the order of the relations. So each relation is swept until it
    changes nothing; those before it need another sweep only after a `same_as` changed something.
    """
    near = np.zeros(len(hops) // PARTS, np.bool_)  # entities with hops: most links have no such end
    for place in range(len(hops)):
        near[place // PARTS] |= hops[place] <= most
    begin = 1 if forth else 3
    from_start = True
    while from_start:
        from_start = False
        first = 0
        while first < len(turns):
            relation, last = turns[first, 0], first
            while last < len(turns) and turns[last, 0] == relation:
                last += 1
            cost = 0 if relation == SAME_AS else 1
            again, moved = True, False
            while again:
                again = False
                for link in range(starts[relation], starts[relation + 1]):
                    before = -1
                    for turn in range(first, last):
                        end = ends[turns[turn, begin], link]
                        if end != before and end >= 0 and near[end]:
                            before = end
                    if before < 0:
                        continue
                    for turn in range(first, last):
                        after = ends[turns[turn, 3], link]
                        if after < 0:
                            continue
                        a = PARTS * ends[turns[turn, 1], link] + turns[turn, 2]
                        b = PARTS * after + turns[turn, 4]
                        if not forth:
                            a, b = b, a
                        longer = hops[a] + cost
                        if longer <= most and longer < hops[b]:
                            hops[b] = longer
                            near[b // PARTS] = True
                            again = moved = True
            from_start |= moved and relation == SAME_AS
            first = last


@kernel
def _mark(
    turns: NDArray[np.int64],
    starts: NDArray[np.int64],
    ends: Codes,
    fore: Hops,
    back: Hops,
    most: int,
) -> NDArray[np.bool_]:
    """Return which links have a step within the hops; without `back`, a step that walks reach."""
    used = np.zeros(ends.shape[1], np.bool_)
    for turn in range(len(turns)):
        relation, end, part, end_after, part_after = turns[turn]
        cost = 0 if relation == SAME_AS else 1
        befores, afters = ends[end], ends[end_after]
        for link in range(starts[relation], starts[relation + 1]):
            near = fore[PARTS * befores[link] + part] + cost
            if near <= most and afters[link] >= 0:
                left = back[PARTS * afters[link] + part_after] if len(back) else 0
                used[link] |= near + left <= most
    return used
