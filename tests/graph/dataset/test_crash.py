"""Whatever kills a writer, and whenever: nothing published is lost, and nothing half is left."""

from __future__ import annotations

import random
import shutil
import time
from pathlib import Path

import pytest

from graph.dataset import Archive
from graph.errors import BusyError, NoDataError
from tests.graph.dataset.processes import child, hold_lock, write
from tests.graph.dataset.records import leftovers, publish, sample

STEPS = {"write", "sort", "derive", "fsync", "rename", "pointer", "prune"}


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with two versions of two sets; the second is current."""
    folder = tmp_path_factory.mktemp("original")
    publish(Archive(folder), sample("mine"), sample("other"))
    publish(Archive(folder), sample("mine", seed=1), sample("other"))
    return folder


@pytest.fixture
def folder(original: Path, tmp_path: Path) -> Path:
    """A copy of it for one test."""
    return Path(shutil.copytree(original, tmp_path / "data"))


def check_nothing_lost(folder: Path, before: list[str], *, pruning: bool) -> None:
    """All that was published is there and sound; the next writer leaves no trace of the dead."""
    archive = Archive(folder)
    now = [info.id for info in archive.versions()]
    assert archive.current() in now
    if not pruning:
        assert set(before) <= set(now)
    for version in (folder / "versions").iterdir():
        if not version.name.startswith("."):
            assert archive.verify(version.name) == []
    after = publish(archive, sample("mine", seed=99), replacing={"mine"})
    assert archive.current() == after
    assert archive.verify() == []
    assert leftovers(folder) == []


def test_the_steps_are_those_that_are_tried(folder: Path) -> None:
    with child(write, folder, None, 2) as writer:
        steps = set(iter(writer.hear, None))
        assert writer.end() == 0
    assert steps == STEPS | {"begin", "end"}


@pytest.mark.parametrize("step", sorted(STEPS))
def test_killed_at_a_step(folder: Path, step: str) -> None:
    before = [info.id for info in Archive(folder).versions()]
    with child(write, folder, step, 2) as writer:
        writer.await_step(step)
        writer.kill()
    published = step == "prune"
    assert (Archive(folder).current() not in before) is published
    check_nothing_lost(folder, before, pruning=published)


def test_killed_at_the_first_ingestion(tmp_path: Path) -> None:
    for step in ("write", "fsync", "rename", "pointer"):
        folder = tmp_path / step
        with child(write, folder, step, 2) as writer:
            writer.await_step(step)
            writer.kill()
        with pytest.raises(NoDataError, match="sightline ingest"):
            Archive(folder).open()
        check_nothing_lost_at_first(folder)


def check_nothing_lost_at_first(folder: Path) -> None:
    version = publish(Archive(folder), sample("mine", 40, 2))
    assert Archive(folder).current() == version
    assert Archive(folder).verify() == []
    assert leftovers(folder) == []


@pytest.fixture(scope="module")
def seconds(tmp_path_factory: pytest.TempPathFactory) -> float:
    """How long the writer takes whom nobody kills."""
    folder = tmp_path_factory.mktemp("clean") / "data"
    publish(Archive(folder), sample("mine"), sample("other"))
    with child(write, folder, None, 2) as writer:
        writer.await_step("begin")
        begin = time.monotonic()
        writer.await_step("end")
        return time.monotonic() - begin


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(20))
def test_killed_at_any_time(folder: Path, seconds: float, seed: int) -> None:
    before = [info.id for info in Archive(folder).versions()]
    with child(write, folder, None, 2) as writer:
        writer.await_step("begin")
        time.sleep(random.Random(seed).uniform(0, seconds))
        writer.kill()
    published = Archive(folder).current() not in before
    check_nothing_lost(folder, before, pruning=published)


def test_the_lock_goes_with_its_holder(folder: Path) -> None:
    archive = Archive(folder)
    with child(hold_lock, folder) as holder:
        holder.await_step("held")
        for act in (
            lambda: publish(archive, sample()),
            lambda: archive.rollback(archive.current()),
            archive.prune,
        ):
            with pytest.raises(BusyError, match="Another process is writing to the data folder"):
                act()
        holder.kill()
    publish(archive, sample())
    assert leftovers(folder) == []
