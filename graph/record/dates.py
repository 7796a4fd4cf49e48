"""Dates as sources give them: a year, a month, a day, or a span, read in days.

Every date has two readings. The *outer* one takes in all days that the text allows, the *inner*
one only the days that it leaves no doubt about (docs/exposure.md, "Dates").
"""

from __future__ import annotations

import calendar
import re
from datetime import date
from typing import NamedTuple

EARLIEST = date.min.toordinal()
LATEST = date.max.toordinal()

_PART = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


class Days(NamedTuple):
    """A closed run of days, as proleptic Gregorian ordinals (`datetime.date.toordinal`).

    `EARLIEST` and `LATEST` stand for an open side. Nothing-at-all is `EMPTY`.
    """

    first: int
    last: int

    def __bool__(self) -> bool:
        return self.first <= self.last

    def __and__(self, other: Days) -> Days:
        common = Days(max(self.first, other.first), min(self.last, other.last))
        return common if common else EMPTY

    def covers(self, other: Days) -> bool:
        """Return whether this run holds each day of `other` (true if `other` is empty)."""
        return not other or (self.first <= other.first and other.last <= self.last)


ALWAYS = Days(EARLIEST, LATEST)
EMPTY = Days(LATEST, EARLIEST)


def _part(text: str) -> Days:
    match = _PART.fullmatch(text)
    if not match:
        raise ValueError(text)
    year, month, day = (int(group) if group else None for group in match.groups())
    assert year is not None  # noqa: S101 - the pattern demands it
    if month is None:
        return Days(date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal())
    if day is None:
        last = calendar.monthrange(year, month)[1]
        return Days(date(year, month, 1).toordinal(), date(year, month, last).toordinal())
    return Days((only := date(year, month, day).toordinal()), only)


def parse_date(text: str) -> Days:
    """Read a date of the record.

    Parameters
    ----------
    text : str
        `2015`, `2015-09`, `2015-09-21`, or two of these with a slash between them, which means
        "somewhere in these".

    Returns
    -------
    Days
        From the first to the last day that the text allows.

    Raises
    ------
    ValueError
        If the text is no such date, or the span ends before it begins.

    Examples
    --------
    >>> parse_date("2015-02").last - parse_date("2015-02").first
    27
    >>> parse_date("2010/2011") == Days(parse_date("2010").first, parse_date("2011").last)
    True
    """
    first, slash, last = text.partition("/")
    if not slash:
        return _part(first)
    begin, end = _part(first), _part(last)
    if end.last < begin.first or end.first < begin.first:
        raise ValueError(text)
    return Days(begin.first, end.last)


def days_allowed(begin: str, end: str) -> Days:
    """Return the days from the first that `begin` allows to the last that `end` allows.

    Parameters
    ----------
    begin, end : str
        Dates of the record; an empty one leaves its side open.

    Examples
    --------
    >>> allowed = days_allowed("1998", "2016-02")
    >>> allowed == Days(parse_date("1998").first, parse_date("2016-02").last)
    True
    >>> days_allowed("", "") == ALWAYS
    True
    """
    return Days(
        parse_date(begin).first if begin else EARLIEST, parse_date(end).last if end else LATEST
    )


def precision(text: str) -> str:
    """Name the precision of a date: year, month, day, span, or undated.

    Examples
    --------
    >>> [precision(t) for t in ("2015", "2015-09", "2015-09-21", "2010/2011", "")]
    ['year', 'month', 'day', 'span', 'undated']
    """
    if not text:
        return "undated"
    if "/" in text:
        return "span"
    return ("year", "month", "day")[text.count("-")]


class Readings(NamedTuple):
    """The outer and the inner reading of a claim's interval."""

    outer: Days
    inner: Days


UNDATED = Readings(ALWAYS, EMPTY)


def event_readings(valid_from: str, valid_to: str) -> Readings:
    """Read the interval within which an event happened, at one instant.

    Parameters
    ----------
    valid_from, valid_to : str
        Dates of the record, or empty. An empty `valid_to` means "within the period of
        `valid_from`"; an empty `valid_from` leaves the beginning open.

    Returns
    -------
    Readings
        Events have an outer reading only; the inner one is `EMPTY`.

    Examples
    --------
    >>> event_readings("2015", "").outer == parse_date("2015")
    True
    """
    if not valid_from and not valid_to:
        return UNDATED
    return Readings(days_allowed(valid_from, valid_to or valid_from), EMPTY)


def state_readings(valid_from: str, valid_to: str, as_of: str = "") -> Readings:
    """Read the interval through which a state lasted.

    Parameters
    ----------
    valid_from, valid_to : str
        Dates of the record, or empty; one empty side is open, two empty sides are "undated".
    as_of : str
        A date on which the state is known to have held, with no word of what came after, nor,
        without `valid_from`, before. Never beside `valid_to`.

    Returns
    -------
    Readings
        The inner reading is `EMPTY` where no single day is beyond doubt.

    Examples
    --------
    >>> owned = state_readings("2005", "2017-05-31")
    >>> owned.inner == Days(parse_date("2005").last, parse_date("2017-05-31").first)
    True
    >>> state_readings("", "", "2022-11-22").inner == parse_date("2022-11-22")
    True
    """
    if not (valid_from or valid_to or as_of):
        return UNDATED
    begin = parse_date(valid_from) if valid_from else None
    end = parse_date(valid_to) if valid_to else None
    outer = days_allowed(valid_from, valid_to)
    if as_of:
        known = parse_date(as_of)
        if known.first != known.last:
            return Readings(outer, EMPTY)
        inner = Days(begin.last if begin else known.first, known.last)
    else:
        inner = Days(begin.last if begin else EARLIEST, end.first if end else LATEST)
    return Readings(outer, inner if inner else EMPTY)


def interval_in_words(
    valid_from: str, valid_to: str, as_of: str = "", *, event: bool = False
) -> str:
    """Write an interval for a reader, in the words of its claim.

    Parameters
    ----------
    valid_from, valid_to, as_of : str
        As the claim has them; empty where it has none.
    event : bool
        Whether it happened once, and is no state.

    Examples
    --------
    >>> interval_in_words("2015", "", event=True), interval_in_words("2005", "2017-05-31")
    ('2015', '2005 – 2017-05-31')
    >>> interval_in_words("", "2017"), interval_in_words("", "")
    ('until 2017', 'undated')
    >>> interval_in_words("", "", "2022-11-22"), interval_in_words("2018", "")
    ('as of 2022-11-22', 'since 2018')
    """
    if as_of:
        return f"since {valid_from}, as of {as_of}" if valid_from else f"as of {as_of}"
    if valid_from and valid_to:
        return valid_from if valid_from == valid_to else f"{valid_from} – {valid_to}"
    if valid_to:
        return f"until {valid_to}"
    if valid_from:
        return valid_from if event else f"since {valid_from}"
    return "undated"
