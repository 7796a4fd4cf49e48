"""XLSX workbooks, by openpyxl: one sheet a table, cells as the same text as in CSV."""

from __future__ import annotations

import itertools
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

import openpyxl
from openpyxl.cell import WriteOnlyCell
from openpyxl.utils.exceptions import InvalidFileException

from graph.errors import DataError
from graph.record import ids
from graph.validate import TABLES, Fault
from ingest.spreadsheet.cells import NO_VALUE, unclear_amount
from ingest.spreadsheet.sheets import Sheet, Unreadable, tables_by_name
from ingest.spreadsheet.workbook_scan import ROWS, Scan, first_row, scan_sheet

_CHARACTERS = 32_767

#: What XML cannot hold, a carriage return (which it would change), and what looks like an escape.
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
#: Parts of a number format that are no letters of a date.
_QUOTED = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')

#: What openpyxl lets through where a file is no workbook, or a damaged one.
_BROKEN = (
    InvalidFileException,
    zipfile.BadZipFile,
    zlib.error,
    ParseError,
    AttributeError,
    EOFError,
    LookupError,
    RuntimeError,  # encrypted, compressed in an unknown way, nested too deeply
    TypeError,
    ValueError,
)


@contextmanager
def _opened(path: Path, *, formulas: bool = False) -> Iterator[Any]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # styles and extensions, which are not read
            book = openpyxl.load_workbook(path, read_only=True, data_only=not formulas)
    except _BROKEN as error:
        raise DataError(
            f"{path} is not a readable XLSX workbook ({error}). Save it as "
            "`Excel workbook (.xlsx)`, or its sheets as CSV files in a folder."
        ) from error
    try:
        yield book
    finally:
        book.close()


class XlsxSheet:
    """A sheet of a workbook."""

    def __init__(self, path: Path, title: str) -> None:
        self.path = path
        self.title = title
        self.label = f"{path.name}, sheet {title}"

    def rows(self) -> Iterator[Sequence[str]]:
        """Yield the texts of each row; see `Sheet`."""
        with _opened(self.path) as book:
            sheet = book[self.title]
            sheet.reset_dimensions()  # some programs write wrong ones, and cells would be lost
            number = 0
            try:
                for number, row in enumerate(self._cells(sheet), start=1):  # noqa: B007
                    yield row
            except _BROKEN as error:
                cure = "Open it in a spreadsheet program and save it again."
                fault = Fault("", f"{error}", "a sound workbook", cure)
                raise Unreadable(number + 1, fault) from error

    def _cells(self, sheet: Any) -> Iterator[list[str]]:
        scan = _scanned(sheet)
        _refuse_what_would_be_lost(scan)
        if not scan.formulas:
            for row in sheet.iter_rows():
                yield [_text(cell) for cell in row]
            return
        with _opened(self.path, formulas=True) as book:
            written = book[self.title]
            written.reset_dimensions()
            pairs = itertools.zip_longest(sheet.iter_rows(), written.iter_rows(), fillvalue=())
            for row, formulas in pairs:
                yield [
                    _text(cell) or _without_value(formula)
                    for cell, formula in itertools.zip_longest(row, formulas)
                ]


def _scanned(sheet: Any) -> Scan:
    # openpyxl tells which part of the archive a sheet is to itself alone
    with sheet.parent._archive.open(sheet._worksheet_path) as xml:
        return scan_sheet(xml)


def _refuse_what_would_be_lost(scan: Scan) -> None:
    if scan.misplaced:
        cure = "Open it in a spreadsheet program and save it again."
        raise Unreadable(
            0,
            Fault("", f"a row numbered {scan.misplaced}", f"rows 1 to {ROWS:,}, in order", cure),
        )
    for merged in scan.merged:
        cure = "Unmerge them, and write the value into each cell that it is meant for."
        fault = Fault("", f"merged cells {merged}", "one value a cell", cure)
        raise Unreadable(first_row(merged), fault)


