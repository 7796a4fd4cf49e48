"""Read the record back from a server, as records of all sets or as tables for data frames."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from graph.errors import SightlineWarning
from graph.neo4j_server.records import LeftOut, fields_of, merged_records, rows_of_sets
from graph.neo4j_server.rows import schema_of
from graph.neo4j_server.shape import NodeLabel, Table, label_or_type, property_columns
from graph.neo4j_server.stored import value_of
from graph.record.model import AnyRecord

if TYPE_CHECKING:
    from graph.neo4j_server.connection import Connection

#: Rows of one batch.
_BATCH = 20_000


def records(
    connection: Connection, node: NodeLabel, left_out: LeftOut = lambda _: None
) -> Iterator[AnyRecord]:
    """Stream the records that the loader wrote, of every set.

    Parameters
    ----------
    connection : Connection
        An open connection to the server.
    node : NodeLabel
        Label of the records; contracts are not records.
    left_out : callable
        Called with a sentence about each row that somebody made unreadable in the server.
    """
    statement = (
        f"MATCH (n:{node.label}) WITH properties(n) AS p WHERE p._set IS NOT NULL "
        f"RETURN {fields_of(node)}, {value_of('_rows', 'string[]')}"
    )
    for values, texts in connection.stream(statement):
        if texts:
            yield from rows_of_sets(node, texts, left_out)
        else:
            yield from merged_records(node, [values], left_out)


def read_table(connection: Connection, table: Table) -> pa.Table:
    """Return all nodes of a label, or links of a type, that the loader wrote.

    A row with a value of another type, which somebody wrote in the server, is left out with a
    warning.

    Parameters
    ----------
    connection : Connection
        An open connection to the server.
    table : NodeLabel or RelationshipType
        A table of `graph.neo4j_server.schema`.

    Returns
    -------
    pyarrow.Table
        One column for each property; for links, preceded by `tail` and `head`.
    """
    schema = schema_of(table)
    batches = list(_batches(connection, table, schema))
    return pa.Table.from_batches(batches, schema)


def _batches(connection: Connection, table: Table, schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    # a map finds each value at once; a node searches its chain of properties
    values = ", ".join(value_of(p.name, p.type) for p in property_columns(table))
    if isinstance(table, NodeLabel):
        statement = f"MATCH (n:{table.label}) WITH properties(n) AS p"
    else:
        statement = f"MATCH (a)-[n:{table.type}]->(b) WITH a, b, properties(n) AS p"
        ends = (value_of("id", "string", variable) for variable in ("a", "b"))
        values = f"{', '.join(ends)}, {values}"
    rows: list[list[Any]] = []
    left_out = 0
    for (row,) in connection.stream(f"{statement} WHERE p._set IS NOT NULL RETURN [{values}]"):
        if any(isinstance(value, dict) for value in row):
            left_out += 1
        else:
            rows.append(row)
        if len(rows) == _BATCH:
            yield _batch(rows, schema)
            rows = []
    if rows:
        yield _batch(rows, schema)
    if left_out:
        warnings.warn(
            f"{left_out:,} {label_or_type(table)} are left out, because somebody wrote values of "
            "another type on them. `sightline neo4j status` lists them.",
            SightlineWarning,
            stacklevel=3,
        )


def _batch(rows: list[list[Any]], schema: pa.Schema) -> pa.RecordBatch:
    arrays = []
    for field, column in zip(schema, zip(*rows, strict=True), strict=True):
        if pa.types.is_date(field.type):
            arrays.append(pa.array(column, pa.string()).cast(field.type))
        else:
            arrays.append(pa.array(column, field.type))
    return pa.RecordBatch.from_arrays(arrays, schema=schema)
