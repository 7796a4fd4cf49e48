"""Join rows of the record to manual edits with the same id, without overwriting them.

Whoever made a node keeps all that they wrote on it. The loader adds what is missing, the marks, and
in `_ours` the names of what it added: when the row leaves the record, these go, and the rest stays.
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
    """Join rows to what was made by hand under their keys.

    Parameters
    ----------
    connection : Connection
        To the server.
    table : Node or Link
        What they are rows of.
    batch : pyarrow.RecordBatch
        The rows.
    version : str
        First digits of the version.

    Returns
    -------
    list of Edit
        Where a person's word is another than the version's; it stays.
    """
    key = key_of(table)
    rows = {row[key]: row for row in batch.to_pylist()}
    written, edits = [], []
    for id_, there in connection.rows(stored_properties(table), ids=list(rows)):
        row = {name: value for name, value in rows[id_].items() if name not in ("tail", "head")}
        own = theirs(there)
        added = sorted(name for name in row.keys() - own.keys() - _MARKS if row[name] is not None)
        wanted = {**row, "_v": version, **own, "_ours": added}
        if there.get("_h") != row["_h"] or sorted(there.get("_ours", ())) != added:
            gone = dict.fromkeys(set(there.get("_ours", ())) - set(added))
            written.append({**gone, **wanted})
        other = [n for n in row.keys() & own.keys() if _same(own[n]) != _same(row[n])]
        if other:
            edits.append(Edit(label_or_type(table), id_, tuple(sorted(other))))
    if written:
        connection.write(joining(table), rows=written)
    return edits


def theirs(there: dict[str, Any]) -> dict[str, Any]:
    """Return what a person wrote, of all properties of a node."""
    hidden = _MARKS | set(there.get("_ours", ()))
    return {name: value for name, value in there.items() if name not in hidden}


def _same(value: Any) -> Any:
    """Return a value as it is compared: days as text."""
    return str(value) if hasattr(value, "isoformat") or hasattr(value, "iso_format") else value
