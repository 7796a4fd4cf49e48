"""Join rows of the record to manual edits with the same id, without overwriting them.

A person's own properties always stay. The loader adds missing properties and marks, and lists in
`_ours` the names of what it added. When the row leaves the record, only those are removed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa

from graph.neo4j_server.compare import Edit
from graph.neo4j_server.schema import MARKS
from graph.neo4j_server.shape import Table, key_of, label_or_type
from graph.neo4j_server.writing import join_rows as joining
from graph.neo4j_server.writing import stored_properties

if TYPE_CHECKING:
    from graph.neo4j_server.connection import Connection

_MARKS = frozenset((*(mark.name for mark in MARKS), "_ours"))


def join_manual_rows(
    connection: Connection, table: Table, batch: pa.RecordBatch, version: str
) -> list[Edit]:
    """Join rows to manual additions with the same keys.

    Parameters
    ----------
    connection : Connection
        An open connection to the server.
    table : NodeLabel or RelationshipType
        Label or type of the rows.
    batch : pyarrow.RecordBatch
        The rows to join.
    version : str
        First digits of the version's id.

    Returns
    -------
    list of Edit
        Properties whose manual value differs from the version's; the manual value stays.
    """
    key = key_of(table)
    rows = {row[key]: row for row in batch.to_pylist()}
    written, edits = [], []
    for id_, stored in connection.rows(stored_properties(table), ids=list(rows)):
        row = {name: value for name, value in rows[id_].items() if name not in ("tail", "head")}
        own = theirs(stored)
        added = sorted(name for name in row.keys() - own.keys() - _MARKS if row[name] is not None)
        joined = {**row, "_v": version, **own, "_ours": added}
        if stored.get("_h") != row["_h"] or sorted(stored.get("_ours", ())) != added:
            outdated = dict.fromkeys(set(stored.get("_ours", ())) - set(added))
            written.append({**outdated, **joined})
        other = [n for n in row.keys() & own.keys() if _comparable(own[n]) != _comparable(row[n])]
        if other:
            edits.append(Edit(label_or_type(table), id_, tuple(sorted(other))))
    if written:
        connection.write(joining(table), rows=written)
    return edits


def theirs(properties: dict[str, Any]) -> dict[str, Any]:
    """Return the properties that a person wrote, without those of the loader."""
    hidden = _MARKS | set(properties.get("_ours", ()))
    return {name: value for name, value in properties.items() if name not in hidden}


def _comparable(value: Any) -> Any:
    """Return a value for comparison: days as text."""
    return str(value) if hasattr(value, "isoformat") or hasattr(value, "iso_format") else value
