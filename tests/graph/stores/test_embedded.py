"""What only the embedded store promises: it reads the version's files, and nothing else."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from graph.dataset import Archive
from graph.errors import DamagedError
from graph.stores import open_store
from graph.stores.embedded import EmbeddedStore


@pytest.mark.parametrize(
    "statement",
    [
        "FROM read_text('/etc/passwd')",
        "FROM read_csv('/etc/passwd')",
        "FROM glob('/*')",
        "COPY links TO '{folder}/links.csv'",
        "COPY links TO '{folder}/links.parquet'",
        "ATTACH '{folder}/other.db'",
        "EXPORT DATABASE '{folder}/all'",
        "INSTALL fts",
        "LOAD '{folder}/x.duckdb_extension'",
        "SET enable_external_access = true",
        "SET autoinstall_known_extensions = true",
        "SET temp_directory = '{folder}'",
        "DELETE FROM links",
        "INSERT INTO links SELECT * FROM links",
    ],
)
def test_the_connection_reads_the_version_alone(
    archive: Archive, tmp_path: Path, statement: str
) -> None:
    with open_store(archive) as opened:
        assert isinstance(opened, EmbeddedStore)
        before = sorted(tmp_path.rglob("*"))
        with pytest.raises(duckdb.Error):
            opened._connection.cursor().execute(statement.format(folder=tmp_path))
        assert sorted(tmp_path.rglob("*")) == before


def test_a_python_variable_is_no_table(archive: Archive) -> None:
    nearby = pa.table({"x": [1]})
    with open_store(archive) as opened:
        assert isinstance(opened, EmbeddedStore)
        with pytest.raises(duckdb.CatalogException):
            opened._connection.cursor().execute("FROM nearby")
    assert nearby.num_rows == 1


def test_asking_leaves_nothing_behind(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    with open_store(archive) as opened:
        opened.relevant_subgraph(None, None)
        opened.find("kamera")
        opened.gaps()
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("name", ["it's", "*", "a[b]?", "set=x", "ä 天网", 'a"b'])
def test_any_folder_will_do(ingested: Path, tmp_path: Path, name: str) -> None:
    for other in ("abc", "z"):  # what the name would match as a pattern
        shutil.copytree(ingested, tmp_path / other)
    folder = shutil.copytree(ingested, tmp_path / name)
    with open_store(Archive(folder)) as opened:
        assert opened.counts()["links"] == 16
        assert opened.entity("kamera-ab").set == opened.claims(["c01"])["c01"].set == "miniature"


def test_a_relative_folder_will_do(
    ingested: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(ingested, tmp_path / "data")
    (tmp_path / "link").symlink_to("data")
    monkeypatch.chdir(tmp_path)
    for folder in ("data", "link", "./data/../data"):
        with open_store(Archive(Path(folder))) as opened:
            assert opened.counts()["links"] == 16


def test_a_file_that_is_no_parquet_is_named_damaged(archive: Archive) -> None:
    with archive.open() as dataset:
        links = dataset.file("links")
    links.chmod(0o644)
    links.write_bytes(b"x" * links.stat().st_size)
    with pytest.raises(DamagedError, match=r"^Dataset version \w{12} is damaged: "):
        open_store(archive)


def test_a_failed_opening_lets_go_of_the_version(archive: Archive) -> None:
    with archive.open() as dataset:
        dataset.file("links").chmod(0o644)
        dataset.file("links").write_bytes(b"x" * dataset.file("links").stat().st_size)
    with pytest.raises(DamagedError):
        open_store(archive)
    with archive.writer() as writer:
        writer.publish()
    assert len(archive.prune(keep=1)) == 1
