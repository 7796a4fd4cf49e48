"""The data folder: its versions, the current version, and the operations on them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from graph.dataset import manifest
from graph.dataset.compare import Diff, compare_versions
from graph.dataset.folder import Checkpoint, DataFolder, go_on
from graph.dataset.manifest import VersionInfo
from graph.dataset.reader import Dataset
from graph.dataset.storage import writing
from graph.dataset.verify import problems
from graph.dataset.writer import Writer
from graph.errors import DamagedError, NoDataError, VersionError


class Archive:
    """A data folder with the dataset versions in it.

    Any number of processes read while one writes. Nothing is created before something is written.

    Parameters
    ----------
    folder : Path
        The data folder, there or not.
    checkpoint : callable, optional
        Called with the name of each step that writes while the step is half done: write, sort,
        derive, fsync, rename, pointer, prune. For tests.

    Examples
    --------
    >>> from graph.record.model import Entity
    >>> from graph.record.vocabulary import Kind
    >>> from tempfile import TemporaryDirectory
    >>> folder = TemporaryDirectory()
    >>> archive = Archive(Path(folder.name))
    >>> with archive.writer() as writer:
    ...     axis = Entity(set="mine", id="axis", kind=Kind.COMPANY, name="Axis Communications")
    ...     added = writer.add("entities", [axis])
    ...     version = writer.publish()
    >>> with archive.open() as dataset:
    ...     [entity.name for entity in dataset.records("entities")]
    ['Axis Communications']
    >>> folder.cleanup()
    """

    def __init__(self, folder: Path, *, checkpoint: Checkpoint = go_on) -> None:
        self._folder = DataFolder(Path(folder), checkpoint)

    def __repr__(self) -> str:
        return f"Archive({str(self._folder.root)!r})"

    @property
    def folder(self) -> Path:
        """The data folder."""
        return self._folder.root

    def versions(self) -> list[VersionInfo]:
        """List the versions that can be read, newest first, those of older schemas included."""
        current = self._folder.pointed()
        infos = []
        for version in self._folder.ids():
            try:
                head = manifest.read_manifest(self._folder.versions / version)
            except VersionError:  # `verify` reports the error
                continue
            infos.append(
                VersionInfo(
                    id=head.id,
                    created=head.created,
                    schema=head.schema,
                    counts=head.counts,
                    sets=head.sets,
                    current=head.id == current,
                )
            )
        return sorted(infos, key=lambda info: (info.created, info.id), reverse=True)

    def unlisted(self) -> list[str]:
        """Return the ids of the versions that `versions` omits, as their manifests are unusable."""
        listed = {info.id for info in self.versions()}
        return [version for version in self._folder.ids() if version not in listed]

    def current(self) -> str:
        """Return the id of the current version, which readers get by default.

        Raises
        ------
        NoDataError
            If nothing has been ingested yet.
        DamagedError
            If the data folder does not say which version is current.
        """
        while True:
            version = self._folder.pointed()
            if not version:
                raise NoDataError(
                    f"The data folder {self._folder.root} holds no data yet. "
                    "Load the starter data with `sightline ingest`."
                )
            if self._folder.has(version):
                return version
            if self._folder.pointed() == version:  # else it was replaced and pruned meanwhile
                raise DamagedError(
                    f"The data folder {self._folder.root} is damaged: its file `current` names no "
                    "version that is there. Roll back to one (`sightline versions` lists them), or "
                    "ingest all sources again in one command."
                )

    def sets(self) -> frozenset[str] | None:
        """Return the names of the current version's sets; None if they cannot be told.

        Unlike `open`, this also reads versions of other schemas, and those with damaged tables.
        """
        try:
            return manifest.set_names(self._folder.versions / self.current())
        except NoDataError:
            return frozenset()
        except VersionError:
            return None

    def resolve(self, prefix: str | None = None) -> str:
        """Return the id of a version.

        Parameters
        ----------
        prefix : str, optional
            The first digits of the id, enough to tell it from the others; empty: the current
            version.

        Raises
        ------
        NoDataError
            If nothing has been ingested yet.
        VersionError
            If no version's id begins with these digits, or several do.
        """
        if prefix is None:
            return self.current()
        matches = [version for version in self._folder.ids() if version.startswith(prefix)]
        if len(matches) == 1:
            return matches[0]
        if not matches:
            self.current()
            raise VersionError(
                f"No dataset version has an id that begins with {prefix!r}. "
                "`sightline versions` lists what is there."
            )
        raise VersionError(
            f"The ids of {len(matches)} dataset versions begin with {prefix!r}. "
            f"Give more digits: {', '.join(version[:12] for version in matches)}."
        )

    def open(self, version: str | None = None) -> Dataset:
        """Open a version, and hold it until it is closed.

        Parameters
        ----------
        version : str, optional
            The first digits of its id; without, the current version.

        Raises
        ------
        VersionError
            If there is none, or it cannot be used (`SchemaError`, `DamagedError`).
        """
        while True:
            resolved = self.resolve(version)
            try:
                return Dataset(self._folder.versions / resolved)
            except VersionError:
                # It may have been replaced and pruned between the two lines above.
                if version is not None or self.current() == resolved:
                    raise

    @contextmanager
    def writer(self) -> Iterator[Writer]:
        """Open a writer and hold the lock; unpublished records are removed at the end of the block.

        Raises
        ------
        BusyError
            If another process writes.
        StorageError
            If the folder cannot be written.
        """
        with self._folder.locked():
            writer = Writer(self._folder)
            try:
                yield writer
            finally:
                writer.close()

    def rollback(self, version: str) -> None:
        """Make an older, or a newer, version the current one.

        Raises
        ------
        VersionError
            If there is none, or it cannot be used.
        BusyError
            If another process writes.
        StorageError
            If the folder cannot be written.
        """
        resolved = self.resolve(version)
        with self._folder.locked(), self.open(resolved) as dataset:
            dataset.check()
            with writing(self._folder.root):
                self._folder.point(resolved)

    def prune(self, keep: int = 3) -> list[str]:
        """Remove old versions, except the current version and versions that are open.

        Parameters
        ----------
        keep : int
            How many of the newest stay.

        Returns
        -------
        list of str
            Ids of the versions that are gone, newest first.

        Raises
        ------
        BusyError
            If another process writes.
        StorageError
            If the folder cannot be written.
        """
        if not self._folder.ids():
            return []
        with self._folder.locked(), writing(self._folder.root):
            old = [info.id for info in self.versions()[max(keep, 0) :] if not info.current]
            return [version for version in old if self._folder.discard(version)]

    def verify(self, version: str | None = None, *, progress: bool = False) -> list[str]:
        """Compare a version's files with its manifest, and its records with its id.

        Parameters
        ----------
        version : str, optional
            The first digits of its id; without, the current version.
        progress : bool
            Show a bar on a terminal.

        Returns
        -------
        list of str
            A sentence for each thing that is wrong; none if the version is sound.

        Raises
        ------
        SchemaError
            If it was written under another schema.
        """
        return problems(self._folder.versions / self.resolve(version), progress=progress)

    def diff(self, old: str, new: str) -> Diff:
        """Compare the records of two versions.

        Parameters
        ----------
        old, new : str
            The first digits of their ids.
        """
        with self.open(old) as left, self.open(new) as right:
            return compare_versions(left, right)
