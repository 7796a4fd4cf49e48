"""Rows that are left out: which, why, where they go."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.dataset import Archive, Writer
from graph.errors import NoDataError, StorageError
from tests.ingest.folders import CLAIM, ENTITIES, REPLY, SOURCES, folder, tables, workbook
from tests.ingest.loading import load, sets, table


def test_good_rows_go_in_and_the_rest_can_be_mended(empty: Archive, tmp_path: Path) -> None:
    path = folder(
        tmp_path / "mine",
        entities=[*ENTITIES, {"id": "e", "kind": "compny", "name": "E"}],
        sources=[*SOURCES, {**SOURCES[0], "id": "t", "origin": "u"},
                 {**SOURCES[0], "id": "v", "origin": "t"}],
        claims=[CLAIM, {**CLAIM, "id": "d", "subject": "e"},
                {**CLAIM, "id": "f", "sources": "v", "note": "a, b"}],
        replies=[REPLY, {**REPLY, "claim": "d"}],
    )  # fmt: skip
    report = load(empty, path, tolerate={"rejects"})
    assert report.counts == {"entities": 2, "sources": 1, "claims": 1, "replies": 1}
    assert sets(empty) == {"mine": ["c"]}
    (rejects,) = report.rejects
    assert rejects == tmp_path / "mine-rejects"
    rows = {file.stem: table(file) for file in rejects.glob("*.csv")}
    assert [row["id"] for row in rows["entities"]] == ["e"]
    assert [row["id"] for row in rows["sources"]] == ["t", "v"]
    assert [row["id"] for row in rows["claims"]] == ["d", "f"]
    assert rows["claims"][1]["note"] == "a, b"
    assert [row["claim"] for row in rows["replies"]] == ["d"]
    reasons = [(r["file"], r["row"], r["row there"], r["column"]) for r in rows["problems"]]
    assert reasons == [
        ("entities.csv", "2", "4", "kind"),
        ("sources.csv", "2", "3", "origin"),
        ("sources.csv", "3", "4", "origin"),
        ("claims.csv", "2", "3", "subject"),
        ("claims.csv", "3", "4", "sources"),
        ("replies.csv", "2", "3", "claim"),
    ]
    assert rows["problems"][3]["cure"] == "The row of this id was rejected."
    assert [p.column for p in report.problems] == ["subject", "sources", "kind", "claim", "origin",
                                                   "origin"]  # fmt: skip
    # mended, they load beside the good ones
    for file, wrong, right in (("entities", "compny", "company"), ("sources", ",u", ",s")):
        text = (rejects / f"{file}.csv").read_text("utf-8")
        assert wrong in text
        (rejects / f"{file}.csv").write_text(text.replace(wrong, right), "utf-8")
    assert load(empty, rejects).problems == []
    assert sets(empty) == {"mine": ["c"], "mine-rejects": ["d", "f"]}


def test_rejects_of_a_second_time_go_to_a_folder_of_their_own(
    empty: Archive, tmp_path: Path
) -> None:
    path = folder(tmp_path / "mine", claims=[CLAIM, {**CLAIM, "id": "d", "status": "x"}])
    load(empty, path, tolerate={"rejects"})
    assert load(empty, path, tolerate={"rejects"}).rejects == (tmp_path / "mine-rejects-2",)


def test_rows_with_one_id_are_both_rejected(empty: Archive, tmp_path: Path) -> None:
    path = folder(tmp_path / "mine", replies=[],
                  claims=[{**CLAIM, "id": "d"}, CLAIM, {**CLAIM, "text": "else"}])  # fmt: skip
    load(empty, path, tolerate={"rejects"})
    assert sets(empty) == {"mine": ["d"]}


def test_bytes_that_are_no_text_reach_the_rejects_as_they_were(
    empty: Archive, tmp_path: Path
) -> None:
    path = folder(tmp_path / "mine")
    with (path / "claims.csv").open("ab") as file:
        file.write(b"d,a,supplies,b,reported,s,caf\xe9\n")
    (rejects,) = load(empty, path, tolerate={"rejects"}).rejects
    assert b"caf\xe9" in (rejects / "claims.csv").read_bytes()


def test_with_nothing_to_reject_there_are_no_rejects(empty: Archive, tmp_path: Path) -> None:
    report = load(empty, folder(tmp_path / "mine"), tolerate={"rejects"})
    assert (report.rejects, report.problems) == ((), [])
    assert not list(tmp_path.glob("*rejects*"))


def test_rejects_of_a_workbook(empty: Archive, tmp_path: Path) -> None:
    claims = [CLAIM, {**CLAIM, "id": "d", "status": "x"}]
    path = workbook(tmp_path / "mine.xlsx", tables(claims=claims))
    (rejects,) = load(empty, path, tolerate={"rejects"}).rejects
    assert (rejects / "claims.csv").read_text("utf-8").splitlines()[1].startswith("d,a,supplies")


def test_rejects_that_cannot_be_written_stop_the_ingestion(
    empty: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = folder(tmp_path / "mine", claims=[CLAIM, {**CLAIM, "id": "d", "status": "x"}])

    def refuse(self: Path, *_args: object, **_options: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("ingest.rejects._write", refuse)
    with pytest.raises(StorageError, match="Permission denied"):
        load(empty, path, tolerate={"rejects"})
    with pytest.raises(NoDataError):
        empty.current()


def test_rejects_go_away_when_publishing_fails(
    empty: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(self: Writer) -> str:
        raise StorageError("The disk is full.")

    monkeypatch.setattr(Writer, "publish", fail)
    path = folder(tmp_path / "mine", claims=[CLAIM, {**CLAIM, "id": "d", "status": "x"}])
    with pytest.raises(StorageError, match="The disk is full"):
        load(empty, path, tolerate={"rejects"})
    assert not list(tmp_path.glob("*rejects*"))


def test_no_cell_of_the_rejects_is_a_formula(empty: Archive, tmp_path: Path) -> None:
    bad = {**CLAIM, "id": "d", "status": "=1+1", "note": "+\x1b[2J"}
    path = folder(tmp_path / "mine", claims=[CLAIM, bad])
    (rejects,) = load(empty, path, tolerate={"rejects"}).rejects
    (row,) = table(rejects / "claims.csv")
    assert (row["status"], row["note"]) == ("'=1+1", "'+_x001B_[2J")
    assert [row["found"] for row in table(rejects / "problems.csv")] == ["'=1+1"]
    text = (rejects / "claims.csv").read_text("utf-8").replace("'=1+1", "reported")
    (rejects / "claims.csv").write_text(text, "utf-8")
    load(empty, rejects)
    with empty.open() as dataset:
        notes = [getattr(claim, "note", "") for claim in dataset.records("claims", "mine-rejects")]
    assert notes == ["+\x1b[2J"]
