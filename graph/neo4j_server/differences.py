"""Compare a whole server with a version, without writing: what an answer's version is worth."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from tqdm import tqdm

from graph.errors import VersionError
from graph.neo4j_server import strays, writing
from graph.neo4j_server.compare import compare_rows
from graph.neo4j_server.remove_stale import stale_elements
from graph.neo4j_server.rows import VersionRows, rows_of
from graph.neo4j_server.schema import TABLES
from graph.neo4j_server.shape import Table, key_of, label_or_type
from graph.neo4j_server.state import NOTES, Mark, Notes, incomplete
from graph.neo4j_server.state import doubts as doubts_of
from graph.neo4j_server.stored import marked_rows

if TYPE_CHECKING:
    from graph.dataset import Archive, Dataset
    from graph.neo4j_server.connection import Connection


class Differences(msgspec.Struct, frozen=True, kw_only=True):
    """How a server differs from a version.

    Parameters
    ----------
    edited : tuple of str
        Rows whose properties, labels or relationships somebody changed, and what they changed.
    missing : tuple of str
        Rows that are not there.
    foreign : tuple of str
        What bears the loader's marks and is no row of the version.
    """

    edited: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    foreign: tuple[str, ...] = ()

    @property
    def total(self) -> int:
        """Return the number of differences."""
        return len(self.edited) + len(self.missing) + len(self.foreign)

    def lines(self) -> list[str]:
        """Return what differs, a line each."""
        return [
            *self.edited,
            *(f"{name}: missing" for name in self.missing),
            *(f"{name}: not in the version" for name in self.foreign),
        ]


#: Before the id of a version that a server does not hold as it was loaded.
EDITED = "edited-"
#: Before the id of a version with which a server was not compared.
UNCHECKED = "unchecked-"


def version_stamp(connection: Connection, mark: Mark, archive: Archive) -> tuple[str, str]:
    """Return the version that an answer of a server bears, and what readers should know of it.

    Parameters
    ----------
    connection : Connection
        An open connection to the server.
    mark : Mark
        The state of its load.
    archive : Archive
        The data folder, for the version that the server should hold.

    Returns
    -------
    (str, str)
        The version's id, after `edited-` or `unchecked-` where the server may not hold it; a
        sentence about it, or "".
    """
    if doubts := incomplete(mark, connection.place):
        return f"{EDITED}{mark.version}", doubts
    try:
        with archive.open(mark.version) as dataset:
            differences = known_differences(connection, dataset, archive.folder / NOTES)
    except VersionError:
        return (
            f"{UNCHECKED}{mark.version}",
            f"The server at {connection.place} was not compared with version {mark.version[:12]}, "
            "because the data folder does not hold that version.",
        )
    sentence = doubts_of(mark, connection.place, differences.lines())
    return f"{EDITED if sentence else ''}{mark.version}", sentence


def known_differences(
    connection: Connection, dataset: Dataset, notes: Path | None = None
) -> Differences:
    """Return how a server differs from a version; compare only what was written since.

    Parameters
    ----------
    connection : Connection
        An open connection to a server that holds the version.
    dataset : Dataset
        The version.
    notes : Path, optional
        File in which this machine notes its loads and comparisons.
    """
    memory = Notes(notes)
    lines = memory.differences(connection, dataset.id)
    if lines is not None:
        return Differences(edited=tuple(lines))
    bookmark = connection.bookmark()
    differences = find_differences(connection, dataset)
    if connection.bookmark() == bookmark:
        memory.remember(connection, dataset.id, differences.lines())
    return differences


def find_differences(connection: Connection, dataset: Dataset) -> Differences:
    """Compare each row of a version with the server.

    Parameters
    ----------
    connection : Connection
        An open connection to the server.
    dataset : Dataset
        The version.
    """
    comparison = _Comparison(connection)
    with rows_of(dataset) as rows:
        [counts] = connection.rows(writing.count_all())
        bar = tqdm(
            zip(TABLES, counts, strict=True),
            "Comparing the server",
            total=len(TABLES),
            unit=" tables",
            delay=1,
            disable=None,
        )
        for table, count in bar:
            comparison.table(rows, table, count)
        lost, others = strays.without_label(connection, rows)
    comparison.edited += (f"{node.label} {id_}: label" for node, id_, _ in lost)
    for node, id_, _ in lost:
        if f"{node.label} {id_}" in comparison.missing:
            comparison.missing.remove(f"{node.label} {id_}")
    comparison.foreign += (f"a node without a label ({element})" for element in others)
    comparison.foreign += strays.unknown_links(connection)
    return Differences(
        edited=tuple(comparison.edited),
        missing=tuple(comparison.missing),
        foreign=tuple(comparison.foreign),
    )


class _Comparison:
    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.edited: list[str] = []
        self.missing: list[str] = []
        self.foreign: list[str] = []

    def table(self, rows: VersionRows, table: Table, count: int) -> None:
        name = label_or_type(table)
        expected = 0
        for batch in rows.batches(table):
            difference = compare_rows(self.connection, rows, table, batch, trusted=False)
            keys = batch.column(key_of(table)).to_pylist()
            names = [f"{name} {key}" for key in keys]
            missing = {*difference.missing, *difference.beside}
            edits = [edit for _, edit in difference.edited] + difference.overridden
            self.edited += map(str, edits)
            self.edited += (f"{names[number]}: relationships" for number in difference.untied)
            outdated = {*difference.wanted} - {*difference.missing, *difference.untied}
            self.edited += (f"{names[number]}: outdated" for number in sorted(outdated))
            self.missing += (names[number] for number in sorted(missing))
            self.foreign += (stray.name for stray in difference.strays)
            expected += len(batch) - len(missing) + len(difference.strays)
        if count > expected:
            for part in stale_elements(self.connection, rows, table):
                marked = marked_rows(self.connection, table, part)
                self.foreign += (f"{name} {row.key}" for row in marked)
