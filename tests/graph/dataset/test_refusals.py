"""A full disk, a read-only folder, a limit: one sentence, and the current version as it was."""

from __future__ import annotations

import errno
import os
import resource
import stat
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from graph.dataset import Archive
from graph.dataset.engine import engine
from graph.dataset.storage import writing
from graph.errors import StorageError
from tests.graph.dataset.processes import child
from tests.graph.dataset.records import content, leftovers, publish, sample
from tests.tools.disk import mounted

AS_IT_WAS = "the current version is as it was"


def unchanged(folder: Path, version: str) -> None:
    """The version is still current, sound, alone, and can be followed by another."""
    archive = Archive(folder)
    assert archive.current() == version
    assert archive.verify() == []
    assert [info.id for info in archive.versions()] == [version]


def refusal(act: Callable[[], object]) -> str:
    """The sentence with which the storage refuses, or nothing."""
    try:
        act()
    except StorageError as error:
        return str(error)
    return ""


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real file system of 1 MiB."""
    with mounted(tmp_path / "disk", 1) as folder:
        yield folder


def test_a_disk_that_is_full(small_disk: Path) -> None:
    folder, filler = small_disk / "data", small_disk / "filler"
    version = publish(Archive(folder), sample())
    refused = 0
    for free in range(4_096, 1_000_000, 20_480):
        space = os.statvfs(small_disk)
        filler.write_bytes(bytes(space.f_bavail * space.f_frsize - free))
        sentence = refusal(lambda: publish(Archive(folder), sample(size=300, seed=1)))
        if not sentence:
            break
        assert "the disk is full" in sentence
        assert AS_IT_WAS in sentence
        refused += 1
        filler.unlink()
        assert leftovers(folder) == []
        unchanged(folder, version)
    assert refused > 3
    assert Archive(folder).current() != version
    assert Archive(folder).verify() == []


def test_a_disk_without_room_to_sort(small_disk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.dataset.engine._MEMORY", "30MB")
    rows = "SELECT n, repeat('x', 200) || n FROM range(300_000) AS t(n) ORDER BY hash(n)"
    with (
        pytest.raises(StorageError, match="the disk is full"),
        writing(small_disk),
        engine(small_disk / "spill") as connection,
    ):
        next(iter(connection.sql(rows).to_arrow_reader()))


def test_a_disk_that_is_read_only(small_disk: Path) -> None:
    folder = small_disk / "data"
    archive = Archive(folder)
    older = publish(archive, sample())
    version = publish(archive, sample(seed=1))
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    assert content(archive) == sample(seed=1)
    for act in (
        lambda: publish(archive, sample(seed=2)),
        lambda: archive.rollback(older),
        lambda: archive.prune(keep=0),
    ):
        with pytest.raises(StorageError, match="the file system is read-only") as caught:
            act()
        assert AS_IT_WAS in str(caught.value)
    assert archive.current() == version
    assert archive.verify() == []
    assert len(archive.versions()) == 2


@pytest.mark.parametrize(
    ("step", "number", "cause"),
    [
        ("write", errno.ENOSPC, "the disk is full"),
        ("sort", errno.EDQUOT, "your quota of disk space is used up"),
        ("derive", errno.EIO, "Input/output error"),
        ("fsync", errno.EROFS, "the file system is read-only"),
        ("rename", errno.EACCES, "permission is denied"),
        ("pointer", errno.ENOSPC, "the disk is full"),
    ],
)
def test_any_refusal_at_any_step(tmp_path: Path, step: str, number: int, cause: str) -> None:
    folder = tmp_path / "data"
    version = publish(Archive(folder), sample())

    def refuse(here: str) -> None:
        if here == step:
            raise OSError(number, os.strerror(number))

    with pytest.raises(StorageError, match=cause) as caught:
        publish(Archive(folder, checkpoint=refuse), sample(seed=1))
    assert str(caught.value).startswith(f"Nothing was written to the data folder {folder}")
    assert AS_IT_WAS in str(caught.value)
    assert Archive(folder).current() == version
    assert Archive(folder).verify() == []
    publish(Archive(folder), sample(seed=2))
    assert leftovers(folder) == []


def limited(there: Connection, folder: Path, size: int) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    there.send(refusal(lambda: publish(Archive(folder), sample(size=400, seed=1))))


@pytest.mark.parametrize("size", [100, 3_000, 12_000])
def test_a_limit_on_the_size_of_files(tmp_path: Path, size: int) -> None:
    folder = tmp_path / "data"
    version = publish(Archive(folder), sample())
    with child(limited, folder, size) as writer:
        assert "a file may not grow any further" in (writer.hear() or "")
        writer.end()
    unchanged(folder, version)
    assert leftovers(folder) == []


def as_nobody(there: Connection, folder: Path) -> None:
    own = Archive(folder.parent / "own")
    publish(own, sample())
    content(own)  # what is imported late is there now, wherever Python lies
    if os.geteuid() == 0:  # whom no permission stops
        os.setgroups([])
        os.setgid(65534)
        os.setuid(65534)
    archive = Archive(folder)
    there.send(content(archive) == sample())
    there.send(refusal(lambda: publish(archive, sample(seed=1))))


def test_a_folder_without_permission() -> None:
    with tempfile.TemporaryDirectory() as name:  # others may not enter pytest's own
        folder = Path(name) / "data"
        version = publish(Archive(folder), sample())
        Path(name).chmod(0o755)
        for inner in (folder, folder / "versions"):
            inner.chmod(0o555)
        with child(as_nobody, folder) as other:
            assert other.hear()
            assert "permission is denied" in (other.hear() or "")
            other.end()
        for inner in (folder, folder / "versions"):
            inner.chmod(0o755)
        unchanged(folder, version)


@pytest.mark.parametrize(
    "act",
    [Archive.versions, Archive.current, Archive.open, lambda archive: publish(archive, sample())],
)
def test_a_file_in_the_place_of_the_folder(
    tmp_path: Path, act: Callable[[Archive], object]
) -> None:
    (tmp_path / "data").write_text("not a folder")
    with pytest.raises(StorageError, match="data"):
        act(Archive(tmp_path / "data"))


def test_a_broken_link_as_data_folder(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    (tmp_path / "file").touch()
    (tmp_path / "circle").symlink_to(tmp_path / "circle")
    for name, cause in (
        ("link", "a file or a broken link stands in the place of a folder"),
        ("link/data", "a file or a broken link stands in the place of a folder"),
        ("file", "a file or a broken link stands in the place of a folder"),
        ("file/data", "a file or a broken link stands in the place of a folder"),
        ("circle/data", "links on the way to it lead in a circle"),
        ("x" * 300, "its name is too long"),
    ):
        with pytest.raises(StorageError, match=cause):
            publish(Archive(tmp_path / name), sample())


def test_a_new_data_folder_is_its_owners_alone(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir(mode=0o755)
    before = os.umask(0o022)
    try:
        for folder, mode in ((tmp_path / "a" / "data", 0o700), (shared, 0o755)):
            publish(Archive(folder), sample())
            assert stat.S_IMODE(folder.stat().st_mode) == mode
    finally:
        os.umask(before)
