"""The three formats of an answer: a table for readers, JSON and CSV for programs."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import msgspec

from app.cli.options import Format
from app.cli.terminal_page import Page


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """The answer of a command.

    Parameters
    ----------
    data_version : str or None
        Id of the data version behind the answer.
    weights_version : str or None
        Version of the weights; None if the answer uses none.
    filters : mapping
        The question: value by option.
    total : int
        Number of results, including those left out.
    left_out : mapping of str to int
        Number of omitted results by reason.
    results : sequence of mapping
        The results.
    beside : mapping
        Further fields of the JSON document.
    """

    data_version: str | None
    weights_version: str | None = None
    filters: Mapping[str, Any] = {}
    total: int
    left_out: Mapping[str, int] = {}
    results: Sequence[Mapping[str, Any]]
    beside: Mapping[str, Any] = {}


def write_answer(
    form: Format,
    document: Document,
    table: Callable[[Page], None],
    columns: Sequence[str],
    rows: Iterable[Mapping[str, Any]] | None = None,
) -> None:
    """Write an answer to standard output.

    Parameters
    ----------
    form : "table", "json" or "csv"
        The format.
    document : Document
        The answer.
    table : callable
        Function that fills a page for readers.
    columns : sequence of str
        Columns of the CSV; `data_version` and `weights_version` come from the answer.
    rows : iterable of mapping, optional
        Rows of the CSV; default: the results.
    """
    if form == "table":
        page = Page()
        table(page)
        page.write()
    elif form == "json":
        _bytes(document_as_json(document))
    else:
        versions = {
            "data_version": document.data_version,
            "weights_version": document.weights_version,
        }
        answer_rows = document.results if rows is None else rows
        _bytes(rows_as_csv(columns, ({**versions, **row} for row in answer_rows)))


def document_as_json(document: Document) -> bytes:
    """Return a document as JSON, in UTF-8."""
    fields = msgspec.structs.asdict(document)
    beside = fields.pop("beside")
    return msgspec.json.format(msgspec.json.encode({**fields, **beside}), indent=2) + b"\n"


def rows_as_csv(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> bytes:
    """Return rows as CSV in UTF-8; `;` separates several values in a cell.

    Examples
    --------
    >>> rows_as_csv(["id", "country"], [{"id": "a", "country": ["FR", "DE"]}, {"id": "b"}])
    b'id,country\\na,FR;DE\\nb,\\n'
    """
    text = io.StringIO(newline="")
    sheet = csv.writer(text, lineterminator="\n")
    sheet.writerow(columns)
    sheet.writerows([_cell(row.get(column)) for column in columns] for row in rows)
    return text.getvalue().encode()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (list, tuple, set, frozenset)):
        return ";".join(map(_cell, value))
    if isinstance(value, dict):
        return ";".join(f"{key}={_cell(part)}" for key, part in value.items())
    return str(value)


def _bytes(content: bytes) -> None:
    """Write bytes to standard output: JSON and CSV are UTF-8 in any locale."""
    sys.stdout.flush()
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()
