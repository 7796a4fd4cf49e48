"""Out and in again, as CSV and as XLSX: nothing changes."""

from __future__ import annotations

import csv
import tempfile
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings

from graph.dataset import Archive, Dataset
from graph.errors import DataError, UsageError
from graph.record.model import AnyRecord, Entity
from graph.record.vocabulary import Kind
from graph.validate import TABLES, RowLocation, Validator
from ingest.pipeline import ingest
from ingest.spreadsheet import new, open_spreadsheet, write_spreadsheets
from tests.ingest.folders import CLAIM, ENTITIES, folder
from tests.ingest.strategies import record_sets


def publish(archive: Archive, records: dict[str, list[AnyRecord]]) -> str:
    with archive.writer() as writer:
        for table, rows in records.items():
            writer.add(table, rows)
        return writer.publish()


class Held:
    """As much of a dataset as the writer asks for."""

    def __init__(self, records: dict[str, list[AnyRecord]]) -> None:
        self._records = records
        self.manifest = SimpleNamespace(sets={"mine": {}})

    def records(self, table: str, name: str) -> Iterator[AnyRecord]:
        assert name == "mine"
        return iter(self._records[table])


def round_trip(records: dict[str, list[AnyRecord]], name: str) -> None:
    with tempfile.TemporaryDirectory() as room:
        write_spreadsheets(cast("Dataset", Held(records)), Path(room, name))
        sheet = open_spreadsheet(Path(room, name), "mine")
        validator = Validator(["mine"])
        for table in TABLES:
            raw_rows = [row for row in sheet.rows(table) if row.number > 1]
            assert [row.record for row in raw_rows] == records[table]
            for row in raw_rows:
                assert row.record is not None
                assert validator.check(row.record, RowLocation("mine", table, table, row.number))
        assert all(problem.warning for problem in validator.finish())


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(records=record_sets())
def test_a_round_trip_by_csv_changes_nothing(records: dict[str, list[AnyRecord]]) -> None:
    round_trip(records, "out")


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(records=record_sets())
def test_a_round_trip_by_xlsx_changes_nothing(records: dict[str, list[AnyRecord]]) -> None:
    round_trip(records, "out.xlsx")


@pytest.mark.parametrize("form", ["", ".xlsx"])
def test_the_miniature_comes_back(archive: Archive, tmp_path: Path, form: str) -> None:
    with archive.open() as dataset:
        files = write_spreadsheets(dataset, tmp_path / f"out{form}")
        version = dataset.id
    assert len(files) == (1 if form else 4)
    report = ingest(archive, [tmp_path / f"out{form}"], as_name="miniature")
    assert report.version == version
    assert report.unknown == {}


def test_only_columns_that_are_used_or_required_are_written(tmp_path: Path) -> None:
    path = folder(tmp_path / "mine", claims=[{**CLAIM, "stance": "supports", "Desk": "x"}])
    ingest(archive := Archive(tmp_path / "data"), [path])
    with archive.open() as dataset:
        write_spreadsheets(dataset, tmp_path / "out")
    header = (tmp_path / "out" / "claims.csv").read_text("utf-8").splitlines()[0]
    # stance is the default of its column, and so is not written: it is read back as it was
    assert header == "id,subject,relation,object,status,sources,valid_from,Desk"


def test_no_cell_of_a_workbook_is_a_formula(tmp_path: Path) -> None:
    entity = {**ENTITIES[0], "note": '=HYPERLINK("http://x")', "name": "#N/A is not it"}
    path = folder(tmp_path / "mine", entities=[entity, ENTITIES[1]])
    ingest(archive := Archive(tmp_path / "data"), [path])
    with archive.open() as dataset:
        write_spreadsheets(dataset, tmp_path / "out.xlsx")
    cells = [
        cell for row in openpyxl.load_workbook(tmp_path / "out.xlsx")["entities"] for cell in row
    ]
    assert '=HYPERLINK("http://x")' in {cell.value for cell in cells}
    assert {cell.data_type for cell in cells if cell.value} == {"s"}


def test_what_a_workbook_cannot_hold_is_one_sentence(tmp_path: Path) -> None:
    path = folder(tmp_path / "mine", claims=[{**CLAIM, "text": "x" * 32_768}])
    ingest(archive := Archive(tmp_path / "data"), [path])
    with archive.open() as dataset:
        with pytest.raises(DataError, match=r"Row 2 of the claims .* Write a folder"):
            write_spreadsheets(dataset, tmp_path / "out.xlsx")
        assert not list(tmp_path.glob("*out.xlsx*"))
        write_spreadsheets(dataset, tmp_path / "out")


