"""What is pruned, and what is not, because somebody reads it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from graph.dataset import Archive, Dataset
from graph.errors import VersionError
from tests.graph.dataset.processes import child, hold_version
from tests.graph.dataset.records import leftovers, publish, sample


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


def ids(archive: Archive) -> list[str]:
    return [info.id for info in archive.versions()]


def test_the_newest_and_the_current_stay(folder: Path) -> None:
    archive = Archive(folder)
    published = [publish(archive, sample(seed=seed)) for seed in range(5)][::-1]
    assert archive.prune(keep=9) == []
    archive.rollback(published[4])
    assert archive.prune(keep=2) == published[2:4]
    assert ids(archive) == [*published[:2], published[4]]
    assert archive.prune(keep=0) == published[:2]
    assert archive.prune(keep=-1) == []
    assert archive.current() == published[4]
    assert archive.verify() == []
    assert leftovers(folder) == []


def test_what_another_process_reads_stays_until_it_is_done(folder: Path) -> None:
    archive = Archive(folder)
    held, second, third = (publish(archive, sample(seed=seed)) for seed in range(3))
    with child(hold_version, folder, held) as reader, child(hold_version, folder, held) as other:
        reader.await_step("held")
        other.await_step("held")
        assert archive.prune(keep=1) == [second]
        reader.kill()
        assert archive.prune(keep=1) == []
        other.go_on()
        assert other.hear() == 3
        assert other.end() == 0
    assert archive.prune(keep=1) == [held]
    assert ids(archive) == [third]


def test_what_this_process_reads_stays_as_well(folder: Path) -> None:
    archive = Archive(folder)
    held, third = publish(archive, sample()), publish(archive, sample(seed=1))
    with archive.open(held), archive.open(held):
        assert archive.prune(keep=1) == []
    assert archive.prune(keep=1) == [held]
    with pytest.raises(VersionError, match="any more"):
        Dataset(folder / "versions" / held)
    assert ids(archive) == [third]


def test_a_version_that_goes_while_it_is_opened(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between reading `current` and the lease, somebody publishes and prunes."""
    archive = Archive(folder)
    publish(archive, sample())
    resolve, seen = Archive.resolve, list[str]()

    def slow(self: Archive, prefix: str | None = None) -> str:
        found = resolve(self, prefix)
        if len(seen) < 3:
            seen.append(found)
            publish(Archive(folder), sample(seed=len(seen)))
            Archive(folder).prune(keep=1)
        return found

    with monkeypatch.context() as patch:
        patch.setattr(Archive, "resolve", slow)
        with archive.open() as dataset:
            assert dataset.id == archive.current()
    assert len(set(seen)) == 3


def test_a_version_that_comes_back_while_its_lease_is_awaited(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The lease that was opened is not the one that is there once the lock is had."""
    archive = Archive(folder)
    version = publish(archive, sample())
    path = folder / "versions" / version
    opened: list[int] = []

    def lock(handle: int, _: int) -> None:
        if not opened:
            shutil.move(path, folder / "aside")
            shutil.copytree(folder / "aside", path)
        opened.append(handle)

    monkeypatch.setattr("graph.dataset.storage.fcntl.flock", lock)
    with archive.open() as dataset:
        assert dataset.id == version
    assert len(opened) == 2
