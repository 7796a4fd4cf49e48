"""What a version holds, and what its id is made of."""

from __future__ import annotations

import random
from pathlib import Path

import duckdb
import msgspec
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.dataset import Archive, manifest
from graph.errors import DamagedError, DataError, SchemaError
from graph.record import ids
from graph.record.model import RECORDS, AnyRecord
from graph.record.names import name_rows
from graph.record.tables import LINKS, NAMES, SCHEMAS
from tests.graph.dataset.records import Tables, content, leftovers, made, publish, sample
from tests.graph.record.strategies import records
from tests.tools.examples import at_most


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def archive(folder: Path) -> Archive:
    return Archive(folder)


def version_of(tables: Tables) -> str:
    return ids.version_id(
        ids.digest(table, record) for table, rows in tables.items() for record in rows
    )


def test_a_version_holds_what_was_added(archive: Archive, folder: Path) -> None:
    version = publish(archive, sample("mine"), sample("other", 5))
    assert version == archive.current()
    with archive.open() as dataset:
        assert dataset.id == version == dataset.path.name
        for table in RECORDS:
            mine = list(dataset.records(table, "mine"))
            assert mine == sample("mine")[table]
            assert list(dataset.records(table)) == mine + sample("other", 5)[table]
            assert list(dataset.records(table, "nobody")) == []
        told = dataset.manifest
        assert told.counts["claims"] == 8
        assert told.sets["mine"] == {
            "claims": 3, "entities": 3, "judgements": 1, "replies": 3, "sources": 3,
        }  # fmt: skip
        assert (told.schema, told.id) == (ids.SCHEMA, version)
        assert set(told.files) == {f"{table}.parquet" for table in (*SCHEMAS, "links", "names")}
        for table, schema in {**SCHEMAS, "links": LINKS, "names": NAMES}.items():
            assert pq.read_schema(dataset.file(table)) == schema
            assert pq.read_metadata(dataset.file(table)).num_rows == told.counts[table]
    assert leftovers(folder) == []


def test_names_follow_from_the_entities(archive: Archive) -> None:
    publish(archive, sample())
    with archive.open() as dataset:
        expected = name_rows(sample()["entities"])  # type: ignore[arg-type]
        assert pq.read_table(dataset.file("names")).to_pylist() == expected.to_pylist()
        assert expected.num_rows


def test_an_empty_version_is_a_version(archive: Archive) -> None:
    assert publish(archive) == ids.version_id([])
    assert archive.verify() == []
    assert content(archive) == {table: [] for table in RECORDS}


def test_the_order_of_loading_changes_nothing(tmp_path: Path) -> None:
    rng = random.Random(1)
    whole = {table: rows + sample("other")[table] for table, rows in sample("mine", 9).items()}
    seen = []
    for n in range(3):
        tables = list(whole)
        rng.shuffle(tables)
        archive = Archive(tmp_path / str(n))
        with archive.writer() as writer:
            for table in tables:
                rng.shuffle(whole[table])
                half = len(whole[table]) // 2
                assert writer.add(table, iter(whole[table][:half])) == half
                writer.add(table, whole[table][half:])
            seen.append((writer.publish(), content(archive)))
    assert seen[0] == seen[1] == seen[2]


