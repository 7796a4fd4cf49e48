"""From sources to a dataset version: read, validate, write and publish, or report the errors."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Literal, TypeAlias

from tqdm import tqdm

from graph.dataset import Archive, Dataset
from graph.errors import DamagedError, DataError, NoDataError, SchemaError, UsageError
from graph.problems import MOST, Problem, listing
from graph.record.model import AnyRecord
from graph.validate import TABLES, RowLocation, Validator
from ingest import rejects, source
from ingest.feed import Feed
from ingest.rejects import Key, Rejects
from ingest.report import Report

#: What an ingestion goes on in spite of: rows that are rejected, and sets that lose their rows.
Tolerance: TypeAlias = Literal["rejects", "losses"]

#: A set of so many claims that keeps less than half of them has probably lost the others.
_MANY = 10

#: Takes the records of a table, and returns how many there were.
_Take: TypeAlias = Callable[[str, Iterable[AnyRecord]], int]


def ingest(
    archive: Archive,
    sources: Sequence[str | Path] = (),
    *,
    as_name: str | None = None,
    dry_run: bool = False,
    tolerate: Collection[Tolerance] = (),
) -> Report:
    """Load sources into a new dataset version, and keep the other sets.

    Parameters
    ----------
    archive : Archive
        Where the versions are.
    sources : sequence of str or Path, optional
        Names of sources, or paths of spreadsheet folders and workbooks. By default the starter
        data.
    as_name : str, optional
        Name of the set; for one source only.
    dry_run : bool
        Validate all rows, and write nothing.
    tolerate : collection of str
        With `rejects`, load the good rows although others are rejected; those go to a folder
        beside the source. With `losses`, replace a set although it loses a whole table, or more
        than half of its claims, and begin from nothing where the current version is unusable.

    Returns
    -------
    Report
        What was loaded, and what an editor should look at.

    Raises
    ------
    DataError
        If rows break the rules (it carries all the problems), or a set would lose most of its
        claims or a whole table. Nothing was loaded.
    UsageError
        If a source is unknown, or a set would be loaded twice.
    BusyError, StorageError, VersionError
        From the archive.
    """
    feeds = _feeds(sources or ["starter"], as_name)
    left_out: Rejects = {}
    with _no_search_for_cycles(), ExitStack() as stack:
        # the lock comes first: what the new rows are judged beside is what will be kept
        writer = None if dry_run else stack.enter_context(archive.writer())
        load = _Load(feeds, _current(archive, stack, feeds, tolerate))
        if "rejects" in tolerate:
            left_out = load.sift()
        if writer is None:
            load.run(_count, left_out)
            load.refuse_losses(tolerate)
            return load.report(left_out)
        if load.current:
            writer.keep(except_sets=[feed.name for feed in feeds])
        load.run(writer.add, left_out)
        load.refuse_losses(tolerate)
        with rejects.writing_rejects(feeds, left_out) as folders:
            version = writer.publish()
        return load.report(left_out, version, folders)


def drop(archive: Archive, name: str) -> str:
    """Take a named set out of the record.

    Parameters
    ----------
    archive : Archive
        Where the versions are.
    name : str
        Name of the set.

    Returns
    -------
    str
        Id of the version without it.

    Raises
    ------
    UsageError
        If there is no such set.
    DataError
        If rows of other sets depend on it.
    BusyError, StorageError, VersionError
        From the archive.
    """
    with archive.writer() as writer, archive.open() as current:
        if name not in current.manifest.sets:
            there = ", ".join(sorted(current.manifest.sets)) or "none"
            raise UsageError(f"The record has no set {name!r}. Its sets: {there}.")
        validator = Validator([name])
        validator.remember(current)
        _refuse(validator.finish(), f"{name} cannot be dropped")
        writer.keep(except_sets=[name])
        return writer.publish()


@contextmanager
def _no_search_for_cycles() -> Iterator[None]:
    """Switch the collector of reference cycles off: records hold none.

    Each of its searches walks all that is remembered of the rows before, so that ten times the
    rows cost more than ten times the time.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _feeds(sources: Sequence[str | Path], as_name: str | None) -> list[Feed]:
    if as_name and len(sources) > 1:
        raise UsageError("`--as` names one source, and there are several. Load them one by one.")
    feeds = [source.open_source(what, as_name) for what in sources]
    twice = {feed.name for feed in feeds if [f.name for f in feeds].count(feed.name) > 1}
    for name in sorted(twice):
        raise UsageError(
            f"Two of the sources would be the set {name!r}. Load them one by one, with `--as`."
        )
    return feeds


