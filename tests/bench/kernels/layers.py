"""The states of walks that nothing but their hops binds: a place after so many hops is one."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from graph.exposure.path_sets.reach import States
from graph.paths.kernels.columns import Codes
from graph.paths.kernels.jit import kernel
from graph.paths.kernels.steps import SUPPLIES, Steps
from graph.paths.kernels.tree import Numbers
from graph.record.dates import EARLIEST, LATEST
from graph.record.grammar import PARTS


def unbound(steps: Steps) -> bool:
    """Tell whether only hops bind the walks.

    So it is where all links are undated supplies that name no programme, of one contract or of one
    product, so that each is tied to any other.

    A walk that meets an entity twice may then be cut short where it was met first, and what is left
    is a walk too. So whether a target can be reached does not hang on forbidding such walks.

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


def of_steps(steps: Steps, begin: Numbers, targets: Codes, threads: int = 1) -> States:
    """Make the states of all walks at once, without listing one.

    Parameters
    ----------
    steps : Steps
        Of which `unbound` holds.
    begin : int64 array (exporters)
        Where walks begin, from `Steps.start`; -1: nowhere.
    targets : int32 array
        Numbers of the entities that are asked for, ascending.
    threads : int
        How many threads share the exporters; the states are the same for any number.

    Returns
    -------
    States
        An exporter reaches a target in as many worlds as by its walks one by one.
    """
    on = steps.first, steps.after, steps.link, steps.need

    def part(some: Numbers) -> Layers:
        return Layers(*_layers(*on, some, steps.max_hops))

    with ThreadPoolExecutor(threads) as pool:
        made = list(pool.map(part, np.array_split(begin, threads)))
    place, ways, before, link, sizes = map(np.concatenate, zip(*made, strict=True))
    first = np.concatenate([[0], np.cumsum(sizes)])
    number = np.full(len(steps.places), -1, np.int32)
    ends = np.flatnonzero(steps.target >= 0)
    number[ends] = np.searchsorted(targets, steps.target[ends])
    end = np.flatnonzero(number[place] >= 0)
    owner = np.repeat(np.arange(len(begin)), sizes)[end]
    entity = steps.places // PARTS
    away = entity[place[end]] != entity[begin[owner]]  # no walk leads back to who began it
    end, owner = end[away], owner[away]
    reached = number[place[end]]
    order = np.argsort(owner * len(targets) + reached, kind="stable")
    return States(
        first=first,
        into=np.concatenate([[0], np.cumsum(ways)]),
        before=before,
        link=link,
        end_first=np.searchsorted(owner, np.arange(len(begin) + 1)),
        end=(end - first[owner])[order].astype(np.int32),
        target=reached[order],
        targets=len(targets),
    )


class Layers(NamedTuple):
    """States of some exporters: of each its place, and how many ways lead into it.

    Ways have the state before, counted from the exporter's first, and the link, state by state;
    `sizes` is how many states each exporter has.
    """

    place: Codes
    ways: Numbers
    before: Codes
    link: Codes
    sizes: Numbers


@kernel
def _layers(
    first: Numbers,
    after: Codes,
    link: Codes,
    need: NDArray[np.int8],
    begin: Numbers,
    most: int,
) -> tuple[Codes, Numbers, Codes, Codes, Numbers]:
    places, ways = np.empty(1024, np.int32), np.empty(1024, np.int64)
    before, used = np.empty(1024, np.int32), np.empty(1024, np.int32)
    sizes = np.empty(len(begin), np.int64)
    state = np.full(len(need), -1, np.int64)
    number, number_of_ways = 0, 0
    for x in range(len(begin)):
        base = start = number
        if number == len(places):
            places, ways = np.append(places, places), np.append(ways, ways)
        places[number], ways[number] = begin[x], 0
        number += 1
        for hop in range(most if begin[x] >= 0 else 0):
            stop, met = number, 0
            for one in range(start, stop):
                for step in range(first[places[one]], first[places[one] + 1]):
                    place = after[step]
                    if hop + 1 + need[place] > most:
                        break  # those after it are no nearer to a target
                    if state[place] < stop:
                        if number == len(places):
                            places, ways = np.append(places, places), np.append(ways, ways)
                        state[place] = number
                        places[number], ways[number] = place, 0
                        number += 1
                    ways[state[place]] += 1
                    met += 1
            while number_of_ways + met > len(before):
                before, used = np.append(before, before), np.append(used, used)
            ahead = number_of_ways  # where the ways of each state begin, and then its next way
            for one in range(stop, number):
                state[places[one]], ahead = ahead, ahead + ways[one]
            for one in range(start, stop):
                for step in range(first[places[one]], first[places[one] + 1]):
                    place = after[step]
                    if hop + 1 + need[place] > most:
                        break
                    before[state[place]], used[state[place]] = one - base, link[step]
                    state[place] += 1
            for one in range(stop, number):
                state[places[one]] = one
            number_of_ways += met
            start = stop
        sizes[x] = number - base
    return (
        places[:number].copy(),
        ways[:number].copy(),
        before[:number_of_ways].copy(),
        used[:number_of_ways].copy(),
        sizes,
    )
