"""The folder that `sightline new` writes: a worked example in each file, all of it invented."""

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
        The folder, which is made if it does not exist. It must hold none of the four files.

    Returns
    -------
    list of Path
        The four files. They load as they are.

    Raises
    ------
    UsageError
        If one of the files exists.
    StorageError
        If the folder cannot be written.
    """
    files = [folder / f"{table}.csv" for table in TABLES]
    for file in files:
        if file.exists():
            raise UsageError(f"{file} already exists. Choose another folder.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for file in files:
            file.write_bytes((_EXAMPLE / file.name).read_bytes())
    except OSError as error:
        raise StorageError(
            f"{folder} cannot be written ({error.strerror}). Choose another place, or make room."
        ) from error
    return files
