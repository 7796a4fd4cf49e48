"""Rows of a spreadsheet to records."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from graph.errors import UsageError
from graph.record.model import RECORDS
from graph.validate import Fault
from graph.validate.explain import explain_row
from graph.validate.layout import LAYOUTS
from ingest.feed import RawRow
from ingest.spreadsheet import as_csv
from ingest.spreadsheet.cells import damage, normalize_cell, unclear_amount, value
from ingest.spreadsheet.columns import Header, header
from ingest.spreadsheet.sheets import Sheet, Unreadable, near_table


class Spreadsheet:
    """A spreadsheet folder or workbook, opened: a feed (`ingest.feed.Feed`).

    Parameters
    ----------
    name : str
        The named set of its rows.
    beside : Path
        Where its rejects go.
    sheets : mapping of str to Sheet
        Table to its file or sheet.
    skipped : sequence of str
        Other sheets of the workbook, or tables in the folder, which are not read.
    """

    def __init__(
        self, name: str, beside: Path, sheets: Mapping[str, Sheet], skipped: Sequence[str] = ()
    ) -> None:
        self.name = name
        self.beside = beside
        self.skipped = skipped
        self._sheets = sheets
        self._headers: dict[str, Sequence[str]] = {}  # to open a workbook takes its time
        self.labels: Mapping[str, str] = {table: sheet.label for table, sheet in sheets.items()}

    def header(self, table: str) -> Sequence[str]:
        """Return the column names of a table as they were written."""
        if table not in self._headers:
            self._headers[table] = next(self._sheets[table].rows(), [])
        return self._headers[table]

    def unknown(self, table: str) -> Sequence[str]:
        """Return the columns that are not of the format; their cells are kept as properties."""
        return [
            name for _, name in header(table, [normalize_cell(n) for n in self.header(table)]).own
        ]

    def rows(self, table: str) -> Iterator[RawRow]:
        """Read the rows of a table, in order; empty rows are left out.

        Parameters
        ----------
        table : str
            Name of the table; one that the folder has not gives no rows.

        Yields
        ------
        RawRow
            First, where its columns are to be reported, the header.
        """
        if table not in self._sheets:
            return
        number = 0
        try:
            rows = self._sheets[table].rows()
            self._headers[table] = next(rows, [])
            names = [normalize_cell(name) for name in self._headers[table]]
            columns = header(table, names)
            faults = [fault for name in names if (fault := damage("", name))] or columns.faults
            fatal = any(not fault.warning for fault in faults)
            if faults:
                yield RawRow(1, faults=tuple(faults), fatal=fatal)
            if fatal:
                return
            for number, cells in enumerate(rows, start=2):
                row = self._row(table, columns, number, cells)
                if row:
                    yield row
        except Unreadable as error:
            yield RawRow(error.row, faults=(error.fault,), fatal=True)
        except OSError as error:
            fault = Fault("", error.strerror or str(error), "a readable file", "Is it still there?")
            yield RawRow(number, faults=(fault,), fatal=True)

    def _row(self, table: str, columns: Header, number: int, cells: Sequence[str]) -> RawRow | None:
        texts = [normalize_cell(cell) for cell in cells]
        if not any(texts):
            return None
        faults = [] if _plain(texts) else [*_damaged(columns, texts)]
        faults += _out_of_place(columns, texts)
        shapes = LAYOUTS[table].shapes
        texts += [""] * (columns.width - len(texts))
        fields: dict[str, Any] = {
            column: value(texts[at], shapes[column]) for at, column in columns.columns if texts[at]
        }
        own = {column: texts[at] for at, column in columns.own if texts[at]}
        identifier = fields.get("id", "")
        amounts = (
            (column, texts[at])
            for at, column in columns.columns
            if texts[at] and shapes[column].is_amount
        )
        faults += filter(None, itertools.starmap(unclear_amount, amounts))
        if faults:
            return RawRow(number, identifier, None, tuple(faults), cells)
        if own:
            fields["properties"] = own
        fields["set"] = self.name
        try:
            record = msgspec.convert(fields, RECORDS[table], strict=False)
        except msgspec.ValidationError:
            return RawRow(number, identifier, None, tuple(explain_row(table, fields)), cells)
        return RawRow(number, identifier, record, (), cells)


def _out_of_place(columns: Header, texts: Sequence[str]) -> Iterator[Fault]:
    """Yield a fault for the first cell past the header, and for each below an empty heading."""
    if extra := next(filter(None, texts[columns.width :]), ""):
        cure = "Put cells that hold the separator into quotes, or give their column a heading."
        yield Fault("", extra, f"{columns.width} cells, as in the first row", cure)
    for at in columns.nameless:
        if at < len(texts) and texts[at]:
            cure = f"Give column {at + 1} a heading in the first row, or empty its cells."
            yield Fault("", texts[at], "cells below a heading", cure)


def _plain(texts: Sequence[str]) -> bool:
    """Tell quickly that no cell of a row can be damaged."""
    whole = "".join(texts)
    return "#" not in whole and "\0" not in whole and whole.isascii()


def _damaged(columns: Header, texts: Sequence[str]) -> Iterator[Fault]:
    for at, column in [*columns.columns, *columns.own]:
        if at < len(texts) and (fault := damage(column, texts[at])):
            yield fault


def open_spreadsheet(path: Path, name: str) -> Spreadsheet:
    """Open a spreadsheet folder or an XLSX workbook.

    Parameters
    ----------
    path : Path
        A folder with CSV files, or an .xlsx file.
    name : str
        The named set that its rows will belong to.

    Returns
    -------
    Spreadsheet
        To be read table by table, row by row.

    Raises
    ------
    UsageError
        If it is a file of another format.
    DataError
        If it has none of the tables.
    """
    full = path.resolve()
    beside = full.with_name(f"{full.stem if full.is_file() else full.name}-rejects")
    if full.is_dir():
        return Spreadsheet(name, beside, *as_csv.folder_tables(path))
    if full.suffix.casefold() in (".xlsx", ".xlsm"):
        if not full.is_file():
            raise UsageError(f"{path} is not a regular file. Save the workbook as one.")
        from ingest.spreadsheet import as_xlsx  # here: openpyxl takes a while

        return Spreadsheet(name, beside, *as_xlsx.workbook_tables(path))
    if full.suffix.casefold() == ".csv":
        table = near_table(full.stem)
        raise UsageError(
            f"{path} is one table of a spreadsheet folder. Give the folder: {path.parent}"
            if table == full.stem.casefold()
            else f"{path} is a single CSV file. Put it into a folder as entities.csv, sources.csv, "
            "claims.csv or replies.csv, and give the folder; `sightline new` writes an example."
        )
    raise UsageError(
        f"{path} is neither a folder nor an .xlsx file. Save it as one of the two: a folder with "
        "entities.csv, sources.csv, claims.csv and replies.csv, or a workbook with these sheets."
    )
