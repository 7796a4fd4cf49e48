"""Records to a spreadsheet folder or a workbook."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
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

    Read back under the same name, they give the same records.

    Parameters
    ----------
    dataset : Dataset
        The version.
    path : Path
        An .xlsx file, or a folder. Several sets go to folders of their names inside it.
    sets : collection of str, optional
        Which sets; all of the version by default.
    force : bool
        Whether to write over files that are there.

    Returns
    -------
    list of Path
        The files written.

    Raises
    ------
    UsageError
        If there is no such set, if several would go to one workbook, or if a file is there.
    DataError
        If the format cannot hold a text.
    StorageError
        If the files cannot be written.
    """
    there = dataset.manifest.sets
    chosen = sorted(there if sets is None else sets)
    for name in chosen:
        if name not in there:
            names = ", ".join(sorted(there)) or "none"
            raise UsageError(f"This version has no set {name!r}. Its sets: {names}.")
    workbook = path.suffix.casefold() == ".xlsx"
    if workbook and len(chosen) != 1:
        names = ", ".join(chosen) or "none"
        raise UsageError(f"A workbook holds one set. Choose one of: {names}.")
    folders = [path] if len(chosen) == 1 else [path / name for name in chosen]
    files = [path] if workbook else [f / f"{table}.csv" for f in folders for table in TABLES]
    for file in files:
        if file.exists() and not force:
            raise UsageError(f"{file} is there already. Choose another name, or use `--force`.")
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


def _folder(dataset: Dataset, name: str, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for table in TABLES:
        part = folder / f".{table}.csv.part"  # a file is whole, or it is not there
        try:
            as_csv.write_csv(part, table_rows(dataset, table, name))
            part.replace(folder / f"{table}.csv")
        finally:
            part.unlink(missing_ok=True)


def _workbook(dataset: Dataset, name: str, path: Path) -> None:
    from ingest.spreadsheet import as_xlsx  # here: openpyxl takes a while

    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    try:
        as_xlsx.write_workbook(part, {table: table_rows(dataset, table, name) for table in TABLES})
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def table_rows(dataset: Dataset, table: str, name: str) -> Iterator[Sequence[str]]:
    """Yield a table as rows of texts: the header, then a row a record.

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
        Required columns, those that say more than their default, and the properties as columns.
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
