"""Whether the dates of a walk can fit, and whether they are bound to (docs/exposure.md, "Dates").

Let t1 be the instant of the first supply, or of the contribution where there is none. Each `owns`
holds at t1; each succession comes at t1 or later; supplies follow one another, unless they share a
contract; a contribution comes at the last supply or later; each `part_of` holds at some instant
from then on, and so does the `operates` of a lead.

All these bounds are from below but for the owners', so taking each instant as early as it may be
decides whether *some* choice fits.
"""

from __future__ import annotations

from typing import NamedTuple

from graph.network.build import Link, Network
from graph.record.dates import ALWAYS, EARLIEST, LATEST, Days
from graph.record.vocabulary import RULES, Relation


class Instant(NamedTuple):
    """An event on the walk: the days on which it may have happened, and the earliest that fits."""

    days: Days
    earliest: int
    contract: str

    def orders(self, other: Instant) -> bool:
        """Tell whether this supply has to come before the other."""
        return self.contract == "" or self.contract != other.contract


class Timeline(NamedTuple):
    """The dates of a walk so far. Start with `Timeline()`; `step` gives the next one.

    Attributes
    ----------
    certain : bool
        Whether the dates fit for *every* instant at which each event's link may be used, states
        taken by their inner interval.
    first : Instant or None
        The first supply, or the contribution where there is none.
    """

    certain: bool = True
    owned: Days = ALWAYS
    owned_surely: Days = ALWAYS
    until: int = LATEST  # the first supply comes before the latest day of each succession …
    until_surely: int = LATEST  # … and surely before it only if before its earliest one
    first: Instant | None = None
    supplies: tuple[Instant, ...] = ()
    reached: int = EARLIEST  # earliest instant of the last supply or contribution
    reached_last: int = EARLIEST  # and the last one

    def step(self, network: Network, link: Link, on: int | None = None) -> Timeline | None:
        """Return the timeline after one more link, or None where no choice of instants fits.

        Parameters
        ----------
        network : networkx.MultiDiGraph
            For the lives of the link's ends.
        link : Link
            The next link of the walk.
        on : int, optional
            A day (ordinal) on which every state holds and by which every event has happened.
        """
        if link.relation is Relation.SAME_AS:
            return self
        outer, inner = link.readings
        certain = self.certain
        life = ALWAYS
        if link.relation is not Relation.SUCCEEDED_BY:
            life = network.nodes[link.tail]["life"] & network.nodes[link.head]["life"]
        if on is not None:
            if RULES[link.relation].event:
                certain = certain and outer.last <= on
                outer &= Days(EARLIEST, on)
            else:
                certain = certain and inner.covers(Days(on, on))
                if not (outer & life).covers(Days(on, on)):
                    return None
        days = outer & life
        if not days:
            return None
        after = self._replace(certain=certain)
        match link.relation:
            case Relation.OWNS:
                owned = self.owned & days
                surely = self.owned_surely & inner & life
                return after._replace(owned=owned, owned_surely=surely) if owned else None
            case Relation.SUCCEEDED_BY:
                return after._replace(
                    until=min(self.until, days.last),
                    until_surely=min(self.until_surely, days.first),
                )
            case Relation.SUPPLIES:
                return after._supply(days, link)
            case Relation.CONTRIBUTES_TO:
                return after._contribution(days, link)
            case _:  # part_of between programmes, and operates in a lead
                return after._part_of(days, inner & life)

    @classmethod
    def since(cls, day: int) -> Timeline:
        """Return the dates of a walk of which only this is known: by when its supplies were made.

        Parameters
        ----------
        day : int
            The day (ordinal) by which all its supplies can have been made, at the earliest.
        """
        made = Instant(Days(day, day), day, "")
        return cls(first=made, supplies=(made,), reached=day, reached_last=day)

    def _begin(self, days: Days) -> tuple[int, bool] | None:
        """Place the first event: its earliest instant, and whether owners and successors fit."""
        fits = days & self.owned & Days(EARLIEST, self.until)
        if not fits:
            return None
        surely = self.owned_surely.covers(days) and days.last <= self.until_surely
        return fits.first, surely

    def _supply(self, days: Days, link: Link) -> Timeline | None:
        certain = self.certain
        made = Instant(days, days.first, link.contract)
        if self.first is None:
            begun = self._begin(days)
            if begun is None:
                return None
            made = made._replace(earliest=begun[0])
            certain = certain and begun[1]
        before = [earlier for earlier in self.supplies if earlier.orders(made)]
        earliest = max([made.earliest, *(earlier.earliest for earlier in before)])
        if earliest > days.last:
            return None
        certain = certain and all(earlier.days.last <= days.first for earlier in before)
        made = made._replace(earliest=earliest)
        return self._replace(
            certain=certain,
            first=self.first or made,
            supplies=(*self.supplies, made),
            reached=earliest,
            reached_last=days.last,
        )

    def _contribution(self, days: Days, link: Link) -> Timeline | None:
        made = Instant(days, days.first, link.contract)
        if self.first is None:
            begun = self._begin(days)
            if begun is None:
                return None
            earliest, certain = begun
        else:
            earliest = max(days.first, self.reached)
            certain = self.reached_last <= days.first
        if earliest > days.last:
            return None
        made = made._replace(earliest=earliest)
        return self._replace(
            certain=self.certain and certain,
            first=self.first or made,
            reached=earliest,
            reached_last=days.last,
        )

    def _part_of(self, days: Days, inner: Days) -> Timeline | None:
        if days.last < self.reached:
            return None
        surely = bool(inner) and self.reached_last <= inner.last
        return self._replace(certain=self.certain and surely)
