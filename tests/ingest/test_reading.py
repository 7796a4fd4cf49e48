"""What a spreadsheet may look like, and what its cells become."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from graph.errors import DataError, UsageError
from graph.record.model import Claim, Entity
from ingest.spreadsheet import open_spreadsheet
from tests.ingest.folders import CLAIM, ENTITIES, SOURCES, folder, tables
from tests.ingest.reading import faults, records, rows


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_separators_and_byte_order_marks(tmp_path: Path, separator: str, encoding: str) -> None:
    claim = {**CLAIM, "text": 'one, two; "three"\tfour\nfive', "sources": "s"}
    path = folder(tmp_path / "mine", separator, encoding, claims=[claim])
    loaded = records(path)
    assert len(loaded) == 5
    assert isinstance(loaded[3], Claim)
    assert loaded[3].text == claim["text"]


def test_a_header_of_one_semicolon_file_with_commas_in_it(tmp_path: Path) -> None:
    path = folder(tmp_path / "mine")
    (path / "sources.csv").write_text('id;"a, b, c, d, e, f";title;publisher;type\ns;x;S;P;press\n')
    (source,) = (row.record for row in rows(path, "sources") if row.record)
    assert source.properties == {"a, b, c, d, e, f": "x"}


def test_headers_in_any_case_and_order_and_empty_rows(tmp_path: Path) -> None:
    path = folder(tmp_path / "mine")
    (path / "entities.csv").write_text(
        "\ufeff Name ,KIND,,Id\nA,company,,a\n,,,\n\n  , ,,\nB,public_body,,b\n", "utf-8"
    )
    assert [(row.number, row.id) for row in rows(path, "entities")] == [(2, "a"), (6, "b")]


def test_texts_are_composed_and_stripped_and_lists_are_cut(tmp_path: Path) -> None:
    entity = {
        "id": "e", "kind": "company", "name": " Socie\u0301te\u0301\u00a0", "collective": "Yes",
        "aliases": "zh:天网工程 ;; two ; ", "country": "FR;DE",
    }  # fmt: skip
    path = folder(tmp_path / "mine", entities=[*ENTITIES, entity])
    loaded = records(path)[2]
    assert isinstance(loaded, Entity)
    assert loaded.name == "Société"
    assert loaded.aliases == ("zh:天网工程", "two")
    assert loaded.country == ("FR", "DE")
    assert loaded.collective is True


@pytest.mark.parametrize("word", ["no", "No", "false", "0", ""])
def test_no_is_no(tmp_path: Path, word: str) -> None:
    path = folder(tmp_path / "mine", entities=[{**ENTITIES[0], "collective": word}])
    assert records(path)[0] == Entity(set="mine", id="a", kind="company", name="A")  # type: ignore[arg-type]


def test_numbers(tmp_path: Path) -> None:
    claim = {**CLAIM, "strength": "0.70", "value": "1250000.50", "currency": "EUR"}
    loaded = records(folder(tmp_path / "mine", claims=[claim]))[3]
    assert isinstance(loaded, Claim)
    assert (loaded.strength, loaded.value) == (0.7, Decimal("1250000.50"))


def test_unknown_columns_are_kept_and_reported_once_each(tmp_path: Path) -> None:
    extra = {"seen by": "desk", "valid_form": "2016", "set": "x", "properties": "y"}
    claims = [{**CLAIM, **extra}, {**CLAIM, "id": "d", **extra}]
    path = folder(tmp_path / "mine", claims=claims)
    bad_cells = faults(path, "claims")
    assert [(number, fault.column, fault.warning) for number, fault in bad_cells] == [
        (1, column, True) for column in extra
    ]
    assert bad_cells[1][1].cure.startswith("Did you mean valid_from?")
    claim = records(path)[3]
    assert claim.properties == extra
    assert claim.set == "mine"
    assert open_spreadsheet(path, "mine").unknown("claims") == list(extra)


def test_a_missing_column_is_one_error(tmp_path: Path) -> None:
    claims = [{k: v for k, v in CLAIM.items() if k != "status"} | {"id": f"c{n}"} for n in range(9)]
    bad_cells = faults(folder(tmp_path / "mine", claims=claims), "claims")
    assert [(number, fault.column, fault.warning) for number, fault in bad_cells] == [
        (1, "status", False)
    ]


def test_a_column_twice_is_an_error(tmp_path: Path) -> None:
    path = folder(tmp_path / "mine")
    (path / "entities.csv").write_text("id,kind,name,Name\na,company,A,B\n")
    assert [(n, f.column) for n, f in faults(path, "entities")] == [(1, "name")]


@pytest.mark.parametrize("text", ["", "\n", "\ufeff"])
def test_an_empty_file_has_no_columns(tmp_path: Path, text: str) -> None:
    path = folder(tmp_path / "mine")
    (path / "replies.csv").write_text(text, "utf-8")
    assert [f.column for _, f in faults(path, "replies")] == ["claim", "party", "kind"]


BAD_CELLS = [
    ("entities", {"kind": "compnay"}, "Did you mean 'company'?"),
    ("entities", {"kind": "Public body"}, "Did you mean 'public_body'?"),
    ("entities", {"kind": "spaceship"}, "Choose one."),
    ("entities", {"kind": "Person"}, "No natural person is a node"),
    ("entities", {"kind": ""}, "Fill it in."),
    ("entities", {"id": "a b"}, "Write it with hyphens"),
    ("entities", {"id": "x" * 201}, "Write it with hyphens"),
    ("entities", {"name": " "}, "Fill it in."),
    ("entities", {"country": "France"}, "that of France is FR"),
    ("entities", {"country": "Mexico"}, "Look the code up in ISO 3166-1"),
    ("entities", {"country": "FR; de"}, "Write FR; DE."),
    ("entities", {"collective": "maybe"}, "Write yes"),
    ("sources", {"type": "newspaper"}, "Choose one."),
    ("sources", {"type": "presse"}, "Did you mean 'press'?"),
    ("sources", {"reliability": "1.1"}, "digits only"),
    ("sources", {"reliability": "nan"}, "digits only"),
    ("sources", {"reliability": "0,5"}, "digits only"),
    ("sources", {"sha256": "abc"}, "Copy it whole"),
    ("claims", {"relation": "supplied"}, "Did you mean 'supplies'?"),
    ("claims", {"status": "proven"}, "Choose one."),
    ("claims", {"sources": " ; "}, "Fill it in."),
    ("claims", {"sources": ""}, "Fill it in."),
    ("claims", {"stance": "refute"}, "Did you mean 'refutes'?"),
    ("claims", {"strength": "-0.1"}, "digits only"),
    ("claims", {"share": "51%"}, "no per cent sign"),
    ("claims", {"share": "101"}, "digits only"),
    ("claims", {"value": "1 000"}, "digits only"),
    ("claims", {"value": "1,000,000"}, "digits only"),
    ("claims", {"currency": "euro"}, "that of the euro is EUR"),
    ("claims", {"role": "vendor"}, "Choose one."),
    ("claims", {"form": "reported_transfer"}, "Did you mean 'reported transfer'?"),
    ("claims", {"stage": "fnal"}, "Did you mean 'final'?"),
    ("replies", {"kind": "no comment"}, "Did you mean 'no_comment'?"),
    ("claims", {"text": "#REF!"}, "A formula failed"),
    ("claims", {"own": "a\0b"}, "NUL"),
]


@pytest.mark.parametrize(("table", "cells", "cure"), BAD_CELLS)
def test_a_bad_cell_is_named_with_its_cure(
    tmp_path: Path, table: str, cells: dict[str, str], cure: str
) -> None:
    sound = {name: rows[1:] for name, rows in tables().items()}
    header = tables()[table][0]
    row = dict(zip(header, sound[table][0], strict=True)) | cells
    changed: dict[str, Any] = {table: [row]}
    path = folder(tmp_path / "mine", **changed)
    ((number, fault),) = [(n, f) for n, f in faults(path, table) if not f.warning]
    assert (number, fault.column) == (2, next(iter(cells)))
    assert cure in fault.cure


def test_all_cells_of_a_row_are_judged(tmp_path: Path) -> None:
    claim = {**CLAIM, "status": "x", "relation": "y", "share": "z", "sources": ""}
    bad_cells = faults(folder(tmp_path / "mine", claims=[claim]), "claims")
    assert [fault.column for _, fault in bad_cells] == ["relation", "status", "sources", "share"]


def test_bytes_that_are_not_utf_8_are_shown_where_they_stand(tmp_path: Path) -> None:
    path = folder(tmp_path / "mine", encoding="latin-1",
                  sources=[{**SOURCES[0], "title": "Société"}])  # fmt: skip
    ((number, fault),) = faults(path, "sources")
    assert (number, fault.column, fault.found) == (2, "title", r"Soci\xe9t\xe9")
    assert "UTF-8" in fault.cure


def test_a_utf_16_file_is_one_error(tmp_path: Path) -> None:
    path = folder(tmp_path / "mine", encoding="utf-16")
    ((number, fault),) = faults(path, "claims")
    assert (number, fault.found) == (0, "a UTF-16 file")
    assert rows(path, "claims")[0].fatal


@pytest.mark.parametrize("text", ['b,public_body,"B\n', 'b,public_body,"B"x\n'])
def test_a_quote_without_its_half_is_found_in_its_row(tmp_path: Path, text: str) -> None:
    path = folder(tmp_path / "mine")
    (path / "entities.csv").write_text(f"id,kind,name\na,company,A\n{text}")
    raw_rows = rows(path, "entities")
    assert [(row.number, row.fatal) for row in raw_rows] == [(2, False), (3, True)]


def test_a_cell_beyond_the_columns_is_an_error(tmp_path: Path) -> None:
    path = folder(tmp_path / "mine")
    (path / "entities.csv").write_text("id,kind,name\na,company,A, Inc.\nb,public_body,B,\nc\n")
    bad_cells = faults(path, "entities")
    assert [(n, f.found) for n, f in bad_cells] == [
        (2, "Inc. in D2"),
        (4, ""),
        (4, ""),
    ]


def test_a_folder_needs_one_table_and_takes_one(tmp_path: Path) -> None:
    path = folder(tmp_path / "mine", sources=[], claims=[], replies=[])
    assert len(records(path)) == 2
    (path / "Entities.CSV").write_bytes((path / "entities.csv").read_bytes())
    (path / "entities.csv").unlink()
    assert len(records(path)) == 2
    (tmp_path / "empty").mkdir()
    with pytest.raises(DataError, match=r"holds none of entities\.csv"):
        open_spreadsheet(tmp_path / "empty", "mine")


def test_two_files_for_one_table_are_not_chosen_from(tmp_path: Path) -> None:
    path = folder(tmp_path / "mine")
    (path / "CLAIMS.csv").write_text("id\n")
    if len(list(path.iterdir())) == 4:
        pytest.skip("this file system knows no small and capital letters")
    with pytest.raises(DataError, match="Move one of them away"):
        open_spreadsheet(path, "mine")


def test_a_file_with_nearly_the_right_name_is_not_passed_over(tmp_path: Path) -> None:
    path = folder(tmp_path / "mine")
    (path / "claims.csv").rename(path / "claim.csv")
    with pytest.raises(DataError, match=r"Rename it to claims\.csv"):
        open_spreadsheet(path, "mine")
    (path / "left_out.csv").write_text("ref,reason\n")
    (path / "claim.csv").rename(path / "claims.csv")
    open_spreadsheet(path, "mine")


@pytest.mark.parametrize("name", ["claims.csv", "mine.xls", "mine.ods", "notes.txt"])
def test_other_files_are_refused_with_the_way_out(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("x")
    with pytest.raises(UsageError, match="folder"):
        open_spreadsheet(tmp_path / name, "mine")
