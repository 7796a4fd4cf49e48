"""A dataset version as rows of the graph, in batches, for the loader and the importer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import groupby
from typing import TYPE_CHECKING, Any

import msgspec
import pyarrow as pa

from graph.dataset.engine import engine, read_parquet
from graph.dataset.storage import temporary
from graph.neo4j_server.shape import (
    NodeLabel,
    Table,
    key_of,
    label_or_type,
    property_columns,
)
from graph.neo4j_server.views import KEPT, TABLES, hash_of, rows_of_server, views
from graph.record.merge import SHARED
from graph.record.model import Reply
from graph.record.tables import records_of

if TYPE_CHECKING:
    import duckdb

    from graph.dataset import Dataset

#: Rows of one transaction.
BATCH = 2_000

#: Collecting the rows of all links takes more memory than a step of an ingestion.
_MEMORY = "2GB"

#: Digits of a version's id in `_v`, as everywhere in the output.
DIGITS = 12

#: Fields that identify a reply, apart from its set.
REPLY_WORDS = ("claim", "party", "kind", "text", "source", "date")

_FILES = ("entities", "sources", "claims", "replies", "judgements", "links", "names")
_ARROW = {
    "string": pa.string(),
    "string[]": pa.list_(pa.string()),
    "double": pa.float64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
}


class VersionRows:
    """The rows of a version, by label and type; `rows_of` makes one.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        A connection with the views of `graph.neo4j_server.views`.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection

    def batches(self, table: Table, size: int = BATCH) -> Iterator[pa.RecordBatch]:
        """Stream the rows of a label or a link type.

        Parameters
        ----------
        table : NodeLabel or RelationshipType
            The label or type.
        size : int
            Maximum number of rows in a batch.

        Yields
        ------
        pyarrow.RecordBatch
            The columns of `property_columns`; for links, preceded by `tail` and `head`.
        """
        schema = schema_of(table)
        name = label_or_type(table)
        names = ", ".join(f'"{column}"' for column in schema.names)
        # its own cursor, because the loader runs queries between two batches
        rows = self.connection.cursor().sql(f'SELECT {names} FROM "{name}"')
        for batch in rows.to_arrow_reader(size):
            yield batch.cast(schema)

    def count(self, table: Table) -> int:
        """Return the number of rows of a label or a link type."""
        sql = f'SELECT count(*) FROM "{label_or_type(table)}"'
        [(number,)] = self.connection.cursor().execute(sql).fetchall()
        return int(number)

    def keep(self, node: NodeLabel) -> None:
        """Materialise the rows of a label, so that they are computed once."""
        name = label_or_type(node)
        self.connection.execute(f'ALTER VIEW "{name}" RENAME TO "made {name}"')
        self.connection.execute(f'CREATE TABLE "{name}" AS FROM "made {name}"')

    def named(self, node: NodeLabel) -> dict[str, int]:
        """Return the number of relationships of each type that the rows of a label name."""
        counts: dict[str, int] = {}
        for reference in node.references:
            number = f'len(list_distinct("{reference.column}"))' if reference.many else "1"
            sql = (
                f'SELECT coalesce(sum({number}), 0) FROM "{label_or_type(node)}" '
                f'WHERE "{reference.column}" IS NOT NULL'
            )
            [(count,)] = self.connection.cursor().execute(sql).fetchall()
            counts[reference.type] = counts.get(reference.type, 0) + int(count)
        return counts

    def sample(self, table: Table, size: int) -> pa.RecordBatch:
        """Return a reproducible sample: the rows with the smallest hashes."""
        schema = schema_of(table)
        names = ", ".join(f'"{column}"' for column in schema.names)
        sql = f'SELECT {names} FROM "{label_or_type(table)}" ORDER BY "_h" LIMIT {size}'
        rows = self.connection.cursor().sql(sql).to_arrow_table().cast(schema)
        return rows.combine_chunks().to_batches()[0]

    def ids(self, table: Table) -> Iterator[str]:
        """Stream the keys of a label or a link type."""
        sql = f'SELECT "{key_of(table)}" FROM "{label_or_type(table)}"'
        rows = self.connection.cursor().sql(sql)
        for batch in rows.to_arrow_reader(BATCH):
            yield from batch.column(0).to_pylist()

    def known(self, table: Table, keys: list[str]) -> list[str]:
        """Return the keys that exist in a label or a link type."""
        key, name = key_of(table), label_or_type(table)
        sql = f'SELECT "{key}" FROM "{name}" WHERE "{key}" IN (SELECT unnest(?)) ORDER BY 1'
        return [str(key) for (key,) in self.connection.cursor().execute(sql, [keys]).fetchall()]

    def marks(self, table: Table, marks: list[str]) -> set[str]:
        """Return the hashes that a row of a label or a link type has."""
        sql = f'SELECT "_h" FROM "{label_or_type(table)}" WHERE "_h" IN (SELECT unnest(?))'
        return {str(mark) for (mark,) in self.connection.cursor().execute(sql, [marks]).fetchall()}

    def reply(self, reply: Reply) -> str:
        """Return the id of a row with the content of a reply, in any set, or ""."""
        content = {name: getattr(reply, name) for name in REPLY_WORDS}
        same = " AND ".join(f"coalesce({name}, '') = ${name}" for name in content)
        sql = f'SELECT min(id) FROM "Reply" WHERE {same}'
        [(reply_id,)] = self.connection.cursor().execute(sql, content).fetchall()
        return str(reply_id or "")

    def hashes(self, table: Table, rows: pa.Table) -> list[str]:
        """Return the hashes of rows read from a server, with days as text."""
        columns = [p.name for p in property_columns(table) if p.name != "_h"]
        hashes = self.connection.cursor().from_arrow(rows).project(hash_of(table, columns))
        return [str(row_hash) for (row_hash,) in hashes.fetchall()]


