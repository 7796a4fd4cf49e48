"""The contract of a source: a name, and rows for each table.

A source that comes with Sightline has a name (`sightline ingest starter`); a user's folder or
workbook is a source too, named after its file. Both give rows in the same form, so that what
follows (rules, rejects, dataset versions) knows of no file format.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path

import ingest
from graph.errors import StorageError, UsageError
from ingest.feed import Feed


def named_sources() -> dict[str, Path]:
    """Return the sources that come with Sightline: name to spreadsheet folder."""
    return {"starter": ingest.STARTER}


def slug(text: str) -> str:
    """Make the name of a set from the name of a file.

    Examples
    --------
    >>> slug("My Leads (2026)"), slug("线索")
    ('my-leads-2026', '线索')
    """
    text = unicodedata.normalize("NFC", text).casefold()
    return re.sub(r"[^\w.]+", "-", text).strip("-._")


def open_source(what: str | Path, as_name: str | None = None) -> Feed:
    """Open a source by its name, or a spreadsheet folder or workbook by its path.

    Parameters
    ----------
    what : str or Path
        A name of `named_sources`, or a path. Names go first: write `./starter` for a folder of that
        name.
    as_name : str, optional
        Name of the set, instead of the source's own name or the file's.

    Returns
    -------
    Feed
        The source, opened.

    Raises
    ------
    UsageError
        If there is no such source and no such path, or the name cannot be one.
    DataError
        If the files are not those of a spreadsheet folder.
    StorageError
        If they may not be read.
    """
    try:
        return _open(what, as_name)
    except OSError as error:
        raise StorageError(
            f"{what} cannot be read ({error.strerror}). Copy it to where you may read it, or give "
            "another path."
        ) from error


def _open(what: str | Path, as_name: str | None) -> Feed:
    from ingest.spreadsheet import open_spreadsheet  # here: spreadsheets give rows of this contract

    known = named_sources()
    if isinstance(what, str) and what in known:
        path, name = known[what], as_name or what
    else:
        path = Path(what).expanduser()
        if not path.exists():
            raise UsageError(_not_found(str(what), known))
        full = path.resolve()
        name = as_name or slug(full.name if full.is_dir() else full.stem)
    if not name or slug(name) != name:
        raise UsageError(
            f"{name!r} cannot be the name of a set. Give it one in small letters, digits and "
            f"hyphens: `--as {slug(name) or 'mine'}`."
        )
    return open_spreadsheet(path, name)


def _not_found(what: str, known: Mapping[str, Path]) -> str:
    near = difflib.get_close_matches(what, known, 1)
    if near:
        return f"There is no source and no folder {what!r}. Did you mean {near[0]!r}?"
    names = ", ".join(known)
    return (
        f"There is no source and no folder {what!r}. Sources: {names}; "
        "else give the path of a spreadsheet folder or of an .xlsx file."
    )
