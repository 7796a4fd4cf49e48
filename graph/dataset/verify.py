"""Verify a version: its files, its records and its links."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq
from tqdm import tqdm

from graph.dataset import manifest
from graph.dataset.build import DERIVED, ORDER, derived_rows, write_table
from graph.dataset.engine import BATCH, engine, read_parquet
from graph.dataset.reader import Dataset
from graph.dataset.storage import temporary
from graph.errors import DamagedError
from graph.record import ids
from graph.record.tables import SCHEMAS, batch_of, records_of

_NAMED = 5  # ids that a sentence names at most

_DIFFERENT = """
(SELECT * FROM derived EXCEPT SELECT * FROM stored)
UNION ALL (SELECT * FROM stored EXCEPT SELECT * FROM derived) LIMIT 1
"""


def problems(path: Path, *, progress: bool = False) -> list[str]:
    """Return a sentence for each error in a version.

    Files, then records, then what follows from them: what rests on a fault is not checked.
    """
    try:
        with Dataset(path) as dataset:
            return (
                list(_bytes(dataset))
                or list(_records(dataset, progress))
                or list(_derived(dataset))
            )
    except DamagedError as error:
        return [str(error)]


def _bytes(dataset: Dataset) -> Iterator[str]:
    for table in (*SCHEMAS, *DERIVED):
        if f"{table}.parquet" not in dataset.manifest.files:
            yield f"{table}.parquet is not in the manifest."
    for name in manifest.unsound(dataset.path, dataset.manifest):
        yield f"{name} is not the file that was written: its size or its sha256 is another."


def _records(dataset: Dataset, progress: bool) -> Iterator[str]:
    counts = dataset.manifest.counts
    digests: list[bytes] = []
    bar = tqdm(
        desc="Reading the records",
        total=sum(counts.get(table, 0) for table in SCHEMAS),
        unit=" rows",
        delay=1,
        disable=None if progress else True,
    )
    with bar:
        for table in SCHEMAS:
            before = len(digests)
            wrong: list[str] = []
            try:
                for stored, again in _written_anew(dataset, table):
                    digests += again["digest"].to_pylist()
                    wrong += _different(table, stored, again)
                    bar.update(len(stored))
            except (ValueError, pa.ArrowException, msgspec.MsgspecError) as error:
                yield f"{table}.parquet holds a row that is no record: {error}."
                continue
            if (rows := len(digests) - before) != counts.get(table):
                yield f"Rows in {table}.parquet: {rows}; in the manifest: {counts.get(table)}."
            if wrong:
                more = f" and {len(wrong) - _NAMED} more" if len(wrong) > _NAMED else ""
                yield (
                    f"{table}.parquet holds other digests, links or days than follow from its "
                    f"records: {', '.join(wrong[:_NAMED])}{more}."
                )
    if (version := ids.version_id(digests)) != dataset.id:
        yield f"The records are those of version {version[:12]}, not of {dataset.id[:12]}."


def _written_anew(dataset: Dataset, table: str) -> Iterator[tuple[pa.RecordBatch, pa.RecordBatch]]:
    schema = SCHEMAS[table]
    with pq.ParquetFile(dataset.file(table)) as file:
        for batch in file.iter_batches(BATCH, columns=schema.names):
            stored = batch.select(schema.names).cast(schema)
            yield stored, batch_of(table, list(records_of(table, batch.to_pylist())))


def _different(table: str, stored: pa.RecordBatch, again: pa.RecordBatch) -> list[str]:
    if stored == again:
        return []
    pairs = zip(stored.to_pylist(), again.to_pylist(), strict=True)
    return [" ".join(row[c] for c in ORDER[table][1:]) for row, other in pairs if row != other]


def _derived(dataset: Dataset) -> Iterator[str]:
    with temporary() as folder, engine(folder / "spill") as connection:
        for table, schema, rows in derived_rows(connection, dataset.path):
            file = folder / f"{table}.parquet"
            write_table(file, schema, rows)
            read_parquet(connection, file).create_view("derived")
            read_parquet(connection, dataset.file(table)).create_view("stored")
            same = pq.read_metadata(file).num_rows == pq.read_metadata(dataset.file(table)).num_rows
            if not same or connection.sql(_DIFFERENT).fetchall():
                yield f"{table}.parquet does not follow from the records."
