"""The text of a workbook's cell: what a spreadsheet program shows, as a CSV file would have it."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from graph.record import ids

_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
#: Parts of a number format that are not letters of a date: quoted texts, brackets, escapes.
_QUOTED = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')
_PADDED = re.compile(r"0{2,}")
#: Number formats that show the digits of a number, at most grouped, rounded or with an exponent.
_DIGITS = re.compile(r"general|@|[#,]*0?(\.[0#?]+)?(e\+0+)?%?", re.IGNORECASE)


def text_shown(cell: Any) -> str:
    """Return the text of a cell.

    Parameters
    ----------
    cell : openpyxl cell
        Its value and its number format.

    Returns
    -------
    str
        Texts without the escapes of XLSX; yes or no; ISO dates, as exact as they are shown;
        numbers as digits, with the leading zeros or the per cent sign of their format.
    """
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, str):
        return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    number_format = cell.number_format or ""
    if isinstance(value, date):  # a datetime is one
        return f"{value:%Y-%m-%d}"[: _precision(number_format)]
    if isinstance(value, int | float):
        if "%" in number_format:
            return f"{ids.plain(round(value * 100, 10))}%"
        digits = ids.plain(float(value)) if isinstance(value, float) else str(value)
        if _PADDED.fullmatch(number_format) and digits.isdecimal():
            return digits.zfill(len(number_format))
        return digits
    return str(value)


def shows_more(cell: Any) -> bool:
    """Return whether the format of a number shows more than its digits, such as `FR-0042`.

    Parameters
    ----------
    cell : openpyxl cell
        Any cell; texts, dates and truth values show what they hold.
    """
    value = cell.value
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    number_format = (cell.number_format or "general").split(";")[0].strip()
    if _PADDED.fullmatch(number_format):
        return not (isinstance(value, int) and value >= 0)
    return not _DIGITS.fullmatch(number_format)


def _precision(number_format: str) -> int:
    """Return how many characters of an ISO date a cell shows.

    A program stores a typed 2015-09 as 1 September and shows it as `Sep-15`.

    Examples
    --------
    >>> [_precision(shown) for shown in ("dd/mm/yyyy", "[$-409]mmm yy", "yyyy", "h:mm")]
    [10, 7, 4, 10]
    """
    letters = _QUOTED.sub("", number_format).casefold()
    if "d" in letters or "y" not in letters:
        return 10
    return 7 if "m" in letters else 4
