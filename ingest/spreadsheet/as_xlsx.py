"""XLSX workbooks, by openpyxl: one sheet a table, cells as the same text as in CSV."""

from __future__ import annotations

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
from ingest.spreadsheet.columns import fold
from ingest.spreadsheet.sheets import Sheet, Unreadable

_ROWS = 1_048_576
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
def _opened(path: Path) -> Iterator[Any]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # styles and extensions, which are not read
            book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except _BROKEN as error:
        raise DataError(
            f"{path} is no readable XLSX workbook ({error}). Save it as `Excel workbook (.xlsx)`, "
            "or its sheets as CSV files in a folder."
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
                for number, row in enumerate(sheet.iter_rows(), start=1):  # noqa: B007
                    yield [_text(cell) for cell in row]
            except _BROKEN as error:
                cure = "Open it in a spreadsheet program and save it again."
                fault = Fault("", f"{error}", "a sound workbook", cure)
                raise Unreadable(number + 1, fault) from error


def _text(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, str):
        return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):  # a datetime is one
        return f"{value:%Y-%m-%d}"[: _precision(cell.number_format or "")]
    if isinstance(value, int | float):
        if "%" in (cell.number_format or ""):  # as a CSV file would have it, and as it is seen
            return f"{ids.plain(round(value * 100, 10))}%"
        return ids.plain(float(value)) if isinstance(value, float) else str(value)
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


def workbook_tables(path: Path) -> dict[str, Sheet]:
    """Find the tables of a workbook.

    Parameters
    ----------
    path : Path
        An .xlsx file with at least one of the four sheets.

    Returns
    -------
    dict of str to Sheet
        Table to its sheet.

    Raises
    ------
    DataError
        If the file is no workbook, or has none of the sheets.
    """
    with _opened(path) as book:
        titles = {fold(title): title for title in book.sheetnames}
    tables: dict[str, Sheet] = {
        table: XlsxSheet(path, titles[table]) for table in TABLES if table in titles
    }
    if not tables:
        raise DataError(
            f"{path} has none of the sheets {', '.join(TABLES)}. Rename its sheets, or write an "
            "example with `sightline new`."
        )
    return tables


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
                if number > _ROWS:
                    raise DataError(
                        f"The {title} have more rows than a sheet holds ({_ROWS:,}). Write a "
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
