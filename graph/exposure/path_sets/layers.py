"""The states of all walks of one exporter: places, layer by layer of hops, compiled.

A state is a place after some hops, with what ties a step to the last supply. Dates and second
visits to an entity are ignored, so the ways through the states are all admissible walks and perhaps
more. Where nothing but hops binds walks, they reach a target in exactly the same worlds: a walk
that visits an entity twice can be cut short, and the rest is a walk too.
"""

from __future__ import annotations

from typing import NamedTuple

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from graph.exposure.path_sets.reach import States
from graph.paths.kernels.columns import Codes
from graph.paths.kernels.jit import kernel
from graph.paths.kernels.prune import SAME_AS
from graph.paths.kernels.steps import CONTRIBUTES_TO, SUPPLIES, Steps
from graph.paths.kernels.tree import Numbers
from graph.record.dates import EARLIEST, LATEST
from graph.record.grammar import PARTS, Part, Tie

#: Ways into states past which ties are ignored too, which only raises the upper bound.
MOST_WAYS = 10_000_000
#: The parts of a walk before its first supply or contribution.
_BEFORE = (Part.SUCCESSION, Part.OWNERSHIP)


class Usable(NamedTuple):
    """Which links walks may use.

    Attributes
    ----------
    possible : bool (links)
        False for links whose weights are zero.
    first : bool (links)
        False for links that may not be the first supply or contribution.
    """

    possible: NDArray[np.bool_]
    first: NDArray[np.bool_]


class Layers(NamedTuple):
    """The states of an exporter's walks.

    Attributes
    ----------
    states : States
        The states, with the ends of walks by target.
    targets : int32 array
        Numbers of the entities that are reached, ascending: the targets of `states`.
    begins : bool (ways)
        Whether a way into a state is a first supply or contribution.
    """

    states: States
    targets: Codes
    begins: NDArray[np.bool_]


def only_hops_bind(steps: Steps) -> bool:
    """Return whether nothing but hops binds the walks.

    That is so where all links are undated supplies that name no programme, of one contract or of
    one product, so that each continues any other.

    Parameters
    ----------
    steps : Steps
        From `graph.paths.kernels.steps.steps`.
    """
    return bool(
        (steps.relation == SUPPLIES).all()
        and any((ids >= 0).all() and (ids == ids[:1]).all() for ids in steps.ties)
        and (steps.buyer < 0).all()
        and (steps.dates.fits == 1).all()
        and (steps.dates.first <= EARLIEST).all()
        and (steps.dates.last >= LATEST).all()
    )


