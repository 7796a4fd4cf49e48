"""Explain why a row cannot become a record: the validation errors of msgspec, cell by cell."""

from __future__ import annotations

import difflib
import enum
import typing
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import msgspec

from graph.record.countries import CODES
from graph.record.model import Country, Currency, Digest, Filled, Fraction, Id, Percent
from graph.validate.faults import Fault
from graph.validate.layout import LAYOUTS
from graph.validate.rules import PERSON, PERSON_FAULT

_NUMBER = "Write digits only, with a point for decimals: no comma, no unit, no per cent sign."

#: Type of a field -> what is allowed, what to do.
_WORDS: dict[Any, tuple[str, str]] = {
    Id: (
        "an id of at most 200 characters, without blanks, `;` or `,`",
        "Write it with hyphens, such as `acme-group`.",
    ),
    Filled: ("some text", ""),
    Country: (
        "codes of two capital letters (ISO 3166-1), `;` between",
        "Look the code up in ISO 3166-1; that of France is FR.",
    ),
    Digest: ("a sha256: 64 digits 0-9, a-f", "Copy it whole, or leave it empty."),
    Fraction: ("a number from 0 to 1", _NUMBER),
    Percent: ("a number from 0 to 100", _NUMBER),
    Currency: (
        "a code of three capital letters",
        "Look the code up in ISO 4217; that of the euro is EUR.",
    ),
    Decimal: ("a number such as 1250000.50", _NUMBER),
    bool: ("yes, or empty", "Write yes where it is so, else leave it empty."),
}


def explain_row(table: str, values: Mapping[str, Any]) -> list[Fault]:
    """Find each cell that keeps a row from being a record.

    Parameters
    ----------
    table : str
        Name of the table.
    values : mapping of str to object
        Column to value, without the empty ones.

    Returns
    -------
    list of Fault
        One for each cell that msgspec refuses, and each required one that is empty.

    Examples
    --------
    >>> row = {"claim": "c1", "party": "acme", "kind": "anwser"}
    >>> explain_row("replies", row)[0].cure
    "Did you mean 'answer'?"
    """
    layout = LAYOUTS[table]
    faults = []
    for column, annotation in layout.types.items():
        if column in values:
            try:
                msgspec.convert(values[column], annotation, strict=False)
            except msgspec.ValidationError:
                faults.append(_fault(column, annotation, values[column]))
        elif column in layout.required:
            faults.append(_fault(column, annotation, ""))
    return faults


def _fault(column: str, annotation: Any, value: Any) -> Fault:
    text = "; ".join(value) if isinstance(value, tuple) else str(value)
    if column == "kind" and text.casefold() in PERSON:
        return PERSON_FAULT._replace(found=text)
    allowed, cure = _words(annotation, text)
    return Fault(column, text, allowed, cure if text else f"Fill it in. {cure}".strip())


def _upper_case(text: str) -> str:
    """Return a list of countries with its codes in capital letters; "" if others are in it."""
    codes = [code.strip().upper() for code in text.split(";")]
    return "; ".join(codes) if CODES.issuperset(codes) else ""


def _words(annotation: Any, text: str) -> tuple[str, str]:
    for part in _parts(annotation):
        if isinstance(part, type) and issubclass(part, enum.Enum):
            words = [str(member) for member in part]
            near = difflib.get_close_matches(text.casefold().replace(" ", "_"), words, 1)
            return ", ".join(words), f"Did you mean {near[0]!r}?" if near else "Choose one."
        if part is Country and (codes := _upper_case(text)):
            return _WORDS[part][0], f"Write {codes}."
        if part in _WORDS:
            return _WORDS[part]
    return "one or more ids, `;` between", ""


def _parts(annotation: Any) -> list[Any]:
    """List a type and the types that it is made of, the constrained ones first."""
    inner = [a for a in typing.get_args(annotation) if a is not ... and a is not type(None)]
    return [annotation, *(part for a in inner for part in _parts(a))]
