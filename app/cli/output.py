"""The three formats of an answer: a table for readers, JSON and CSV for programs."""

from __future__ import annotations

import csv
import io
import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import msgspec

from app.cli.options import Format
from app.cli.terminal_page import CONTROLS, Page, say
from graph import wording
from graph.wording import number_of

#: Reasons for which an option cut the results -> the option that includes them.
LIMITS = {"limit": "--limit", "top": "--top"}
#: Reasons that commands report in notices of their own.
_IN_NOTICES = ("steps", "followed", "limit", "depth", "unlisted")

_NOT_ASCII_CONTROLS = re.compile(f"[{CONTROLS}\u2028\u2029]")
_CELL_CONTROLS = re.compile(f"(?![\t\n])[{CONTROLS}]")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


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
    notices : sequence of str
        Further sentences about what the results leave out; not a field of the JSON document.
    """

    data_version: str | None
    weights_version: str | None = None
    filters: Mapping[str, Any] = {}
    total: int
    left_out: Mapping[str, int] = {}
    results: Sequence[Mapping[str, Any]]
    beside: Mapping[str, Any] = {}
    notices: Sequence[str] = ()

    @property
    def omissions(self) -> list[str]:
        """Sentences about everything that the results leave out.

        Examples
        --------
        >>> Document(data_version="v", total=3, left_out={"top": 2}, results=[{}]).omissions
        ['2 further results are left out; --top 3 includes all.']
        """
        others = {
            reason: number
            for reason, number in self.left_out.items()
            if reason not in _IN_NOTICES and (reason not in LIMITS or self._lists_all)
        }
        sentences = []
        for reason, option in LIMITS.items():
            if (number := self.left_out.get(reason, 0)) and not self._lists_all:
                are = number_of(number, "further result is", "further results are")
                sentences.append(f"{are} left out; {option} {self.total} includes all.")
        return [*sentences, *wording.left_out(others), *self.notices]

    @property
    def _lists_all(self) -> bool:
        return self.total == len(self.results)


def write_answer(
    form: Format,
    document: Document,
    table: Callable[[Page], None],
    columns: Sequence[str],
    rows: Iterable[Mapping[str, Any]] | None = None,
) -> None:
    """Write an answer to standard output; in JSON and CSV, report omissions on standard error.

    Parameters
    ----------
    form : "table", "json" or "csv"
        The format.
    document : Document
        The answer.
    table : callable
        Function that fills a page for readers.
    columns : sequence of str
        Columns of the CSV; `data_version` and `weights_version` come from the answer. A last
        column, `left_out`, counts in each row what the answer leaves out.
    rows : iterable of mapping, optional
        Rows of the CSV; default: the results.
    """
    if form == "table":
        page = Page()
        table(page)
        page.write()
        return
    if form == "json":
        _bytes(document_as_json(document))
    else:
        shared = {
            "data_version": document.data_version,
            "weights_version": document.weights_version,
            "left_out": {reason: number for reason, number in document.left_out.items() if number},
        }
        answer_rows = document.results if rows is None else rows
        _bytes(rows_as_csv([*columns, "left_out"], ({**shared, **row} for row in answer_rows)))
    for sentence in document.omissions:
        say(sentence, err=True)


def document_as_json(document: Document) -> bytes:
    """Return a document as JSON in UTF-8; escapes stand for control and direction characters.

    Examples
    --------
    >>> b"\\\\u202e" in document_as_json(
    ...     Document(data_version="v", total=1, results=[{"name": "\u202e"}])
    ... )
    True
    """
    fields = msgspec.structs.asdict(document)
    beside = fields.pop("beside")
    del fields["notices"]
    text = msgspec.json.format(msgspec.json.encode({**fields, **beside}), indent=2).decode()
    lines = (_NOT_ASCII_CONTROLS.sub(_escape, line) for line in text.split("\n"))
    return "\n".join(lines).encode() + b"\n"


def _escape(match: re.Match[str]) -> str:
    units = match[0].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[n]:02x}{units[n + 1]:02x}" for n in range(0, len(units), 2))


def rows_as_csv(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> bytes:
    """Return rows as CSV in UTF-8; `;` separates several values in a cell.

    Text that a spreadsheet program would run as a formula begins with an apostrophe, and `�`
    replaces control and direction characters other than tabs and line breaks.

    Examples
    --------
    >>> rows_as_csv(["id", "country"], [{"id": "a", "country": ["FR", "DE"]}, {"id": "b"}])
    b'id,country\\na,FR;DE\\nb,\\n'
    >>> rows_as_csv(["name"], [{"name": "=1+1"}])
    b"name\\n'=1+1\\n"
    """
    text = io.StringIO(newline="")
    sheet = csv.writer(text, lineterminator="\n")
    sheet.writerow(map(_inert, columns))
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
        return ";".join(f"{_inert(str(key))}={_cell(part)}" for key, part in value.items())
    return _inert(value) if isinstance(value, str) else str(value)


def _inert(text: str) -> str:
    """Return a text that neither steers a terminal nor runs as a formula."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _CELL_CONTROLS.sub("\N{REPLACEMENT CHARACTER}", text)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _bytes(content: bytes) -> None:
    """Write bytes to standard output: JSON and CSV are UTF-8 in any locale."""
    sys.stdout.flush()
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()
