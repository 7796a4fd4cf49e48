"""Rows of a spreadsheet to records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from graph.errors import UsageError
from graph.record.model import RECORDS
from graph.validate import TABLES, Fault
from graph.validate.explain import explain_row
from graph.validate.layout import LAYOUTS
from ingest.feed import RawRow
from ingest.spreadsheet import as_csv
from ingest.spreadsheet.cells import DATES, damage, date_of_midnight, normalize_cell, value
from ingest.spreadsheet.columns import Header, header
from ingest.spreadsheet.numbers import NUMBERS, read_number
from ingest.spreadsheet.sheets import Sheet, SheetRow, Unreadable, cell_name


class Spreadsheet:
    """A spreadsheet folder or workbook, opened: a feed (`ingest.feed.Feed`).

    Parameters
    ----------
    name : str
        The named set that its rows belong to.
    beside : Path
        The folder that rejected rows are written to.
    sheets : mapping of str to Sheet
        Table to its file or sheet.
    skipped : sequence of str
        Other sheets of the workbook, or other tables in the folder, which are not read.
    """

    def __init__(
        self,
        name: str,
        beside: Path,
        sheets: Mapping[str, Sheet],
        skipped: Sequence[str] = (),
    ) -> None:
        self.name = name
        self.beside = beside
        self._sheets = sheets
        self.skipped = skipped
        self._headers: dict[str, Sequence[str]] = {}  # opening a workbook takes time
        self.labels: Mapping[str, str] = {table: sheet.label for table, sheet in sheets.items()}

    def header(self, table: str) -> Sequence[str]:
        """Return the column names of a table as they were written."""
        if table not in self._headers:
            self._headers[table] = _first(self._sheets[table].rows()).texts
        return self._headers[table]

    def unknown(self, table: str) -> Sequence[str]:
        """Return the columns that the format does not have; their cells are kept as properties."""
        names = [normalize_cell(name) for name in self.header(table)]
        return [name for _, name in header(table, names).own]

    def rows(self, table: str) -> Iterator[RawRow]:
        """Read the rows of a table, in order; empty rows are left out.

        Parameters
        ----------
        table : str
            Name of the table. A table that the folder does not have gives no rows.

        Yields
        ------
        RawRow
            The rows. Before them, if there is something to report, the header.
        """
        if table not in self._sheets:
            return
        number = 0
        try:
            rows = self._sheets[table].rows()
            first = _first(rows)
            self._headers[table] = first.texts
            names = [normalize_cell(name) for name in first.texts]
            head = header(table, names)
            faults = (
                _unreadable_cells(first, head, names)
                + [fault for name in names if (fault := damage("", name))]
                or head.faults
            )
            fatal = any(not fault.warning for fault in faults)
            if faults:
                yield RawRow(first.number, faults=tuple(faults), fatal=fatal)
            if fatal:
                return
            for row in rows:
                number = row.number
                raw = self._row(table, head, names, row)
                if raw:
                    yield raw
                    if raw.fatal:
                        return
        except Unreadable as error:
            yield RawRow(error.row, faults=(error.fault,), fatal=True)
        except OSError as error:
            yield RawRow(number, faults=(_refused(error),), fatal=True)

    def _row(self, table: str, head: Header, names: Sequence[str], row: SheetRow) -> RawRow | None:
        texts = [normalize_cell(text) for text in row.texts]
        faults = _unreadable_cells(row, head, names)
        if not any(texts) and not faults:
            return None
        for at, name in enumerate(names):
            if not name and at < len(texts) and texts[at]:
                return RawRow(row.number, faults=(_without_heading(at, row, texts[at]),),
                              fatal=True)  # fmt: skip
        faults += [] if _plain(texts) else [*_damaged(head, texts)]
        if any(texts[head.width :]):
            at = next(at for at in range(head.width, len(texts)) if texts[at])
            shown = f"{texts[at]} in {cell_name(at, row.number)}"
            cure = "Put cells that hold the separator into quotes, or add a heading above it."
            faults.append(Fault("", shown, f"{head.width} cells, as in the first row", cure))
        texts += [""] * (head.width - len(texts))
        shapes = LAYOUTS[table].shapes
        fields: dict[str, Any] = {}
        numbers: list[Fault] = []
        for at, column in head.columns:
            if not (text := texts[at]):
                continue
            if column in NUMBERS[table] and at not in row.typed:
                number = read_number(table, column, text)
                if isinstance(number, Fault):
                    numbers.append(number)
                    continue
                text = number
            elif column in DATES:
                text = date_of_midnight(text)
            fields[column] = value(text, shapes[column])
        identifier = fields.get("id", "")
        if faults:
            return RawRow(row.number, identifier, None, (*faults, *numbers), row.texts)
        own = {column: texts[at] for at, column in head.own if texts[at]}
        if own:
            fields["properties"] = own
        fields["set"] = self.name
        try:
            record = msgspec.convert(fields, RECORDS[table], strict=False)
        except msgspec.ValidationError:
            faults = explain_row(table, fields)
        if faults or numbers:
            return RawRow(row.number, identifier, None, (*faults, *numbers), row.texts)
        return RawRow(row.number, identifier, record, (), row.texts)


def _first(rows: Iterator[SheetRow]) -> SheetRow:
    """Return the header: the first row that is not empty."""
    filled = (row for row in rows if row.faults or any(text.strip() for text in row.texts))
    return next(filled, SheetRow(1, []))


def _refused(error: OSError) -> Fault:
    if isinstance(error, PermissionError):
        cure = "Give yourself the right to read it, or copy it to where you may."
    else:
        cure = "Check that it is still there, and that its disk can be read."
    return Fault("", error.strerror or str(error), "a file that can be read", cure)


def _unreadable_cells(row: SheetRow, head: Header, names: Sequence[str]) -> list[Fault]:
    """Return the faults of cells whose text is not what the sheet shows."""
    if not row.faults:
        return []
    columns = dict(head.columns)
    numbers = {column for table in NUMBERS.values() for column in table}
    return [
        cell.fault._replace(column=names[cell.at] if cell.at < len(names) else "")
        for cell in row.faults
        if not (cell.text_only and columns.get(cell.at) in numbers)
    ]


def _without_heading(at: int, row: SheetRow, text: str) -> Fault:
    name = cell_name(at, row.number)
    letters = name.rstrip("0123456789")
    cure = f"Write a heading above column {letters}, or empty the column."
    return Fault("", f"{text} in {name}", "a heading above each column that has cells", cure)


def _plain(texts: Sequence[str]) -> bool:
    """Tell quickly that no cell of a row can be damaged."""
    whole = "".join(texts)
    return "#" not in whole and "\0" not in whole and whole.isascii()


def _damaged(head: Header, texts: Sequence[str]) -> Iterator[Fault]:
    for at, column in [*head.columns, *head.own]:
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
        A feed, which reads table by table and row by row.

    Raises
    ------
    UsageError
        If it is a file of another format.
    DataError
        If it has none of the tables, or a name that is nearly a table's.
    """
    full = path.resolve()
    beside = full.with_name(f"{full.stem if full.is_file() else full.name}-rejects")
    if full.is_dir():
        return Spreadsheet(name, beside, as_csv.folder_tables(path), as_csv.other_tables(path))
    if not full.is_file():
        raise UsageError(f"{path} is not a regular file. Give a folder, or an .xlsx file.")
    if full.suffix.casefold() in (".xlsx", ".xlsm"):
        from ingest.spreadsheet import as_xlsx  # here: openpyxl takes a while

        tables, skipped = as_xlsx.workbook_tables(path)
        return Spreadsheet(name, beside, tables, [f"sheet {title}" for title in skipped])
    if full.suffix.casefold() == ".csv":
        raise UsageError(_one_file(path))
    raise UsageError(
        f"{path} is neither a folder nor an .xlsx file. Save it as one of the two: a folder with "
        "entities.csv, sources.csv, claims.csv and replies.csv, or a workbook with these sheets."
    )


def _one_file(path: Path) -> str:
    """Say how to load a CSV file that was given by itself."""
    if path.stem.casefold() in TABLES:
        return f"{path} is one table of a spreadsheet folder. Give the folder: {path.parent}"
    table = as_csv.table_of_columns(path)
    files = f"{table}.csv" if table else ", ".join(f"{name}.csv" for name in TABLES[:-1])
    names = files if table else f"{files} or {TABLES[-1]}.csv"
    reason = f"has the columns of {table}" if table else "is not a table that Sightline knows"
    return (
        f"{path} {reason}, and tables are loaded as a folder. Put it into a folder of its own "
        f"under the name {names}, and give that folder."
    )
