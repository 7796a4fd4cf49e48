"""XLSX workbooks, by openpyxl: one sheet a table, cells as the same text as in CSV."""

from __future__ import annotations

import contextlib
import errno
import re
import tempfile
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

import openpyxl
from openpyxl.cell import WriteOnlyCell
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet._read_only import ReadOnlyWorksheet
from openpyxl.worksheet._writer import WorksheetWriter

from graph.errors import DataError
from graph.validate import TABLES, Fault
from ingest.spreadsheet.columns import fold
from ingest.spreadsheet.sheets import Sheet, SheetRow, Unreadable
from ingest.spreadsheet.table_names import table_meant
from ingest.spreadsheet.xlsx_sheet import MOST_ROWS, sheet_rows

_CHARACTERS = 32_767
_LARGEST = 4 << 30  # bytes of all parts, unpacked
_UNPACKED = 250  # times its packed size, from a size on that matters
_SMALL = 64 << 20
_OLE = b"\xd0\xcf\x11\xe0"  # an old .xls, or a workbook with a password

#: What XML cannot hold, a carriage return (which it would change), and what looks like an escape.
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")

#: What openpyxl lets through where a file is not a workbook, or is damaged.
_BROKEN = (
    InvalidFileException,
    zipfile.BadZipFile,
    zlib.error,
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    ParseError,
    RuntimeError,  # encrypted, compressed in an unknown way, nested too deeply
    TypeError,
    ValueError,
)


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    """Open a workbook; an `OSError` is raised as it is."""
    with path.open("rb") as file:
        is_ole = file.read(4) == _OLE
    if is_ole:
        raise DataError(
            f"{path} is an old .xls file, or has a password. Save it as `Excel workbook (.xlsx)`, "
            "without a password."
        )
    try:
        _refuse_bombs(path)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # styles and extensions that nobody reads here
            book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except (*_BROKEN, OSError) as error:
        if isinstance(error, OSError) and error.errno not in (None, errno.EINVAL):
            raise  # the disk's, or the right to read: openpyxl's own have no number
        raise DataError(
            f"{path} is not a readable XLSX workbook ({_reason(error)}). Save it as `Excel "
            "workbook (.xlsx)`, or its sheets as CSV files in a folder."
        ) from error
    try:
        yield book
    finally:
        book.close()


def _refuse_bombs(path: Path) -> None:
    with zipfile.ZipFile(path) as packed:
        parts = packed.infolist()
    unpacked = sum(part.file_size for part in parts)
    size = sum(part.compress_size for part in parts)
    if unpacked > _LARGEST or unpacked > max(_SMALL, _UNPACKED * size):
        raise DataError(
            f"{path} unpacks to {unpacked:,} bytes, more than a workbook of tables needs. Save its "
            "sheets as CSV files in a folder."
        )


def _reason(error: BaseException) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__


class XlsxSheet:
    """A sheet of a workbook."""

    def __init__(self, path: Path, title: str) -> None:
        self.path = path
        self.title = title
        self.label = f"{path.name}, sheet {title}"

    def rows(self) -> Iterator[SheetRow]:
        """Yield the rows; see `Sheet`."""
        with _opened(self.path) as book:
            number = 0
            try:
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")
                    for row in sheet_rows(book, self.title):
                        number = row.number
                        yield row
            except _BROKEN as error:
                cure = "Open it in a spreadsheet program and save it again."
                fault = Fault("", _reason(error), "a sound workbook", cure)
                raise Unreadable(number + 1, fault) from error


def workbook_tables(path: Path) -> tuple[dict[str, Sheet], list[str]]:
    """Find the tables of a workbook.

    Parameters
    ----------
    path : Path
        An .xlsx file with at least one of the four sheets.

    Returns
    -------
    tables : dict of str to Sheet
        Table to its sheet.
    skipped : list of str
        Names of the sheets that are not tables.

    Raises
    ------
    DataError
        If the file is not a workbook, has none of the sheets, has two sheets of one name, or one
        that nearly has the name of a table.
    """
    with _opened(path) as book:
        titles = {title: isinstance(book[title], ReadOnlyWorksheet) for title in book.sheetnames}
    tables: dict[str, Sheet] = {}
    skipped = []
    for title, has_cells in titles.items():
        table = fold(title)
        if not has_cells or not (meant := table_meant(title)):
            skipped.append(title)
        elif table != meant:
            raise DataError(
                f"{path} has a sheet {title!r}, which is nearly {meant}. Rename it to {meant} if "
                "that is what it is, else give it a name of its own."
            )
        elif table in tables:
            raise DataError(
                f"{path} has two sheets named {table}. Move the rows of both into one of them."
            )
        else:
            tables[table] = XlsxSheet(path, title)
    if not tables:
        raise DataError(
            f"{path} has none of the sheets {', '.join(TABLES)}. Rename its sheets, or write an "
            "example with `sightline new`."
        )
    return {table: tables[table] for table in TABLES if table in tables}, skipped


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
    with tempfile.TemporaryDirectory(prefix=f"{path.name}-", dir=path.parent) as room:
        try:
            for title, rows in tables.items():
                sheet = book.create_sheet(title)
                sheet.freeze_panes = "A2"
                # else its rows would go to a file that stays where the program is killed
                sheet._writer = _SheetWriter(sheet, str(Path(room, title)))
                sheet._writer.write_top()
                for number, row in enumerate(rows, start=1):
                    if number > MOST_ROWS:
                        raise DataError(
                            f"The {title} have more rows than a sheet holds ({MOST_ROWS:,}). Write "
                            "a folder of CSV files instead."
                        )
                    sheet.append([_cell(sheet, text, title, number) for text in row])
            book.save(path)
        except BaseException:
            for sheet in book.worksheets:
                with contextlib.suppress(Exception):  # the first error is the one to report
                    sheet.close()
            raise


class _SheetWriter(WorksheetWriter):  # type: ignore[misc, unused-ignore]
    """A writer of openpyxl whose file somebody else removes."""

    def cleanup(self) -> None:
        return


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
