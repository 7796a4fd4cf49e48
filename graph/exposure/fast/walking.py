"""The kernel that walks: depth first, on a stack of its own, with the dates of the walk as a row.

The dates are `graph.timeline.Timeline` in numbers. What a kernel calls stands in its own module:
its kept machine code is made anew when that file changes, and not when others do.
"""

from __future__ import annotations

import numpy as np

from graph.exposure.fast.columns import Codes
from graph.exposure.fast.ground import Ground, Numbers, Room
from graph.exposure.fast.jit import inlined, kernel
from graph.exposure.fast.prune import SAME_AS
from graph.exposure.fast.steps import CONTRIBUTES_TO, OWNS, SUCCEEDED_BY, SUPPLIES

#: What is cut, in this order; LOOKED counts the beginnings of walks that were gone into.
CUTS = ROUND_TRIPS, DATES, DAY, WEIGHTS, LOOKED = range(5)
#: Walks are no longer than this, whatever the hops: a walk of many same_as is deep.
DEEPEST = 4096

#: Columns of a row, in the words of `Timeline`; BEGUN is 1 once there is a first event.
(CERTAIN, OWNED, OWNED_TO, SURELY, SURELY_TO, UNTIL, UNTIL_SURELY, BEGUN) = range(8)
REACHED, REACHED_LAST, SOLD = 8, 9, 10  # SOLD: how many supplies there are
WIDTH = 11

#: What `Ground.facts` holds of a link, side by side: what a step needs is read at once.
(
    RELATION,
    FIRST,
    LAST,
    SURE_FIRST,
    SURE_LAST,
    FIRM,
    FITS,
    PLAIN_FIRST,
    PLAIN_LAST,
    CONTRACT,
    SUBCONTRACT,
) = range(11)

#: A row for each supply: the earliest instant that fits, its last day, contract, subcontract.
SUPPLY = 4


@inlined
def advance(
    facts: Codes, link: int, rows: Numbers, depth: int, supplies: Numbers, plain: bool
) -> bool:
    """Write the row after one more link; False where no choice of instants fits.

    Parameters
    ----------
    facts : int32 array (links, 11)
        From `packed`.
    link : int
        The link, as a place in `Steps.links`.
    rows : int64 array
        The row of `depth` links; that of one more is written after it.
    depth : int
        How many links there are.
    supplies : int64 array (supplies, 4)
        The supplies so far; a new one is written past them.
    plain : bool
        Leave the day that was asked for out of account.
    """
    after = depth + 1
    for column in range(WIDTH):
        rows[after, column] = rows[depth, column]
    relation = facts[link, RELATION]
    if relation == SAME_AS:
        return True
    fits = facts[link, FITS]
    if fits != 1 and not (plain and fits):
        return False
    first, last = int(facts[link, FIRST]), int(facts[link, LAST])
    if plain:
        first, last = int(facts[link, PLAIN_FIRST]), int(facts[link, PLAIN_LAST])
    elif not facts[link, FIRM]:
        rows[after, CERTAIN] = 0
    if relation == SUCCEEDED_BY:
        rows[after, UNTIL] = min(rows[depth, UNTIL], last)
        rows[after, UNTIL_SURELY] = min(rows[depth, UNTIL_SURELY], first)
        return True
    if relation == OWNS:
        rows[after, OWNED] = max(rows[depth, OWNED], first)
        rows[after, OWNED_TO] = min(rows[depth, OWNED_TO], last)
        rows[after, SURELY] = max(rows[depth, SURELY], facts[link, SURE_FIRST])
        rows[after, SURELY_TO] = min(rows[depth, SURELY_TO], facts[link, SURE_LAST])
        return bool(rows[after, OWNED] <= rows[after, OWNED_TO])
    if relation in (SUPPLIES, CONTRIBUTES_TO):
        return _event(facts, link, first, last, rows, after, supplies)
    if last < rows[depth, REACHED]:  # part_of
        return False
    sure_first, sure_last = facts[link, SURE_FIRST], facts[link, SURE_LAST]
    if sure_first > sure_last or rows[depth, REACHED_LAST] > sure_last:
        rows[after, CERTAIN] = 0
    return True