def _current(
    archive: Archive, stack: ExitStack, feeds: Sequence[Feed], tolerate: Collection[Tolerance]
) -> Dataset | None:
    """Open the current version; None without one, or where the feeds replace an unusable one."""
    try:
        with ExitStack() as opened:
            current = opened.enter_context(archive.open())
            current.check()
            stack.push(opened.pop_all())
            return current
    except NoDataError:
        return None
    except (DamagedError, SchemaError) as error:
        names, sets = {feed.name for feed in feeds}, archive.sets()
        if "losses" in tolerate or (sets is not None and sets <= names):
            return None
        lost = "whatever else it holds" if sets is None else ", ".join(sorted(sets - names))
        raise type(error)(
            f"{error} This command would lose {lost}, which `--force` allows."
        ) from error


def _count(_table: str, records: Iterable[AnyRecord]) -> int:
    return sum(1 for _ in records)


def _refuse(problems: Sequence[Problem], consequence: str) -> None:
    errors = [problem for problem in problems if not problem.warning]
    if errors:
        number = "One error" if len(errors) == 1 else f"{len(errors):,} errors"
        lines = [f"{number}: {consequence}.", listing(problems)]
        if len(problems) > MOST:
            lines.append(
                "`--keep-good` loads the good rows, and writes every other one with its errors "
                "to a folder of its own."
            )
        raise DataError("\n".join(lines), problems)


class _Load:
    """One ingestion: its feeds, read as often as it takes, and what the last reading found."""

    def __init__(self, feeds: list[Feed], current: Dataset | None) -> None:
        self.feeds = feeds
        self.current = current
        self.counts: Counter[str] = Counter()
        self.by_set: Counter[tuple[str, str]] = Counter()
        self.problems: list[Problem] = []
        self.rejected: set[Key] = set()
        self.broken_off = False

    def run(self, take: _Take, left_out: Rejects) -> None:
        """Pass on all rows except those left out; raise if one of them has an error."""
        self._read(take, left_out)
        _refuse(self.problems, "nothing was loaded; correct the rows, and ingest again")

    def sift(self) -> Rejects:
        """Find the rows to leave out, then those that depend on them, until no error is left."""
        left_out: Rejects = {}
        while True:
            self._read(_count, left_out)
            if self.broken_off:
                _refuse(self.problems, "nothing was loaded; leaving rows out does not help")
            if not self.rejected:
                return left_out
            left_out |= rejects.sort(self.rejected, self.problems, self.feeds)

    def _read(self, take: _Take, left_out: Rejects) -> None:
        self.counts, self.by_set = Counter(), Counter()
        self.broken_off = False
        gone: dict[str, set[str]] = {table: set() for table in TABLES}
        validator = Validator([feed.name for feed in self.feeds], gone)
        if self.current:
            validator.remember(self.current)
        for table in TABLES:
            rows = self._good(table, validator, left_out, gone[table])
            bar = tqdm(rows, table, unit=" rows", delay=1, disable=None)
            self.counts[table] = take(table, bar)
        self.problems = validator.finish()
        self.rejected = validator.rejected
        self.broken_off |= validator.stuck

    def _good(
        self, table: str, validator: Validator, left_out: Rejects, gone: set[str]
    ) -> Iterator[AnyRecord]:
        for feed in self.feeds:
            for row in feed.rows(table):
                place = RowLocation(feed.name, table, feed.labels[table], row.number)
                if (feed.name, table, row.number) in left_out:
                    gone.add(row.id)
                elif row.record is None:
                    validator.broken(row.id, place, row.faults)
                    if row.fatal:
                        validator.unreadable(table)
                        self.broken_off = True
                elif validator.check(row.record, place):
                    self.by_set[feed.name, table] += 1
                    yield row.record

    def refuse_losses(self, tolerate: Collection[Tolerance]) -> None:
        """Raise if a set would lose a whole table, or more than half of its many claims."""
        before = self.current.manifest.sets if self.current and "losses" not in tolerate else {}
        for feed in self.feeds:
            for table, number in before.get(feed.name, {}).items():
                now = self.by_set[feed.name, table]
                half = table == "claims" and number >= _MANY and now < number / 2
                if half or (number and not now):
                    raise DataError(
                        f"The {table} of the set {feed.name!r} would go from {number:,} to "
                        f"{now:,}: is the source complete? Nothing was loaded. Say `--force` "
                        "if it is, or `--as` with another name if it is another set."
                    )

    def report(
        self, left_out: Rejects, version: str | None = None, folders: Sequence[Path] = ()
    ) -> Report:
        """Return the report of the ingestion."""
        errors = [problem for faults in left_out.values() for problem in faults]
        return Report(
            version=version,
            sets=tuple(feed.name for feed in self.feeds),
            counts=dict(self.counts),
            problems=sorted(errors) + self.problems,
            rejects=tuple(folders),
            unknown={
                feed.labels[table]: columns
                for feed in self.feeds
                for table in feed.labels
                if (columns := list(feed.unknown(table)))
            },
            before=self.current.id if self.current else None,
            skipped=tuple(name for feed in self.feeds for name in feed.skipped),
        )
