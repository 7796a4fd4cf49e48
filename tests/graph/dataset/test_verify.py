"""Damage of every kind is found, and named."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from graph.dataset import Archive, manifest
from tests.graph.dataset.records import publish, sample


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    archive = Archive(tmp_path)
    publish(archive, sample(size=8))
    return archive


def forge(archive: Archive, table: str, change: Callable[[list[dict[str, Any]]], None]) -> None:
    """Change rows of the current version, and the manifest with them, as a forger would."""
    path = archive._folder.versions / archive.current()
    file = path / f"{table}.parquet"
    whole = pq.read_table(file)
    rows = whole.to_pylist()
    change(rows)
    pq.write_table(pa.Table.from_pylist(rows, schema=whole.schema), file)
    told = manifest.read_manifest(path)
    marks = told.files | {file.name: manifest.mark(file)}
    manifest.write_manifest(path, msgspec.structs.replace(told, files=marks))


def set_to(column: str, value: Any, *at: int) -> Callable[[list[dict[str, Any]]], None]:
    def change(rows: list[dict[str, Any]]) -> None:
        for n in at:
            rows[n][column] = value

    return change


def test_a_sound_version(archive: Archive) -> None:
    assert archive.verify() == archive.verify(archive.current()[:8], progress=True) == []


@pytest.mark.parametrize("name", ["claims", "links", "names", "judgements"])
def test_a_bit_that_fell_over(archive: Archive, tmp_path: Path, name: str) -> None:
    file = tmp_path / "versions" / archive.current() / f"{name}.parquet"
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)
    assert archive.verify() == [
        f"{name}.parquet is not the file that was written: its size or its sha256 is another."
    ]


def test_a_record_that_was_changed(archive: Archive) -> None:
    forge(archive, "claims", set_to("text", "forged", 2))
    first, second = archive.verify()
    assert first == (
        "claims.parquet holds other digests, links or days than follow from its records: mine-c-2."
    )
    assert second.startswith("The records are those of version ")


def test_many_records_that_were_changed(archive: Archive) -> None:
    forge(archive, "replies", set_to("text", "forged", *range(8)))
    assert "mine-c-4 a and 3 more." in archive.verify()[0]


def test_a_record_that_was_taken_out(archive: Archive) -> None:
    forge(archive, "sources", lambda rows: rows.__delitem__(3))
    first, second = archive.verify()
    assert first == "Rows in sources.parquet: 7; in the manifest: 8."
    assert second.startswith("The records are those of version ")


@pytest.mark.parametrize(
    ("column", "value"), [("kind", "person"), ("name", ""), ("country", ["Wakanda"])]
)
def test_a_record_that_is_none(archive: Archive, column: str, value: Any) -> None:
    forge(archive, "entities", set_to(column, value, 0))
    assert "entities.parquet holds a row that is no record" in archive.verify()[0]


@pytest.mark.parametrize(
    ("column", "value"), [("link_id", "l-0"), ("outer_from", 1), ("digest", bytes(32))]
)
def test_a_derived_column_that_was_changed(archive: Archive, column: str, value: Any) -> None:
    forge(archive, "claims", set_to(column, value, 1))
    assert "mine-c-1" in archive.verify()[0]


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [("links", "statuses", ["court_finding"]), ("links", "tail", "x"), ("names", "key", "x")],
)
def test_derived_tables_that_were_changed(
    archive: Archive, table: str, column: str, value: Any
) -> None:
    forge(archive, table, set_to(column, value, 0))
    assert archive.verify() == [f"{table}.parquet does not follow from the records."]


@pytest.mark.parametrize("change", [lambda rows: rows.pop(), lambda rows: rows.append(rows[0])])
def test_links_too_few_or_too_many(
    archive: Archive, change: Callable[[list[dict[str, Any]]], None]
) -> None:
    forge(archive, "links", change)
    assert archive.verify() == ["links.parquet does not follow from the records."]


def test_a_file_that_the_manifest_leaves_out(archive: Archive, tmp_path: Path) -> None:
    path = tmp_path / "versions" / archive.current()
    told = manifest.read_manifest(path)
    del told.files["names.parquet"]
    manifest.write_manifest(path, told)
    assert archive.verify() == ["names.parquet is not in the manifest."]
