"""Load a dataset version into a server, in batches.

The loader writes nodes first, each with the relationships that its columns name, then links. Each
batch is one transaction. Rows of a label that the server does not hold yet are created; all other
batches are compared with the server, so an interrupted load continues where it stopped.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pyarrow as pa
from tqdm import tqdm

from graph.neo4j_server import schema, state, strays, writing
from graph.neo4j_server.assign_ids import recognise
from graph.neo4j_server.compare import compare_rows
from graph.neo4j_server.edits import Difference, Edit
from graph.neo4j_server.join_manual import join_manual_rows
from graph.neo4j_server.load_batches import count_references, statements_of, writing_behind
from graph.neo4j_server.remove_stale import Before, vanish
from graph.neo4j_server.rows import BATCH, DIGITS, VersionRows, rows_of
from graph.neo4j_server.schema import LINKS, NODES, VANISHED
from graph.neo4j_server.shape import NodeLabel, Table, key_of, label_or_type
from graph.neo4j_server.state import Notes

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
    restored : tuple of str
        Rows that somebody had deleted, or whose label or relationships somebody had changed.
    own : tuple of str
        Copies and redirected links with the loader's marks: they are manual additions now.
    unready : tuple of str
        Manual additions that cannot become rows of the record, each with the reason.
    removed_rows : tuple of str
        Names of the removed rows.
    """

    version: str
    counts: dict[str, int] = {}
    written: int = 0
    removed: int = 0
    edited: tuple[Edit, ...] = ()
    kept: tuple[str, ...] = ()
    by_hand: int = 0
    restored: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    unready: tuple[str, ...] = ()
    removed_rows: tuple[str, ...] = ()


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
        again = whole and mark is not None and mark.version == dataset.id
        loader = _Loader(connection, dataset, force=force, trusted=trusted, again=again)
        loaded = loader.run()
        left = [str(edit) for edit in (loader.overridden if force else loaded.edited)]
        state.write_load_state(connection, dataset.id, sets, "complete", len(left))
        memory.remember(connection, dataset.id, left)
    return loaded


class _Loader:
    def __init__(
        self,
        connection: Connection,
        dataset: Dataset,
        *,
        force: bool,
        trusted: bool,
        again: bool,
    ) -> None:
        self.connection = connection
        self.dataset = dataset
        self.force = force
        self.trusted = trusted
        self.again = again  # the server held this very version
        self.written = 0
        self.by_hand = 0
        self.counts: dict[str, int] = {}
        self.named: Counter[tuple[str, str]] = Counter()
        self.edited: list[Edit] = []
        self.overridden: list[Edit] = []  # by manual additions, whose values always stay
        self.restored: list[str] = []
        self.own: list[str] = []
        self.before: dict[str, Before] = defaultdict(lambda: Before(set(), []))
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
        vanished = f"MATCH (n:{VANISHED}) WHERE n.id IS :: STRING NOT NULL RETURN n.id"
        self.vanished = {id_ for (id_,) in self.connection.rows(vanished)}
        with rows_of(self.dataset) as rows, self.bar:
            unready = recognise(self.connection, rows)
            if not self.trusted:
                self._relabel(rows)
            for table in schema.TABLES:
                self._write(rows, table)
            removed, kept = list[str](), list[str]()
            last_first: list[Table] = [*LINKS, *reversed(NODES)]
            for table in last_first:
                name = label_or_type(table)
                gone = vanish(self.connection, rows, table, self.counts[name], self.before[name])
                removed += gone.removed
                kept += gone.kept
                self.own += gone.own
            for node in NODES:
                self._tie(node)
        return Loaded(
            version=self.dataset.id,
            counts=self.counts,
            written=self.written,
            removed=len(removed),
            removed_rows=tuple(removed),
            edited=tuple(sorted(self.edited + self.overridden)),
            kept=tuple(kept),
            by_hand=self.by_hand,
            restored=tuple(self.restored),
            own=tuple(self.own),
            unready=tuple(unready),
        )

    def _relabel(self, rows: VersionRows) -> None:
        """Give rows of the version their label again; other marked nodes become additions."""
        rows_without, others = strays.without_label(self.connection, rows)
        strays.relabel(self.connection, rows_without)
        self.restored += (f"{node.label} {id_}: label" for node, id_, _ in rows_without)
        self.own += strays.unknown(self.connection, others)

    def _write(self, rows: VersionRows, table: Table) -> None:
        name = label_or_type(table)
        self.counts[name] = 0
        fresh = not self.connection.single_value(writing.is_there(table)) and not self.vanished
        with writing_behind() as submit:
            for batch in rows.batches(table, BATCH):
                self.counts[name] += len(batch)
                self.named.update(count_references(table, batch))
                wanted = batch if fresh else self._differing(rows, table, batch)
                for statement, group in statements_of(table, wanted, self.dataset.id, fresh=fresh):
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
        strays.let_go(self.connection, difference.strays)
        self.own += (stray.name for stray in difference.strays)
        self._note(table, batch, difference)
        if difference.by_hand:
            numbers, elements = zip(*difference.by_hand, strict=True)
            self.overridden += join_manual_rows(
                self.connection,
                table,
                batch.take(pa.array(numbers, pa.int64())),
                elements,
                self.dataset.id[:DIGITS],
            )
            self.by_hand += len(numbers)
        wanted = list(difference.wanted)
        if self.force:
            wanted += (number for number, _ in difference.edited)
        return batch.take(pa.array(sorted(wanted), pa.int64()))

    def _note(self, table: Table, batch: pa.RecordBatch, difference: Difference) -> None:
        """Note what is to be reported, and what tells copies from rows later."""
        name, keys = label_or_type(table), batch.column(key_of(table))
        self.edited += (edit for _, edit in difference.edited)
        before = self.before[name]
        before.marks.update(difference.marks)
        before.missing.extend(keys[number].as_py() for number in difference.missing)
        if self.again:
            self.restored += (f"{name} {keys[number]}" for number in difference.missing)
        self.restored += (f"{name} {keys[number]}: relationships" for number in difference.untied)

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
