"""An open dataset version."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from graph.dataset import manifest, storage
from graph.dataset.engine import BATCH
from graph.dataset.manifest import Manifest
from graph.errors import VersionError
from graph.record.model import AnyRecord
from graph.record.tables import records_of

#: Files that this process compared with a manifest: path, inode, time, size and sha256.
_sound: set[tuple[str, int, int, int, str]] = set()


class Dataset:
    """A dataset version, held: its files stay where they are until it is closed.

    Parameters
    ----------
    path : Path
        Folder of the version.

    Attributes
    ----------
    id : str
        Id of the version, 64 hex digits.
    path : Path
        Folder of its files.
    manifest : Manifest
        What it says of itself.

    Raises
    ------
    VersionError
        If there is no such version.
    SchemaError
        If it was written under another schema.
    DamagedError
        If its files are not those of its manifest.
    StorageError
        If this user may not read it.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lease = -1
        self._lease = self._hold()
        try:
            self.manifest: Manifest = manifest.read_manifest(path)
            manifest.check_schema(self.manifest)
            for name, known in self.manifest.files.items():
                file = path / name
                if not file.is_file() or file.stat().st_size != known.bytes:
                    raise manifest.damaged(path, f"{name} is missing, or its size changed")
        except BaseException:
            self.close()
            raise
        self.id = self.manifest.id

    def _hold(self) -> int:
        try:
            return storage.lease(self.path / "lease")
        except FileNotFoundError as error:
            if self.path.is_dir():
                raise manifest.damaged(self.path, "its lease file is missing") from error
            raise VersionError(
                f"There is no dataset version {self.path.name[:12]} any more. "
                "`sightline versions` lists what is there."
            ) from error
        except PermissionError as error:
            raise manifest.unreadable(self.path, error) from error
        except OSError as error:
            raise manifest.damaged(self.path, f"it cannot be read ({error.strerror})") from error

    def file(self, table: str) -> Path:
        """Return the Parquet file of a table: a record's, `links` or `names`.

        The first call in a process compares the file with its sha256 in the manifest.

        Parameters
        ----------
        table : str
            Name of the table.

        Raises
        ------
        DamagedError
            If the file is not the one that was written.
        StorageError
            If this user may not read it.
        """
        path = self.path / f"{table}.parquet"
        self._compare(path)
        return path

    def _compare(self, path: Path) -> None:
        try:
            known = self.manifest.files[path.name]
            state = path.stat()
            seen = (str(path), state.st_ino, state.st_mtime_ns, state.st_size, known.sha256)
            if seen in _sound:
                return
            written = manifest.mark(path) == known
        except KeyError as error:
            raise manifest.damaged(self.path, f"{path.name} is not in its manifest") from error
        except PermissionError as error:
            raise manifest.unreadable(self.path, error) from error
        except OSError as error:
            cause = f"{path.name} cannot be read ({error.strerror})"
            raise manifest.damaged(self.path, cause) from error
        if not written:
            raise manifest.damaged(self.path, f"{path.name} changed after it was written")
        _sound.add(seen)

    def records(
        self,
        table: str,
        set: str | None = None,  # noqa: A002 - the field's name
    ) -> Iterator[AnyRecord]:
        """Read the records of a table, by set and id.

        Parameters
        ----------
        table : str
            entities, sources, claims, replies or judgements.
        set : str, optional
            Only the records of this named source.

        Yields
        ------
        Record
            Of the table's type (`graph.record.model.RECORDS`).

        Raises
        ------
        DamagedError
            If the file cannot be read.
        """
        path = self.file(table)
        try:
            with pq.ParquetFile(path) as file:
                for batch in file.iter_batches(BATCH):
                    kept = batch if set is None else batch.filter(pc.field("set") == set)
                    yield from records_of(table, kept.to_pylist())
        except (OSError, pa.ArrowException, msgspec.MsgspecError) as error:
            raise manifest.damaged(self.path, f"{path.name} cannot be read ({error})") from error

    def check(self) -> None:
        """Read all files, and compare them with the manifest.

        Raises
        ------
        DamagedError
            If one of them is not the one that was written.
        """
        if names := manifest.unsound(self.path, self.manifest):
            raise manifest.damaged(self.path, f"{', '.join(names)} changed after it was written")

    def close(self) -> None:
        """Let go of the version; a second time does nothing."""
        if self._lease >= 0:
            os.close(self._lease)
            self._lease = -1

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Dataset({self.path.name[:12]!r})"