def layers(steps: Steps, exporter: int, usable: Usable, only: int = -1) -> Layers:
    """Return the states of all walks of an exporter, without listing any walk.

    Parameters
    ----------
    steps : Steps
        From `graph.paths.kernels.steps.steps`.
    exporter : int
        Number of the exporter.
    usable : Usable
        Which links walks may use.
    only : int
        The entity at which every walk ends, where there is one target; else -1.
    """
    entity = (steps.places // PARTS).astype(np.int32)
    part = steps.places % PARTS
    tie_of, ties = _tie_classes(steps)
    same_as = steps.relation == SAME_AS
    event = (steps.relation == SUPPLIES) | (steps.relation == CONTRIBUTES_TO)
    walkable = usable.possible & (same_as | (steps.dates.fits == 1))
    place, before, after, link, begins = _expand(
        (steps.first, steps.after, steps.link, steps.buyer, steps.need),
        (entity, np.isin(part, _BEFORE), part == int(Part.SUPPLY)),
        (walkable, usable.first, event, same_as, steps.relation == SUPPLIES, tie_of),
        ties,
        (steps.start(exporter), exporter, only, steps.max_hops, _longest_run(steps)),
        MOST_WAYS,
    )
    if len(before) >= MOST_WAYS and ties.shape[1] > 1:  # fewer states: every link continues any
        return layers(steps._replace(ties=np.zeros_like(steps.ties)), exporter, usable, only)
    order = np.argsort(after, kind="stable")
    ends = np.flatnonzero(steps.target[place] >= 0)
    ends = ends[entity[place[ends]] != exporter]
    if only >= 0:
        ends = ends[entity[place[ends]] == only]
    reached, target = np.unique(entity[place[ends]], return_inverse=True)
    by_target = np.argsort(target, kind="stable")
    states = States(
        first=np.array([0, len(place)]),
        into=np.searchsorted(after[order], np.arange(len(place) + 1)),
        before=before[order],
        link=link[order],
        end_first=np.array([0, len(ends)]),
        end=ends[by_target].astype(np.int32),
        target=target[by_target].astype(np.int32),
        targets=len(reached),
    )
    return Layers(states, reached.astype(np.int32), begins[order])


def certain_layers(steps: Steps, exporter: int, usable: Usable, only: int = -1) -> Layers:
    """Return the states of walks whose dates are bound to fit, where only hops bind walks.

    Undated supplies are bound to fit where there is one of them, or where they share a contract.

    Parameters
    ----------
    steps, exporter, usable, only
        As for `layers`.
    """
    ties = np.full_like(steps.ties, -1)
    contract = Tie._fields.index("contract")
    ties[contract] = steps.ties[contract]
    return layers(steps._replace(ties=ties), exporter, usable, only)


def _longest_run(steps: Steps) -> int:
    """Return the most steps over `same_as` that a walk takes in a row."""
    same_as: nx.Graph[int] = nx.Graph()
    entity = steps.places // PARTS
    step = np.flatnonzero(steps.relation[steps.link] == SAME_AS)
    sources = np.searchsorted(steps.first, step, side="right") - 1
    ends = entity[sources], entity[steps.after[step]]
    same_as.add_edges_from(zip(*(end.tolist() for end in ends), strict=True))
    return max(map(len, nx.connected_components(same_as)), default=1) - 1


def _tie_classes(steps: Steps) -> tuple[Numbers, Codes]:
    """Return a class of each link's ties, and the ties of each class.

    An id that no other link shares ties nothing, so it is dropped.
    """
    columns = []
    for ids in steps.ties:
        _, number, times = np.unique(ids, return_inverse=True, return_counts=True)
        columns.append(np.where((ids >= 0) & (times[number] > 1), ids, -1))
    kept = np.stack(columns).astype(np.int64)
    key = np.zeros(kept.shape[1], np.int64)
    for ids in kept:
        _, key = np.unique(key * (ids.max(initial=0) + 2) + ids + 1, return_inverse=True)
    _, example, tie_of = np.unique(key, return_index=True, return_inverse=True)
    return tie_of.astype(np.int64), kept[:, example].astype(np.int32)


@kernel
def _tied(ties: Codes, link_class: int, supply_class: int) -> bool:
    for column in range(ties.shape[0]):
        if ties[column, link_class] >= 0 and ties[column, link_class] == ties[column, supply_class]:
            return True
    return False


@kernel
def _expand(  # one function: its arrays grow in place
    graph: tuple[Numbers, Codes, Codes, Codes, NDArray[np.int8]],
    places: tuple[Codes, NDArray[np.bool_], NDArray[np.bool_]],
    links: tuple[
        NDArray[np.bool_],
        NDArray[np.bool_],
        NDArray[np.bool_],
        NDArray[np.bool_],
        NDArray[np.bool_],
        Numbers,
    ],
    ties: Codes,
    limits: tuple[int, int, int, int, int],
    most_ways: int,
) -> tuple[Codes, Codes, Codes, Codes, NDArray[np.bool_]]:
    """Return the place of each state; and of each way its ends, its link, whether it begins."""
    first, next_place, link_of, buyer_of, need = graph
    entity, unbegun, in_supply = places
    walkable, may_begin, event, same_as, supplies, tie_of = links
    start, exporter, only, max_hops, most_same_as = limits
    place, tie_classes = np.empty(1024, np.int32), np.empty(1024, np.int64)
    before, after = np.empty(1024, np.int32), np.empty(1024, np.int32)
    used, begins = np.empty(1024, np.int32), np.zeros(1024, np.bool_)
    place[0], tie_classes[0] = start, -1  # -1: no supply yet, or ties that a walk need not keep
    number, ways = 1, 0
    classes = np.int64(ties.shape[1] + 1)
    if start < 0:
        number = 0
    lower = 0
    for hop in range(max_hops + 1 if start >= 0 else 0):
        # same_as costs no hop: its layers come first, as many as there are such links at most
        inner_lower, inner, again = lower, 0, True
        while again:
            again = False
            upper = number
            free = hop < max_hops
            at_inner = {np.int64(-1): 0}
            for state in range(inner_lower, upper):
                if entity[place[state]] == only:
                    continue
                for step in range(first[place[state]], first[place[state] + 1]):
                    link, to = link_of[step], next_place[step]
                    if not same_as[link] or not walkable[link] or entity[to] == exporter:
                        continue
                    if hop + need[to] > max_hops or inner >= most_same_as:
                        continue
                    key = np.int64(to) * classes + tie_classes[state] + 1
                    if key not in at_inner:
                        if number == len(place):
                            place, tie_classes = (
                                np.append(place, place),
                                np.append(tie_classes, tie_classes),
                            )
                        at_inner[key] = number
                        place[number], tie_classes[number] = to, tie_classes[state]
                        number += 1
                    if ways == len(before):
                        before, after = np.append(before, before), np.append(after, after)
                        used, begins = np.append(used, used), np.append(begins, begins)
                    before[ways], after[ways], used[ways] = state, at_inner[key], link
                    begins[ways] = False
                    ways += 1
                    again = True
            inner_lower = upper
            inner += 1
        upper = number
        at = {np.int64(-1): 0}
        for state in range(lower, upper if free else lower):
            here = place[state]
            if entity[here] == only:
                continue
            for step in range(first[here], first[here + 1]):
                link, to, buyer = link_of[step], next_place[step], buyer_of[step]
                if same_as[link] or not walkable[link]:
                    continue
                if hop + 1 + need[to] > max_hops:
                    continue
                if entity[to] == exporter or buyer == exporter:
                    continue
                if in_supply[here] and not _tied(ties, tie_of[link], tie_classes[state]):
                    continue
                first_event = unbegun[here] and event[link]
                if first_event and not may_begin[link]:
                    continue
                holds = tie_of[link] if supplies[link] and in_supply[to] else np.int64(-1)
                key = np.int64(to) * classes + holds + 1
                if key not in at:
                    if number == len(place):
                        place, tie_classes = (
                            np.append(place, place),
                            np.append(tie_classes, tie_classes),
                        )
                    at[key] = number
                    place[number], tie_classes[number] = to, holds
                    number += 1
                if ways == len(before):
                    before, after = np.append(before, before), np.append(after, after)
                    used, begins = np.append(used, used), np.append(begins, begins)
                before[ways], after[ways], used[ways] = state, at[key], link
                begins[ways] = first_event
                ways += 1
        lower = upper
        if ways >= most_ways and classes > 2:
            break
    return (
        place[:number].copy(),
        before[:ways].copy(),
        after[:ways].copy(),
        used[:ways].copy(),
        begins[:ways].copy(),
    )
