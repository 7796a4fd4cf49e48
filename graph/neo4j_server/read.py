"""Read the record back from a server, as records of all sets or as tables for data frames."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from graph.neo4j_server.records import fields_of, merged_records, rows_of_sets
from graph.neo4j_server.rows import schema_of
from graph.neo4j_server.shape import NodeLabel, Table
from graph.record.model import AnyRecord

if TYPE_CHECKING:
    from graph.neo4j_server.connection import Connection

#: Rows of one batch.
_BATCH = 20_000


def records(connection: Connection, node: NodeLabel) -> Iterator[AnyRecord]:
    """Stream the records that the loader wrote, of every set.

    Parameters
    ----------
    connection : Connection
        An open connection to the server.
    node : NodeLabel
        Label of the records; contracts are not records.
    """
    statement = (
        f"MATCH (n:{node.label}) WITH properties(n) AS p WHERE p._set IS NOT NULL "
        f"RETURN {fields_of(node, 'p')}, p._rows"
    )
    for values, texts in connection.stream(statement):
        if texts:
            yield from rows_of_sets(node, texts)
        else:
            yield from merged_records(node, [values])


def read_table(connection: Connection, table: Table) -> pa.Table:
    """Return all nodes of a label, or links of a type, that the loader wrote.

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
    values = ", ".join(_value(field) for field in schema if field.name not in ("tail", "head"))
    if isinstance(table, NodeLabel):
        statement = f"MATCH (n:{table.label}) WITH properties(n) AS p"
    else:
        statement = f"MATCH (a)-[n:{table.type}]->(b) WITH a, b, properties(n) AS p"
        values = f"a.id, b.id, {values}"
    rows: list[list[Any]] = []
    for (row,) in connection.stream(f"{statement} WHERE p._set IS NOT NULL RETURN [{values}]"):
        rows.append(row)
        if len(rows) == _BATCH:
            yield _batch(rows, schema)
            rows = []
    if rows:
        yield _batch(rows, schema)


def _value(field: pa.Field) -> str:
    day = pa.types.is_date(field.type)
    return f"toString(p.{field.name})" if day else f"p.{field.name}"  # texts are faster than dates


def _batch(rows: list[list[Any]], schema: pa.Schema) -> pa.RecordBatch:
    arrays = []
    for field, column in zip(schema, zip(*rows, strict=True), strict=True):
        if pa.types.is_date(field.type):
            arrays.append(pa.array(column, pa.string()).cast(field.type))
        else:
            arrays.append(pa.array(column, field.type))
    return pa.RecordBatch.from_arrays(arrays, schema=schema)
