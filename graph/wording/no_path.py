"""Why there is no path, and what else the record holds about the two ends."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from graph.record import dates
from graph.record.vocabulary import Relation
from graph.wording.links import name_or_id
from graph.wording.terms import hedge, number_of

if TYPE_CHECKING:
    from graph.network.link import Link
    from graph.paths.answer import Misfit


def misfit(pair: Misfit, names: Mapping[str, str]) -> str:
    """Say why two links are on no path together: their dates.

    Parameters
    ----------
    pair : Misfit
        The ownership or succession, and the act.
    names : mapping of str to str
        Names by id.

    Examples
    --------
    "Canon owned Axis only from 2015 on, after the supply of 2011 to Northport.",
    "Visiolux succeeded Aurora in 2010, before the supply of 2014 to Northport (alleged)."
    """
    owner, owned = (name_or_id(end, names) for end in (pair.corporate.tail, pair.corporate.head))
    act = pair.act
    doubt = hedge(pair.corporate.statuses, len(pair.corporate.refuting_ids))
    other = f"the {act.relation.entry.noun}{_of(act)} to {name_or_id(act.head, names)}"
    other += hedge(act.statuses, len(act.refuting_ids))
    since = pair.corporate.valid_from
    holding, acted = pair.corporate.readings.outer, act.readings.outer
    if pair.corporate.relation is Relation.SUCCEEDED_BY:
        return f"{owned} succeeded {owner}{doubt}{_of(pair.corporate, 'in')}, before {other}."
    if acted.last < holding.first:
        return f"{owner} owned {owned}{doubt} only from {since} on, after {other}."
    if holding.last < acted.first and pair.corporate.valid_to:
        return f"{owner} owned {owned}{doubt} only until {pair.corporate.valid_to}, before {other}."
    return f"The dates of “{owner} owned {owned}”{doubt} and of {other} do not fit."


def _of(link: Link, preposition: str = "of") -> str:
    """Return when an event was, after a preposition; empty where no date is known."""
    if not (link.valid_from or link.valid_to or link.as_of):
        return ""
    words = dates.interval_in_words(link.valid_from, link.valid_to, link.as_of, event=True)
    plain = link.valid_from == link.valid_to or not link.valid_to
    return f" {preposition} {words}" if link.valid_from and plain else f" ({words})"


def also_said(claims: int, end: str, first: str, last: str) -> list[str]:
    """Say that the record holds claims about two ends that no path joins, and how to see them.

    Parameters
    ----------
    claims : int
        How many claims name both.
    end : str
        Id of the end whose page lists them.
    first, last : str
        Names of the ends.

    Examples
    --------
    >>> also_said(1, "alpha", "Alpha", "Beta")
    ['Also on record: 1 claim that names both Alpha and Beta; `sightline show alpha` lists it.']
    >>> also_said(0, "alpha", "Alpha", "Beta")
    []
    """
    if not claims:
        return []
    them = number_of(claims, "claim that names", "claims that name")
    listed = "it" if claims == 1 else "them"
    return [
        f"Also on record: {them} both {first} and {last}; `sightline show {end}` lists {listed}."
    ]


def why_no_path(misfits: Iterable[Misfit], names: Mapping[str, str]) -> list[str]:
    """Return the reasons in the order of the answer."""
    return [misfit(pair, names) for pair in misfits]
