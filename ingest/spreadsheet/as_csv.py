"""CSV files: UTF-8 with or without BOM; `,`, `;` or tab, as the header line shows."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from graph.errors import DataError
from graph.validate import TABLES, Fault
from ingest.spreadsheet.columns import known_names
from ingest.spreadsheet.escapes import protect, unprotect
from ingest.spreadsheet.sheets import Sheet, SheetRow, Unreadable
from ingest.spreadsheet.table_names import table_meant

_SEPARATORS = ",;\t"
_HEAD = 65_536  # characters in which the separator is looked for
_LONGEST = 10_000_000  # characters of a cell
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_ZIP = b"PK\x03\x04"

#: A folder that stands in a spreadsheet folder while an export replaces its files.
UNFINISHED = ".sightline-export"


class CsvSheet:
    """A CSV file of a table."""

    def __init__(self, table: str, path: Path) -> None:
        self.table = table
        self.path = path
        self.label = f"{path.parent.name}/{path.name}"

    def rows(self) -> Iterator[SheetRow]:
        """Yield the rows; see `Sheet`."""
        with self.path.open("rb") as raw:
            start = raw.read(4)
        if start[:2] in _UTF16:
            cure = "Save it as `CSV UTF-8`."
            raise Unreadable(0, Fault("", "a UTF-16 file", "UTF-8 text", cure))
        if start == _ZIP:
            cure = "Give it the suffix .xlsx and load it alone, or save its sheet as `CSV UTF-8`."
            raise Unreadable(0, Fault("", "a workbook or a zip file", "UTF-8 text", cure))
        # bytes that are not UTF-8 become lone surrogates: the cell that holds them is reported
        with self.path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as file:
            head = file.read(_HEAD)
            separator = _separator(self.table, head)
            file.seek(0)
            number = 0
            before = csv.field_size_limit(_LONGEST)  # of the whole process
            try:
                for number, texts in enumerate(
                    csv.reader(file, delimiter=separator, strict=True), start=1
                ):
                    yield SheetRow(number, [unprotect(text) for text in texts])
            except csv.Error as error:
                raise Unreadable(number + 1, _broken(error)) from error
            finally:
                csv.field_size_limit(before)


def _broken(error: csv.Error) -> Fault:
    if "field limit" in str(error):
        cure = 'Shorten it, or look for a `"` without its second half at its beginning.'
        allowed = f"cells of at most {_LONGEST:,} characters"
        return Fault("", "a longer cell", allowed, cure)
    cure = 'Look for a `"` without its second half there; inside a cell write it twice.'
    return Fault("", f"{error}", "quoted cells that end", cure)


def _separator(table: str, head: str) -> str:
    """Choose the separator that gives the most columns of the table in the first row."""

    def columns(separator: str) -> tuple[int, int]:
        try:
            lines = csv.reader(io.StringIO(head, newline=""), delimiter=separator)
            names: list[str] = next((line for line in lines if any(line)), [])
        except csv.Error:
            names = []
        return known_names(table, names), len(names)

    return max(_SEPARATORS, key=columns)


def table_of_columns(path: Path) -> str | None:
    """Return the table whose columns the first row of a CSV file names, or None.

    Parameters
    ----------
    path : Path
        The file.
    """
    with path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as file:
        head = file.read(_HEAD)

    def columns(table: str) -> int:
        line = next(
            csv.reader(io.StringIO(head, newline=""), delimiter=_separator(table, head)), []
        )
        return known_names(table, line)

    try:
        best = max(TABLES, key=columns)
        return best if columns(best) > 1 else None
    except csv.Error:
        return None


#: Rows that an editor left out of a set, each with the reason: notes beside the tables.
_NOTES = "left_out.csv"


def other_tables(folder: Path) -> list[str]:
    """Return the names of the CSV files and workbooks of a folder that are not its tables.

    The list of what an editor left out, `left_out.csv`, is not among them.

    Parameters
    ----------
    folder : Path
        A spreadsheet folder.
    """
    tables = {_NOTES, *(f"{table}.csv" for table in TABLES)}
    return [
        path.name
        for path in sorted(folder.iterdir())
        if path.suffix.casefold() in (".csv", ".tsv", ".xlsx")
        and path.name.casefold() not in tables
        and not path.name.startswith((".", "~$"))
    ]


def folder_tables(folder: Path) -> dict[str, Sheet]:
    """Find the tables of a spreadsheet folder.

    Parameters
    ----------
    folder : Path
        A folder with at least one of the four CSV files.

    Returns
    -------
    dict of str to Sheet
        Table to its file.

    Raises
    ------
    DataError
        If the folder holds none of the files, if one is not a regular file, or if the name of
        another is nearly that of a table.
    """
    files: dict[str, Path] = {}
    for path in sorted(folder.iterdir()):
        if path.suffix.casefold() != ".csv" or not (table := table_meant(path.stem)):
            continue
        if path.stem.casefold() != table:
            raise DataError(
                f"{folder} holds {path.name!r}, which is nearly {table}.csv. Rename it to "
                f"{table}.csv if that is what it is, or move it away."
            )
        if table in files:
            raise DataError(
                f"{folder} holds {files[table].name} and {path.name}. Move one of them away."
            )
        if not path.is_file():
            raise DataError(f"{path} is not a regular file. Put the CSV file itself there.")
        files[table] = path
    if (folder / UNFINISHED).exists():
        raise DataError(
            f"An export into {folder} was interrupted, and its files do not belong together. Write "
            "it again with `sightline export --force`, or remove the folder."
        )
    if not files:
        names = ", ".join(f"{table}.csv" for table in TABLES)
        raise DataError(
            f"{folder} holds none of {names}. `sightline new` writes such a folder as an example."
        )
    return {table: CsvSheet(table, files[table]) for table in TABLES if table in files}


def write_csv(path: Path, rows: Iterable[Sequence[str]]) -> None:
    """Write rows, the header first, as UTF-8 CSV with commas (RFC 4180).

    Texts that begin like a formula get a `'`, control characters become `_x001B_`; both come back
    as they were. Bytes that were not UTF-8 when a row was read (rejects have such) are written as
    they were.

    Parameters
    ----------
    path : Path
        The file.
    rows : iterable of sequence of str
        The texts of each row.
    """
    with path.open("w", encoding="utf-8", errors="surrogateescape", newline="") as file:
        lines = csv.writer(file, lineterminator="\r\n")
        lines.writerows([protect(text) for text in row] for row in rows)
