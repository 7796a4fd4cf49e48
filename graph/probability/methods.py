"""Three methods for one probability, and the choice between them.

Exact factoring answers within a budget of branchings; past the budget, coupled Monte Carlo worlds
do. The reference, plain conditioning, checks both.
"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Collection, Iterable
from typing import Literal, NamedTuple, TypeAlias

from graph.network.build import Link, Network, links_by_id
from graph.probability.exact import Exact, OverBudgetError
from graph.probability.limits import LISTED, TOO_MANY
from graph.probability.monte_carlo import Worlds
from graph.probability.reference import Band, Event, EvidencePiece, chance, prepare

#: "auto" is exact where the budget allows it, and sampled worlds where not.
Method: TypeAlias = Literal["auto", "reference", "exact", "worlds"]
METHODS: tuple[Method, ...] = ("reference", "exact", "worlds")


class Estimate(NamedTuple):
    """A probability, the method that gave it, and how far off it may be at 95 %."""

    value: float
    method: str
    error: float


class Estimator:
    """Probabilities of one event, by the first method that stays within its budget.

    Parameters
    ----------
    event : Event
        From `graph.probability.reference.prepare`, with every link of the walks asked about.
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
            If the method is "exact" and the question takes more branchings than the budget.
        """
        if self.method == "reference":
            return Estimate(chance(self.event, walks), "reference", 0.0)
        if self.method != "worlds":
            try:
                if len(walks) > LISTED:
                    raise OverBudgetError(TOO_MANY)
                return Estimate(self._exact.chance(walks), "exact", 0.0)
            except OverBudgetError:
                if self.method == "exact":
                    raise
        if self._worlds is None:
            self._worlds = Worlds(self.event)
        return Estimate(self._worlds.chance(walks), "worlds", self._worlds.error)


class LinkProbabilities:
    """The links of a network with their probabilities, prepared once for many questions.

    Parameters
    ----------
    network : networkx.MultiDiGraph
        Made by `graph.network.build.from_records` or `of_store`.
    only : iterable of str, optional
        Ids of the links that matter; None: all.

    Attributes
    ----------
    links : dict of str to Link
        The links, by id.
    """

    def __init__(self, network: Network, only: Iterable[str] | None = None) -> None:
        self.network = network
        self.links: dict[str, Link] = links_by_id(network)
        if only is not None:
            self.links = {link: self.links[link] for link in sorted(only)}
        self._estimators: dict[tuple[Band, Method], Estimator] = {}
        self._origins: dict[str, frozenset[str]] = {}
        self._events: dict[Band, Event] = {}

    def chances(self, band: Band = "value", method: Method = "auto") -> Estimator:
        """Return the probabilities at one end of the weights, by a method."""
        key = band, method
        if key not in self._estimators:
            self._estimators[key] = Estimator(self._event(band), method)
        return self._estimators[key]

    def _event(self, band: Band) -> Event:
        if band not in self._events:
            like = next(iter(self._events.values()), None)
            origins = self.network.graph["origins"]
            self._events[band] = prepare(origins, self.links.values(), band, like)
        return self._events[band]

    def supporting_origins(self, links: Iterable[str]) -> frozenset[str]:
        """Return the root sources that support at least one of some links."""
        known = self._origins
        ids = list(links)
        for id_ in ids:
            if id_ not in known:
                known[id_] = frozenset(
                    origin for row in self.links[id_].rows if row.supports for origin in row.origins
                )
        return frozenset().union(*(known[id_] for id_ in ids))

    @functools.cached_property
    def most(self) -> dict[str, float]:
        """The highest probability that each link can have, whatever is known of other ones.

        An origin of a single link counts with its reliability. An origin that several links share
        counts as sound, since a link that holds makes that more probable. Words of an origin on
        the same relation between the same ends need no care: no walk goes there twice.
        """
        event = self.chances().event
        shares = Counter(
            piece.sound
            for side in (event.pro, event.contra)
            for pieces in side.values()
            for piece in pieces
        )

        def none_counts(pieces: Iterable[EvidencePiece], shared: float) -> float:
            none = 1.0
            for sound, _, strength in pieces:
                alone = shares[sound] == 1
                none *= 1 - float(strength) * (float(event.odds[sound][0][1]) if alone else shared)
            return none

        return {
            link: (1 - none_counts(event.pro[link], 1.0)) * none_counts(event.contra[link], 0.0)
            for link in self.links
        }
