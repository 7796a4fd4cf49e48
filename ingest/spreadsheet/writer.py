"""Records to a spreadsheet folder or a workbook."""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from graph.errors import StorageError, UsageError
from graph.record.model import RECORDS, AnyRecord
from graph.validate import TABLES
from graph.validate.layout import LAYOUTS
from ingest.spreadsheet import as_csv
from ingest.spreadsheet.cells import text_of

if TYPE_CHECKING:
    from graph.dataset import Dataset


def write_spreadsheets(
    dataset: Dataset, path: Path, sets: Collection[str] | None = None, *, force: bool = False
) -> list[Path]:
    """Write named sets of a dataset version as spreadsheet folders or workbooks.

    Read back under the same name, they give the same records. A folder or workbook appears when it
    is whole: an interrupted export leaves nothing that loads.

    Parameters
    ----------
    dataset : Dataset
        The version.
    path : Path
        An .xlsx file, or a folder. Several sets go to folders of their names inside it.
    sets : collection of str, optional
        Names of the sets. By default all sets of the version.
    force : bool
        Whether to replace files that exist.

    Returns
    -------
    list of Path
        The files written.

    Raises
    ------
    UsageError
        If the version does not have the set, if several sets would go to one workbook, or if a file
        exists.
    DataError
        If the format cannot hold a text.
    StorageError
        If the files cannot be written.
    """
    existing = dataset.manifest.sets
    chosen = sorted(existing if sets is None else sets)
    for name in chosen:
        if name not in existing:
            names = ", ".join(sorted(existing)) or "none"
            raise UsageError(f"This version has no set {name!r}. Its sets: {names}.")
    workbook = path.suffix.casefold() == ".xlsx"
    if workbook and len(chosen) != 1:
        names = ", ".join(chosen) or "none"
        raise UsageError(f"A workbook holds one set. Choose one of: {names}.")
    folders = [path] if len(chosen) == 1 else [path / name for name in chosen]
    files = [path] if workbook else [f / f"{table}.csv" for f in folders for table in TABLES]
    for folder in [] if workbook else folders:
        if folder.exists() and not folder.is_dir():
            raise UsageError(f"{folder} is a file. Choose another name for the folder.")
    for file in files:
        if file.exists() and not force:
            raise UsageError(f"{file} already exists. Choose another name, or use `--force`.")
    try:
        if workbook:
            _workbook(dataset, chosen[0], path)
        else:
            for name, folder in zip(chosen, folders, strict=True):
                _folder(dataset, name, folder)
    except OSError as error:
        raise StorageError(
            f"{path} cannot be written ({error.strerror}). Choose another place, or make room."
        ) from error
    return files


@contextmanager
def written_beside(path: Path) -> Iterator[Path]:
    """Give a folder to write in, beside what it will replace, and remove it in the end.

    What a killed program left there is removed first.

    Parameters
    ----------
    path : Path
        The file or folder that is to be written.

    Yields
    ------
    Path
        An empty folder on the same disk.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    room = path.with_name(f".{path.name}.part")
    shutil.rmtree(room, ignore_errors=True)
    try:
        room.mkdir()
        yield room
    finally:
        shutil.rmtree(room, ignore_errors=True)


def _folder(dataset: Dataset, name: str, folder: Path) -> None:
    """Write a set's folder whole, or not at all."""
    folder = folder.absolute()
    with written_beside(folder) as room:
        for table in TABLES:
            as_csv.write_csv(room / f"{table}.csv", table_rows(dataset, table, name))
        if not folder.exists():
            room.rename(folder)
            return
        unfinished = folder / as_csv.UNFINISHED  # while it is there, the folder does not load
        unfinished.mkdir(exist_ok=True)
        for table in TABLES:
            (room / f"{table}.csv").replace(folder / f"{table}.csv")
        unfinished.rmdir()


def _workbook(dataset: Dataset, name: str, path: Path) -> None:
    from ingest.spreadsheet import as_xlsx  # here: openpyxl takes a while

    with written_beside(path) as room:
        part = room / "workbook.xlsx"
        as_xlsx.write_workbook(part, {table: table_rows(dataset, table, name) for table in TABLES})
        part.replace(path)


def table_rows(dataset: Dataset, table: str, name: str) -> Iterator[Sequence[str]]:
    """Yield a table as rows of texts: the header, then one row for each record.

    Parameters
    ----------
    dataset : Dataset
        The version.
    table : str
        Name of the table.
    name : str
        Name of the set.

    Yields
    ------
    sequence of str
        The required columns, those in which a row differs from the default, and the properties.
    """
    used, own = _columns(dataset.records(table, name), table)
    yield [*used, *own]
    for record in dataset.records(table, name):
        texts = [text_of(getattr(record, column)) for column in used]
        yield [*texts, *(record.properties.get(column, "") for column in own)]


def _columns(records: Iterator[AnyRecord], table: str) -> tuple[list[str], list[str]]:
    layout = LAYOUTS[table]
    defaults = {f.name: f.default for f in msgspec.structs.fields(RECORDS[table])}
    idle = {name: defaults[name] for name in layout.types if name not in layout.required}
    own: dict[str, None] = {}
    for record in records:
        for column in [name for name, value in idle.items() if getattr(record, name) != value]:
            del idle[column]
        own.update(dict.fromkeys(record.properties))
    return [name for name in layout.types if name not in idle], sorted(own)
