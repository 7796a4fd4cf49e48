"""Three methods, one answer, and which of them gave it.

The reference, plain conditioning, checks the others; exact factoring answers within a budget of
branchings; past the budget, coupled Monte Carlo worlds do.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Literal, NamedTuple, TypeAlias

from graph.exposure.chance import Band, Event, chance, prepare
from graph.exposure.exact import Exact, OverBudgetError
from graph.exposure.worlds import Worlds
from graph.network import Link, Network, links

#: "auto" is exact where the budget allows it, and sampled worlds where not.
Method: TypeAlias = Literal["auto", "reference", "exact", "worlds"]
METHODS: tuple[Method, ...] = ("reference", "exact", "worlds")


class Estimate(NamedTuple):
    """A probability, the method that gave it, and the half-width of its 95 % interval."""

    value: float
    method: str
    error: float


class Chances:
    """The chances of one event, each by the method that can give it.

    Parameters
    ----------
    event : Event
        From `graph.exposure.chance.prepare`, with every link of the walks that are asked for.
    method : "auto", "reference", "exact" or "worlds"
        How to compute; see `Method`.
    """

    def __init__(self, event: Event, method: Method = "auto") -> None:
        self.event = event
        self.method = method
        self._exact = Exact(event)
        self._worlds: Worlds | None = None

    def estimate(self, walks: Collection[frozenset[str]]) -> Estimate:
        """Return the probability that at least one walk has all its links.

        Parameters
        ----------
        walks : collection of frozenset of str
            Link ids of each walk.

        Raises
        ------
        OverBudgetError
            If the method is "exact", and the question takes more branchings than it may.
        """
        if self.method == "reference":
            return Estimate(chance(self.event, walks), "reference", 0.0)
        if self.method != "worlds":
            try:
                return Estimate(self._exact.chance(walks), "exact", 0.0)
            except OverBudgetError:
                if self.method == "exact":
                    raise
        if self._worlds is None:
            self._worlds = Worlds(self.event)
        return Estimate(self._worlds.chance(walks), "worlds", self._worlds.error)


class Weighed:
    """The links of a network with their chances, made once for many questions.

    Parameters
    ----------
    network : networkx.MultiDiGraph
        Made by `graph.network.from_records` or `of_store`.
    only : iterable of str, optional
        Ids of the links that matter; None: all.

    Attributes
    ----------
    links : dict of str to Link
        The links, by id.
    """

    def __init__(self, network: Network, only: Iterable[str] | None = None) -> None:
        self.network = network
        self.links: dict[str, Link] = links(network)
        if only is not None:
            self.links = {link: self.links[link] for link in sorted(only)}
        self._made: dict[tuple[Band, Method], Chances] = {}

    def chances(self, band: Band = "value", method: Method = "auto") -> Chances:
        """Return the chances at one end of the weights, by a method."""
        asked = band, method
        if asked not in self._made:
            event = prepare(self.network.graph["origins"], self.links.values(), band)
            self._made[asked] = Chances(event, method)
        return self._made[asked]
