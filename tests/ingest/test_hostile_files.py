"""Files that are broken, hostile or not files: one sentence each, and in time."""

from __future__ import annotations

import csv
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from graph.errors import DataError, SightlineError, StorageError, UsageError
from graph.validate import TABLES
from ingest.spreadsheet import open_spreadsheet
from tests.ingest.folders import folder, tables, workbook
from tests.ingest.reading import faults, rows

SHEET = "xl/worksheets/sheet1.xml"


def with_part(path: Path, part: str, change: Callable[[bytes], bytes]) -> Path:
    """Copy a sound workbook with one part changed."""
    sound = workbook(path.with_name("sound.xlsx"), tables())
    with zipfile.ZipFile(sound) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == part else old.read(name))
    return path


def row(attributes: str, cells: str) -> Callable[[bytes], bytes]:
    added = f"<row {attributes}>{cells}</row></sheetData>".encode()
    return lambda text: text.replace(b"</sheetData>", added)


CELL = '<c r="A{0}" t="inlineStr"><is><t>x</t></is></c>'
ROWS = {
    "a row beyond the sheet": (row('r="2000000000"', CELL.format(2000000000)), "2000000000"),
    "row 0": (row('r="0"', ""), "numbered 0"),
    "a row twice": (row('r="3"', CELL.format(3)), "row 3 after row 3"),
    "rows out of order": (row('r="1"', CELL.format(1)), "row 1 after row 3"),
    "a cell twice": (row('r="4"', CELL.format(4) * 2), "a cell twice"),
    "a cell of another row": (row('r="4"', CELL.format(9)), "a cell twice"),
    "a column beyond the sheet": (row('r="4"', '<c r="XFE4"><v>1</v></c>'), "column 16,385"),
    "no column": (row('r="4"', '<c r="ZZZZZ4"><v>1</v></c>'), ""),
    "an unknown shared string": (row('r="4"', '<c r="A4" t="s"><v>999999</v></c>'), ""),
    "a truth value in words": (row('r="4"', '<c r="A4" t="b"><v>true</v></c>'), ""),
    "an unknown style": (row('r="4"', '<c r="A4" s="999"><v>1</v></c>'), ""),
    "no number": (row('r="4"', '<c r="A4"><v>many</v></c>'), ""),
    "an infinite number": (row('r="4"', '<c r="A4"><v>1e999</v></c>'), ""),
    "no row number": (row('r="four"', ""), ""),
}


@pytest.mark.parametrize("kind", ROWS)
def test_a_row_that_no_sheet_holds_is_one_error(tmp_path: Path, kind: str) -> None:
    change, words = ROWS[kind]
    path = with_part(tmp_path / "mine.xlsx", SHEET, change)
    (bad,) = [row for row in rows(path, "entities") if row.faults]
    assert bad.record is None
    assert words in bad.faults[0].found
    assert bad.faults[0].cure


PARTS: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "a sheet cut off": (SHEET, lambda text: text[:-60]),
    "an empty sheet": (SHEET, lambda _text: b""),
    "entities that grow": (
        SHEET,
        lambda text: b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
        + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(10))
        + b"]>"
        + text.replace(b">company<", b">&j;<"),
    ),
    "an entity of the system": (
        SHEET,
        lambda text: b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
        + text.replace(b">company<", b">&a;<"),
    ),
    "ten thousand merged areas": (
        SHEET,
        lambda text: text.replace(
            b"</sheetData>", b"</sheetData>" + b'<mergeCell ref="A1:A2"/>' * 10_001
        ),
    ),
    "a merged area that is none": (
        SHEET, lambda text: text.replace(b"</sheetData>", b'</sheetData><mergeCell ref="A-1"/>'),
    ),
    "no workbook": ("xl/workbook.xml", lambda _text: b"<workbook/>"),
    "a workbook cut off": ("xl/workbook.xml", lambda text: text[:100]),
    "no types": ("[Content_Types].xml", lambda _text: b"<Types/>"),
    "styles cut off": ("xl/styles.xml", lambda text: text[:200]),
    "a bomb": (SHEET, lambda text: text + b" " * (80 << 20)),
}  # fmt: skip