def _without_value(cell: Any) -> str:
    """Return the mark of a formula that no spreadsheet program has worked out, or no text."""
    if cell is None or cell.data_type != "f":
        return ""
    formula = getattr(cell.value, "text", None) or cell.value
    return f"{NO_VALUE}{formula}"


def _text(cell: Any) -> str:
    value = getattr(cell, "value", None)
    if value is None:
        return ""
    if isinstance(value, str):
        return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    number_format = cell.number_format or ""
    if isinstance(value, date):  # a datetime is one
        return f"{value:%Y-%m-%d}"[: _precision(number_format)]
    if isinstance(value, int | float):
        if "%" in number_format:  # as a CSV file would have it, and as it is seen
            return f"{ids.plain(round(value * 100, 10))}%"
        text = ids.plain(float(value)) if isinstance(value, float) else str(value)
        if "." in text and unclear_amount("", text):  # a number of its own needs no guess
            return f"{text}0"
        return text.zfill(len(number_format)) if set(number_format) == {"0"} else text
    return str(value)


def _precision(number_format: str) -> int:
    """Tell how much of an ISO date a cell shows: who types 2015-09 gets 1 September, as `Sep-15`.

    Examples
    --------
    >>> [_precision(shown) for shown in ("dd/mm/yyyy", "[$-409]mmm yy", "yyyy", "h:mm")]
    [10, 7, 4, 10]
    """
    shown = _QUOTED.sub("", number_format).casefold()
    if "d" in shown or "y" not in shown:
        return 10
    return 7 if "m" in shown else 4


def workbook_tables(path: Path) -> tuple[dict[str, Sheet], tuple[str, ...]]:
    """Find the tables of a workbook.

    Parameters
    ----------
    path : Path
        An .xlsx file with at least one of the four sheets.

    Returns
    -------
    dict of str to Sheet
        Table to its sheet.
    tuple of str
        The sheets that are not tables.

    Raises
    ------
    DataError
        If the file is not a workbook, has none of the sheets, or has a sheet that nearly bears the
        name of a table.
    """
    with _opened(path) as book:
        titles = list(book.sheetnames)
    named = tables_by_name(titles, f"{path}", "sheets")
    if not named:
        raise DataError(
            f"{path} has none of the sheets {', '.join(TABLES)}. Rename its sheets, or write an "
            "example with `sightline new`."
        )
    tables: dict[str, Sheet] = {table: XlsxSheet(path, title) for table, title in named.items()}
    return tables, tuple(f"sheet {title}" for title in titles if title not in named.values())


def write_workbook(path: Path, tables: Mapping[str, Iterable[Sequence[str]]]) -> None:
    """Write a workbook whose cells are all text, so that none of them is a formula.

    Parameters
    ----------
    path : Path
        The file.
    tables : mapping of str to iterable of rows
        Sheet name to its rows, the header first.

    Raises
    ------
    DataError
        If a sheet cannot hold so many rows, or a cell so long a text.
    """
    book = openpyxl.Workbook(write_only=True)
    try:
        for title, rows in tables.items():
            sheet = book.create_sheet(title)
            sheet.freeze_panes = "A2"
            for number, row in enumerate(rows, start=1):
                if number > ROWS:
                    raise DataError(
                        f"The {title} have more rows than a sheet holds ({ROWS:,}). Write a "
                        "folder of CSV files instead."
                    )
                sheet.append([_cell(sheet, text, title, number) for text in row])
        book.save(path)
    except BaseException:
        for sheet in book.worksheets:
            sheet.close()  # else it complains when it is collected
        raise


def _cell(sheet: Any, text: str, title: str, number: int) -> Any:
    if not text:
        return None
    safe = _UNSAFE.sub(lambda match: f"_x{ord(match[0]):04X}_", text)
    if len(safe) > _CHARACTERS:
        raise DataError(
            f"Row {number} of the {title} has a text of {len(text):,} characters, more than a "
            f"cell of a workbook holds ({_CHARACTERS:,}). Write a folder of CSV files instead."
        )
    cell = WriteOnlyCell(sheet, safe)
    cell.data_type = "s"  # else a text that begins with = would become a formula
    return cell
