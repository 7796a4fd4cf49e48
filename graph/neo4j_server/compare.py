"""Compare a server with a version: find missing, outdated, edited and manually added rows.

A row of the record is known by its key and, for a link, by its ends. Whatever bears the loader's
marks without being such a row is a stray: a copy, a link that somebody redirected, a changed id.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from graph.neo4j_server.edits import Difference, Edit, Stray
from graph.neo4j_server.schema import ENTITY, LABELS, NODES
from graph.neo4j_server.shape import (
    NodeLabel,
    Property,
    Table,
    key_of,
    label_or_type,
    property_columns,
)
from graph.neo4j_server.stored import StoredRow, stored_rows
from graph.neo4j_server.writing import REVIVED
from graph.record.vocabulary import Kind

if TYPE_CHECKING:
    from graph.neo4j_server.connection import Connection
    from graph.neo4j_server.rows import VersionRows


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
    difference = Difference([], [], [], [], [], [], [], [], [])
    keys = batch.column(key_of(table)).to_pylist()
    by_key: dict[str, list[StoredRow]] = defaultdict(list)
    for stored in stored_rows(connection, table, keys, whole=not trusted):
        by_key[stored.key].append(stored)
    wished = _Wished(table, batch, whole=not trusted)
    changed: list[tuple[int, StoredRow]] = []
    loose: list[tuple[int, StoredRow]] = []
    for number, key in enumerate(keys):
        row, strays = _chosen(table, by_key[key], wished.ends[number])
        difference.strays.extend(strays)
        if row is None:
            difference.wanted.append(number)
            difference.missing.append(number)
            continue
        if row.ours and row.mark != wished.marks[number] and isinstance(row.mark, str):
            difference.marks.append(row.mark)
        if not row.ours:
            difference.by_hand.append((number, row.element))
            if not row.joined:
                difference.beside.append(number)
            elif row.values != wished.values[number]:
                other = wished.other(number, row)
                difference.overridden.append(Edit(label_or_type(table), key, other))
        elif row.mark == REVIVED:
            difference.wanted.append(number)
        elif trusted:
            if row.mark != wished.marks[number]:
                difference.wanted.append(number)
        elif row.values != wished.values[number] or row.labels != wished.labels[number]:
            changed.append((number, row))
        elif row.ties != wished.ties[number]:
            loose.append((number, row))
    if isinstance(table, NodeLabel) and loose:
        _untie(rows, table, loose, wished, difference)
    _judge(rows, table, keys, changed, wished, difference)
    difference.wanted.sort()
    return difference


class _Wished:
    """What the server should hold for each row of a batch."""

    def __init__(self, table: Table, batch: pa.RecordBatch, *, whole: bool) -> None:
        self.properties = property_columns(table)
        self.marks = batch.column("_h").to_pylist()
        self.values = _plain(batch, [p.name for p in self.properties] if whole else [])
        none: list[Any] = [None] * len(batch)
        self.ends: list[Any] = none
        self.labels: list[Any] = none
        self.ties: list[Any] = none
        if not isinstance(table, NodeLabel):
            columns = [batch.column(name).to_pylist() for name in ("tail", "head")]
            self.ends = list(zip(*columns, strict=True))
        elif whole:
            if table is ENTITY:
                self.labels = [{LABELS[Kind(kind)]} for kind in batch.column("kind").to_pylist()]
            if table.references:
                self.ties = _ties(table, batch)

    def other(self, number: int, row: StoredRow) -> tuple[str, ...]:
        """Return the names of the properties that differ from a row of the version."""
        values = zip(self.properties, row.values, self.values[number], strict=True)
        return tuple(p.name for p, old, new in values if old != new and p.name != "_h")


def _ties(node: NodeLabel, batch: pa.RecordBatch) -> list[Counter[tuple[Any, ...]]]:
    """Return the relationships that each row names: type, target, carried values, hash."""
    ties: list[Counter[tuple[Any, ...]]] = [Counter() for _ in range(len(batch))]
    marks = batch.column("_h").to_pylist()
    for reference in node.references:
        columns = [batch.column(name).to_pylist() for name in reference.carries]
        carried = list(zip(*columns, strict=True)) if columns else [()] * len(batch)
        for number, named in enumerate(batch.column(reference.column).to_pylist()):
            targets = dict.fromkeys(named or ()) if reference.many else [named]
            for target in targets:
                if target is not None:
                    ties[number][reference.type, target, carried[number], marks[number]] += 1
    return ties


def _chosen(
    table: Table, candidates: list[StoredRow], ends: tuple[str, str] | None
) -> tuple[StoredRow | None, list[Stray]]:
    """Return the stored row of a key, the loader's own if possible, and the strays beside it."""
    right = [row for row in candidates if row.ends == ends]
    right.sort(key=lambda row: (not row.ours, row.joined is False, row.element))
    strays = [
        Stray(table, row.element, row.name(table), row.joined)
        for row in candidates
        if (row.ours or row.joined) and row not in right[:1]
    ]
    return (right[0] if right else None), strays


