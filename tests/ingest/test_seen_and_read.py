"""What a person sees in a sheet is read as shown, or refused with its cell: nothing is dropped."""

from __future__ import annotations

import os
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest

from graph.dataset import Archive
from graph.errors import DataError, UsageError
from graph.record.model import Claim, Entity
from ingest.spreadsheet import open_spreadsheet
from tests.ingest.folders import CLAIM, folder, tables, workbook
from tests.ingest.loading import load
from tests.ingest.reading import faults, records, rows


def claims_book(path: Path, **fields: str) -> tuple[Path, openpyxl.Workbook, list[str]]:
    lines = tables(claims=[{**CLAIM, **fields}])
    book = openpyxl.load_workbook(workbook(path / "mine.xlsx", lines))
    return path / "mine.xlsx", book, lines["claims"][0]


@pytest.mark.parametrize("column", ["stance", "note", "valid_from", "sources"])
def test_a_formula_without_a_stored_value_is_an_error(tmp_path: Path, column: str) -> None:
    path, book, header = claims_book(tmp_path, stance="supports", note="n")
    book["claims"].cell(2, header.index(column) + 1, '=IF(1=1,"refutes","supports")')
    book.save(path)
    [(number, fault)] = faults(path, "claims")
    assert (number, fault.column) == (2, column)
    assert fault.found.startswith("=IF(")
    assert "spreadsheet program" in fault.cure


def test_a_formula_with_a_stored_value_is_its_value(tmp_path: Path) -> None:
    path, book, header = claims_book(tmp_path, note="n")
    book["claims"].cell(2, header.index("note") + 1, '=CONCATENATE("a","b")')
    book.save(path)
    formula = rb'(<c r="\w+")[^>]*><f>(.*?)</f><v ?/?>(</v>)?'
    value = rb'\1 t="str"><f>\2</f><v>ab</v>'
    stored = rewritten(path, tmp_path / "stored.xlsx", formula, value)
    claim = records(stored)[3]
    assert isinstance(claim, Claim)
    assert claim.note == "ab"


def test_a_formula_in_a_heading_is_an_error(tmp_path: Path) -> None:
    path, book, header = claims_book(tmp_path, note="n")
    book["claims"].cell(1, header.index("note") + 1, '="no"&"te"')
    book.save(path)
    assert [(row.number, row.fatal) for row in rows(path, "claims")] == [(1, True)]


