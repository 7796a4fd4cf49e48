"""The file system below the versions: locks, durable writes, and its errors as sentences."""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from graph.errors import BusyError, StorageError

_REFUSALS = {
    errno.ENOSPC: ("the disk is full", "Free some space"),
    errno.EDQUOT: ("your quota of disk space is used up", "Free some space"),
    errno.EFBIG: ("a file may not grow any further", "Raise the limit on file sizes"),
    errno.EROFS: ("the file system is read-only", "Make it writable"),
    errno.EACCES: ("permission is denied", "Ask for permission"),
    errno.EPERM: ("permission is denied", "Ask for permission"),
    errno.EEXIST: ("a file or a broken link stands in the place of a folder", "Remove it"),
    errno.ENOTDIR: ("a file or a broken link stands in the place of a folder", "Remove it"),
    errno.ELOOP: ("links on the way to it lead in a circle", "Remove one of them"),
    errno.ENAMETOOLONG: ("its name is too long", "Give it a shorter one"),
}


def _cause_and_cure(error: OSError) -> tuple[str, str]:
    unknown = (f"of this: {error.strerror or error}", "See to the folder")
    return _REFUSALS.get(error.errno or 0, unknown)


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Turn what the file system refuses inside the block into a `StorageError`."""
    try:
        yield
    except OSError as error:
        cause, cure = _cause_and_cure(error)
        raise StorageError(
            f"Nothing was written to the data folder {folder}, because {cause}; the current "
            f"version is as it was. {cure}, or choose another folder with --data."
        ) from error


@contextmanager
def reading(folder: Path) -> Iterator[None]:
    """Turn a refusal inside the block into a `StorageError`; what is not there is no refusal."""
    try:
        yield
    except FileNotFoundError:
        raise
    except OSError as error:
        cause, cure = _cause_and_cure(error)
        raise StorageError(
            f"The data folder {folder} cannot be read, because {cause}. "
            f"{cure}, or choose another folder with --data."
        ) from error


@contextmanager
def temporary() -> Iterator[Path]:
    """Make a folder that goes with the block; what is refused there is a `StorageError`."""
    try:
        with tempfile.TemporaryDirectory(prefix="sightline-") as folder:
            yield Path(folder)
    except OSError as error:
        cause, cure = _cause_and_cure(error)
        raise StorageError(
            f"The folder for temporary files, {tempfile.gettempdir()}, cannot be used, because "
            f"{cause}. {cure}, or name another folder in TMPDIR."
        ) from error


@contextmanager
def exclusive(path: Path) -> Iterator[None]:
    """Hold the writer's lock, which the system frees with its holder, even a killed one.

    Raises
    ------
    BusyError
        If somebody else holds it.
    """
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BusyError(
                f"Another process is writing to the data folder {path.parent}. "
                "Wait until it has finished, then try again."
            ) from error
        yield
    finally:
        os.close(handle)


def lease(path: Path) -> int:
    """Take a shared lock on a version's lease file and return the open descriptor.

    Raises
    ------
    FileNotFoundError
        If the version is not there, or goes before the lock is had.
    """
    while True:
        handle = os.open(path, os.O_RDONLY)
        try:
            fcntl.flock(handle, fcntl.LOCK_SH)
            if os.path.samestat(os.fstat(handle), path.stat()):
                return handle
        except BaseException:
            os.close(handle)
            raise
        os.close(handle)  # pruned while we waited, and published again


def set_aside(version: Path, aside: Path) -> bool:
    """Rename a version out of the readers' sight, unless one of them holds its lease."""
    try:
        handle = os.open(version / "lease", os.O_RDONLY)
    except FileNotFoundError:  # a damaged version: there is no file to lock
        version.rename(aside)
        return True
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        version.rename(aside)
    except BlockingIOError:
        return False
    finally:
        os.close(handle)
    return True


def sync(path: Path) -> None:
    """Push a file, or a folder's list of names, down to the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        full = getattr(fcntl, "F_FULLFSYNC", None)  # macOS: fsync alone stops at the drive's cache
        if full is not None:
            with suppress(OSError):  # not every file system knows it
                fcntl.fcntl(handle, full)
                return
        os.fsync(handle)
    finally:
        os.close(handle)


def remove(path: Path) -> None:
    """Remove a folder or a file, there or not."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
