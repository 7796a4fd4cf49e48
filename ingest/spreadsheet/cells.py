"""A cell's text: as it is read, and as it is written."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import Any

from graph.errors import DataError
from graph.record import ids
from graph.validate import Fault
from graph.validate.layout import Shape

_FLAGS = {"yes": "true", "no": "false"}
_FAILED = frozenset({"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"})
#: What stands before a formula that a workbook holds without its value.
NO_VALUE = "#NO VALUE: "
#: A day as databases write it, with a midnight that nobody meant.
_MIDNIGHT = re.compile(r"(\d{4}-\d{2}-\d{2})[ T]00:00(:00(\.0+)?)?")
#: A number as the record takes it.
_AMOUNT = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)")
#: A thousand, or one with three decimals: nobody can tell.
_AMBIGUOUS = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}")
_SURROGATE = re.compile("[\ud800-\udfff]")


def normalize_cell(text: str) -> str:
    """Return a text as the record holds it: NFC, without white space around it.

    Examples
    --------
    >>> normalize_cell(" Se\N{COMBINING ACUTE ACCENT}curite ")
    'Sécurite'
    """
    return text.strip() if text.isascii() else unicodedata.normalize("NFC", text).strip()


def damage(column: str, text: str) -> Fault | None:
    """Return the fault of a cell that is not valid text, or None."""
    if "\0" in text:
        cure = "Delete the NUL character; was the file cut off, or is it no text at all?"
        return Fault(column, text.replace("\0", "\\0"), "text without NUL", cure)
    if _SURROGATE.search(text):
        raw = text.encode("utf-8", "surrogateescape" if _is_escaped(text) else "backslashreplace")
        cure = "Save the file as `CSV UTF-8`; it is in another encoding."
        return Fault(column, raw.decode("utf-8", "backslashreplace"), "UTF-8 text", cure)
    if text.startswith(NO_VALUE):
        cure = "Open the file in a spreadsheet program and save it, or write the value itself."
        return Fault(column, text.removeprefix(NO_VALUE), "a formula with a stored value", cure)
    if text in _FAILED:
        return Fault(column, text, "a value", "A formula failed here: write the value itself.")
    return None


def _is_escaped(text: str) -> bool:
    return all("\udc80" <= surrogate <= "\udcff" for surrogate in _SURROGATE.findall(text))


def value(text: str, shape: Shape) -> Any:
    """Return what `msgspec.convert` takes for a cell of this shape that is not empty."""
    if shape.is_list:
        return tuple(part for item in text.split(";") if (part := item.strip()))
    if shape.is_flag:
        return _FLAGS.get(text.casefold(), text)
    if shape.is_date and (day := _MIDNIGHT.fullmatch(text)):
        return day[1]
    if shape.is_number and text.startswith("."):
        return f"0{text}"
    return text


def unclear_amount(column: str, text: str) -> Fault | None:
    """Return the fault of an amount that is not digits, or may be a thousand or one; else None.

    Examples
    --------
    >>> fault = unclear_amount("value", "15.000")
    >>> fault.cure
    'Write 15000 for the thousands, 15.0 for the decimals.'
    >>> unclear_amount("value", "15000.50") is None
    True
    """
    if not _AMBIGUOUS.fullmatch(text):
        if _AMOUNT.fullmatch(text):
            return None
        cure = "Write digits only, with a point for decimals: no comma, no unit, no blanks."
        return Fault(column, text, "a number such as 1250000.50", cure)
    whole, decimals = re.split(r"[.,]", text)
    fewer = decimals.rstrip("0") or "0"
    decimal = f"{whole}.{fewer if len(fewer) < len(decimals) else decimals + '0'}"
    cure = f"Write {whole}{decimals} for the thousands, {decimal} for the decimals."
    return Fault(column, text, "an amount that can be read in one way only", cure)


def text_of(value: Any) -> str:
    """Write a field's value as the text of a cell.

    Raises
    ------
    DataError
        If an item of a list holds the `;` that separates items.

    Examples
    --------
    >>> text_of(("a", "b")), text_of(True), text_of(Decimal("2.50")), text_of(None)
    ('a; b', 'yes', '2.5', '')
    """
    if value is None or value is False:
        return ""
    if value is True:
        return "yes"
    if isinstance(value, tuple):
        for item in value:
            if ";" in item:
                raise DataError(
                    f"The item {item!r} of a list holds a `;`, which separates items in a "
                    "spreadsheet. Write it without."
                )
        return "; ".join(value)
    if isinstance(value, (Decimal, float)):
        return ids.plain(value)
    return str(value)
