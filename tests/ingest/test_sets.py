"""Sets beside each other: kept, replaced, dropped; what one needs of another."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from graph.dataset import Archive
from graph.errors import DataError, NoDataError, UsageError
from graph.record.model import Judgement
from ingest.pipeline import drop
from tests.ingest.folders import CLAIM, ENTITIES, REPLY, folder
from tests.ingest.loading import load, sets


def test_a_set_is_replaced_and_the_others_stay(archive: Archive, tmp_path: Path) -> None:
    load(archive, folder(tmp_path / "mine"))
    assert set(sets(archive)) == {"mine", "miniature"}
    report = load(archive, folder(tmp_path / "mine", claims=[{**CLAIM, "id": "d"}], replies=[]),
                  tolerate={"losses"})  # fmt: skip
    found = sets(archive)
    assert found["mine"] == ["d"]
    assert len(found["miniature"]) == 20
    assert report.counts["claims"] == 1


def test_a_folder_may_use_ids_of_another_set(archive: Archive, tmp_path: Path) -> None:
    claim = {**CLAIM, "subject": "kamera-ab", "object": "northport-psb", "sources": "leak-2016"}
    reply = {**REPLY, "party": "kamera-ab"}
    answer = {"claim": "c20", "party": "kamera-ab", "kind": "no_comment"}
    path = folder(tmp_path / "mine", entities=[], sources=[], claims=[claim],
                  replies=[reply, answer])  # fmt: skip
    assert load(archive, path).problems == []
    with pytest.raises(DataError, match="leak-2016"):
        load(Archive(tmp_path / "alone"), path)


def test_the_same_id_with_another_kind_is_an_error(archive: Archive, tmp_path: Path) -> None:
    path = folder(tmp_path / "mine", entities=[*ENTITIES, {**ENTITIES[1], "id": "kamera-ab"}])
    with pytest.raises(DataError, match="'miniature' has this id as a company"):
        load(archive, path)


def test_fields_that_differ_are_kept_by_set_and_reported(archive: Archive, tmp_path: Path) -> None:
    other = {"id": "kamera-ab", "kind": "company", "name": "Kamera Aktiebolag", "country": "SE"}
    report = load(archive, folder(tmp_path / "mine", entities=[*ENTITIES, other]))
    (problem,) = report.problems
    assert problem.warning
    assert "it differs in: name." in problem.cure
    with archive.open() as dataset:
        names = [e.name for e in dataset.records("entities") if getattr(e, "id", "") == "kamera-ab"]  # type: ignore[union-attr]
    assert sorted(names) == ["Kamera AB", "Kamera Aktiebolag"]


def test_an_allegation_of_a_set_that_stays_is_refuted(archive: Archive, tmp_path: Path) -> None:
    refuting = {
        **CLAIM, "subject": "kamera-ab", "object": "northport-psb", "stance": "refutes",
        "about": "c20",
    }  # fmt: skip
    load(archive, folder(tmp_path / "mine", claims=[refuting], replies=[]))
    bad = folder(tmp_path / "bad", claims=[{**refuting, "id": "d", "about": "c12"}], replies=[])
    with pytest.raises(DataError, match="a `says` row carries none"):
        load(archive, bad)


def test_what_other_sets_say_counts(archive: Archive, tmp_path: Path, miniature: Path) -> None:
    answer = {"claim": "c20", "party": "kamera-ab", "kind": "no_comment"}
    undated = {**CLAIM, "subject": "kanon-kk", "relation": "owns", "object": "kamera-ab",
               "valid_from": ""}  # fmt: skip
    report = load(archive, folder(tmp_path / "mine", claims=[undated], replies=[answer]))
    assert [(p.row, p.column) for p in report.problems] == [(2, "valid_from")]
    again = load(archive, miniature)
    assert [(p.row, p.column) for p in again.problems] == [(18, "valid_from")]


def test_a_pair_is_judged_or_claimed_never_both(
    archive: Archive, tmp_path: Path, miniature: Path
) -> None:
    judgement = Judgement(
        set="reviews", id="j", left="kamera-ab", right="kamera-systems", same=True, who="x",
        when="2026-11-25",
    )  # fmt: skip
    with archive.writer() as writer:
        writer.keep(except_sets=[])
        writer.add("judgements", [judgement])
        writer.publish()
    with pytest.raises(DataError, match="A reviewer has judged this pair") as caught:
        load(archive, miniature)
    assert [(p.row, p.column) for p in caught.value.problems if not p.warning] == [(9, "object")]


def test_what_other_sets_need_stays(archive: Archive, tmp_path: Path, miniature: Path) -> None:
    claim = {**CLAIM, "subject": "observa-bv"}
    load(archive, folder(tmp_path / "mine", claims=[claim], replies=[]))
    smaller = shutil.copytree(miniature, tmp_path / "miniature")
    for file, gone in (("entities", "observa-bv,"), ("claims", "c10,"), ("sources", "observa-s")):
        lines = (smaller / f"{file}.csv").read_text("utf-8").splitlines(keepends=True)
        kept = [line for line in lines if not line.startswith(gone)]
        assert len(kept) == len(lines) - 1
        (smaller / f"{file}.csv").write_text("".join(kept), "utf-8")
    before = archive.current()
    with pytest.raises(DataError, match="c stays in the set 'mine' and needs it"):
        load(archive, smaller)
    with pytest.raises(DataError, match="leaving rows out does not help"):
        load(archive, smaller, tolerate={"rejects"})
    assert archive.current() == before
    both = folder(tmp_path / "mine", replies=[])
    assert load(archive, smaller, both).sets == ("miniature", "mine")


def test_a_kind_that_other_sets_need_stays(archive: Archive, tmp_path: Path) -> None:
    load(archive, folder(tmp_path / "base", sources=[], claims=[], replies=[]))
    load(archive, folder(tmp_path / "mine", entities=[]))
    turned = folder(tmp_path / "base", entities=[ENTITIES[0], {**ENTITIES[1], "kind": "place"}],
                    sources=[], claims=[], replies=[])  # fmt: skip
    with pytest.raises(DataError, match="found 'b \\(place\\)'"):
        load(archive, turned)
    load(archive, folder(tmp_path / "base", entities=[{**e, "note": "x"} for e in ENTITIES],
                         sources=[], claims=[], replies=[]))  # fmt: skip


def test_several_sources_are_one_version(archive: Archive, tmp_path: Path) -> None:
    before = archive.versions()
    one = folder(tmp_path / "one", entities=ENTITIES[:1], sources=[], claims=[], replies=[])
    two = folder(tmp_path / "two", entities=ENTITIES[1:])
    assert load(archive, one, two).sets == ("one", "two")
    assert len(archive.versions()) == len(before) + 1


def test_drop_takes_a_set_out(archive: Archive, tmp_path: Path) -> None:
    before = archive.current()
    load(archive, folder(tmp_path / "mine"))
    assert drop(archive, "mine") == before == archive.current()
    with pytest.raises(UsageError, match=r"no set 'mine'\. Its sets: miniature"):
        drop(archive, "mine")


def test_what_others_need_is_not_dropped(archive: Archive, tmp_path: Path) -> None:
    load(archive, folder(tmp_path / "mine", claims=[{**CLAIM, "subject": "kanon-kk"}]))
    before = archive.current()
    with pytest.raises(DataError, match="miniature cannot be dropped"):
        drop(archive, "miniature")
    assert archive.current() == before
    with pytest.raises(NoDataError):
        drop(Archive(tmp_path / "none"), "mine")
