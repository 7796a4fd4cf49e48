"""From folders to versions: what is loaded, what is refused, what is reported."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.dataset import Archive
from graph.errors import DataError, NoDataError
from ingest import STARTER
from tests.ingest.folders import CLAIM, ENTITIES, REPLY, SOURCES, folder, tables, workbook
from tests.ingest.loading import files_below, load, sets


def test_a_folder_becomes_a_set_named_after_it(empty: Archive, tmp_path: Path) -> None:
    report = load(empty, folder(tmp_path / "My Leads (2026)"))
    assert report.sets == ("my-leads-2026",)
    assert report.counts == {"entities": 2, "sources": 1, "claims": 1, "replies": 1}
    assert report.version == empty.current()
    assert sets(empty) == {"my-leads-2026": ["c"]}


def test_a_workbook_becomes_a_set_too(empty: Archive, tmp_path: Path) -> None:
    path = workbook(tmp_path / "leads.xlsx", tables())
    version = load(empty, path).version
    assert sets(empty) == {"leads": ["c"]}
    assert load(empty, folder(tmp_path / "csv"), as_name="leads").version == version


def test_the_order_of_rows_and_columns_changes_no_version(empty: Archive, tmp_path: Path) -> None:
    claims = [CLAIM, {**CLAIM, "id": "d", "text": "x"}]
    version = load(empty, folder(tmp_path / "one", claims=claims), as_name="mine").version
    turned = [dict(reversed(list(row.items()))) for row in reversed(claims)]
    other = folder(tmp_path / "two", ";", entities=ENTITIES[::-1], claims=turned)
    assert load(Archive(tmp_path / "again"), other, as_name="mine").version == version


def test_without_sources_the_starter_data_are_loaded(empty: Archive) -> None:
    report = load(empty)
    assert report.sets == ("starter",)
    assert report.unknown == {}
    assert not [problem for problem in report.problems if not problem.warning]
    assert load(empty, STARTER).version == report.version


def test_unknown_columns_are_reported_by_file(empty: Archive, tmp_path: Path) -> None:
    report = load(empty, folder(tmp_path / "mine", claims=[{**CLAIM, "desk": "x"}]))
    assert report.unknown == {"mine/claims.csv": ["desk"]}
    assert [(p.row, p.column, p.warning) for p in report.problems] == [(1, "desk", True)]


def test_a_dry_run_writes_nothing(empty: Archive, tmp_path: Path) -> None:
    path = folder(tmp_path / "mine")
    before = files_below(tmp_path)
    report = load(empty, path, dry_run=True)
    assert report.version is None
    assert report.counts["claims"] == 1
    assert files_below(tmp_path) == before
    assert not (tmp_path / "data").exists()
    with pytest.raises(NoDataError):
        empty.current()
    broken = folder(tmp_path / "broken", claims=[{**CLAIM, "status": "x"}])
    with pytest.raises(DataError):
        load(empty, broken, dry_run=True)
    kept = load(empty, broken, dry_run=True, tolerate={"rejects"})
    assert [p.column for p in kept.problems if not p.warning] == ["status", "claim"]
    assert kept.rejects == ()
    assert not (tmp_path / "data").exists()
    assert not list(tmp_path.glob("*rejects*"))


def test_all_problems_are_reported_and_nothing_is_loaded(archive: Archive, tmp_path: Path) -> None:
    before = archive.current()
    path = folder(
        tmp_path / "mine",
        entities=[*ENTITIES, {"id": "p", "kind": "person", "name": "P"}],
        sources=[{**SOURCES[0], "type": "blog"}],
        claims=[{**CLAIM, "relation": "owns", "valid_to": "soon"}, {**CLAIM, "id": "d"}],
        replies=[REPLY, {**REPLY, "party": "x"}],
    )
    with pytest.raises(DataError) as caught:
        load(archive, path)
    assert [(p.file, p.row, p.column) for p in caught.value.problems] == [
        ("mine/claims.csv", 2, "object"),
        ("mine/claims.csv", 2, "valid_to"),
        ("mine/entities.csv", 4, "kind"),
        ("mine/replies.csv", 3, "party"),
        ("mine/sources.csv", 2, "type"),
    ]
    text = str(caught.value)
    assert text.startswith("5 errors: nothing was loaded")
    assert "mine/entities.csv, row 4, column kind: found 'person'" in text
    assert archive.current() == before


def test_many_problems_are_shown_in_part(empty: Archive, tmp_path: Path) -> None:
    claims = [{**CLAIM, "id": f"c{n}", "status": "x"} for n in range(500)]
    with pytest.raises(DataError) as caught:
        load(empty, folder(tmp_path / "mine", claims=claims, replies=[]))
    assert len(caught.value.problems) == 500
    *_, more, cure = str(caught.value).splitlines()
    assert more.startswith("  … and 498 more of this kind")
    assert cure.startswith("`--keep-good` loads the good rows")


@pytest.mark.parametrize("above", ["sep=,", "Our list of claims,,"])
def test_a_line_above_the_header_is_reported_once(
    empty: Archive, tmp_path: Path, above: str
) -> None:
    path = folder(tmp_path / "mine", claims=[CLAIM])
    rows = (path / "claims.csv").read_text("utf-8")
    (path / "claims.csv").write_text(f"{above}\n{rows}", "utf-8")
    with pytest.raises(DataError, match="Delete the lines above the header") as caught:
        load(empty, path)
    assert [(p.row, p.column) for p in caught.value.problems] == [(1, "")]


def test_a_table_that_cannot_be_read_is_not_blamed_on_others(
    empty: Archive, tmp_path: Path
) -> None:
    path = folder(tmp_path / "mine", entities=[{"id": "a", "kind": "company"}])
    with pytest.raises(DataError) as caught:
        load(empty, path)
    assert [(p.row, p.column) for p in caught.value.problems] == [(1, "name")]


def test_a_row_with_a_bad_cell_is_not_unknown_to_others(empty: Archive, tmp_path: Path) -> None:
    path = folder(
        tmp_path / "mine",
        entities=[{**ENTITIES[0], "country": "France"}, ENTITIES[1]],
        sources=[{**SOURCES[0], "type": "blog"}],
        claims=[{**CLAIM, "status": "x"}],
    )
    with pytest.raises(DataError) as caught:
        load(empty, path)
    assert [p.column for p in caught.value.problems] == ["status", "country", "type"]


def test_a_file_that_breaks_off_is_not_loaded_in_part(empty: Archive, tmp_path: Path) -> None:
    path = folder(tmp_path / "mine")
    with (path / "claims.csv").open("a") as file:
        file.write('"open')
    for tolerate in ((), {"rejects"}):
        with pytest.raises(DataError, match="row 3: found"):
            load(empty, path, tolerate=tolerate)
