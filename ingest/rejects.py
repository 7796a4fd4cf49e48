"""Write rejected rows to a folder beside the source, where users fix and load them."""

from __future__ import annotations

import itertools
import shutil
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeAlias

from graph.errors import StorageError
from graph.problems import Problem
from graph.validate import TABLES
from ingest.feed import Feed
from ingest.spreadsheet import as_csv
from ingest.spreadsheet.writer import written_beside

#: Set, table and number of a row.
Key: TypeAlias = tuple[str, str, int]

#: Rejected rows, each with its errors.
Rejects: TypeAlias = dict[Key, list[Problem]]

_REASONS = ("file", "row", "row there", "column", "found", "allowed", "cure")


def sort(keys: Iterable[Key], problems: Iterable[Problem], feeds: Iterable[Feed]) -> Rejects:
    """Sort errors by the rejected row that they are about.

    Parameters
    ----------
    keys : iterable of Key
        The rejected rows.
    problems : iterable of Problem
        Errors and warnings; warnings are ignored.
    feeds : iterable of Feed
        The sources that the rows come from.
    """
    by_row: dict[tuple[str, int], list[Problem]] = defaultdict(list)
    for problem in problems:
        if not problem.warning:
            by_row[problem.file, problem.row].append(problem)
    labels = {feed.name: feed.labels for feed in feeds}
    return {key: by_row[labels[key[0]][key[1]], key[2]] for key in keys}


@contextmanager
def writing_rejects(feeds: Iterable[Feed], left_out: Rejects) -> Iterator[list[Path]]:
    """Write the rejected rows, and remove them again if a later step fails.

    Parameters
    ----------
    feeds : iterable of Feed
        The sources, from which the rows are read again.
    left_out : Rejects
        The rejected rows with their errors.

    Yields
    ------
    list of Path
        A spreadsheet folder for each feed with rejected rows. Its `problems.csv` lists the errors,
        with the row in this folder and the row in the source ("row there").

    Raises
    ------
    StorageError
        If a folder cannot be written.
    """
    folders: list[Path] = []
    try:
        for feed in feeds:
            if any(name == feed.name for name, _, _ in left_out):
                folders.append(_free(feed.beside))
                _write(feed, left_out, folders[-1])
        yield folders
    except BaseException as error:
        for folder in folders:
            shutil.rmtree(folder, ignore_errors=True)
        if isinstance(error, OSError):
            raise StorageError(
                f"The rejected rows cannot be written to {folders[-1]} ({error.strerror}). "
                "Copy the source to a folder that can be written, and ingest it there."
            ) from error
        raise


def _free(path: Path) -> Path:
    numbered = (path.with_name(f"{path.name}-{n}") for n in itertools.count(2))
    return next(free for free in itertools.chain([path], numbered) if not free.exists())


def _write(feed: Feed, left_out: Rejects, folder: Path) -> None:
    with written_beside(folder) as room:
        reasons: list[Sequence[str]] = [_REASONS]
        for table in TABLES:
            rows: list[Sequence[str]] = []
            for row in feed.rows(table):
                problems = left_out.get((feed.name, table, row.number))
                if problems is not None:
                    rows.append(row.cells)
                    reasons.extend(_reasons(f"{table}.csv", len(rows) + 1, problems))
            if rows:
                as_csv.write_csv(room / f"{table}.csv", [feed.header(table), *rows])
        as_csv.write_csv(room / "problems.csv", reasons)
        room.rename(folder)


def _reasons(file: str, number: int, problems: Iterable[Problem]) -> Iterator[Sequence[str]]:
    for problem in problems:
        yield (
            file, str(number), str(problem.row), problem.column, problem.found, problem.allowed,
            problem.cure,
        )  # fmt: skip
