"""Load a dataset version into a server, in batches.

The loader writes nodes first, each with the relationships that its columns name, then links. Each
batch is one transaction. Rows of a label that the server does not hold yet are created; all other
batches are compared with the server, so an interrupted load continues where it stopped.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pyarrow as pa
import pyarrow.compute as pc
from tqdm import tqdm

from graph.neo4j_server import schema, state, writing
from graph.neo4j_server.assign_ids import recognise
from graph.neo4j_server.compare import Edit, compare_rows
from graph.neo4j_server.join_manual import join_manual_rows
from graph.neo4j_server.remove_stale import vanish
from graph.neo4j_server.rows import BATCH, DIGITS, VersionRows, rows_of
from graph.neo4j_server.schema import LINKS, NODES, VANISHED
from graph.neo4j_server.shape import NodeLabel, Table, label_or_type
from graph.neo4j_server.state import Notes
from graph.record.vocabulary import Kind

if TYPE_CHECKING:
    from graph.dataset import Dataset
    from graph.neo4j_server.connection import Connection


class Loaded(msgspec.Struct, frozen=True, kw_only=True):
    """What a load did.

    Parameters
    ----------
    version : str
        Id of the version that the server now holds.
    counts : dict of str to int
        Number of rows of the version, by label and type.
    written : int
        Number of rows that were written.
    removed : int
        Number of rows that were removed because the version does not hold them.
    edited : tuple of Edit
        Rows that somebody edited in the server; without `force` the edits stay.
    kept : tuple of str
        Rows that left the record and were relabelled, because manual additions refer to them.
    by_hand : int
        Number of rows that were joined to manual additions with the same id.
    """

    version: str
    counts: dict[str, int] = {}
    written: int = 0
    removed: int = 0
    edited: tuple[Edit, ...] = ()
    kept: tuple[str, ...] = ()
    by_hand: int = 0


def load_version(
    connection: Connection,
    dataset: Dataset,
    *,
    force: bool = False,
    into_existing: bool = False,
    notes: Path | None = None,
) -> Loaded:
    """Load a dataset version into a server and keep what people added there.

    Parameters
    ----------
    connection : Connection
        An open connection to the server.
    dataset : Dataset
        The version to load.
    force : bool
        Overwrite manual edits of the record's own properties.
    into_existing : bool
        Load into a database that already holds other nodes with the same labels.
    notes : Path, optional
        File in which this machine notes its loads, to recognise an unchanged server.

    Raises
    ------
    BusyError
        If another process is loading.
    ServerError
        If the server refuses or fails; the next load continues from there.
    """
    with state.loading(connection):
        if not into_existing:
            state.refuse_foreign(connection)
        memory, mark = Notes(notes), state.read_load_state(connection)
        whole = mark is not None and mark.complete and mark.schema == schema.SCHEMA
        before = mark.version if mark and whole and not mark.edited else ""
        trusted = bool(before) and memory.untouched(connection, before)
        if trusted and before == dataset.id:
            return Loaded(version=dataset.id)
        sets = sorted(dataset.manifest.sets)
        state.write_load_state(connection, dataset.id, sets, "loading")
        connection.make(writing.constraints())
        loader = _Loader(connection, dataset, force=force, trusted=trusted)
        loaded = loader.run()
        left = 0 if force else len(loaded.edited)
        state.write_load_state(connection, dataset.id, sets, "complete", left)
        memory.remember(connection, dataset.id)
    return loaded


class _Loader:
    def __init__(
        self,
        connection: Connection,
        dataset: Dataset,
        *,
        force: bool,
        trusted: bool,
    ) -> None:
        self.connection = connection
        self.dataset = dataset
        self.force = force
        self.trusted = trusted
        self.written = 0
        self.by_hand = 0
        self.counts: dict[str, int] = {}
        self.named: Counter[tuple[str, str]] = Counter()
        self.edited: list[Edit] = []
        self.vanished: set[str] = set()
        counts = dataset.manifest.counts
        self.bar = tqdm(
            desc="Loading into the server",
            total=sum(counts.values()) - counts.get("names", 0),
            unit=" rows",
            delay=1,
            disable=None,
        )

    def run(self) -> Loaded:
        vanished = f"MATCH (n:{VANISHED}) WHERE n.id IS NOT NULL RETURN n.id"
        self.vanished = {id_ for (id_,) in self.connection.rows(vanished)}
        with rows_of(self.dataset) as rows, self.bar:
            recognise(self.connection, rows)
            for table in schema.TABLES:
                self._write(rows, table)
            removed, kept = 0, list[str]()
            last_first: list[Table] = [*LINKS, *reversed(NODES)]
            for table in last_first:
                count, names = vanish(
                    self.connection, rows, table, self.counts[label_or_type(table)]
                )
                removed += count
                kept += names
            for node in NODES:
                self._tie(node)
        return Loaded(
            version=self.dataset.id,
            counts=self.counts,
            written=self.written,
            removed=removed,
            edited=tuple(sorted(self.edited)),
            kept=tuple(kept),
            by_hand=self.by_hand,
        )

    def _write(self, rows: VersionRows, table: Table) -> None:
        name = label_or_type(table)
        self.counts[name] = 0
        fresh = not self.connection.single_value(writing.is_there(table)) and not self.vanished
        with _behind() as submit:
            for batch in rows.batches(table, BATCH):
                self.counts[name] += len(batch)
                self.named.update(_named(table, batch))
                wanted = batch if fresh else self._differing(rows, table, batch)
                for statement, group in _written(table, wanted, self.dataset.id, fresh=fresh):
                    submit(partial(self.connection.write, statement, rows=group))
                self.written += len(wanted)
                if name not in ("Contract", *(link.type for link in schema.CONTRACT_LINKS)):
                    self.bar.update(len(batch))

    def _differing(self, rows: VersionRows, table: Table, batch: pa.RecordBatch) -> pa.RecordBatch:
        if isinstance(table, NodeLabel) and self.vanished:
            returning = sorted(self.vanished & set(batch.column("id").to_pylist()))
            if returning:
                self.connection.write(writing.revive(table), ids=returning)
        difference = compare_rows(self.connection, rows, table, batch, trusted=self.trusted)
        self.edited += (edit for _, edit in difference.edited)
        if difference.by_hand:
            manual = batch.take(pa.array(difference.by_hand, pa.int64()))
            self.edited += join_manual_rows(
                self.connection, table, manual, self.dataset.id[:DIGITS]
            )
            self.by_hand += len(manual)
        wanted = list(difference.wanted)
        if self.force:
            wanted += (number for number, _ in difference.edited)
        return batch.take(pa.array(sorted(wanted), pa.int64()))

    def _tie(self, node: NodeLabel) -> None:
        """Correct the relationships of a label's references where their number is wrong.

        This also creates those between nodes of one label, whose other end may be written later.
        """
        for kind in dict.fromkeys(r.type for r in node.references):
            if (
                self.connection.single_value(writing.referring(node, kind))
                != self.named[node.label, kind]
            ):
                for statement in writing.tie(node, kind):
                    self.connection.command(statement)


def _written(
    table: Table, batch: pa.RecordBatch, version: str, *, fresh: bool
) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Yield statements, each with the rows that it writes."""
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


def _named(table: Table, batch: pa.RecordBatch) -> dict[tuple[str, str], int]:
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
def _behind() -> Iterator[Callable[[Callable[[], Any]], None]]:
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
