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
from ingest.spreadsheet.numbers import write_number

_FLAGS = {"yes": "true", "no": "false"}
_FAILED = frozenset({"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"})
_SURROGATE = re.compile("[\ud800-\udfff]")
_MIDNIGHT = re.compile(r"(\d{4}-\d{2}-\d{2})[ T]00:00(?::00(?:\.0+)?)?Z?", re.ASCII)

#: The columns that hold dates, in any table.
DATES = frozenset({"founded", "dissolved", "date", "checked", "valid_from", "valid_to", "as_of"})


def normalize_cell(text: str) -> str:
    """Return a text as the record holds it: NFC, without white space around it.

    Examples
    --------
    >>> normalize_cell(" Se\N{COMBINING ACUTE ACCENT}curite ")
    'Sécurite'
    """
    return text.strip() if text.isascii() else unicodedata.normalize("NFC", text).strip()


def date_of_midnight(text: str) -> str:
    """Return the date of a text that adds midnight to it, and any other text as it is.

    Examples
    --------
    >>> date_of_midnight("2015-09-21 00:00:00"), date_of_midnight("2015-09-21T13:30")
    ('2015-09-21', '2015-09-21T13:30')
    """
    match = _MIDNIGHT.fullmatch(text)
    return match[1] if match else text


def damage(column: str, text: str) -> Fault | None:
    """Return the fault of a cell that is not valid text, or None."""
    if "\0" in text:
        cure = "Delete the NUL character; was the file cut off, or is it not text at all?"
        return Fault(column, text.replace("\0", "\\0"), "text without NUL", cure)
    if _SURROGATE.search(text):
        errors = "surrogateescape" if _is_escaped(text) else "backslashreplace"
        shown = text.encode("utf-8", errors).decode("utf-8", "backslashreplace")
        cure = "Save the file as `CSV UTF-8`; it is in another encoding."
        return Fault(column, shown, "UTF-8 text", cure)
    if text in _FAILED:
        return Fault(column, text, "a value", "A formula failed here: write the value itself.")
    return None


def _is_escaped(text: str) -> bool:
    return all("\udc80" <= surrogate <= "\udcff" for surrogate in _SURROGATE.findall(text))


def value(text: str, shape: Shape) -> Any:
    """Return a cell that is not empty in the form that `msgspec.convert` takes for its shape."""
    if shape.is_list:
        return tuple(part for item in text.split(";") if (part := item.strip()))
    if shape.is_flag:
        return _FLAGS.get(text.casefold(), text)
    return text


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
        return write_number(value, ids.plain(value))
    return str(value)
