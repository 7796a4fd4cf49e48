"""The files of a version, made in a folder beside it: sorted records, links, name keys."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from graph.dataset.derive import link_batches, name_batches
from graph.dataset.engine import batches, read_parquet
from graph.errors import DataError
from graph.record.tables import LINKS, NAMES, SCHEMAS

if TYPE_CHECKING:
    import duckdb

#: Columns that a table's rows are sorted by, before the digest.
ORDER: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(SCHEMAS, ("set", "id")),
    "replies": ("set", "claim", "party"),
}

#: Tables that follow from the records.
DERIVED = ("links", "names")


def sorted_rows(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    added: Path,
    kept: Path | None,
    kept_sets: Collection[str],
) -> Iterator[pa.RecordBatch]:
    """Stream what was added to a table and what is kept of an older version, sorted.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        Does the sorting.
    table : str
        Name of the table.
    added, kept : Path
        Parquet files of the table's schema, there or not.
    kept_sets : collection of str
        Sets whose rows are kept.

    Yields
    ------
    pyarrow.RecordBatch
        Of the table's schema.

    Raises
    ------
    DataError
        If a set holds an id twice.
    """
    import duckdb

    parts = [read_parquet(connection, added)] if added.exists() else []
    if kept is not None and kept_sets:
        names = [duckdb.ConstantExpression(name) for name in kept_sets]
        parts.append(
            read_parquet(connection, kept).filter(duckdb.ColumnExpression("set").isin(*names))
        )
    if not parts:
        return
    rows = parts[0] if len(parts) == 1 else parts[0].union(parts[1])
    order = ", ".join(f'"{column}"' for column in (*ORDER[table], "digest"))
    stream = batches(rows.order(order), SCHEMAS[table])
    yield from stream if table == "replies" else _without_twins(table, stream)


def _without_twins(table: str, stream: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    last = ("", "")
    for batch in stream:
        keys = list(zip(batch["set"].to_pylist(), batch["id"].to_pylist(), strict=True))
        for first, second in pairwise((last, *keys)):
            if first == second:
                raise DataError(
                    f"The {table} of the source {first[0]!r} hold the id {first[1]!r} twice. "
                    "Give each of the rows an id of its own."
                )
        last = keys[-1]
        yield batch


def derived_rows(
    connection: duckdb.DuckDBPyConnection, folder: Path
) -> Iterator[tuple[str, pa.Schema, Iterator[pa.RecordBatch]]]:
    """Give name, schema and rows of each table that follows from the records in `folder`."""
    yield "links", LINKS, link_batches(connection, folder / "claims.parquet")
    yield "names", NAMES, name_batches(folder / "entities.parquet")


def write_table(
    path: Path,
    schema: pa.Schema,
    rows: Iterable[pa.RecordBatch],
    written: Callable[[pa.RecordBatch], object] = len,
) -> None:
    """Write a Parquet file, and call `written` with each batch that is in it.

    Parameters
    ----------
    path : Path
        The file.
    schema : pyarrow.Schema
        Of the file.
    rows : iterable of pyarrow.RecordBatch
        In the order of the file.
    written : callable
        Called with each batch.
    """
    with pq.ParquetWriter(path, schema, compression="zstd") as file:
        for batch in rows:
            file.write_batch(batch)
            written(batch)