def _untie(
    rows: VersionRows,
    node: NodeLabel,
    loose: list[tuple[int, StoredRow]],
    wished: _Wished,
    difference: Difference,
) -> None:
    """Note the rows whose relationships differ, apart from those to ids that the record lacks."""
    targets = {reference.type: reference.target for reference in node.references}
    ids: dict[str, set[str]] = defaultdict(set)
    for number, row in loose:
        for type_, id_, *_ in wished.ties[number] - (row.ties or Counter()):
            ids[targets[type_]].add(id_)
    known = {
        (label, id_)
        for other in NODES
        if (label := other.label) in ids
        for id_ in rows.known(other, sorted(ids[label]))
    }
    for number, row in loose:
        missing = wished.ties[number] - (row.ties or Counter())
        if (row.ties or Counter()) - wished.ties[number] or any(
            (targets[type_], id_) in known for type_, id_, *_ in missing
        ):
            difference.wanted.append(number)
            difference.untied.append(number)


def _judge(
    rows: VersionRows,
    table: Table,
    keys: Sequence[str],
    changed: list[tuple[int, StoredRow]],
    wished: _Wished,
    difference: Difference,
) -> None:
    """Tell outdated rows, whose hash still fits, from edited ones."""
    fitting = [(number, row) for number, row in changed if all(map(fits, row.values))]
    hashes = stored_hashes(rows, table, [row.values for _, row in fitting])
    hash_of = {number: mark for (number, _), mark in zip(fitting, hashes, strict=True)}
    for number, row in changed:
        labels = row.labels != wished.labels[number]
        known = (row.mark, wished.marks[number])
        if number in hash_of and hash_of[number] in known and not labels:
            difference.wanted.append(number)
            continue
        other = (*wished.other(number, row), *(["labels"] if labels else []))
        edit = Edit(label_or_type(table), keys[number], other)
        difference.edited.append((number, edit))


def fits(value: Any) -> bool:
    """Return whether a value has the type of its property; `stored` marks others with a map."""
    return not isinstance(value, dict)


def _plain(batch: pa.RecordBatch, names: Sequence[str]) -> list[list[Any]]:
    """Return rows as lists of values as the server returns them: days as text."""
    if not names:
        return [[] for _ in range(len(batch))]
    columns = [batch.column(name) for name in names]
    texts = [c.cast(pa.string()) if pa.types.is_date(c.type) else c for c in columns]
    return [list(row) for row in zip(*(c.to_pylist() for c in texts), strict=True)]


def stored_hashes(rows: VersionRows, table: Table, values: list[list[Any]]) -> list[str]:
    """Compute the hashes of rows of a server.

    Parameters
    ----------
    rows : VersionRows
        Rows of the version, which compute hashes.
    table : NodeLabel or RelationshipType
        Label or type of the rows.
    values : list of list
        Values of each row, all of the right types, in the order of `property_columns`.
    """
    if not values:
        return []
    return rows.hashes(table, _table(property_columns(table), values))


def _table(properties: Sequence[Property], rows: list[list[Any]]) -> pa.Table:
    """Return rows of a server, whose values fit, as an Arrow table; days as text."""
    types = {
        "string[]": pa.list_(pa.string()),
        "double": pa.float64(),
        "boolean": pa.bool_(),
    }
    columns = zip(*rows, strict=True)
    return pa.table(
        {
            p.name: pa.array(
                [float(v) if isinstance(v, int) and not isinstance(v, bool) else v for v in column],
                types.get(p.type, pa.string()),
            )
            for p, column in zip(properties, columns, strict=True)
        }
    )