def test_a_list_item_with_a_semicolon_is_one_sentence(tmp_path: Path) -> None:
    entity = Entity(set="mine", id="a", kind=Kind.COMPANY, name="A", aliases=("x; y",))
    archive = Archive(tmp_path / "data")
    publish(archive, {"entities": [entity]})
    with archive.open() as dataset, pytest.raises(DataError, match="separates items"):
        write_spreadsheets(dataset, tmp_path / "out")


def test_several_sets_go_to_folders_of_their_names(archive: Archive, tmp_path: Path) -> None:
    version = ingest(archive, [folder(tmp_path / "mine")]).version
    with archive.open() as dataset:
        files = write_spreadsheets(dataset, tmp_path / "out")
        assert len(files) == 8
        with pytest.raises(UsageError, match="Choose one of: mine, miniature"):
            write_spreadsheets(dataset, tmp_path / "out.xlsx")
        write_spreadsheets(dataset, tmp_path / "one.xlsx", ["mine"])
        with pytest.raises(UsageError, match="no set 'yours'"):
            write_spreadsheets(dataset, tmp_path / "x", ["yours"])
    again = Archive(tmp_path / "again")
    report = ingest(again, [tmp_path / "out" / "miniature", tmp_path / "out" / "mine"])
    assert report.version == version


def test_files_that_are_there_are_not_written_over(archive: Archive, tmp_path: Path) -> None:
    with archive.open() as dataset:
        write_spreadsheets(dataset, tmp_path / "out")
        (tmp_path / "out" / "claims.csv").write_text("mine")
        with pytest.raises(UsageError, match="already exists"):
            write_spreadsheets(dataset, tmp_path / "out")
        assert (tmp_path / "out" / "claims.csv").read_text() == "mine"
        write_spreadsheets(dataset, tmp_path / "out", force=True)
    assert len(list(open_spreadsheet(tmp_path / "out", "x").rows("claims"))) == 20


def test_the_example_folder_loads_without_a_word(tmp_path: Path) -> None:
    files = new(tmp_path / "deep" / "mine")
    assert [file.name for file in files] == [f"{table}.csv" for table in TABLES]
    report = ingest(Archive(tmp_path / "data"), [tmp_path / "deep" / "mine"])
    assert report.problems == []
    assert report.unknown == {}
    assert all(report.counts.values())
    for file in files:
        _, *rows = file.read_text("utf-8").splitlines()
        assert rows
        assert all("example" in row for row in rows), file
    with pytest.raises(UsageError, match="already exists"):
        new(tmp_path / "deep" / "mine")


def test_no_cell_of_a_folder_is_a_formula_or_steers_a_terminal(tmp_path: Path) -> None:
    texts = ["=1+1", "+49 30", "-", "@home", "'=1", "''", "\uff1dSUM(A1)", "a=b", "\x1b[2J",
             "\x9b2J", "_x001B_", "_x005F_x001B_", "_x0041_", "天\u200f"]  # fmt: skip
    entities = [
        {**ENTITIES[0], "id": f"e{n}", "name": text, "-own": text} for n, text in enumerate(texts)
    ]
    records: list[AnyRecord] = [
        Entity(set="mine", id=row["id"], kind=Kind.COMPANY, name=row["name"],
               properties={"-own": row["-own"]})
        for row in entities
    ]  # fmt: skip
    archive = Archive(tmp_path / "data")
    version = publish(archive, {"entities": records})
    with archive.open() as dataset:
        write_spreadsheets(dataset, tmp_path / "out")
    with (tmp_path / "out" / "entities.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    cells = [cell for row in rows for cell in row]
    assert not [cell for cell in cells if cell[:1] in set("=+-@\t\r\uff1d")]
    assert not [cell for cell in cells if any(unicodedata.category(c) == "Cc" for c in cell)]
    assert "a=b" in cells
    assert "''" in cells
    again = ingest(Archive(tmp_path / "again"), [tmp_path / "out"], as_name="mine")
    assert again.version == version


def test_a_value_that_would_have_two_readings_comes_back(tmp_path: Path) -> None:
    claims = [
        {**CLAIM, "id": f"c{n}", "value": text, "currency": "EUR"}
        for n, text in enumerate(["1.2340", "123.4560", "0.125", "1234.5670"])
    ]
    path = folder(tmp_path / "mine", claims=claims, replies=[])
    version = ingest(archive := Archive(tmp_path / "data"), [path]).version
    for name in ("out", "out.xlsx"):
        with archive.open() as dataset:
            write_spreadsheets(dataset, tmp_path / name)
        again = Archive(tmp_path / f"again-{name}")
        assert ingest(again, [tmp_path / name], as_name="mine").version == version
