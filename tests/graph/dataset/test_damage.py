"""Flipped bits are detected or harmless, damage has one sentence, and its advice works."""

from __future__ import annotations

import os
import random
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from graph.dataset import Archive, manifest
from graph.errors import DamagedError, StorageError
from graph.record.model import RECORDS
from graph.stores.embedded import EmbeddedStore
from tests.graph.dataset.records import publish, sample

_FLIPS = 25  # of each file


def everything(archive: Archive) -> tuple[Any, ...]:
    """What readers get to see of the current version, by both ways of reading."""
    with archive.open() as dataset:
        records = {table: list(dataset.records(table)) for table in RECORDS}
        store = EmbeddedStore(dataset)
        ids = [row["link_id"] for row in store.ask("SELECT link_id FROM main.links", {})]
        found = store.find("Axis"), store.counts(), store.links(sorted(ids)).to_pylist()
        return records, found, dataset.manifest.counts, dataset.manifest.sets, archive.versions()


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    archive = Archive(tmp_path / "data")
    publish(archive, sample(size=8))
    return archive


def test_a_flipped_bit_is_detected_or_harmless(archive: Archive) -> None:
    sound = everything(archive)
    rng = random.Random(16)
    sentences: list[str] = []
    files = [path for path in archive.folder.rglob("*") if path.is_file() and path.stat().st_size]
    assert len(files) == 9
    for path in sorted(files):
        data = path.read_bytes()
        for _ in range(_FLIPS):
            flipped = bytearray(data)
            at = rng.randrange(len(data) * 8)
            flipped[at // 8] ^= 1 << at % 8
            path.write_bytes(flipped)
            try:
                assert everything(archive) == sound, f"bit {at} of {path.name}"
            except DamagedError as error:
                sentences.append(str(error))
        path.write_bytes(data)
    assert len(sentences) > 0.9 * _FLIPS * len(files)
    for sentence in sentences:
        assert " is damaged: " in sentence
        assert "Roll back to " in sentence
    assert everything(archive) == sound


def test_a_file_is_compared_once_per_process(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared = []
    mark = manifest.mark

    def counted(path: Path) -> manifest.FileMark:
        compared.append(path.name)
        return mark(path)

    monkeypatch.setattr(manifest, "mark", counted)
    everything(archive)
    everything(archive)
    assert len(compared) == len(set(compared)) == 7


@pytest.mark.parametrize("text", ["", "0" * 64, "../..", "\xe9" * 64])
def test_a_damaged_pointer(archive: Archive, text: str) -> None:
    version = archive.current()
    (archive.folder / "current").write_text(text, "latin-1")
    for act in (archive.open, archive.current, archive.verify):
        with pytest.raises(DamagedError, match="is damaged: its file `current` names no version"):
            act()
    assert [info.id for info in archive.versions()] == [version]
    archive.rollback(version[:8])
    assert archive.current() == version


@contextmanager
def as_nobody() -> Iterator[None]:
    """Give up the rights of an administrator, who may read everything."""
    was = os.geteuid()
    if was == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(was)


@pytest.mark.parametrize("name", ["", "lease", "manifest.json", "claims.parquet"])
def test_what_may_not_be_read_is_not_damaged(name: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        archive = Archive(Path(folder) / "data")
        version = publish(archive, sample())
        for path in archive.folder.rglob("*"):
            path.chmod(0o755)
        archive.folder.chmod(0o755)
        locked = archive.folder / "versions" / version / name
        locked.chmod(0)
        with as_nobody(), pytest.raises(StorageError, match="permission is denied") as caught:
            everything(archive)
        locked.chmod(0o755)
    assert "damaged" not in str(caught.value)
