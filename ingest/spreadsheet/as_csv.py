"""CSV files: UTF-8 with or without BOM; `,`, `;` or tab, as the header line tells."""

from __future__ import annotations

import csv
import difflib
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from graph.errors import DataError
from graph.validate import TABLES, Fault
from ingest.spreadsheet.columns import known_names
from ingest.spreadsheet.sheets import Sheet, Unreadable

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


def folder_tables(folder: Path) -> dict[str, Sheet]:
    """Find the tables of a spreadsheet folder.

    Parameters
    ----------
    folder : Path
        With at least one of the four CSV files.

    Returns
    -------
    dict of str to Sheet
        Table to its file.

    Raises
    ------
    DataError
        If there are none, or a file has nearly the name of one that is missing.
    """
    files: dict[str, Path] = {}
    for path in sorted(folder.iterdir()):
        first = files.setdefault(path.name.casefold(), path)
        if first != path and first.stem.casefold() in TABLES:
            raise DataError(f"{folder} holds {first.name} and {path.name}. Move one of them away.")
    tables: dict[str, Sheet] = {
        table: CsvSheet(table, files[f"{table}.csv"]) for table in TABLES if f"{table}.csv" in files
    }
    missing = [f"{table}.csv" for table in TABLES if table not in tables]
    for name in missing:
        others = [other for other in files if other.endswith(".csv")]
        for other in difflib.get_close_matches(name, others, 1, 0.85):
            if other.removesuffix(".csv") not in tables:
                raise DataError(
                    f"{folder} holds {files[other].name!r}, which is not one of the files of a "
                    f"spreadsheet folder. Rename it to {name}, or move it away."
                )
    if not tables:
        names = ", ".join(missing)
        raise DataError(
            f"{folder} holds none of {names}. `sightline new` writes such a folder as an example."
        )
    return tables


def write_csv(path: Path, rows: Iterable[Sequence[str]]) -> None:
    """Write rows, the header first, as UTF-8 CSV with commas (RFC 4180).

    Bytes that were not UTF-8 when a row was read (rejects have such) are written as they were.
    """
    with path.open("w", encoding="utf-8", errors="surrogateescape", newline="") as file:
        csv.writer(file, lineterminator="\r\n").writerows(rows)