def schema_of(table: Table) -> pa.Schema:
    """Return the Arrow schema of a table's batches."""
    ends = [] if isinstance(table, NodeLabel) else [("tail", pa.string()), ("head", pa.string())]
    return pa.schema([*ends, *((p.name, _ARROW[p.type]) for p in property_columns(table))])


@contextmanager
def rows_of(dataset: Dataset) -> Iterator[VersionRows]:
    """Open the rows of a version.

    Parameters
    ----------
    dataset : Dataset
        An open dataset version.
    """
    with temporary() as folder, engine(folder, _MEMORY) as connection:
        for table in _FILES:
            read_parquet(connection, dataset.file(table)).create_view(table)
        connection.from_arrow(_several(connection)).create("several")
        connection.execute("CREATE SCHEMA graph")
        for name, sql in views(several=len(dataset.manifest.sets) > 1).items():
            relation = "TABLE" if name in KEPT else "VIEW"
            connection.execute(f"CREATE {relation} graph.{name} AS {sql}")
        for statement in TABLES:
            connection.execute(statement)
        for name, sql in rows_of_server():
            connection.execute(f'CREATE VIEW "{name}" AS {sql}')
        yield VersionRows(connection)


def _several(connection: duckdb.DuckDBPyConnection) -> pa.Table:
    """Return the rows of ids in several sets, as JSON, in columns `view`, `id` and `_rows`."""
    collected: list[tuple[str, str, list[str]]] = []
    for table in SHARED:
        shared = connection.sql(
            f"FROM {table} WHERE id IN (SELECT id FROM {table} GROUP BY id HAVING count(*) > 1) "
            "ORDER BY id, set"
        ).to_arrow_table()
        records: list[Any] = list(records_of(table, shared.to_pylist()))
        for id_, rows in groupby(records, key=lambda row: row.id):
            collected.append((table, id_, [msgspec.json.encode(row).decode() for row in rows]))
    columns = list(zip(*collected, strict=True)) or [()] * 3
    types = (pa.string(), pa.string(), pa.list_(pa.string()))
    return pa.table(
        [pa.array(column, type_) for column, type_ in zip(columns, types, strict=True)],
        ["view", "id", "_rows"],
    )
