"""The kernel that walks: depth first, on a stack of its own, with the dates of the walk as a row.

The dates are `graph.network.timeline.Timeline` in numbers. What a kernel calls stands in its own
module: its kept machine code is made anew when that file changes, and not when others do.
"""

from __future__ import annotations

import numpy as np

from graph.paths.kernels import walk_input as g
from graph.paths.kernels.columns import Codes
from graph.paths.kernels.jit import inlined, kernel
from graph.paths.kernels.prune import SAME_AS
from graph.paths.kernels.steps import CONTRIBUTES_TO, OWNS, SUCCEEDED_BY, SUPPLIES
from graph.paths.kernels.walk_input import Numbers, WalkBuffers, WalkInput, Wanted


@inlined
def _advance(
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
    supplies : int64 array (supplies, 3)
        The supplies so far; a new one is written past them.
    plain : bool
        Leave the day that was asked for out of account.
    """
    after = depth + 1
    for column in range(g.WIDTH):
        rows[after, column] = rows[depth, column]
    relation = facts[link, g.RELATION]
    if relation == SAME_AS:
        return True
    fits = facts[link, g.FITS]
    if fits != 1 and not (plain and fits):
        return False
    first, last = int(facts[link, g.FIRST]), int(facts[link, g.LAST])
    if plain:
        first, last = int(facts[link, g.PLAIN_FIRST]), int(facts[link, g.PLAIN_LAST])
    elif not facts[link, g.FIRM]:
        rows[after, g.CERTAIN] = 0
    if relation == SUCCEEDED_BY:
        rows[after, g.UNTIL] = min(rows[depth, g.UNTIL], last)
        rows[after, g.UNTIL_SURELY] = min(rows[depth, g.UNTIL_SURELY], first)
        return True
    if relation == OWNS:
        rows[after, g.OWNED] = max(rows[depth, g.OWNED], first)
        rows[after, g.OWNED_TO] = min(rows[depth, g.OWNED_TO], last)
        rows[after, g.SURELY] = max(rows[depth, g.SURELY], facts[link, g.SURE_FIRST])
        rows[after, g.SURELY_TO] = min(rows[depth, g.SURELY_TO], facts[link, g.SURE_LAST])
        return bool(rows[after, g.OWNED] <= rows[after, g.OWNED_TO])
    if relation in (SUPPLIES, CONTRIBUTES_TO):
        return _event(facts, link, first, last, rows, after, supplies)
    if last < rows[depth, g.REACHED]:  # part_of
        return False
    sure_first, sure_last = facts[link, g.SURE_FIRST], facts[link, g.SURE_LAST]
    if sure_first > sure_last or rows[depth, g.REACHED_LAST] > sure_last:
        rows[after, g.CERTAIN] = 0
    return True


@inlined
def _event(
    facts: Codes, link: int, first: int, last: int, rows: Numbers, row: int, supplies: Numbers
) -> bool:
    earliest, surely = first, True
    if rows[row, g.BEGUN] == 0:
        earliest = max(first, rows[row, g.OWNED])
        if earliest > min(last, rows[row, g.OWNED_TO], rows[row, g.UNTIL]):
            return False
        surely = (
            rows[row, g.SURELY] <= first
            and last <= rows[row, g.SURELY_TO]
            and rows[row, g.SURELY] <= rows[row, g.SURELY_TO]
            and last <= rows[row, g.UNTIL_SURELY]
        )
    elif facts[link, g.RELATION] == CONTRIBUTES_TO:
        earliest = max(first, rows[row, g.REACHED])
        surely = rows[row, g.REACHED_LAST] <= first
    if facts[link, g.RELATION] == SUPPLIES:
        contract, sold = facts[link, g.CONTRACT], rows[row, g.SOLD]
        for other in range(sold):
            if contract >= 0 and supplies[other, 2] == contract:
                continue
            earliest = max(earliest, supplies[other, 0])
            surely = surely and supplies[other, 1] <= first
        supplies[sold, 0], supplies[sold, 1], supplies[sold, 2] = earliest, last, contract
        rows[row, g.SOLD] = sold + 1
    if earliest > last:
        return False
    if not surely:
        rows[row, g.CERTAIN] = 0
    rows[row, g.BEGUN] = 1
    rows[row, g.REACHED], rows[row, g.REACHED_LAST] = earliest, last
    return True


@inlined
def tied(facts: Codes, link: int, supply: int) -> bool:
    """Tell whether a link continues what a supply brought: `graph.record.grammar.Tie.shared`.

    Parameters
    ----------
    facts : int32 array (links, 11)
        From `packed`.
    link, supply : int
        Places in `Steps.links`; no supply (-1) ties everything.
    """
    if supply < 0 or facts[link, g.RELATION] == SAME_AS:
        return True
    for column in range(g.CONTRACT, g.PRODUCT + 1):
        if facts[link, column] >= 0 and facts[link, column] == facts[supply, column]:
            return True
    return False


@kernel
def walk_kernel(  # one function: a call for each step would take longer than the step
    ground: WalkInput, begin: Numbers, at: int, wanted: Wanted, room: WalkBuffers
) -> tuple[int, Numbers]:
    """Walk from exporters, one after the other, until there are no more or the room is full.

    Parameters
    ----------
    ground : WalkInput
        What is walked on.
    begin : int64 array (exporters)
        The place where the walks of each begin; -1: it has none.
    at : int
        The exporter to begin with.
    wanted : Wanted
        What is wanted of the walks.
    room : WalkBuffers
        What was written for the exporters before; written on.

    Returns
    -------
    (int, int64 array (pairs, 3))
        The exporter for which there was no room, or their number; and the pairs.
    """
    # locals: a field of a tuple of arrays is counted in and out at each use
    turns, after_of, link_of, buyer_of = ground.first, ground.after, ground.link, ground.buyer
    need, target_of, entity_of = ground.need, ground.target, ground.entity
    facts, in_supply = ground.facts, ground.in_supply
    possible_links, allowed_first_links = ground.possible_links, ground.allowed_first_links
    max_hops, only = ground.max_hops, ground.only
    budget, listed, leads = wanted.budget, wanted.listed, wanted.leads
    first, end_first, total = room.first, room.end_first, room.total
    cut, whole = room.cut, room.whole
    above, last_link, node, target = room.above, room.link, room.node, room.target
    begins, certain = room.begins, room.certain
    deep = max_hops + 2
    for link in range(len(facts)):
        if facts[link, g.RELATION] == SAME_AS:  # free: as many as there are entities
            deep = min(deep + len(entity_of), g.DEEPEST)
            break
    met = np.zeros(ground.entities, np.bool_)
    rows = np.zeros((deep, g.WIDTH), np.int64)
    supplies = np.zeros((deep, g.SUPPLY), np.int64)
    where = np.zeros(deep, np.int64)
    turn = np.zeros(deep, np.int64)
    used = np.zeros(deep, np.int64)  # the link
    bought = np.zeros(deep, np.int64)  # the entity that is met on the way, or -1
    hops = np.zeros(deep, np.int64)
    mine = np.zeros(deep, np.int64)  # the node
    started = np.zeros(deep, np.int64)
    sold = np.zeros(deep, np.int64)
    ended = np.zeros(deep, np.int64)
    passed = {np.int64(-1): np.int64(0)}
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
                cost = 0 if facts[link, g.RELATION] == SAME_AS else 1
                if cost + need[after] > left:
                    step = last  # those after it are no nearer to a target
                    break
                if in_supply[place] and not tied(facts, link, sold[depth]):
                    continue
                entity = entity_of[after]
                if met[entity] or (buyer >= 0 and (met[buyer] or buyer == entity)):
                    if came != link:
                        cut[x, g.ROUND_TRIPS] += 1
                    continue
                if not _advance(facts, link, rows, depth, supplies, False):
                    if _advance(facts, link, rows, depth, supplies, True):
                        cut[x, g.DAY] += 1
                    else:
                        cut[x, g.DATES] += 1
                    continue
                if not possible_links[link]:
                    cut[x, g.WEIGHTS] += 1
                    continue
                begun = rows[depth + 1, g.BEGUN] > rows[depth, g.BEGUN]
                if begun and not allowed_first_links[link]:
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
                        begins[ends], certain[ends] = first_event, rows[depth + 1, g.CERTAIN] > 0
                        ends += 1
                deeper = turns[after] < turns[after + 1] or target_of[after] < 0
                seller = link if facts[link, g.RELATION] == SUPPLIES else sold[depth]
                if leads and (in_supply[after] or target_of[after] >= 0):
                    pair = after * len(possible_links) + max(seller, 0)
                    latest = np.int64(0)
                    for other in range(rows[depth + 1, g.SOLD]):
                        latest = max(latest, supplies[other, 0])
                    passed[pair] = min(passed.get(pair, latest), latest)
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
            return x, _pairs(passed, len(possible_links))
        cut[x, g.LOOKED] = looked
        if not whole[x]:
            nodes, ends = first[x], end_first[x]
    first[-1], end_first[-1] = nodes, ends
    return len(begin), _pairs(passed, len(possible_links))


@kernel
def _pairs(passed: dict[np.int64, np.int64], links: int) -> Numbers:
    found = np.empty((len(passed) - 1, 3), np.int64)
    number = 0
    for pair, latest in passed.items():
        if pair >= 0:
            found[number, 0], found[number, 1] = divmod(pair, links)
            found[number, 2] = latest
            number += 1
    return found
