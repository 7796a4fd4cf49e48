"""What a source gives: rows for each table, in one form, whatever file they come from."""

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
        As a spreadsheet counts: the header is row 1. 0 where it stands for the whole file.
    id : str
        Its id, as far as it could be read; "" where its table has none.
    record : Record or None
        None if the row cannot become a record; then `faults` give the reason.
    faults : tuple of Fault
        Errors in the row itself, before the rules of the record.
    cells : sequence of str
        Its cells as they were, for the rejects.
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
    """A source, opened. It may be read several times.

    Attributes
    ----------
    name : str
        The named set that its rows belong to.
    labels : mapping of str to str
        The tables that it has, each with the name of its file as people know it.
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
        """Return the columns that are not of the format; their cells are kept as properties."""
        ...