def test_rows_are_sorted_across_batches(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("engine", "writer", "derive", "reader"):
        monkeypatch.setattr(f"graph.dataset.{module}.BATCH", 7)
    rows = sample(size=50)
    backwards = {table: records[::-1] for table, records in rows.items()}
    assert publish(archive, backwards) == version_of(rows)
    expected = sorted(rows["claims"], key=lambda claim: claim.id)  # type: ignore[union-attr]
    assert content(archive)["claims"] == expected
    assert archive.verify() == []


@settings(max_examples=at_most(15), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.fixed_dictionaries(
        {
            table: st.lists(
                records(table), max_size=4, unique_by=lambda r: (r.set, getattr(r, "id", repr(r)))
            )
            for table in RECORDS
        }
    )
)
def test_any_records_survive_a_version(folder: Path, tables: Tables) -> None:
    archive = Archive(folder)
    version = publish(archive, tables)
    assert version == version_of(tables)
    read = content(archive)
    for table, rows in tables.items():
        assert sorted(read[table], key=repr) == sorted(rows, key=repr)
    assert archive.verify() == []


@pytest.mark.parametrize("by", ["pyarrow", "duckdb"])
@pytest.mark.parametrize("row_group", [2_048, 4_096])
def test_the_id_comes_from_the_records_not_from_the_bytes(
    archive: Archive, by: str, row_group: int
) -> None:
    """The same rows, written by two programs with row groups of two sizes, are one version."""
    version = publish(archive, sample(), {"claims": sample("big", 2_500)["claims"]})
    with archive.open() as dataset:
        path, told = dataset.path, dataset.manifest
    for table in (*SCHEMAS, "links", "names"):
        file = path / f"{table}.parquet"
        rows = pq.read_table(file)
        if by == "pyarrow":
            pq.write_table(rows, file, row_group_size=row_group, compression="snappy")
        else:
            with duckdb.connect() as connection:
                connection.from_arrow(rows).write_parquet(str(file), row_group_size=row_group)
    assert pq.ParquetFile(path / "claims.parquet").num_row_groups == -(-2_503 // row_group)
    marks = {name: manifest.mark(path / name) for name in told.files}
    assert marks["claims.parquet"] != told.files["claims.parquet"]
    manifest.write_manifest(path, msgspec.structs.replace(told, files=marks))
    assert archive.verify() == []
    assert version_of(content(archive)) == version
    other = publish(archive, sample("other"), replacing=["other"])
    assert version_of(content(archive)) == other
    assert archive.verify() == []


def test_other_sets_are_kept_as_they_are(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(archive, sample("a"), sample("b"), sample("c"))

    def refuse(*_: object) -> None:
        raise AssertionError("parsed again")

    with monkeypatch.context() as patch:
        patch.setattr("graph.dataset.reader.records_of", refuse)
        version = publish(archive, sample("b", 5, seed=1), replacing=["b", "c", "d"])
    assert version == version_of(
        {table: rows + sample("b", 5, seed=1)[table] for table, rows in sample("a").items()}
    )
    with archive.open() as dataset:
        assert list(dataset.manifest.sets) == ["a", "b"]
        assert list(dataset.records("claims", "a")) == sample("a")["claims"]
        assert list(dataset.records("claims", "b")) == sample("b", 5, seed=1)["claims"]
    assert archive.verify() == []


def test_keeping_where_there_is_nothing_yet(archive: Archive) -> None:
    assert publish(archive, sample(), replacing=[]) == version_of(sample())


def test_leaving_without_publishing_leaves_nothing(archive: Archive, folder: Path) -> None:
    version = publish(archive, sample())
    with archive.writer() as writer:
        writer.keep(except_sets=[])
        writer.add("entities", sample("other")["entities"])
    with pytest.raises(ZeroDivisionError), archive.writer() as writer:
        writer.add("entities", (made("entities", id=str(1 // n)) for n in (1, 0)))
    assert archive.current() == version
    assert len(archive.versions()) == 1
    assert leftovers(folder) == []


def test_what_is_there_already_is_made_current(archive: Archive, folder: Path) -> None:
    first = publish(archive, sample())
    created = archive.versions()[0].created
    publish(archive, sample(seed=1))
    assert publish(archive, sample()) == first == archive.current()
    assert len(archive.versions()) == 2
    assert archive.versions()[1].created == created
    assert leftovers(folder) == []


def test_what_is_there_but_damaged_is_replaced(archive: Archive, folder: Path) -> None:
    version = publish(archive, sample())
    claims = folder / "versions" / version / "claims.parquet"
    sound = claims.read_bytes()
    claims.write_bytes(sound[:-1])
    assert publish(archive, sample()) == version
    assert claims.read_bytes() == sound
    with archive.open():
        claims.write_bytes(sound[:-1])
        with pytest.raises(DamagedError, match="cannot be replaced while another process reads"):
            publish(archive, sample())
    assert publish(archive, sample()) == version
    assert archive.verify() == []
    assert leftovers(folder) == []


@pytest.mark.parametrize("table", ["entities", "sources", "claims", "judgements"])
def test_an_id_that_stands_twice_in_a_set(archive: Archive, folder: Path, table: str) -> None:
    rows: list[AnyRecord] = [made(table, id="twin"), made(table, id="other")]
    publish(archive, {table: [*rows, made(table, id="twin", set="another")]})
    with pytest.raises(DataError, match=f"The {table} of the source 'mine' hold the id 'twin'"):
        publish(archive, {table: [*rows, made(table, id="twin", properties={"a": "b"})]})
    assert leftovers(folder) == []


def test_rows_that_do_not_reach_the_disk(
    archive: Archive, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.dataset.writer.sorted_rows", lambda *_: iter(()))
    with pytest.raises(DamagedError, match=r"not all entities reached the disk \(0 of 3\)"):
        publish(archive, sample())
    assert archive.versions() == []
    assert leftovers(folder) == []


def test_keeping_from_another_schema(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(archive, sample("a"), sample("b"))
    for module in ("record.ids", "dataset.manifest"):
        monkeypatch.setattr(f"graph.{module}.SCHEMA", ids.SCHEMA + 1)
    with pytest.raises(SchemaError, match=r"Ingest its sources again, .*: a, b\."):
        publish(archive, sample("a"), replacing=["a"])
    version = publish(archive, sample("a"), sample("b"), replacing=["a", "b"])
    assert archive.current() == version
    assert [info.schema for info in archive.versions()] == [ids.SCHEMA, ids.SCHEMA - 1]


def test_damage_is_not_kept(archive: Archive, folder: Path) -> None:
    version = publish(archive, sample("a"), sample("b"))
    claims = folder / "versions" / version / "claims.parquet"
    data = bytearray(claims.read_bytes())
    data[len(data) // 3] ^= 1
    claims.write_bytes(data)
    with pytest.raises(DamagedError, match=r"claims\.parquet changed after it was written"):
        publish(archive, sample("a"), replacing=["a"])
    publish(archive, sample("a"), sample("b"), replacing=["a", "b"])
    assert archive.verify() == []


@pytest.mark.parametrize("name", ["data*", "dat[a-z]2", "set=x", "it's “天网”; --"])
def test_a_folder_with_a_strange_name(tmp_path: Path, name: str) -> None:
    for folder in ("data2", name):  # a pattern must not find the other one
        archive = Archive(tmp_path / folder)
        publish(archive, sample("a"))
        publish(archive, sample("b"), replacing=["b"])
        assert archive.verify() == []
        assert content(archive)["claims"] == sample("a")["claims"] + sample("b")["claims"]
    assert sorted(entry.name for entry in tmp_path.iterdir()) == sorted(("data2", name))


def test_all_is_on_the_disk_before_it_is_pointed_at(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No kill shows a missing fsync, only a power cut: so the order of the calls is held."""
    calls: list[tuple[str, str]] = []

    def sync(path: Path) -> None:
        calls.append(("sync", str(path.relative_to(folder))))

    def record(name: str) -> None:
        if name in ("rename", "pointer"):
            calls.append((name, ""))

    monkeypatch.setattr("graph.dataset.storage.sync", sync)
    version = publish(Archive(folder, checkpoint=record), sample())
    inside = sorted(entry.name for entry in (folder / "versions" / version).iterdir())
    assert len(inside) == 9
    assert calls == [
        *(("sync", f"versions/.new/{name}") for name in inside),
        ("sync", "versions/.new"),
        ("rename", ""),
        ("sync", "versions"),
        ("sync", "current.new"),
        ("pointer", ""),
        ("sync", "."),
    ]