@inlined
def _event(
    facts: Codes, link: int, first: int, last: int, rows: Numbers, row: int, supplies: Numbers
) -> bool:
    earliest, surely = first, True
    if rows[row, BEGUN] == 0:
        earliest = max(first, rows[row, OWNED])
        if earliest > min(last, rows[row, OWNED_TO], rows[row, UNTIL]):
            return False
        surely = (
            rows[row, SURELY] <= first
            and last <= rows[row, SURELY_TO]
            and rows[row, SURELY] <= rows[row, SURELY_TO]
            and last <= rows[row, UNTIL_SURELY]
        )
    elif facts[link, RELATION] == CONTRIBUTES_TO:
        earliest = max(first, rows[row, REACHED])
        surely = rows[row, REACHED_LAST] <= first
    if facts[link, RELATION] == SUPPLIES:
        contract, alone = facts[link, CONTRACT], facts[link, SUBCONTRACT]
        sold = rows[row, SOLD]
        for other in range(sold):
            if (contract >= 0 and supplies[other, 2] == contract) or alone or supplies[other, 3]:
                continue
            earliest = max(earliest, supplies[other, 0])
            surely = surely and supplies[other, 1] <= first
        supplies[sold, 0], supplies[sold, 1] = earliest, last
        supplies[sold, 2], supplies[sold, 3] = contract, alone
        rows[row, SOLD] = sold + 1
    if earliest > last:
        return False
    if not surely:
        rows[row, CERTAIN] = 0
    rows[row, BEGUN] = 1
    rows[row, REACHED], rows[row, REACHED_LAST] = earliest, last
    return True


