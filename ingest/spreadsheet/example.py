"""The folder that `sightline new` writes: one worked row in each file, everything in it made up."""

from __future__ import annotations

from pathlib import Path

from graph.errors import StorageError, UsageError
from graph.validate import TABLES

_EXAMPLE = Path(__file__).parents[1] / "example"


def new(folder: Path) -> list[Path]:
    """Write a spreadsheet folder to begin with.

    Parameters
    ----------
    folder : Path
        Made where it is not there; none of the four files may be in it.

    Returns
    -------
    list of Path
        The four files, which load as they are.

    Raises
    ------
    UsageError
        If one of the files is there already.
    StorageError
        If the folder cannot be written.
    """
    files = [folder / f"{table}.csv" for table in TABLES]
    for file in files:
        if file.exists():
            raise UsageError(f"{file} is there already. Choose another folder.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for file in files:
            file.write_bytes((_EXAMPLE / file.name).read_bytes())
    except OSError as error:
        raise StorageError(
            f"{folder} cannot be written ({error.strerror}). Choose another place, or make room."
        ) from error
    return files
