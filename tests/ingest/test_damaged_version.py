"""A damaged version can be ingested anew, and nothing of it is lost without a word."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.dataset import Archive
from graph.errors import DamagedError
from tests.ingest.folders import CLAIM, folder
from tests.ingest.loading import load, sets


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    archive = Archive(tmp_path / "data")
    folder(tmp_path / "mine")
    folder(tmp_path / "other", claims=[{**CLAIM, "id": "x"}], replies=[])
    load(archive, tmp_path / "mine", tmp_path / "other")
    return archive


def damage(archive: Archive, name: str) -> None:
    path = archive.folder / name
    if not path.exists():
        path = archive.folder / "versions" / archive.current() / name
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


@pytest.mark.parametrize("name", ["claims.parquet", "names.parquet"])
def test_all_sets_again(archive: Archive, tmp_path: Path, name: str) -> None:
    version = archive.current()
    damage(archive, name)
    assert archive.verify()
    report = load(archive, tmp_path / "mine", tmp_path / "other")
    assert report.version == version
    assert archive.verify() == []
    assert sets(archive) == {"mine": ["c"], "other": ["x"]}


@pytest.mark.parametrize(
    ("name", "lost"),
    [
        ("claims.parquet", "would lose other, which `--force` allows"),
        ("manifest.json", "would lose whatever else it holds, which"),
        ("current", "would lose whatever else it holds, which"),
    ],
)
def test_some_sets_again(archive: Archive, tmp_path: Path, name: str, lost: str) -> None:
    damage(archive, name)
    for dry_run in (True, False):
        with pytest.raises(DamagedError, match=f"is damaged: .* {lost}"):
            load(archive, tmp_path / "mine", dry_run=dry_run)
    load(archive, tmp_path / "mine", tolerate={"losses"})
    assert archive.verify() == []
    assert sets(archive) == {"mine": ["c"]}