@kernel
def walk(  # one function: a call for each step would take longer than the step
    ground: Ground, begin: Numbers, at: int, budget: int, listed: bool, leads: bool, room: Room
) -> tuple[int, Numbers]:
    """Walk from exporters, one after the other, until there are no more or the room is full.

    Parameters
    ----------
    ground : Ground
        What is walked on.
    begin : int64 array (exporters)
        The place where the walks of each begin; -1: it has none.
    at : int
        The exporter to begin with.
    budget : int
        Beginnings of walks that are looked at, for each exporter.
    listed : bool
        Keep the walks; False: count them.
    leads : bool
        Collect the pairs of `Tree.leads`.
    room : Room
        What was written for the exporters before; written on.

    Returns
    -------
    (int, int64 array (pairs, 2))
        The exporter for which there was no room, or their number; and the pairs.
    """
    # locals: a field of a tuple of arrays is counted in and out at each use
    turns, after_of, link_of, buyer_of = ground.first, ground.after, ground.link, ground.buyer
    need, target_of, entity_of = ground.need, ground.target, ground.entity
    facts, alive, starts, in_supply = ground.facts, ground.alive, ground.starts, ground.in_supply
    max_hops, only = ground.max_hops, ground.only
    first, end_first, total, cut, whole = (
        room.first,
        room.end_first,
        room.total,
        room.cut,
        room.whole,
    )
    above, last_link, node, target = room.above, room.link, room.node, room.target
    begins, certain = room.begins, room.certain
    deep = max_hops + 2
    for link in range(len(facts)):
        if facts[link, RELATION] == SAME_AS:  # free: as many as there are entities
            deep = min(deep + len(entity_of), DEEPEST)
            break
    met = np.zeros(ground.entities, np.bool_)
    rows = np.zeros((deep, WIDTH), np.int64)
    supplies = np.zeros((deep, SUPPLY), np.int64)
    where = np.zeros(deep, np.int64)
    turn = np.zeros(deep, np.int64)
    used = np.zeros(deep, np.int64)  # the link
    bought = np.zeros(deep, np.int64)  # the entity that is met on the way, or -1
    hops = np.zeros(deep, np.int64)
    mine = np.zeros(deep, np.int64)  # the node
    started = np.zeros(deep, np.int64)
    sold = np.zeros(deep, np.int64)
    ended = np.zeros(deep, np.int64)
    passed = {np.int64(-1)}
    nodes, ends = first[at], end_first[at]
    for x in range(at, len(begin)):
        first[x], end_first[x] = nodes, ends
        total[x], cut[x], whole[x] = 0, 0, True
        if begin[x] < 0:
            continue
        base = nodes
        depth, looked, full = 0, np.int64(0), False
        used[0] = -1
        rows[0] = ground.row
        where[0], turn[0] = begin[x], turns[begin[x]]
        hops[0], mine[0], started[0], sold[0], ended[0] = 0, -1, -1, -1, ends
        met[entity_of[begin[x]]] = True
        while depth >= 0:
            place, over_it = where[depth], entity_of[where[depth]] != only
            step, last = turn[depth], turns[place + 1] if over_it and whole[x] else turn[depth]
            left, came, up = max_hops - hops[depth], used[depth], mine[depth]
            deeper = False
            while step < last and not deeper:
                link, after, buyer = link_of[step], after_of[step], buyer_of[step]
                step += 1
                cost = 0 if facts[link, RELATION] == SAME_AS else 1
                if cost + need[after] > left:
                    step = last  # those after it are no nearer to a target
                    break
                entity = entity_of[after]
                if met[entity] or (buyer >= 0 and (met[buyer] or buyer == entity)):
                    if came != link:
                        cut[x, ROUND_TRIPS] += 1
                    continue
                if not advance(facts, link, rows, depth, supplies, False):
                    if advance(facts, link, rows, depth, supplies, True):
                        cut[x, DAY] += 1
                    else:
                        cut[x, DATES] += 1
                    continue
                if not alive[link]:
                    cut[x, WEIGHTS] += 1
                    continue
                begun = rows[depth + 1, BEGUN] > rows[depth, BEGUN]
                if begun and not starts[link]:
                    continue
                looked += 1
                if looked > budget or depth + 2 >= deep:
                    whole[x] = False
                    break
                first_event = link if begun else started[depth]
                if listed:
                    if nodes == len(above) or ends == len(node):
                        full = True
                        break
                    above[nodes], last_link[nodes] = up, link
                    nodes += 1
                if target_of[after] >= 0:
                    total[x] += 1
                    if listed:
                        node[ends], target[ends] = nodes - 1 - base, target_of[after]
                        begins[ends], certain[ends] = first_event, rows[depth + 1, CERTAIN] > 0
                        ends += 1
                deeper = turns[after] < turns[after + 1] or target_of[after] < 0
                seller = link if facts[link, RELATION] == SUPPLIES else sold[depth]
                if leads and in_supply[after]:
                    passed.add(after * len(alive) + seller)
                if deeper:
                    turn[depth] = step
                    depth += 1
                    where[depth], turn[depth] = after, turns[after]
                    used[depth], bought[depth], hops[depth] = link, buyer, max_hops - left + cost
                    started[depth], sold[depth], mine[depth] = first_event, seller, nodes - 1 - base
                    met[entity] = True
                    if buyer >= 0:
                        met[buyer] = True
                    ended[depth] = ends - (target_of[after] >= 0)
            if full:
                break
            if not deeper:
                met[entity_of[place]] = False
                if depth > 0:
                    if bought[depth] >= 0:
                        met[bought[depth]] = False
                    if listed and ended[depth] == ends:
                        nodes = mine[depth] + base  # no walk came of it
                depth -= 1
        if full:
            return x, _pairs(passed, len(alive))
        cut[x, LOOKED] = looked
        if not whole[x]:
            nodes, ends = first[x], end_first[x]
    first[-1], end_first[-1] = nodes, ends
    return len(begin), _pairs(passed, len(alive))


@kernel
def _pairs(passed: set[np.int64], links: int) -> Numbers:
    found = np.empty((len(passed) - 1, 2), np.int64)
    number = 0
    for one in passed:
        if one >= 0:
            found[number, 0], found[number, 1] = one // links, one % links
            number += 1
    return found
