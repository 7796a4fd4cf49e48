"""The contract of a source: rows for each table, in one form, whatever the file format."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

from graph.record.model import AnyRecord
from graph.validate import Fault


class RawRow(NamedTuple):
    """One row as it was read.

    Parameters
    ----------
    number : int
        The row's number in a spreadsheet program. 0 stands for the whole file.
    id : str
        Its id, if it could be read; "" if its table has no ids.
    record : Record or None
        The record; None if the row cannot become one, for the reasons in `faults`.
    faults : tuple of Fault
        Errors in the row itself, before the rules of the record.
    cells : sequence of str
        Its cells as they were written, for the folder of rejected rows.
    fatal : bool
        True if no later row could be read.
    """

    number: int
    id: str = ""
    record: AnyRecord | None = None
    faults: tuple[Fault, ...] = ()
    cells: Sequence[str] = ()
    fatal: bool = False


class Feed(Protocol):
    """An open source. It can be read several times.

    Attributes
    ----------
    name : str
        The named set that its rows belong to.
    labels : mapping of str to str
        Each table of the source, with the name of its file as the user knows it.
    beside : Path
        Where rejects go: a path that is free for them, beside what was read.
    skipped : sequence of str
        What stands beside the tables and is not read: other sheets, other files of tables.
    """

    name: str
    labels: Mapping[str, str]
    beside: Path
    skipped: Sequence[str]

    def rows(self, table: str) -> Iterator[RawRow]:
        """Read the rows of a table, in order; empty rows are left out."""
        ...

    def header(self, table: str) -> Sequence[str]:
        """Return the column names of a table as they were written."""
        ...

    def unknown(self, table: str) -> Sequence[str]:
        """Return the columns that the format does not have; their cells become properties."""
        ...
