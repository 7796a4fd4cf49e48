"""The data folder on disk: the writer's lock, the current version, adding and removing versions."""

from __future__ import annotations

import re
import stat
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from graph.dataset import manifest, storage
from graph.errors import DamagedError, VersionError

#: Called with the name of a step while it is half done. Tests stop, or die, there.
Checkpoint = Callable[[str], None]


_ID = re.compile("[0-9a-f]{64}")


def go_on(step: str) -> None:
    """Do nothing at a checkpoint."""


class DataFolder:
    """Where the parts of a data folder lie, and the steps that change it.

    Whatever is in `versions/` under a name that begins with a dot belongs to no version: a
    killed process left it, and it is removed by the next one that holds the lock.
    """

    def __init__(self, root: Path, checkpoint: Checkpoint = go_on) -> None:
        self.root = root
        self.checkpoint = checkpoint
        self.versions = root / "versions"
        self.pointer = root / "current"
        self.next_pointer = root / "current.new"
        self.scratch = self.versions / ".new"

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the writer's lock; create the folder, and remove what a killed writer left."""
        with ExitStack() as stack:
            with storage.writing(self.root):
                self.root.mkdir(mode=0o700, parents=True, exist_ok=True)  # it may hold secrets
                self.versions.mkdir(exist_ok=True)
                stack.enter_context(storage.exclusive(self.root / "lock"))
                self._clean()
            yield

    def _clean(self) -> None:
        storage.remove(self.next_pointer)
        for leftover in self.versions.glob(".*"):
            storage.remove(leftover)

    def ids(self) -> list[str]:
        """Return the ids of the versions that are there."""
        with storage.reading(self.root):
            there = self.versions.is_dir()
            names = [entry.name for entry in self.versions.iterdir()] if there else []
        return sorted(name for name in names if not name.startswith("."))

    def pointed(self) -> str:
        """Return the id in the file `current`; "" without such a file, "?" if it is damaged."""
        with storage.reading(self.root), suppress(FileNotFoundError):
            text = self.pointer.read_text("ascii", errors="replace").strip()
            return text if _ID.fullmatch(text) else "?"
        return ""

    def has(self, version: str) -> bool:
        """Return whether the folder of a version is there."""
        with storage.reading(self.root), suppress(FileNotFoundError):
            return stat.S_ISDIR((self.versions / version).stat().st_mode)
        return False

    def point(self, version: str) -> None:
        """Make a version the current one, at once and for good."""
        self.next_pointer.write_text(f"{version}\n", "ascii")
        storage.sync(self.next_pointer)
        self.checkpoint("pointer")
        self.next_pointer.replace(self.pointer)
        storage.sync(self.root)

    def put(self, version: str) -> None:
        """Give the folder that was written beside its name, for good.

        A version of that name that is there and sound stays, since it holds the same records.

        Raises
        ------
        DamagedError
            If the one that is there is damaged, and somebody reads it still.
        """
        target, aside = self.versions / version, self.versions / f".old-{version}"
        if target.exists():
            if is_sound(target):
                return
            if not storage.set_aside(target, aside):
                raise DamagedError(
                    f"Dataset version {version[:12]} is damaged and cannot be replaced while "
                    "another process reads it. End that process, then ingest again."
                )
        for file in sorted(self.scratch.iterdir()):
            storage.sync(file)
            self.checkpoint("fsync")
        storage.sync(self.scratch)
        self.scratch.rename(target)
        self.checkpoint("rename")
        storage.sync(self.versions)
        storage.remove(aside)

    def discard(self, version: str) -> bool:
        """Remove a version unless it is open; return whether it was removed."""
        aside = self.versions / f".old-{version}"
        if not storage.set_aside(self.versions / version, aside):
            return False
        self.checkpoint("prune")
        storage.sync(self.versions)
        storage.remove(aside)
        return True


def is_sound(version: Path) -> bool:
    """Return whether a version's files match its manifest, byte by byte."""
    try:
        return not manifest.unsound(version, manifest.read_manifest(version))
    except (VersionError, OSError):
        return False
