"""Statuses of a claim, its stance, and how a link with some statuses is drawn."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

import msgspec

from graph.record.vocabulary.pictures import Stroke
from graph.record.vocabulary.term import Term


class StatusEntry(msgspec.Struct, frozen=True, kw_only=True):
    """What the faces know of a status.

    Parameters
    ----------
    rank : int
        Place among the statuses of a link, the firmest first.
    meaning : str
        What it means, for readers.
    stroke : Stroke
        How it draws the line of its link.
    firm : bool
        True where the party itself, an authority or a court stands behind it.
    contested : bool
        True where the claim should have a reply, be it that none was readable.
    stands : bool
        False where the claim was taken back.
    """

    rank: int
    meaning: str
    stroke: Stroke = Stroke.DOCUMENTED
    firm: bool = False
    contested: bool = False
    stands: bool = True


class Status(Term):
    """How firmly a claim is made, taken from its source, never from a default."""

    entry: StatusEntry

    ALLEGED = (
        "alleged",
        StatusEntry(
            rank=5,
            meaning="somebody says so, and nobody else has confirmed it",
            stroke=Stroke.ALLEGED,
            contested=True,
        ),
    )
    REPORTED = "reported", StatusEntry(rank=4, meaning="a source reports it as a fact")
    ACKNOWLEDGED = (
        "acknowledged",
        StatusEntry(
            rank=3, meaning="the party itself, or its successor, acknowledges it", firm=True
        ),
    )
    DENIED = (
        "denied",
        StatusEntry(rank=7, meaning="the party denies it", stroke=Stroke.DENIED),
    )
    DISPUTED = (
        "disputed",
        StatusEntry(
            rank=6,
            meaning="sources or parties contradict each other on it",
            stroke=Stroke.DISPUTED,
            contested=True,
        ),
    )
    OFFICIAL_RECORD = (
        "official_record",
        StatusEntry(
            rank=2,
            meaning="an official record shows the listing, charge or licence, not the conduct"
            " behind it",
            firm=True,
        ),
    )
    COURT_FINDING = (
        "court_finding",
        StatusEntry(rank=1, meaning="a court found it, at the stage that the row names", firm=True),
    )
    WITHDRAWN = (
        "withdrawn",
        StatusEntry(
            rank=8, meaning="who said it took it back", stroke=Stroke.WITHDRAWN, stands=False
        ),
    )


class Stance(StrEnum):
    """Whether a row supports a link or refutes the row it names in `about`."""

    SUPPORTS = "supports"
    REFUTES = "refutes"


#: Claims of these statuses should have a reply, be it that none was readable.
CONTESTED = frozenset(status for status in Status if status.entry.contested)

#: SQL for whether a row of claims stands.
STANDS = " AND ".join(f"status <> '{status}'" for status in Status if not status.entry.stands)

_STROKES = tuple(Stroke)

#: The statuses that draw a line otherwise than documented, the one that prevails first.
LINE_ORDER = tuple(
    sorted(
        (status for status in Status if status.entry.stroke is not Stroke.DOCUMENTED),
        key=lambda status: -_STROKES.index(status.entry.stroke),
    )
)


def line_of(statuses: Iterable[Status]) -> Stroke:
    """Return how a link with these statuses is drawn.

    Examples
    --------
    >>> line_of({Status.ALLEGED, Status.ACKNOWLEDGED}).value
    'alleged'
    >>> line_of({Status.REPORTED}).value
    'documented'
    """
    strokes = (status.entry.stroke for status in statuses)
    return max(strokes, key=_STROKES.index, default=Stroke.DOCUMENTED)


def statuses_of(words: Iterable[str]) -> frozenset[Status]:
    """Return the statuses that the words of a filter name.

    Parameters
    ----------
    words : iterable of str
        Statuses, or `documented` for all that are drawn with a full line.

    Examples
    --------
    >>> sorted(statuses_of(["documented", "denied"]))  # doctest: +ELLIPSIS
    [<Status.ACKNOWLEDGED: 'acknowledged'>, ..., <Status.REPORTED: 'reported'>]
    """
    wanted = set(words)
    statuses = {Status(word) for word in wanted - {Stroke.DOCUMENTED}}
    if Stroke.DOCUMENTED in wanted:
        statuses |= set(Status) - set(LINE_ORDER)
    return frozenset(statuses)