def rewritten(old: Path, new: Path, pattern: bytes, text: bytes) -> Path:
    """Copy a workbook, with a pattern in its sheets replaced."""
    with zipfile.ZipFile(old) as source, zipfile.ZipFile(new, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name.startswith("xl/worksheets/"):
                content = re.sub(pattern, text, content)
            target.writestr(name, content)
    return new


@pytest.mark.parametrize("merged", ["A2:A3", "E2:E4", "A2:B2", "A1:C1"])
def test_merged_cells_are_an_error(tmp_path: Path, merged: str) -> None:
    path, book, _ = claims_book(tmp_path)
    book["claims"].append([None])
    book["claims"].merge_cells(merged)
    book.save(path)
    [row] = rows(path, "claims")
    assert row.fatal
    assert merged in row.faults[0].found
    assert row.number == int(merged[1])


@pytest.mark.parametrize("numbers", [("2", "2"), ("9", "3"), ("2000000000", "3")])
def test_rows_out_of_order_are_an_error(tmp_path: Path, numbers: tuple[str, str]) -> None:
    lines = tables(claims=[CLAIM, {**CLAIM, "id": "d"}])
    path = workbook(tmp_path / "mine.xlsx", lines)
    first, second = (number.encode() for number in numbers)
    wrong = rewritten(path, tmp_path / "a.xlsx", rb'<row r="2"', b'<row r="%s"' % first)
    wrong = rewritten(wrong, tmp_path / "b.xlsx", rb'<row r="3"', b'<row r="%s"' % second)
    [row] = rows(wrong, "claims")
    assert row.fatal
    assert "in order" in row.faults[0].allowed


def test_rows_that_are_left_out_keep_their_numbers(tmp_path: Path) -> None:
    path = workbook(tmp_path / "mine.xlsx", tables())
    moved = rewritten(path, tmp_path / "a.xlsx", rb'(<row r=")2"', b'\\g<1>7"')
    assert [row.number for row in rows(moved, "claims")] == [7]


def test_a_value_below_no_heading_is_an_error(tmp_path: Path) -> None:
    path, book, header = claims_book(tmp_path)
    book["claims"].cell(2, len(header) + 2, "denied by the firm")
    book.save(path)
    [(number, fault)] = faults(path, "claims")
    assert (number, fault.found) == (2, "denied by the firm")
    csv = folder(tmp_path / "csv")
    text = (csv / "claims.csv").read_text("utf-8").splitlines()
    (csv / "claims.csv").write_text(f",{text[0]}\nx,{text[1]}\n", "utf-8")
    [(number, fault)] = faults(csv, "claims")
    assert (number, fault.found) == (2, "x")
    assert "column 1" in fault.cure
    (csv / "claims.csv").write_text(f",{text[0]}\n,{text[1]}\n", "utf-8")
    assert len(records(csv)) == 5


@pytest.mark.parametrize("title", ["claim", "Claims (2)", "calims", "claims copy", "Claims_old"])
@pytest.mark.parametrize("beside", [True, False])
def test_a_sheet_with_nearly_the_name_of_a_table(tmp_path: Path, title: str, beside: bool) -> None:
    sheets = tables()
    sheets[title] = sheets["claims"] if beside else sheets.pop("claims")
    path = workbook(tmp_path / "mine.xlsx", sheets)
    with pytest.raises(DataError, match=re.escape(title)):
        open_spreadsheet(path, "mine")


def test_two_sheets_of_one_name(tmp_path: Path) -> None:
    sheets = tables()
    sheets["claims "] = sheets["claims"]
    with pytest.raises(DataError, match="two sheets for claims"):
        open_spreadsheet(workbook(tmp_path / "mine.xlsx", sheets), "mine")


def test_what_is_not_read_is_named(tmp_path: Path) -> None:
    path = workbook(tmp_path / "mine.xlsx", {**tables(), "notes": [["x"]], "Chart": [["y"]]})
    assert load(Archive(tmp_path / "data"), path).skipped == ("sheet notes", "sheet Chart")
    csv = folder(tmp_path / "csv")
    (csv / "outcomes.csv").write_text("claim,about\n")
    (csv / "README.md").write_text("about it\n")
    assert load(Archive(tmp_path / "more"), csv).skipped == ("outcomes.csv",)


def test_leading_zeros_are_read_as_shown(tmp_path: Path) -> None:
    path, book, header = claims_book(tmp_path, contract="x")
    cell = book["claims"].cell(2, header.index("contract") + 1, 42)
    cell.number_format = "00000"
    book.save(path)
    claim = records(path)[3]
    assert isinstance(claim, Claim)
    assert claim.contract == "00042"


@pytest.mark.parametrize(
    "amount",
    ["15.000", "1,000", "999.999", "-1.500", "1_000", "1e5", "NaN", "١٢", "1 000"],
)
def test_an_amount_that_can_be_read_in_two_ways_is_refused(tmp_path: Path, amount: str) -> None:
    path = folder(tmp_path / "mine", claims=[{**CLAIM, "value": amount}])
    [(_, fault)] = faults(path, "claims")
    assert (fault.column, fault.found) == ("value", amount)
    assert fault.cure.startswith("Write ")


@pytest.mark.parametrize(
    ("amount", "read"), [("15000", "15000"), (".5", "0.5"), ("0.125", "0.125"), ("15.0", "15.0")]
)
def test_clear_amounts_are_taken(tmp_path: Path, amount: str, read: str) -> None:
    claim = records(folder(tmp_path / "mine", claims=[{**CLAIM, "value": amount}]))[3]
    assert isinstance(claim, Claim)
    assert str(claim.value) == read


def test_a_number_cell_needs_no_guess(tmp_path: Path) -> None:
    path, book, header = claims_book(tmp_path, value="1")
    book["claims"].cell(2, header.index("value") + 1, 15.125)
    book.save(path)
    claim = records(path)[3]
    assert isinstance(claim, Claim)
    assert claim.value is not None
    assert float(claim.value) == 15.125


@pytest.mark.parametrize("text", ["2015-09-21 00:00:00", "2015-09-21T00:00:00", "2015-09-21 00:00"])
def test_midnight_is_dropped_from_a_day(tmp_path: Path, text: str) -> None:
    path = folder(tmp_path / "mine", claims=[{**CLAIM, "valid_from": text}])
    claim = records(path)[3]
    assert isinstance(claim, Claim)
    assert claim.valid_from == "2015-09-21"


def test_midnight_stays_where_it_is_text(tmp_path: Path) -> None:
    entity = {"id": "a", "kind": "company", "name": "2015-09-21 00:00:00"}
    record = records(folder(tmp_path / "mine", entities=[entity]))[0]
    assert isinstance(record, Entity)
    assert record.name == "2015-09-21 00:00:00"


def test_a_cell_that_never_ends_is_named_as_that(tmp_path: Path) -> None:
    path = folder(tmp_path / "mine", claims=[{**CLAIM, "note": "x" * 140_000}])
    [(_, fault)] = faults(path, "claims")
    assert "more than 131,072 characters" in fault.found


def test_a_pipe_or_device_is_refused(tmp_path: Path) -> None:
    path = folder(tmp_path / "mine")
    (path / "claims.csv").unlink()
    os.mkfifo(path / "claims.csv")
    with pytest.raises(DataError, match="not a regular file"):
        open_spreadsheet(path, "mine")
    os.mkfifo(tmp_path / "mine.xlsx")
    with pytest.raises(UsageError, match="not a regular file"):
        open_spreadsheet(tmp_path / "mine.xlsx", "mine")


def test_a_single_csv_file_gets_the_way_out(tmp_path: Path) -> None:
    (tmp_path / "data.csv").write_text("id\n")
    with pytest.raises(UsageError, match=r"as entities\.csv, sources\.csv"):
        open_spreadsheet(tmp_path / "data.csv", "mine")
