"""How to write a date that the record does not take: a cure for each style that people use."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

_FLAGS = re.ASCII | re.IGNORECASE
_DAY_FIRST = re.compile(r"(\d{1,2})\s*([./-])\s*(\d{1,2})\s*\2\s*(\d{4})", _FLAGS)
_YEAR_FIRST = re.compile(r"(\d{4})\s*[./-]\s*(\d{1,2})(?:\s*[./-]\s*(\d{1,2}))?\.?", _FLAGS)
_MONTH_FIRST = re.compile(r"(\d{1,2})\s*[./-]\s*(\d{4})", _FLAGS)
_WITH_TIME = re.compile(r"(\d{4}-\d{2}-\d{2})[ T]\d{1,2}:\d{2}.*", _FLAGS)
_COMPACT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})", _FLAGS)
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?", _FLAGS)
_YEARS = re.compile(r"(\d{4})\s*(?:[-–—]|to|until|bis|à)\s*(\d{4})", _FLAGS)
_ROUGHLY = re.compile(
    r"(?:c\.?|ca\.?|circa|about|around|approx\.?|~|≈)\s*(\d{4})|(\d{4})\s*\?", _FLAGS
)
_DECADE = re.compile(r"(\d{3})0s", _FLAGS)
_QUARTER = re.compile(r"(?:Q([1-4])\s*[ /-]?\s*(\d{4})|(\d{4})\s*[ /-]?\s*Q([1-4]))", _FLAGS)
_SHORT_YEAR = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{2}|(?:[a-z]{3,}\.?[ -])?'?\d{2}", _FLAGS)
_NAMED = re.compile(
    r"(?:(\d{1,2})(?:st|nd|rd|th|\.)?[ -]+)?([a-z]{3,9})\.?[ -]+"
    r"(?:(\d{1,2})(?:st|nd|rd|th)?,?[ -]+)?(\d{4})",
    _FLAGS,
)
_MONTHS = {name[:3].casefold(): number for number, name in enumerate(calendar.month_name) if number}
_SERIAL_ZERO = date(1899, 12, 30)  # day 0 of spreadsheet programs
_OTHERWISE = "Write the year first, with four digits, and leave out what is not known."


def date_cure(text: str) -> str:
    """Say how to write a date that `graph.record.dates.parse_date` refuses.

    Parameters
    ----------
    text : str
        The cell.

    Returns
    -------
    str
        One sentence. A date that has two readings is never decided.

    Examples
    --------
    >>> date_cure("21.09.2015"), date_cure("Sep 2015"), date_cure("2015-02-30")
    ('Write 2015-09-21.', 'Write 2015-09.', 'February 2015 has 28 days.')
    >>> date_cure("01/09/2015")
    'Write 2015-09-01 or 2015-01-09, whichever the source means.'
    """
    text = text.strip()
    for pattern, cure in _STYLES:
        match = pattern.fullmatch(text)
        if match and (sentence := cure(match)):
            return sentence
    return _OTHERWISE


def _write(year: str, month: str, day: str | None = None) -> str | None:
    try:
        checked = date(int(year), int(month), int(day or 1))
    except ValueError:
        return None
    return f"{checked:%Y-%m-%d}" if day else f"{checked:%Y-%m}"


def _day_first(match: re.Match[str]) -> str | None:
    first, _, second, year = match.groups()
    readings = dict.fromkeys(
        filter(None, (_write(year, second, first), _write(year, first, second)))
    )
    if len(readings) == 2:
        return f"Write {' or '.join(readings)}, whichever the source means."
    return f"Write {next(iter(readings))}." if readings else None


def _year_first(match: re.Match[str]) -> str | None:
    year, month, day = match.groups()
    if written := _write(year, month, day):
        return f"Write {written}."
    if not 1 <= int(month) <= 12:
        return "Months have the numbers 01 to 12."
    if int(year) < 1 or not day:
        return None
    days = calendar.monthrange(int(year), int(month))[1]
    return f"{calendar.month_name[int(month)]} {year} has {days} days."


def _month_first(match: re.Match[str]) -> str | None:
    written = _write(match[2], match[1])
    return f"Write {written}." if written else None


def _named(match: re.Match[str]) -> str | None:
    day, name, day_after, year = match.groups()
    month = _MONTHS.get(name[:3].casefold())
    if not month:
        return None
    written = _write(year, str(month), day or day_after)
    return f"Write {written}." if written else None


def _years(match: re.Match[str]) -> str:
    first, last = match.groups()
    return (
        f"Write {first}/{last} for one day within these years; write a state that lasted through "
        f"them as valid_from {first} and valid_to {last}."
    )


def _roughly(match: re.Match[str]) -> str:
    year = int(match[1] or match[2])
    return f"Write the years in which it may lie, such as {year - 1}/{year + 1}."


def _quarter(match: re.Match[str]) -> str:
    quarter, year = int(match[1] or match[4]), match[2] or match[3]
    return f"Write {year}-{3 * quarter - 2:02}/{year}-{3 * quarter:02}."


def _compact(match: re.Match[str]) -> str | None:
    written = _write(*match.groups())
    return f"Write {written}." if written else None


def _serial(match: re.Match[str]) -> str:
    day = _SERIAL_ZERO + timedelta(days=int(float(match[0])))
    return f"If this is a spreadsheet program's number of a day, write {day:%Y-%m-%d}."


_STYLES = (
    (_WITH_TIME, lambda match: f"Leave out the time: {match[1]}."),
    (_YEAR_FIRST, _year_first),
    (_DAY_FIRST, _day_first),
    (_MONTH_FIRST, _month_first),
    (_NAMED, _named),
    (_YEARS, _years),
    (_ROUGHLY, _roughly),
    (_DECADE, lambda match: f"Write {match[1]}0/{match[1]}9."),
    (_QUARTER, _quarter),
    (_COMPACT, _compact),
    (_SERIAL, _serial),
    (_SHORT_YEAR, lambda _match: "Write the year first, with four digits: 2015-09-21."),
)
