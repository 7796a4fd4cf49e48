"""What a person sees in a sheet is loaded, or refused with the name of the cell."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from graph.dataset import Archive
from graph.errors import DataError
from graph.record.model import Claim
from ingest.pipeline import Tolerance
from ingest.spreadsheet import open_spreadsheet
from tests.ingest.folders import CLAIM, ENTITIES, folder, tables, workbook
from tests.ingest.loading import load
from tests.ingest.reading import faults, records, rows


def changed(path: Path, change: Callable[[Any], object], **given: Any) -> Path:
    """Write a sound workbook, and change it through openpyxl."""
    workbook(path, tables(**given))
    book = openpyxl.load_workbook(path)
    change(book)
    book.save(path)
    return path


def rewritten(path: Path, part: str, old: str, new: str) -> Path:
    """Replace text in a part of a workbook."""
    copy = path.with_name(f"changed-{path.name}")
    with zipfile.ZipFile(path) as before, zipfile.ZipFile(copy, "w") as after:
        for name in before.namelist():
            text = before.read(name).decode()
            if name == part:
                assert re.search(old, text, re.DOTALL), text
                text = re.sub(old, new, text, count=1, flags=re.DOTALL)
            after.writestr(name, text)
    return copy


REFUTING = {**CLAIM, "id": "d", "stance": "refutes", "about": "c"}


def test_a_formula_without_a_stored_value_is_an_error(empty: Archive, tmp_path: Path) -> None:
    """Read as empty, the stance of a refuting row would be "supports"."""
    at = list(REFUTING).index("stance") + 1

    def write(book: Any) -> None:
        book["claims"].cell(3, at).value = '="refu"&"tes"'

    path = changed(tmp_path / "mine.xlsx", write, claims=[{**CLAIM, "stance": "", "about": ""},
                                                          REFUTING])  # fmt: skip
    ((number, fault),) = faults(path, "claims")
    assert (number, fault.column) == (3, "stance")
    assert "H3" in fault.found
    assert "H3" in fault.cure
    with pytest.raises(DataError, match="without a stored value"):
        load(empty, path)


def test_a_formula_counts_with_its_stored_value(tmp_path: Path) -> None:
    path = workbook(tmp_path / "mine.xlsx", tables(claims=[{**CLAIM, "note": "x"}]))
    sheet = "xl/worksheets/sheet3.xml"
    cell = r'<c r="H2" t="(?:inlineStr|s)">.*?</c>'
    stored = rewritten(path, sheet, cell, '<c r="H2" t="str"><f>A1</f><v>seen</v></c>')
    claim = records(stored)[3]
    assert isinstance(claim, Claim)
    assert claim.note == "seen"
    nothing = rewritten(path, sheet, cell, '<c r="H2" t="str"><f>""</f><v></v></c>')
    claim = records(nothing)[3]
    assert isinstance(claim, Claim)
    assert claim.note == ""
    missing = rewritten(path, sheet, cell, '<c r="H2" t="str"><f>A1</f></c>')
    assert [fault.column for _, fault in faults(missing, "claims")] == ["note"]


def test_a_formula_in_the_header_is_an_error(tmp_path: Path) -> None:
    def write(book: Any) -> None:
        book["claims"]["G1"].value = '="valid"&"_from"'

    raw_rows = rows(changed(tmp_path / "mine.xlsx", write), "claims")
    assert [(row.number, row.fatal) for row in raw_rows] == [(1, True)]


@pytest.mark.parametrize(
    ("area", "where"),
    [("B2:B4", [(3, "subject"), (4, "subject")]), ("A2:B2", [(2, "subject")])],
)
def test_merged_cells_are_not_read_as_empty(
    tmp_path: Path, area: str, where: list[tuple[int, str]]
) -> None:
    claims = [{**CLAIM, "id": key} for key in "cde"]
    path = changed(
        tmp_path / "mine.xlsx", lambda book: book["claims"].merge_cells(area), claims=claims
    )
    shown = [(n, f.column) for n, f in faults(path, "claims") if "merged" in f.found]
    assert shown == where


def test_merged_cells_show_their_value_below_the_last_row_too(tmp_path: Path) -> None:
    path = changed(tmp_path / "mine.xlsx", lambda book: book["claims"].merge_cells("B2:B3"))
    bare = rewritten(path, "xl/worksheets/sheet3.xml", r'<row r="3".*?(</row>|/>)', "")
    assert [(n, f.column) for n, f in faults(bare, "claims")] == [(3, "subject")]


def test_merged_cells_without_a_value_hide_nothing(tmp_path: Path) -> None:
    path = changed(tmp_path / "mine.xlsx", lambda book: book["claims"].merge_cells("A5:G9"))
    assert faults(path, "claims") == []


@pytest.mark.parametrize("suffix", ["", ".xlsx"])
def test_a_column_without_a_heading_is_one_error(
    empty: Archive, tmp_path: Path, suffix: str
) -> None:
    claims = [{**CLAIM, "id": f"c{n}"} for n in range(3)]
    given = tables(claims=claims, replies=[])
    given["claims"][0][6] = " "
    del given["replies"]
    path = tmp_path / f"mine{suffix}"
    if suffix:
        workbook(path, given)
    else:
        folder(path, claims=claims, replies=[])
        lines = [",".join(row) for row in given["claims"]]
        (path / "claims.csv").write_text("\n".join(lines))
    rejects: list[Tolerance] = ["rejects"]
    for tolerate in ([], rejects):
        with pytest.raises(DataError, match="Write a heading above column G") as caught:
            load(empty, path, tolerate=tolerate)
        (problem,) = [p for p in caught.value.problems if not p.warning]
        assert (problem.row, problem.found) == (2, "2015 in G2")


@pytest.mark.parametrize(
    "title", ["claim", "Claims (2)", "cliams", "claims2", "Claims copy", "CLAIM", "entity", "reply"]
)
@pytest.mark.parametrize("suffix", ["", ".xlsx"])
def test_a_name_that_is_nearly_a_table_is_not_passed_over(
    tmp_path: Path, title: str, suffix: str
) -> None:
    path = tmp_path / f"mine{suffix}"
    if suffix:
        workbook(path, {**tables(), title: [["id"]]})
    else:
        (folder(path) / f"{title}.csv").write_text("id\n")
    with pytest.raises(DataError, match=re.escape(title)) as caught:
        open_spreadsheet(path, "mine")
    assert "Rename it to" in str(caught.value)


def test_two_sheets_of_one_name_are_not_chosen_from(tmp_path: Path) -> None:
    path = workbook(tmp_path / "mine.xlsx", {**tables(), "Claims ": tables()["claims"]})
    with pytest.raises(DataError, match="two sheets named claims"):
        open_spreadsheet(path, "mine")


def test_sheets_that_are_not_tables_are_named(empty: Archive, tmp_path: Path) -> None:
    path = workbook(tmp_path / "mine.xlsx", {"Read me": [["x"]], **tables(), "to do": [["y"]]})
    report = load(empty, path)
    assert report.skipped == ("sheet Read me", "sheet to do")


def test_a_chart_sheet_named_like_a_table_is_named_too(tmp_path: Path) -> None:
    from openpyxl.chart import BarChart, Reference

    def draw(book: Any) -> None:
        book.remove(book["replies"])
        chart = BarChart()
        chart.add_data(Reference(book["claims"], min_col=1, min_row=1, max_row=2))
        book.create_chartsheet("replies").add_chart(chart)

    path = changed(tmp_path / "mine.xlsx", draw)
    assert open_spreadsheet(path, "mine").skipped == ["sheet replies"]


def numbered(path: Path, value: float, number_format: str, column: str = "ref") -> Path:
    claims = [{**CLAIM, "currency": "EUR", "ref": "x", "value": "1"}]
    at = list(claims[0]).index(column) + 1

    def write(book: Any) -> None:
        cell = book["claims"].cell(2, at, value)
        cell.number_format = number_format

    return changed(path, write, claims=claims)


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (42, "0000", "0042"),
        (42, "General", "42"),
        (42, "0", "42"),
        (1500, "#,##0", "1500"),
        (1.234, "0.000", "1.234"),
        (12345, "0000", "12345"),
    ],
)
def test_leading_zeros_are_read_as_shown(
    tmp_path: Path, value: float, number_format: str, text: str
) -> None:
    claim = records(numbered(tmp_path / "mine.xlsx", value, number_format))[3]
    assert isinstance(claim, Claim)
    assert claim.ref == text


@pytest.mark.parametrize("number_format", ['"FR-"0000', "00-00", "0.00,,", "# ?/?"])
def test_a_number_shown_otherwise_is_an_error_in_a_column_of_texts(
    tmp_path: Path, number_format: str
) -> None:
    bad_cells = faults(numbered(tmp_path / "text.xlsx", 42, number_format), "claims")
    assert [(number, fault.column) for number, fault in bad_cells] == [(2, "ref")]
    assert faults(numbered(tmp_path / "number.xlsx", 42, number_format, "value"), "claims") == []


def test_a_real_number_has_one_reading(tmp_path: Path) -> None:
    claim = records(numbered(tmp_path / "mine.xlsx", 15.125, "0.00", "value"))[3]
    assert isinstance(claim, Claim)
    assert str(claim.value) == "15.125"


def test_rows_have_the_numbers_of_the_sheet(tmp_path: Path) -> None:
    path = workbook(tmp_path / "mine.xlsx", {
        **tables(), "entities": [[], [], ["id", "kind", "name"], [], ["a", "company", "A"],
                                 ["b", "compny", "B"]],
    })  # fmt: skip
    assert [(n, f.column) for n, f in faults(path, "entities")] == [(6, "kind")]
    assert [row.number for row in rows(path, "entities")] == [5, 6]


def test_a_date_with_midnight_is_a_date(tmp_path: Path) -> None:
    dates = ["2015-09-21 00:00:00", "2015-09-21T00:00:00", "2015-09-21 00:00", "2015-09-21"]
    claims = [{**CLAIM, "id": f"c{n}", "valid_from": text} for n, text in enumerate(dates)]
    loaded = records(folder(tmp_path / "mine", claims=claims, replies=[]))
    assert [c.valid_from for c in loaded if isinstance(c, Claim)] == ["2015-09-21"] * 4
    note = {**CLAIM, "note": "2015-09-21 00:00:00"}
    claim = records(folder(tmp_path / "note", claims=[note]))[3]
    assert isinstance(claim, Claim)
    assert claim.note == "2015-09-21 00:00:00"


@pytest.mark.parametrize(
    "text",
    ["15.000", "1.110", "1,000", "1.110.157", "1_000", "1e3", "1.25E+06", "١٥", "15 000", ".", "-"],
)
def test_a_value_with_two_readings_is_refused(tmp_path: Path, text: str) -> None:
    claim = {**CLAIM, "value": text, "currency": "EUR"}
    ((number, fault),) = faults(folder(tmp_path / "mine", claims=[claim]), "claims")
    assert (number, fault.column, fault.found) == (2, "value", text)
    assert fault.cure.startswith("Write ")


@pytest.mark.parametrize(
    ("text", "value"),
    [(".5", "0.5"), ("5.", "5"), ("15.00", "15"), ("0.125", "0.125"), ("1234.567", "1234.567")],
)
def test_a_value_with_one_reading_is_taken(tmp_path: Path, text: str, value: str) -> None:
    claim = {**CLAIM, "value": text, "currency": "EUR"}
    loaded = records(folder(tmp_path / "mine", claims=[claim]))[3]
    assert isinstance(loaded, Claim)
    assert loaded.value is not None
    assert f"{loaded.value.normalize():f}" == value


def test_fractions_and_shares_may_have_three_decimals(tmp_path: Path) -> None:
    claim = {**CLAIM, "relation": "owns", "object": "c", "share": "33.333", "strength": "0.125"}
    entities = [*ENTITIES, {"id": "c", "kind": "company", "name": "C"}]
    loaded = records(folder(tmp_path / "mine", entities=entities, claims=[claim]))[4]
    assert isinstance(loaded, Claim)
    assert (loaded.share, loaded.strength) == (33.333, 0.125)


def test_a_column_merged_to_its_end_is_reported_in_time(tmp_path: Path) -> None:
    path = changed(tmp_path / "mine.xlsx", lambda book: book["claims"].merge_cells("B2:B9"))
    sheet = "xl/worksheets/sheet3.xml"
    bare = rewritten(path, sheet, r'<row r="3".*?</sheetData>', "</sheetData>")
    whole = rewritten(bare, sheet, 'ref="B2:B9"', 'ref="B2:B1048576"')
    ((number, fault),) = faults(whole, "claims")
    assert (number, fault.column) == (3, "subject")
    assert "B2:B1048576" in fault.found
