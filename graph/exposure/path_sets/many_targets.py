"""An exporter with too many walks to list: bounds for all of its targets in one pass."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence, Set
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from graph.exposure.path_sets.dense import Dense
from graph.exposure.path_sets.draws import Draws
from graph.exposure.path_sets.layers import Layers
from graph.exposure.path_sets.reach import count_reached, of_tree, used_ways
from graph.paths.kernels.columns import Codes
from graph.paths.kernels.tree import Numbers, Tree, surely
from graph.probability.methods import LinkProbabilities
from graph.probability.reference import Event


class Counts(NamedTuple):
    """In how many worlds each target is reached.

    Attributes
    ----------
    least, most : int64 (targets)
        Bounds for all walks.
    least_certain, most_certain : int64 (targets)
        Bounds for walks whose dates are bound to fit.
    """

    least: Numbers
    most: Numbers
    least_certain: Numbers
    most_certain: Numbers


class ManyTargets:
    """The walks of one exporter to all of its targets.

    Parameters
    ----------
    ids : sequence of str
        Ids of the links that the layers name by number.
    made : Layers
        The states of all walks.
    listed : Tree
        Some of the walks; its links are numbered as in `ids`.
    certain : Layers or None
        The states of walks whose dates are bound to fit, where both layers reach each target in
        the same worlds as the walks do. None: the layers give upper bounds.
    """

    def __init__(
        self,
        ids: Sequence[str],
        made: Layers,
        listed: Tree,
        certain: Layers | None,
    ) -> None:
        self.ids, self.made = ids, made
        self.totals = np.bincount(self._places(listed.target), minlength=len(made.targets))
        if certain is None:
            least, least_certain = (
                of_tree(tree, made.targets) for tree in (listed, surely(listed))
            )
            self._states = least, made.states, least_certain, made.states
        else:
            self.totals = np.maximum(self.totals, 1)
            places = self._places(certain.targets)
            sure = certain.states._replace(
                target=places[certain.states.target].astype(np.int32), targets=len(made.targets)
            )
            self._states = made.states, made.states, sure, sure
        self._counts: dict[int, tuple[Event, Counts]] = {}
        self._origins: tuple[Numbers, Numbers, int] | None = None

    def ways_to(self, target: int) -> tuple[WayLinks, list[str]]:
        """Return the links on the ways to a target, and those by which the ways begin.

        Parameters
        ----------
        target : int
            A place in `made.targets`.
        """
        states = self.made.states
        used = used_ways(states, target)
        links = np.zeros(len(self.ids), np.bool_)
        links[states.link[used]] = True
        begins = np.unique(states.link[used & self.made.begins])
        return WayLinks(self, np.packbits(links)), [self.ids[link] for link in begins.tolist()]

    def counts(self, event: Event, words: int) -> Counts:
        """Count the worlds in which each target is reached, once for each event.

        Parameters
        ----------
        event : Event
            From `graph.probability.reference.prepare`.
        words : int
            How many words of 64 worlds are drawn.
        """
        if (known := self._counts.get(id(event))) is not None:
            return known[1]
        bits = Draws(event, self.ids).bits(words)
        distinct = {id(states): states for states in self._states}
        worlds = {key: count_reached(states, bits)[0] for key, states in distinct.items()}
        least, most, least_certain, most_certain = (worlds[id(states)] for states in self._states)
        self._counts[id(event)] = event, Counts(least, most, least_certain, most_certain)
        return self._counts[id(event)][1]

    def _places(self, targets: Codes) -> Numbers:
        places: Numbers = np.searchsorted(self.made.targets, targets)
        return places

    def origins(self, weighed: LinkProbabilities) -> tuple[Numbers, Numbers, int]:
        """Return pairs of a link and an origin that supports it, and the number of origins."""
        if self._origins is None:
            each = [weighed.supporting_origins([id_]) for id_ in self.ids]
            number = {origin: place for place, origin in enumerate(frozenset().union(*each))}
            links = np.repeat(np.arange(len(each)), [len(origins) for origins in each])
            flat = [number[origin] for origins in each for origin in origins]
            self._origins = links, np.array(flat, np.int64), len(number)
        return self._origins


class WayLinks(Set[str]):
    """The links on the ways to one target, a bit for each.

    Parameters
    ----------
    several : ManyTargets
        Names the links.
    packed : uint8 array
        One bit for each link.
    """

    def __init__(self, several: ManyTargets, packed: NDArray[np.uint8]) -> None:
        self._several, self._packed = several, packed

    @property
    def _is_used(self) -> NDArray[np.bool_]:
        return np.unpackbits(self._packed, count=len(self._several.ids)).astype(np.bool_)

    def __contains__(self, link: object) -> bool:
        return link in set(self)

    def __iter__(self) -> Iterator[str]:
        return (self._several.ids[number] for number in np.flatnonzero(self._is_used).tolist())

    def __len__(self) -> int:
        return int(self._is_used.sum())

    def count_origins(self, weighed: LinkProbabilities) -> int:
        """Return how many root sources support one of the links."""
        links, origins, number = self._several.origins(weighed)
        counted = np.zeros(number, np.bool_)
        counted[origins[self._is_used[links]]] = True
        return int(counted.sum())


class OneOfMany(NamedTuple):
    """The states of an exporter, as those of one of its targets.

    Attributes
    ----------
    several : ManyTargets
        All of them.
    target : int
        A place in its targets.
    """

    several: ManyTargets
    target: int

    def bounds(self, event: Event, words: int, *, certain: bool = False) -> tuple[int, int]:
        """Return a lower and an upper bound for the number of worlds in which some walk stands.

        Parameters
        ----------
        event, words, certain
            As for `graph.exposure.path_sets.dense.Dense.bounds`.
        """
        counts = self.several.counts(event, words)
        least, most = counts[2:] if certain else counts[:2]
        return int(least[self.target]), int(most[self.target])

    def survivor(self, gone: Collection[str]) -> frozenset[str] | None:
        """Return the links of a way to the target that avoids some; None if there is none."""
        states = self.several.made.states
        first, last = np.searchsorted(states.target, [self.target, self.target + 1])
        to_target = states._replace(end=states.end[first:last])
        return Dense(tuple(self.several.ids), to_target, to_target).survivor(gone)
