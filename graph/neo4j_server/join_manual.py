"""Join rows of the record to manual edits with the same id, without overwriting them.

A person's own properties always stay. The loader adds missing properties and marks, and lists in
`_ours` the names of what it added. When the row leaves the record, only those are removed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from graph.neo4j_server.edits import Edit
from graph.neo4j_server.schema import MARKS
from graph.neo4j_server.shape import Table, key_of, label_or_type
from graph.neo4j_server.writing import join_rows as joining
from graph.neo4j_server.writing import stored_properties

if TYPE_CHECKING:
    from graph.neo4j_server.connection import Connection

_MARKS = frozenset((*(mark.name for mark in MARKS), "_ours"))


def join_manual_rows(
    connection: Connection,
    table: Table,
    batch: pa.RecordBatch,
    elements: Sequence[str],
    version: str,
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
    elements : sequence of str
        Element ids of the additions, in the order of the rows.
    version : str
        First digits of the version's id.

    Returns
    -------
    list of Edit
        Properties whose manual value differs from the version's; the manual value stays.
    """
    rows = dict(zip(elements, batch.to_pylist(), strict=True))
    written, edits = [], []
    for element, pairs in connection.rows(stored_properties(table), elements=list(rows)):
        row, stored = rows[element], dict(pairs)
        row = {name: value for name, value in row.items() if name not in ("tail", "head")}
        own, before = theirs(stored), names_in(stored.get("_ours"))
        added = sorted(name for name in row.keys() - own.keys() - _MARKS if row[name] is not None)
        if stored.get("_h") != row["_h"] or sorted(before) != added:
            joined = {name: value for name, value in row.items() if name not in own}
            outdated = dict.fromkeys(before - set(added) - row.keys())
            properties = {**outdated, **joined, "_v": version, "_ours": added}
            written.append({"at": element, "p": properties})
        other = [n for n in row.keys() & own.keys() if _comparable(own[n]) != _comparable(row[n])]
        if other:
            edits.append(Edit(label_or_type(table), row[key_of(table)], tuple(sorted(other))))
    if written:
        connection.write(joining(table), rows=written)
    return edits


def theirs(properties: dict[str, Any]) -> dict[str, Any]:
    """Return the properties that a person wrote, without those of the loader."""
    hidden = _MARKS | names_in(properties.get("_ours"))
    return {name: value for name, value in properties.items() if name not in hidden}


def names_in(ours: Any) -> set[str]:
    """Return the names in the mark `_ours`, which somebody may have overwritten."""
    return {name for name in ours if isinstance(name, str)} if isinstance(ours, list) else set()


def _comparable(value: Any) -> Any:
    """Return a value for comparison: days as text."""
    return str(value) if hasattr(value, "isoformat") or hasattr(value, "iso_format") else value
