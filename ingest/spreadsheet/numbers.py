"""Numbers in columns of numbers: digits with a point, never a guess."""

from __future__ import annotations

import re
import typing
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from msgspec import Meta

from graph.validate import Fault
from graph.validate.layout import LAYOUTS

_NUMBER = re.compile(r"([+-]?)(\d*)(?:\.(\d*))?", re.ASCII)
#: One to three digits, a point, three digits: a thousand, or one and a fraction?
_GROUPED = re.compile(r"[+-]?[1-9]\d{0,2}\.\d{3}", re.ASCII)
_EXPONENT = re.compile(r"[+-]?[\d.,]+e[+-]?\d+", re.ASCII | re.IGNORECASE)


def _parts(annotation: Any) -> Iterator[Any]:
    yield annotation
    for part in typing.get_args(annotation):
        yield from _parts(part)


def _limits(table: str) -> dict[str, float]:
    limits = {}
    for column, annotation in LAYOUTS[table].types.items():
        parts = list(_parts(annotation))
        if float in parts or Decimal in parts:
            bounds = [float(part.le) for part in parts if isinstance(part, Meta) and part.le]
            limits[column] = min(bounds, default=float("inf"))
    return limits


#: Table -> each of its columns of numbers, with the largest number that it takes.
NUMBERS: dict[str, dict[str, float]] = {table: _limits(table) for table in LAYOUTS}


def read_number(table: str, column: str, text: str) -> str | Fault:
    """Read a typed number.

    Parameters
    ----------
    table, column : str
        Where it stands: one of `NUMBERS`.
    text : str
        The cell, not empty.

    Returns
    -------
    str or Fault
        The number with digits on both sides of its point, or why it cannot be read.

    Examples
    --------
    >>> read_number("claims", "strength", ".5"), read_number("claims", "value", "1250000.50")
    ('0.5', '1250000.50')
    >>> read_number("claims", "value", "15.000").cure
    'Write 15000 if that is meant, or 15.0.'
    """
    allowed = "a number with digits and one point"
    limit = NUMBERS[table][column]
    if _GROUPED.fullmatch(text) and float(text.replace(".", "")) <= limit:
        whole = text.replace(".", "")
        fraction = text.rstrip("0")
        fraction += "0" if fraction.endswith(".") or fraction == text else ""
        cure = f"Write {whole} if that is meant, or {fraction}."
        return Fault(column, text, f"{allowed}; this one has two readings", cure)
    if _EXPONENT.fullmatch(text):
        return Fault(column, text, allowed, "Write out all digits; a program has shortened them.")
    match = _NUMBER.fullmatch(text)
    if not match or not (match[2] or match[3]):
        cure = "Write digits only, with a point for decimals: no comma, no unit, no per cent sign."
        return Fault(column, text, _allowed(limit), cure)
    sign = "-" if match[1] == "-" else ""
    return f"{sign}{match[2] or '0'}" + (f".{match[3]}" if match[3] else "")


def _allowed(limit: float) -> str:
    return (
        "a number such as 1250000.50" if limit == float("inf") else f"a number from 0 to {limit:g}"
    )


def write_number(number: Decimal | float, digits: str) -> str:
    """Add a zero to digits that would have two readings, such as `1.234`.

    Parameters
    ----------
    number : Decimal or float
        The number.
    digits : str
        The number as decimal text.

    Returns
    -------
    str
        The same number, which `read_number` takes in every column.

    Examples
    --------
    >>> write_number(Decimal("1.234"), "1.234"), write_number(0.5, "0.5")
    ('1.2340', '0.5')
    """
    return f"{digits}0" if isinstance(number, Decimal) and _GROUPED.fullmatch(digits) else digits
