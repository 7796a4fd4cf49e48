"""CSV files: UTF-8 with or without BOM; `,`, `;` or tab, as the header line tells."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from graph.errors import DataError
from graph.validate import TABLES, Fault
from ingest.spreadsheet.columns import known_names
from ingest.spreadsheet.sheets import Sheet, Unreadable, tables_by_name

_SEPARATORS = ",;\t"
_HEAD = 65_536  # characters that are looked at for the separator
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


class CsvSheet:
    """A CSV file of a table."""

    def __init__(self, table: str, path: Path) -> None:
        self.table = table
        self.path = path
        self.label = f"{path.parent.name}/{path.name}"

    def rows(self) -> Iterator[Sequence[str]]:
        """Yield the texts of each row; see `Sheet`."""
        with self.path.open("rb") as raw:
            if raw.read(2) in _UTF16:
                cure = "Save it as `CSV UTF-8`."
                raise Unreadable(0, Fault("", "a UTF-16 file", "UTF-8 text", cure))
        # bytes that are not UTF-8 become lone surrogates: the cell that holds them is reported
        with self.path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as file:
            head = file.read(_HEAD)
            separator = _separator(self.table, head)
            file.seek(0)
            number = 0
            try:
                for number, row in enumerate(  # noqa: B007 - told where the file breaks off
                    csv.reader(file, delimiter=separator, strict=True), start=1
                ):
                    yield row
            except csv.Error as error:
                cure = 'Look for a `"` without its second half there; inside a cell write it twice.'
                fault = Fault("", f"{error}", "quoted cells that end", cure)
                if "field larger" in str(error):
                    most = f"{csv.field_size_limit():,} characters"
                    cure = 'Look for a `"` that opens there and never closes, or shorten the cell.'
                    fault = Fault("", f"a cell of more than {most}", f"cells of {most}", cure)
                raise Unreadable(number + 1, fault) from error


def _separator(table: str, head: str) -> str:
    """Choose the separator that finds the most columns of the table in the first row."""

    def split_by(separator: str) -> tuple[int, int]:
        try:
            names = next(csv.reader(io.StringIO(head, newline=""), delimiter=separator), [])
        except csv.Error:
            names = []
        return known_names(table, names), len(names)

    return max(_SEPARATORS, key=split_by)


def folder_tables(folder: Path) -> tuple[dict[str, Sheet], tuple[str, ...]]:
    """Find the tables of a spreadsheet folder.

    Parameters
    ----------
    folder : Path
        With at least one of the four CSV files.

    Returns
    -------
    dict of str to Sheet
        Table to its file.
    tuple of str
        The CSV files and workbooks that are not tables.

    Raises
    ------
    DataError
        If there are none, one is not a regular file, or a file nearly has the name of a table.
    """
    files = {path.name: path for path in sorted(folder.iterdir()) if _is(path, ".csv")}
    named = tables_by_name(files, f"{folder}", "files")
    if not named:
        names = ", ".join(f"{table}.csv" for table in TABLES)
        raise DataError(
            f"{folder} holds none of {names}. `sightline new` writes such a folder as an example."
        )
    for name in named.values():
        if not files[name].is_file():
            raise DataError(
                f"{files[name]} is not a regular file, but a folder, a pipe or a device. Save the "
                "table there as a CSV file."
            )
    tables: dict[str, Sheet] = {
        table: CsvSheet(table, files[name]) for table, name in named.items()
    }
    others = (path for path in sorted(folder.iterdir()) if _is(path, ".csv", ".tsv", ".xlsx"))
    return tables, tuple(path.name for path in others if path.name not in named.values())


def _is(path: Path, *suffixes: str) -> bool:
    return path.suffix.casefold() in suffixes and not path.name.startswith((".", "~$"))


def write_csv(path: Path, rows: Iterable[Sequence[str]]) -> None:
    """Write rows, the header first, as UTF-8 CSV with commas (RFC 4180).

    Bytes that were not UTF-8 when a row was read (rejects have such) are written as they were.
    """
    with path.open("w", encoding="utf-8", errors="surrogateescape", newline="") as file:
        csv.writer(file, lineterminator="\r\n").writerows(rows)
