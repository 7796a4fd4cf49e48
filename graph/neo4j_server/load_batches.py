"""The batches of a load: the statements that write them, and a thread that runs the statements."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from graph.neo4j_server import schema, writing
from graph.neo4j_server.rows import DIGITS
from graph.neo4j_server.shape import NodeLabel, Table
from graph.record.vocabulary import Kind


def statements_of(
    table: Table, batch: pa.RecordBatch, version: str, *, fresh: bool
) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Yield statements, each with the rows that it writes.

    Parameters
    ----------
    table : NodeLabel or RelationshipType
        Label or type of the rows.
    batch : pyarrow.RecordBatch
        The rows to write.
    version : str
        Id of the version.
    fresh : bool
        Whether the server holds no row of the table yet.
    """
    if not len(batch):
        return
    stamped = [{**row, "_v": version[:DIGITS]} for row in batch.to_pylist()]
    if isinstance(table, NodeLabel):
        make = writing.create_nodes if fresh else writing.write_nodes
        for labels, group in _by_label(table, stamped).items():
            yield make(table, labels), [_filled(row) for row in group] if fresh else group
    else:
        ends = [{"tail": row.pop("tail"), "head": row.pop("head"), "p": row} for row in stamped]
        if fresh:
            yield writing.create_links(table), [{**r, "p": _filled(r["p"])} for r in ends]
        else:
            yield writing.write_links(table), ends


def _by_label(node: NodeLabel, rows: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Group rows by the labels that they are written with."""
    if node is not schema.ENTITY:
        return {node.label: rows}
    parts: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        parts.setdefault(f"{node.label}:{schema.LABELS[Kind(row['kind'])]}", []).append(row)
    return parts


def count_references(table: Table, batch: pa.RecordBatch) -> dict[tuple[str, str], int]:
    """Count the relationships that the columns of a batch name, by label and type."""
    counts: Counter[tuple[str, str]] = Counter()
    if isinstance(table, NodeLabel):
        for reference in table.references:
            column = batch.column(reference.column)
            number = pc.sum(pc.list_value_length(column)) if reference.many else pc.count(column)
            counts[table.label, reference.type] += number.as_py() or 0
    return counts


def _filled(row: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in row.items() if value is not None}


@contextmanager
def writing_behind() -> Iterator[Callable[[Callable[[], Any]], None]]:
    """Write in a thread, one batch at a time, while the caller prepares the next one."""
    pending: list[Future[Any]] = []

    def wait() -> None:
        while pending:
            pending.pop().result()

    with ThreadPoolExecutor(1) as pool:

        def submit(work: Callable[[], Any]) -> None:
            wait()
            pending.append(pool.submit(work))

        yield submit
        wait()
