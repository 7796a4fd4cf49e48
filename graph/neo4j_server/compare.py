"""Compare a server with a version: find missing, outdated, edited and manually added rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
import pyarrow as pa

from graph.neo4j_server.rows import property_columns
from graph.neo4j_server.shape import Table, key_of, label_or_type
from graph.neo4j_server.writing import stored

if TYPE_CHECKING:
    from graph.neo4j_server.connection import Connection
    from graph.neo4j_server.rows import VersionRows


class Edit(msgspec.Struct, frozen=True, order=True):
    """A row of the record that somebody changed in the server.

    Parameters
    ----------
    table : str
        Label of the node, type of the link.
    id : str
        The `id` of the node, or the `link_id` of the link.
    properties : tuple of str
        Names of the properties that differ from the version.
    """

    table: str
    id: str
    properties: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.table} {self.id}: {', '.join(self.properties)}"


class Difference(NamedTuple):
    """The rows of a batch, by number, that differ in the server.

    Parameters
    ----------
    wanted : list of int
        Rows that are missing or of another version.
    edited : list of (int, Edit)
        Rows that somebody edited after the loader wrote them.
    by_hand : list of int
        Rows whose keys belong to manual additions.
    """

    wanted: list[int]
    edited: list[tuple[int, Edit]]
    by_hand: list[int]


def compare_rows(
    connection: Connection,
    rows: VersionRows,
    table: Table,
    batch: pa.RecordBatch,
    *,
    trusted: bool,
) -> Difference:
    """Compare a batch of rows with the rows of the server that have the same keys.

    Parameters
    ----------
    connection : Connection
        An open connection to the server.
    rows : VersionRows
        Rows of the version, which compute hashes.
    table : NodeLabel or RelationshipType
        Label or type of the rows.
    batch : pyarrow.RecordBatch
        The rows to compare.
    trusted : bool
        Nothing was edited since the last load, so comparing hashes is enough.

    Returns
    -------
    Difference
        The rows that differ.
    """
    properties = property_columns(table)
    keys = batch.column(key_of(table)).to_pylist()
    asked = [] if trusted else properties
    there = {
        key: (ours, mark, values)
        for key, ours, mark, values in connection.rows(stored(table, asked), ids=keys)
    }
    marks = batch.column("_h").to_pylist()
    wished = _plain(batch, [p.name for p in asked])
    wanted: list[int] = []
    changed: list[int] = []
    by_hand: list[int] = []
    for number, key in enumerate(keys):
        ours, mark, values = there.get(key, (True, None, None))
        if not ours:
            by_hand.append(number)
        elif mark is None:
            wanted.append(number)
        elif trusted:
            if mark != marks[number]:
                wanted.append(number)
        elif values != wished[number]:
            changed.append(number)
    if not changed:
        return Difference(wanted, [], by_hand)
    stored_rows = [there[keys[number]] for number in changed]
    hashes = rows.hashes(table, _table(table, [values for _, _, values in stored_rows]))
    edited = []
    for number, (_, mark, values), hashed in zip(changed, stored_rows, hashes, strict=True):
        if hashed in (mark, marks[number]):
            wanted.append(number)
        else:
            other = [
                p.name
                for p, old, new in zip(properties, values, wished[number], strict=True)
                if old != new
            ]
            edited.append((number, Edit(label_or_type(table), keys[number], tuple(other))))
    return Difference(sorted(wanted), edited, by_hand)


def _plain(batch: pa.RecordBatch, names: Sequence[str]) -> list[list[Any]]:
    """Return rows as lists of values as the server returns them: days as text."""
    if not names:
        return [[] for _ in range(len(batch))]
    columns = [batch.column(name) for name in names]
    texts = [c.cast(pa.string()) if pa.types.is_date(c.type) else c for c in columns]
    return [list(row) for row in zip(*(c.to_pylist() for c in texts), strict=True)]


def _table(table: Table, rows: list[list[Any]]) -> pa.Table:
    """Return rows of a server as an Arrow table; values of another type become text."""
    columns = {}
    for p, column in zip(property_columns(table), zip(*rows, strict=True), strict=True):
        if p.type == "string[]":
            lists = [v if v is None or isinstance(v, list) else [v] for v in column]
            texts: list[Any] = [None if v is None else [str(x) for x in v] for v in lists]
            columns[p.name] = pa.array(texts, pa.list_(pa.string()))
        elif p.type == "double":
            floats = [float(v) if isinstance(v, int | float) else None for v in column]
            columns[p.name] = pa.array(floats, pa.float64())
        elif p.type == "boolean":
            flags = [v if isinstance(v, bool) else None for v in column]
            columns[p.name] = pa.array(flags, pa.bool_())
        else:
            columns[p.name] = pa.array([None if v is None else str(v) for v in column], pa.string())
    return pa.table(columns)
