"""Workbooks: cells become the same text as in CSV, or the error is reported."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from pathlib import Path

import pytest

from graph.errors import DataError
from graph.record.model import Claim, Entity, Source
from ingest.spreadsheet import open_spreadsheet
from tests.ingest.folders import CLAIM, tables, workbook
from tests.ingest.reading import faults, records, rows


def test_a_workbook_reads_as_its_csv_would(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "mine.xlsx",
        {
            "Entities ": [
                ["id", "kind", "name", "founded", "dissolved", "collective"],
                ["a", "company", "A", 1998.0, datetime(2015, 9, 21, 13, 30), False],
                ["b", "public_body", 42, 1999, date(2016, 1, 2), True],
                [None, None, None, None, None, None],
                ["d", "programme", "x_x000D_\ny_x005F_x0041_", None, "2015-09", None],
            ],
            "SOURCES": [["id", "title", "publisher", "type", "reliability"],
                        ["s", "S", "P", "press", 0.85]],
            "notes": [["whatever"]],
        },
    )  # fmt: skip
    loaded = records(path)
    assert len(loaded) == 4
    a, b, d, s = loaded
    assert isinstance(a, Entity)
    assert isinstance(b, Entity)
    assert isinstance(d, Entity)
    assert isinstance(s, Source)
    assert (a.founded, a.dissolved, a.collective) == ("1998", "2015-09-21", False)
    assert (b.name, b.founded, b.dissolved, b.collective) == ("42", "1999", "2016-01-02", True)
    assert d.name == "x\r\ny_x0041_"
    assert s.reliability == 0.85
    assert [row.number for row in rows(path, "entities")] == [2, 3, 5]
    assert open_spreadsheet(path, "mine").labels["entities"] == "mine.xlsx, sheet Entities "


def test_what_a_workbook_shows_otherwise_than_it_stores(tmp_path: Path) -> None:
    import openpyxl

    lines = tables(claims=[{**CLAIM, "share": "1", "note": "x", "text": "y"}])
    path = workbook(tmp_path / "mine.xlsx", lines)
    book = openpyxl.load_workbook(path)
    header = lines["claims"][0]
    sheet = book["claims"]
    share = sheet.cell(2, header.index("share") + 1, 0.51)
    share.number_format = "0.00%"
    sheet.cell(2, header.index("note") + 1, "#N/A")
    sheet.cell(2, header.index("text") + 1, time(1, 2))
    book.save(path)
    bad_cells = faults(path, "claims")
    assert [(fault.column, fault.found) for _, fault in bad_cells] == [("note", "#N/A")]
    sheet.cell(2, header.index("note") + 1, "fine")
    book.save(path)
    bad_cells = faults(path, "claims")
    assert [(fault.column, fault.found) for _, fault in bad_cells] == [("share", "51%")]


@pytest.mark.parametrize(
    ("number_format", "text"),
    [
        ("yyyy-mm-dd", "2015-09-01"),
        ("dd/mm/yyyy h:mm", "2015-09-01"),
        ("mmm-yy", "2015-09"),
        ("[$-409]mmmm\\ yyyy;@", "2015-09"),
        ("yyyy", "2015"),
        ('"day "yyyy', "2015"),
    ],
)
def test_a_date_is_as_exact_as_it_is_shown(tmp_path: Path, number_format: str, text: str) -> None:
    """A spreadsheet program makes 1 September 2015 of a typed 2015-09, and shows `Sep-15`."""
    import openpyxl

    lines = tables()
    path = workbook(tmp_path / "mine.xlsx", lines)
    book = openpyxl.load_workbook(path)
    cell = book["claims"].cell(2, lines["claims"][0].index("valid_from") + 1, datetime(2015, 9, 1))
    cell.number_format = number_format
    book.save(path)
    claim = records(path)[3]
    assert isinstance(claim, Claim)
    assert claim.valid_from == text


def test_wrong_dimensions_in_a_workbook_lose_no_cell(tmp_path: Path) -> None:
    import zipfile

    path = workbook(tmp_path / "mine.xlsx", tables())
    wrong = tmp_path / "wrong.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(wrong, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name.startswith("xl/worksheets/"):
                text = re.sub(rb'<dimension ref="[^"]+"', b'<dimension ref="A1:A1"', text)
            new.writestr(name, text)
    assert records(wrong) == records(path)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 not really", b"id,kind,name\n"])
def test_a_broken_workbook_is_one_sentence(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "mine.xlsx").write_bytes(content)
    with pytest.raises(DataError, match="not a readable XLSX workbook"):
        open_spreadsheet(tmp_path / "mine.xlsx", "mine")


def test_a_workbook_without_the_sheets(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="none of the sheets"):
        open_spreadsheet(workbook(tmp_path / "mine.xlsx", {"Tabelle1": [["id"]]}), "mine")


def test_a_workbook_cut_off_in_a_sheet(tmp_path: Path) -> None:
    import zipfile

    path = workbook(tmp_path / "mine.xlsx", tables())
    cut = tmp_path / "cut.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(cut, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            new.writestr(name, text[:-60] if name == "xl/worksheets/sheet3.xml" else text)
    raw_rows = rows(cut, "claims")
    assert raw_rows[-1].fatal
    assert raw_rows[-1].faults[0].allowed == "a sound workbook"
