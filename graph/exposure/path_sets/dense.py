"""Pairs with too many walks to list: the states that the walks pass through, and bounds.

A state is a place with what its walk so far leaves open: the hops, the dates. Each way into a
state costs one operation for 64 worlds, however many walks take it. The states do not know which
entities a walk has met. Where no walk can meet one twice, the count is exact for the worlds that
were drawn; else it is an upper bound, and the walks that can be listed give the lower one.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from graph.exposure.path_sets.draws import Draws
from graph.exposure.path_sets.reach import States, count_reached, of_tree
from graph.paths.kernels.columns import Codes
from graph.paths.kernels.jit import kernel
from graph.paths.kernels.tree import Numbers, Tree, surely
from graph.probability.reference import Event


class Dense(NamedTuple):
    """The walks of a pair, not listed.

    Attributes
    ----------
    links : tuple of str
        Link ids, in the order of the states' rows of bits.
    possible, certain : States
        Those of all walks, and those of walks whose dates are bound to fit.
    least, least_certain : States or None
        The same for the listed walks alone; None where `possible` is exact.
    """

    links: tuple[str, ...]
    possible: States
    certain: States
    least: States | None = None
    least_certain: States | None = None

    def bounds(self, event: Event, words: int, *, certain: bool = False) -> tuple[int, int]:
        """Return a lower and an upper bound for the number of worlds in which some walk stands.

        Parameters
        ----------
        event : Event
            From `graph.probability.reference.prepare`.
        words : int
            How many words of 64 worlds are drawn.
        certain : bool
            Count only walks whose dates are bound to fit.
        """
        bits = Draws(event, self.links).bits(words)
        upper, lower = self.possible, self.least
        if certain:
            upper, lower = self.certain, self.least_certain
        high = int(count_reached(upper, bits)[0, 0])
        return (high if lower is None else int(count_reached(lower, bits)[0, 0])), high

    def survivor(self, gone: Collection[str]) -> frozenset[str] | None:
        """Return the links of a way through the states that avoids some; None if there is none."""
        left = np.array([link not in gone for link in self.links] or [False])
        states = self.possible
        back = _ways_back(states, left)
        for end in states.end:
            if back[end] >= 0:
                used, state = set(), int(end)
                while state:
                    used.add(self.links[states.link[back[state]]])
                    state = int(states.before[back[state]])
                return frozenset(used)
        return None

    def at_least(self, tree: Tree, ids: tuple[str, ...], target: Codes) -> Dense:
        """Return the same states with some listed walks as the lower bound.

        Parameters
        ----------
        tree : Tree
            Walks of the pair.
        ids : tuple of str
            Ids of the links that the tree names by number.
        target : int32 array
            The target's number.
        """
        row = {id_: number for number, id_ in enumerate(self.links)}
        rows = np.array([row.get(id_, -1) for id_ in ids] or [-1], np.int32)
        tree = tree._replace(link=rows[tree.link])
        return self._replace(
            least=of_tree(tree, target), least_certain=of_tree(surely(tree), target)
        )


@kernel
def _ways_back(states: States, left: NDArray[np.bool_]) -> Numbers:
    """Return a way by which each state is reached over the links that are left; -1: by none."""
    back = np.full(states.first[1], -1, np.int64)
    for state in range(1, states.first[1]):
        for way in range(states.into[state], states.into[state + 1]):
            before = states.before[way]
            if left[states.link[way]] and (before == 0 or back[before] >= 0):
                back[state] = way
                break
    return back