@pytest.mark.parametrize("kind", PARTS)
def test_a_damaged_part_is_one_sentence(tmp_path: Path, kind: str) -> None:
    path = with_part(tmp_path / "mine.xlsx", *PARTS[kind])
    try:
        found = [fault for row in rows(path, "entities") for fault in row.faults]
    except DataError as error:
        assert "\n" not in str(error)  # noqa: PT017 - either way is one sentence
    else:
        assert len(found) == 1
        assert not found[0].warning


def test_a_workbook_with_a_password_is_named(tmp_path: Path) -> None:
    (tmp_path / "mine.xlsx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    with pytest.raises(DataError, match="has a password"):
        open_spreadsheet(tmp_path / "mine.xlsx", "mine")


def test_a_workbook_named_csv_is_named(tmp_path: Path) -> None:
    path = folder(tmp_path / "mine")
    workbook(path / "claims.csv", tables())
    ((_, fault),) = faults(path, "claims")
    assert ".xlsx" in fault.cure


@pytest.mark.parametrize("name", ["claims.csv", "mine.xlsx"])
def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path, name: str) -> None:
    path = folder(tmp_path / "mine")
    (path / name).unlink(missing_ok=True)
    os.mkfifo(path / name)
    with pytest.raises(SightlineError, match="not a regular file"):
        open_spreadsheet(path if name == "claims.csv" else path / name, "mine")


def test_a_device_is_refused_and_not_read(tmp_path: Path) -> None:
    path = folder(tmp_path / "mine")
    (path / "claims.csv").unlink()
    (path / "claims.csv").symlink_to("/dev/zero")
    with pytest.raises(DataError, match="not a regular file"):
        open_spreadsheet(path, "mine")
    with pytest.raises(UsageError, match="not a regular file"):
        open_spreadsheet(Path("/dev/zero"), "mine")


def test_a_long_cell_is_read_and_the_limit_of_others_stays(tmp_path: Path) -> None:
    before = csv.field_size_limit()
    path = folder(tmp_path / "mine")
    (path / "entities.csv").write_text(f"id,kind,name,note\na,company,A,{'x' * 200_000}\n")
    (long,) = rows(path, "entities")
    assert long.record
    assert csv.field_size_limit() == before


def test_a_cell_beyond_the_limit_is_not_reported_as_a_quote(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.spreadsheet.as_csv._LONGEST", 1_000)
    path = folder(tmp_path / "mine")
    (path / "entities.csv").write_text(f"id,kind,name,note\na,company,A,{'x' * 2_000}\n")
    ((_, fault),) = faults(path, "entities")
    assert (fault.found, fault.allowed) == ("a longer cell", "cells of at most 1,000 characters")


def test_a_file_that_may_not_be_read_is_not_reported_as_damage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = folder(tmp_path / "mine")
    book = workbook(tmp_path / "mine.xlsx", tables())
    sheet = open_spreadsheet(path, "mine")

    def refuse(self: Path, *_args: object, **_options: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    (row,) = sheet.rows("claims")
    assert row.fatal
    assert row.faults[0].found == "Permission denied"
    assert row.faults[0].cure.startswith("Give yourself the right to read it")
    from ingest.source import open_source

    with pytest.raises(StorageError, match="Permission denied"):
        open_source(book)


@pytest.mark.parametrize("table", TABLES)
def test_a_single_file_gets_the_way_to_load_it(tmp_path: Path, table: str) -> None:
    path = folder(tmp_path / "mine")
    data = (path / f"{table}.csv").rename(tmp_path / "data.csv")
    with pytest.raises(UsageError, match=rf"under the name {table}\.csv"):
        open_spreadsheet(data, "mine")
    data.write_text("a,b\n1,2\n")
    with pytest.raises(UsageError, match=r"claims\.csv or replies\.csv"):
        open_spreadsheet(data, "mine")
