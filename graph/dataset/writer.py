"""The writer of a version: it takes records in any order, and publishes them all or none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from contextlib import ExitStack, suppress
from datetime import UTC, datetime
from itertools import islice

import pyarrow as pa
import pyarrow.parquet as pq
from tqdm import tqdm

from graph.dataset import manifest
from graph.dataset.build import derived_rows, sorted_rows, write_table
from graph.dataset.engine import BATCH, engine
from graph.dataset.folder import DataFolder
from graph.dataset.manifest import Manifest
from graph.dataset.reader import Dataset
from graph.dataset.storage import remove, writing
from graph.errors import DamagedError
from graph.record import ids
from graph.record.model import AnyRecord
from graph.record.tables import SCHEMAS, batch_of


class Writer:
    """A version in the making; `Archive.writer` gives one.

    Rows go to disk as they come, a batch at a time, so that memory does not grow with them.

    Parameters
    ----------
    folder : DataFolder
        Locked by this process.
    """

    def __init__(self, folder: DataFolder) -> None:
        self._folder = folder
        self._spool = folder.scratch / "spool"
        self._stack = ExitStack()
        self._files: dict[str, pq.ParquetWriter] = {}
        self._kept: Dataset | None = None
        self._kept_sets: list[str] = []
        self._rows: Counter[tuple[str, str]] = Counter()  # by set and table
        with writing(folder.root):
            self._spool.mkdir(parents=True)

    def keep(self, *, except_sets: Collection[str]) -> None:
        """Keep the rows of the current version, except those of the named sets.

        They are copied when the version is published, as they are: nothing is parsed again.

        Parameters
        ----------
        except_sets : collection of str
            Names of the sets to leave out, because they are replaced or dropped.

        Raises
        ------
        SchemaError
            If there are other sets, and they were written under another schema.
        DamagedError
            If their files are not the ones that were written.
        """
        current = self._folder.pointed()
        if not current:
            return
        path = self._folder.versions / current
        sets = manifest.read_manifest(path).sets
        self._kept_sets = sorted(sets.keys() - set(except_sets))
        if self._kept_sets:
            self._kept = self._stack.enter_context(Dataset(path))
            self._kept.check()  # or damage would travel on from version to version
        for name in self._kept_sets:
            self._rows.update({(name, table): rows for table, rows in sets[name].items()})

    def add(self, table: str, records: Iterable[AnyRecord]) -> int:
        """Write records.

        Parameters
        ----------
        table : str
            entities, sources, claims, replies or judgements.
        records : iterable of Record
            Of the table's type, in any order; read in batches.

        Returns
        -------
        int
            How many there were.

        Raises
        ------
        StorageError
            If the disk is full, say.
        """
        added = 0
        stream = iter(records)
        while part := list(islice(stream, BATCH)):
            batch = batch_of(table, part)
            with writing(self._folder.root):
                self._file(table).write_batch(batch)
                self._folder.checkpoint("write")
            self._rows.update((record.set, table) for record in part)
            added += len(part)
        return added

    def _file(self, table: str) -> pq.ParquetWriter:
        if table not in self._files:
            path = self._spool / f"{table}.parquet"
            self._files[table] = pq.ParquetWriter(path, SCHEMAS[table], compression="lz4")
        return self._files[table]

    def publish(self, *, progress: bool = False) -> str:
        """Make what was written a version, and make it the current one.

        Parameters
        ----------
        progress : bool
            Show a bar on a terminal.

        Returns
        -------
        str
            Id of the version. If a version of that id is there already, it holds the same
            records, and is made the current one.

        Raises
        ------
        DataError
            If a set holds an id twice.
        StorageError
            If the file system refuses; the current version is as it was.
        """
        with writing(self._folder.root):
            for file in self._files.values():
                file.close()
            version = self._build(progress)
            self._folder.put(version)
            self._folder.point(version)
        return version

    def _build(self, progress: bool) -> str:
        scratch = self._folder.scratch
        spool, spill = self._spool, scratch / "spill"
        digests: list[bytes] = []
        bar = tqdm(
            desc="Writing the version",
            total=self._rows.total(),
            unit=" rows",
            delay=1,
            disable=None if progress else True,
        )

        def written(batch: pa.RecordBatch) -> None:
            digests.extend(batch["digest"].to_pylist())
            bar.update(len(batch))

        with bar, engine(spill) as connection:
            for table, schema in SCHEMAS.items():
                kept = self._kept.file(table) if self._kept else None
                added = spool / f"{table}.parquet"
                rows = sorted_rows(connection, table, added, kept, self._kept_sets)
                write_table(scratch / f"{table}.parquet", schema, rows, written)
                self._folder.checkpoint("sort")
            remove(spool)
            bar.set_description("Deriving links and names")
            for table, schema, rows in derived_rows(connection, scratch):
                write_table(scratch / f"{table}.parquet", schema, rows)
                self._folder.checkpoint("derive")
        remove(spill)
        version = ids.version_id(digests)
        files = sorted(scratch.iterdir())
        counts = {file.stem: pq.read_metadata(file).num_rows for file in files}
        self._compare(counts)
        manifest.write_manifest(
            scratch,
            Manifest(
                schema=ids.SCHEMA,
                id=version,
                created=datetime.now(UTC),
                counts=counts,
                sets=self._sets(),
                files={file.name: manifest.mark(file) for file in files},
            ),
        )
        (scratch / "lease").touch()
        return version

    def _sets(self) -> dict[str, dict[str, int]]:
        sets: dict[str, dict[str, int]] = {}
        for (name, table), rows in sorted(self._rows.items()):
            sets.setdefault(name, {})[table] = rows
        return sets

    def _compare(self, counts: dict[str, int]) -> None:
        for table in SCHEMAS:
            expected = sum(rows for (_, of), rows in self._rows.items() if of == table)
            if counts[table] != expected:
                raise DamagedError(
                    f"No version was published, because not all {table} reached the disk "
                    f"({counts[table]:,} of {expected:,}). Check the disk, then ingest again."
                )

    def close(self) -> None:
        """Remove what was not published, and let go of the version that rows were kept from."""
        for file in self._files.values():
            with suppress(OSError, pa.ArrowException):
                file.close()
        self._stack.close()
        remove(self._folder.scratch)
