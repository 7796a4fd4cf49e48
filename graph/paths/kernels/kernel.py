"""The kernel that walks: depth first, on its own stack, with one row of dates for each depth.

The dates are those of `graph.network.timeline.Timeline`. A kernel and all that it calls stand in
one module: numba compiles a cached kernel again when its own file changes, not when another does.
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
    """Write the row of dates after one more link; return False where no dates fit.

    Parameters
    ----------
    facts : int32 array (links, 11)
        From `walk_input_of`.
    link : int
        The link, as a place in `Steps.links`.
    rows : int64 array
        One row for each depth; the row after `depth` is written.
    depth : int
        How many links the walk has so far.
    supplies : int64 array (supplies, 3)
        The supplies so far; a new one is appended.
    plain : bool
        Ignore the day of the question.
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
    """Return whether a link continues a supply, as `graph.record.grammar.Tie.shared` does.

    Parameters
    ----------
    facts : int32 array (links, 11)
        From `walk_input_of`.
    link, supply : int
        Places in `Steps.links`; without a supply (-1) every link continues.
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
    """Walk from one exporter after the other, until all are done or the buffers are full.

    Parameters
    ----------
    ground : WalkInput
        The graph to walk on.
    begin : int64 array (exporters)
        The place where the walks of each begin; -1 where an exporter has none.
    at : int
        The exporter to begin with.
    wanted : Wanted
        What to collect.
    room : WalkBuffers
        Holds the walks of earlier exporters; those of later ones are appended.

    Returns
    -------
    (int, int64 array (pairs, 3))
        The exporter at which the buffers were full, or the number of exporters; and the pairs.
    """
    # locals: each use of a field of a tuple updates its reference count
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
    visited = np.zeros(ground.entities, np.bool_)
    rows = np.zeros((deep, g.WIDTH), np.int64)
    supplies = np.zeros((deep, g.SUPPLY), np.int64)
    where = np.zeros(deep, np.int64)
    turn = np.zeros(deep, np.int64)
    used = np.zeros(deep, np.int64)  # the link
    bought = np.zeros(deep, np.int64)  # the entity that is met on the way, or -1
    hops = np.zeros(deep, np.int64)
    node_at = np.zeros(deep, np.int64)
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
        hops[0], node_at[0], started[0], sold[0], ended[0] = 0, -1, -1, -1, ends
        visited[entity_of[begin[x]]] = True
        while depth >= 0:
            place, over_it = where[depth], entity_of[where[depth]] != only
            step, last = turn[depth], turns[place + 1] if over_it and whole[x] else turn[depth]
            left, came, up = max_hops - hops[depth], used[depth], node_at[depth]
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
                if visited[entity] or (buyer >= 0 and (visited[buyer] or buyer == entity)):
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
                    started[depth], sold[depth], node_at[depth] = (
                        first_event,
                        seller,
                        nodes - 1 - base,
                    )
                    visited[entity] = True
                    if buyer >= 0:
                        visited[buyer] = True
                    ended[depth] = ends - (target_of[after] >= 0)
            if full:
                break
            if not deeper:
                visited[entity_of[place]] = False
                if depth > 0:
                    if bought[depth] >= 0:
                        visited[bought[depth]] = False
                    if listed and ended[depth] == ends:
                        nodes = node_at[depth] + base  # no walk came of it
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
    pairs = np.empty((len(passed) - 1, 3), np.int64)
    number = 0
    for pair, latest in passed.items():
        if pair >= 0:
            pairs[number, 0], pairs[number, 1] = divmod(pair, links)
            pairs[number, 2] = latest
            number += 1
    return pairs
