"""Finding a version, opening it, and what is said where that cannot be."""

from __future__ import annotations

import stat
from pathlib import Path

import msgspec
import psutil
import pytest

from graph.dataset import Archive, Dataset, manifest
from graph.errors import DamagedError, NoDataError, SchemaError, VersionError
from graph.record import ids
from tests.graph.dataset.records import content, publish, sample


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def archive(folder: Path) -> Archive:
    return Archive(folder)


def test_before_anything_is_written_nothing_is_made(archive: Archive, folder: Path) -> None:
    assert archive.versions() == []
    assert archive.prune() == []
    for act in (
        archive.current,
        archive.resolve,
        archive.open,
        archive.verify,
        lambda: archive.open("ab"),
        lambda: archive.rollback("ab"),
        lambda: archive.diff("ab", "cd"),
    ):
        with pytest.raises(NoDataError, match=r"holds no data yet.*`sightline ingest`\.$"):
            act()
    assert not folder.exists()


def test_versions_newest_first(archive: Archive) -> None:
    published = [publish(archive, sample(seed=seed)) for seed in range(3)]
    infos = archive.versions()
    assert [info.id for info in infos] == published[::-1]
    assert [info.current for info in infos] == [True, False, False]
    assert infos[0].sets == {"mine": {table: len(rows) for table, rows in sample().items()}}
    assert infos[0].counts["claims"] == 3
    assert infos[0].created > infos[1].created


def test_a_version_by_its_first_digits(archive: Archive, folder: Path) -> None:
    version = publish(archive, sample())
    like = version[:20] + "0" * 44
    (folder / "versions" / like).mkdir()
    assert archive.resolve() == version
    assert archive.resolve(version) == version
    assert archive.resolve(version[:21]) == version
    assert archive.resolve(like) == like
    with pytest.raises(VersionError, match=f"begin with '{version[:20]}'. Give more digits: "):
        archive.resolve(version[:20])
    with pytest.raises(VersionError, match=r"begins with 'xyz'\. `sightline versions` lists"):
        archive.open("xyz")
    with pytest.raises(VersionError, match="begins with"):
        archive.resolve("../versions")


def test_rolling_back_and_forth(archive: Archive) -> None:
    one, two = publish(archive, sample()), publish(archive, sample(seed=1))
    archive.rollback(one[:10])
    assert archive.current() == one
    assert content(archive) == sample()
    archive.rollback(two)
    assert content(archive) == sample(seed=1)
    assert content(archive, one) == sample()


def test_no_way_back_to_what_is_damaged(archive: Archive, folder: Path) -> None:
    one, two = publish(archive, sample()), publish(archive, sample(seed=1))
    file = folder / "versions" / one / "names.parquet"
    file.write_bytes(file.read_bytes()[::-1])
    with pytest.raises(DamagedError, match=r"names\.parquet changed after it was written"):
        archive.rollback(one)
    assert archive.current() == two


def test_a_dataset_is_let_go_once(archive: Archive) -> None:
    publish(archive, sample())
    before = psutil.Process().num_fds()
    dataset = archive.open()
    assert psutil.Process().num_fds() == before + 1
    assert dataset.id[:12] in repr(dataset)
    assert dataset.file("claims") == dataset.path / "claims.parquet"
    dataset.close()
    dataset.close()
    assert psutil.Process().num_fds() == before


def test_a_version_of_another_schema(archive: Archive, folder: Path) -> None:
    old, new = publish(archive, sample()), publish(archive, sample(seed=1))
    path = folder / "versions" / old
    told = manifest.read_manifest(path)
    manifest.write_manifest(path, msgspec.structs.replace(told, schema=ids.SCHEMA - 1))
    sentence = rf"has schema {ids.SCHEMA - 1}, .* Ingest its sources again, .*: mine\.$"
    before = psutil.Process().num_fds()
    for act in (archive.open, archive.rollback, archive.verify, lambda v: archive.diff(v, new)):
        with pytest.raises(SchemaError, match=sentence):
            act(old)
    assert psutil.Process().num_fds() == before
    assert [info.schema for info in archive.versions()] == [ids.SCHEMA, ids.SCHEMA - 1]
    # a manifest whose other fields are another schema's as well
    head = {"schema": ids.SCHEMA + 1, "id": old, "sets": told.sets, "files": ["claims"]}
    (path / manifest.NAME).write_bytes(msgspec.json.encode(head))
    with pytest.raises(SchemaError, match=f"has schema {ids.SCHEMA + 1}"):
        archive.open(old)
    assert [info.id for info in archive.versions()] == [new]


@pytest.mark.parametrize(
    ("name", "data", "cause"),
    [
        ("manifest.json", None, r"its manifest cannot be read \(No such file or directory\)"),
        ("manifest.json", b"", "its manifest is not valid"),
        ("manifest.json", b'{"schema": 1}', "its manifest is not valid"),
        ("lease", None, "its lease file is missing"),
        ("claims.parquet", None, r"claims\.parquet is missing, or its size changed"),
        ("claims.parquet", b"PAR1", r"claims\.parquet is missing, or its size changed"),
    ],
)
def test_a_damaged_version(
    archive: Archive, folder: Path, name: str, data: bytes | None, cause: str
) -> None:
    version = publish(archive, sample())
    file = folder / "versions" / version / name
    file.unlink()
    if data is not None:
        file.write_bytes(data)
    with pytest.raises(DamagedError, match=f"{version[:12]} is damaged: {cause}") as caught:
        archive.open()
    assert archive.verify() == [str(caught.value)]


def test_a_file_that_is_no_parquet(archive: Archive) -> None:
    publish(archive, sample())
    with archive.open() as dataset:
        file = dataset.file("claims")
        file.write_bytes(bytes(file.stat().st_size))
        with pytest.raises(DamagedError, match=r"claims\.parquet changed after"):
            list(dataset.records("claims"))


def test_a_version_under_another_name(archive: Archive, folder: Path) -> None:
    version = publish(archive, sample())
    other = folder / "versions" / ("0" * 64)
    (folder / "versions" / version).rename(other)
    with pytest.raises(DamagedError, match=f"its manifest is that of {version[:12]}"):
        archive.open("0000")
    with pytest.raises(VersionError, match=r"its file `current` names no version"):
        archive.open()
    assert archive.versions() == []


def test_readers_need_no_right_to_write(archive: Archive, folder: Path) -> None:
    version = publish(archive, sample())
    for file in (folder / "versions" / version).iterdir():
        assert stat.S_IMODE(file.stat().st_mode) & 0o444
    with pytest.raises(VersionError, match="no dataset version"):
        Dataset(folder / "versions" / "nothing")
