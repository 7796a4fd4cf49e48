"""What the reader asks of a table's file, whichever format it has."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from graph.errors import DataError
from graph.validate import TABLES, Fault
from ingest.spreadsheet.columns import fold

#: What copies of a sheet or a file add to its name: `claims (2)`, `claims - copy`, `claims_old`.
_COPY = re.compile(r"[\s_\-.]*(\(\d+\)|\d+|copy|kopie|copie|old|new)$")
_NEAR = 0.8


class Unreadable(Exception):  # noqa: N818 - never leaves this package
    """The file breaks off here: what is wrong, and in which row (0: from the start)."""

    def __init__(self, row: int, fault: Fault) -> None:
        super().__init__(row, fault)
        self.row = row
        self.fault = fault


class Sheet(Protocol):
    """A table's file, or its sheet in a workbook."""

    label: str

    def rows(self) -> Iterator[Sequence[str]]:
        """Yield the texts of each row, the header first, empty rows too.

        Raises
        ------
        Unreadable
            Where the file is broken.
        """
        ...


def tables_by_name(names: Iterable[str], where: str, what: str) -> dict[str, str]:
    """Find the tables among the names of sheets or files.

    Parameters
    ----------
    names : iterable of str
        The names, as they were written.
    where : str
        The workbook or folder, for the message.
    what : str
        `sheets` or `files`, for the message.

    Returns
    -------
    dict of str to str
        Table to the name of its sheet or file.

    Raises
    ------
    DataError
        If two of them have the name of one table, or one nearly has it: its rows would be left
        out in silence.

    Examples
    --------
    >>> tables_by_name(["Entities ", "notes"], "mine.xlsx", "sheets")
    {'entities': 'Entities '}
    """
    tables: dict[str, str] = {}
    others = []
    for name in names:
        table = fold(name).removesuffix(".csv")
        if table not in TABLES:
            others.append(name)
        elif table in tables:
            raise DataError(
                f"{where} holds two {what} for {table}: {tables[table]!r} and {name!r}. Remove or "
                "rename one of them."
            )
        else:
            tables[table] = name
    for name in others:
        if table := near_table(name):
            right = f"{table}.csv" if what == "files" else table
            into = (
                f"Move its rows into {tables[table]}"
                if table in tables
                else f"Rename it to {right}"
            )
            raise DataError(
                f"{where} holds {name!r}, which is nearly {right!r}: its rows would be left out. "
                f"{into}, or give it quite another name."
            )
    return {table: tables[table] for table in TABLES if table in tables}


def near_table(name: str) -> str:
    """Return the table whose name a sheet or file nearly has; empty if there is none.

    Examples
    --------
    >>> [near_table(name) for name in ("Claims (2)", "claim", "calims", "notes", "readme")]
    ['claims', 'claims', 'claims', '', '']
    """
    plain = _COPY.sub("", fold(name).removesuffix(".csv"))
    return next(iter(difflib.get_close_matches(plain, TABLES, 1, _NEAR)), "")
