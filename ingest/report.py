"""The report of an ingestion."""

from __future__ import annotations

from pathlib import Path

import msgspec

from graph.problems import Problem


class Report(msgspec.Struct, frozen=True):
    """The report of an ingestion.

    Parameters
    ----------
    version : str or None
        Id of the version that was published; None after a dry run.
    sets : tuple of str
        The named sets that were loaded.
    counts : dict of str to int
        By table, the rows that were loaded.
    problems : list of Problem
        Warnings; beside them, where rejects are tolerated, the errors of the rows left out.
    rejects : tuple of Path
        Folders with the rows that were left out, to be mended and loaded.
    unknown : dict of str to list of str
        By file, the columns that are not of the format and were kept as properties.
    before : str or None
        Id of the version that was current before; None where there was none.
    skipped : tuple of str
        Sheets and files that were not read, because they bear no name of a table.
    """

    version: str | None
    sets: tuple[str, ...]
    counts: dict[str, int]
    problems: list[Problem]
    rejects: tuple[Path, ...]
    unknown: dict[str, list[str]]
    before: str | None = None
    skipped: tuple[str, ...] = ()
