"""Find and open sources: those that come with Sightline, and the user's folders and workbooks.

A source that comes with Sightline has a name (`sightline ingest starter`). A folder or workbook is
named after its file. Both give rows in the same form, so that rules, rejects and dataset versions
do not depend on a file format.
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
        A name of `named_sources`, or a path. A name is tried first: write `./starter` for a folder
        called starter.
    as_name : str, optional
        Name of the set. By default the name of the source, or of the file.

    Returns
    -------
    Feed
        The source, ready to be read.

    Raises
    ------
    UsageError
        If neither a source nor a path has this name, or the name of the set is not allowed.
    DataError
        If the files are not a spreadsheet folder or a workbook.
    StorageError
        If the files cannot be read.
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

    sources = named_sources()
    if isinstance(what, str) and what in sources:
        path, name = sources[what], as_name or what
    else:
        path = Path(what).expanduser()
        if not path.exists():
            raise UsageError(_not_found(str(what), sources))
        full = path.resolve()
        name = as_name or slug(full.name if full.is_dir() else full.stem)
    if not name or slug(name) != name:
        raise UsageError(
            f"{name!r} cannot be the name of a set. Give it one in small letters, digits and "
            f"hyphens: `--as {slug(name) or 'mine'}`."
        )
    return open_spreadsheet(path, name)


def _not_found(what: str, sources: Mapping[str, Path]) -> str:
    near = difflib.get_close_matches(what, sources, 1)
    if near:
        return f"There is no source and no folder {what!r}. Did you mean {near[0]!r}?"
    names = ", ".join(sources)
    return (
        f"There is no source and no folder {what!r}. Sources: {names}; "
        "else give the path of a spreadsheet folder or of an .xlsx file."
    )
