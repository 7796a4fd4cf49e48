"""Check an import: count all rows and compare a sample with the version."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from graph.errors import ServerError
from graph.neo4j_server import state, writing
from graph.neo4j_server.compare import compare_rows
from graph.neo4j_server.load import Loaded
from graph.neo4j_server.rows import VersionRows, rows_of
from graph.neo4j_server.schema import TABLES
from graph.neo4j_server.shape import NodeLabel, label_or_type
from graph.neo4j_server.state import Notes

if TYPE_CHECKING:
    from graph.dataset import Dataset
    from graph.neo4j_server.connection import Connection

#: Rows of a label or a type that are compared, property by property.
SAMPLE = 1_000


def complete(connection: Connection, dataset: Dataset, notes: Path | None = None) -> Loaded:
    """Create constraints and indexes, check counts and a sample, and mark the load complete.

    Parameters
    ----------
    connection : Connection
        An open connection to the server that received the import.
    dataset : Dataset
        The version that was imported.
    notes : Path, optional
        As for `graph.neo4j_server.load.load_version`.

    Raises
    ------
    ServerError
        If rows are missing, or differ from the version.
    """
    with state.loading(connection):
        mark = state.read_load_state(connection)
        if mark is None or mark.version != dataset.id:
            raise ServerError(
                f"Version {dataset.id[:12]} was imported, but {connection.place} does not hold it. "
                "Check that NEO4J_URI and NEO4J_DATABASE name the server that was filled."
            )
        connection.make(writing.constraints())
        with rows_of(dataset) as rows:
            counts = dict(_counted(connection, rows))
        state.write_load_state(connection, dataset.id, sorted(dataset.manifest.sets), "complete")
        Notes(notes).remember(connection, dataset.id)
    return Loaded(version=dataset.id, counts=counts, written=sum(counts.values()))


def _counted(connection: Connection, rows: VersionRows) -> Iterator[tuple[str, int]]:
    for table in TABLES:
        name, expected = label_or_type(table), rows.count(table)
        _expect(connection, name, connection.single_value(writing.count_rows(table)), expected)
        if expected:
            sample = rows.sample(table, SAMPLE)
            difference = compare_rows(connection, rows, table, sample, trusted=False)
            wrong = len(difference.wanted) + len(difference.edited) + len(difference.by_hand)
            _expect(connection, f"{name} of a sample", len(sample) - wrong, len(sample))
        if isinstance(table, NodeLabel):
            for kind, number in rows.named(table).items():
                count = connection.single_value(writing.referring(table, kind))
                _expect(connection, f"{kind} of {name}", count, number)
        yield name, expected


def _expect(connection: Connection, what: str, count: int, expected: int) -> None:
    if count != expected:
        raise ServerError(
            f"After the import, {connection.place} holds {count:,} {what} instead of "
            f"{expected:,}. Run `sightline neo4j load`, which compares all rows and corrects them."
        )
