"""From folders to versions: what is refused, kept, replaced, left out, dropped."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from graph.dataset import Archive
from graph.errors import DataError, NoDataError, SightlineError, StorageError, UsageError
from graph.model import Claim, Judgement
from ingest import STARTER
from ingest.pipeline import Report, drop, ingest
from ingest.source import find, named, slug
from ingest.spreadsheet import new
from tests.ingest.folders import CLAIM, ENTITIES, REPLY, SOURCES, folder, tables, workbook

Load = Callable[..., Report]


@pytest.fixture
def empty(tmp_path: Path) -> Archive:
    return Archive(tmp_path / "data")


def load(archive: Archive, *sources: str | Path, **options: object) -> Report:
    return ingest(archive, sources, progress=False, **options)  # type: ignore[arg-type]


def sets(archive: Archive) -> dict[str, list[str]]:
    """Set -> the ids of its claims, in the current version."""
    with archive.open() as dataset:
        return {
            name: [
                claim.id for claim in dataset.records("claims", name) if isinstance(claim, Claim)
            ]
            for name in dataset.manifest.sets
        }


def table(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def files_below(path: Path) -> set[Path]:
    return {file for file in path.rglob("*") if file.is_file()} if path.exists() else set()


# -- a version comes about


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
    kept = load(empty, broken, dry_run=True, keep_good=True)
    assert [p.column for p in kept.problems if not p.warning] == ["status", "claim"]
    assert kept.rejects == ()
    assert not (tmp_path / "data").exists()
    assert not list(tmp_path.glob("*rejects*"))


# -- sets beside each other


def test_a_set_is_replaced_and_the_others_stay(archive: Archive, tmp_path: Path) -> None:
    load(archive, folder(tmp_path / "mine"))
    assert set(sets(archive)) == {"mine", "miniature"}
    report = load(archive, folder(tmp_path / "mine", claims=[{**CLAIM, "id": "d"}], replies=[]))
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
    assert "it differs in: name, identifiers, founded, note" in problem.cure
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
    with pytest.raises(DataError, match="leaving rows out does not mend it"):
        load(archive, smaller, keep_good=True)
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


# -- what is wrong


def test_all_problems_are_told_and_nothing_is_loaded(archive: Archive, tmp_path: Path) -> None:
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
    assert str(caught.value).splitlines()[-1] == "… and 480 more"


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
    for keep_good in (False, True):
        with pytest.raises(DataError, match="row 3: found"):
            load(empty, path, keep_good=keep_good)


# -- rejects


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
    report = load(empty, path, keep_good=True)
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
    load(empty, path, keep_good=True)
    assert load(empty, path, keep_good=True).rejects == (tmp_path / "mine-rejects-2",)


def test_rows_with_one_id_are_both_rejected(empty: Archive, tmp_path: Path) -> None:
    path = folder(tmp_path / "mine", replies=[],
                  claims=[{**CLAIM, "id": "d"}, CLAIM, {**CLAIM, "text": "else"}])  # fmt: skip
    load(empty, path, keep_good=True)
    assert sets(empty) == {"mine": ["d"]}


def test_bytes_that_are_no_text_reach_the_rejects_as_they_were(
    empty: Archive, tmp_path: Path
) -> None:
    path = folder(tmp_path / "mine")
    with (path / "claims.csv").open("ab") as file:
        file.write(b"d,a,supplies,b,reported,s,caf\xe9\n")
    (rejects,) = load(empty, path, keep_good=True).rejects
    assert b"caf\xe9" in (rejects / "claims.csv").read_bytes()


def test_with_nothing_to_reject_there_are_no_rejects(empty: Archive, tmp_path: Path) -> None:
    report = load(empty, folder(tmp_path / "mine"), keep_good=True)
    assert (report.rejects, report.problems) == ((), [])
    assert not list(tmp_path.glob("*rejects*"))


def test_rejects_of_a_workbook(empty: Archive, tmp_path: Path) -> None:
    claims = [CLAIM, {**CLAIM, "id": "d", "status": "x"}]
    path = workbook(tmp_path / "mine.xlsx", tables(claims=claims))
    (rejects,) = load(empty, path, keep_good=True).rejects
    assert (rejects / "claims.csv").read_text("utf-8").splitlines()[1].startswith("d,a,supplies")


def test_rejects_that_cannot_be_written_stop_the_ingestion(
    empty: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = folder(tmp_path / "mine", claims=[CLAIM, {**CLAIM, "id": "d", "status": "x"}])

    def refuse(self: Path, *_args: object, **_options: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("ingest.rejects._write", refuse)
    with pytest.raises(StorageError, match="Permission denied"):
        load(empty, path, keep_good=True)
    with pytest.raises(NoDataError):
        empty.current()


def test_rejects_go_away_when_publishing_fails(
    empty: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from graph.dataset import Writer

    def fail(self: Writer) -> str:
        raise StorageError("The disk is full.")

    monkeypatch.setattr(Writer, "publish", fail)
    path = folder(tmp_path / "mine", claims=[CLAIM, {**CLAIM, "id": "d", "status": "x"}])
    with pytest.raises(StorageError, match="The disk is full"):
        load(empty, path, keep_good=True)
    assert not list(tmp_path.glob("*rejects*"))


# -- names


def test_a_source_is_found_by_name_before_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    folder(tmp_path / "starter")
    assert find("starter").labels["claims"] == "starter/claims.csv"
    assert sum(1 for _ in find("starter").rows("claims")) > 100
    assert sum(1 for _ in find("./starter").rows("claims")) == 1
    assert sum(1 for _ in find(Path("starter")).rows("claims")) == 1
    assert set(named()) == {"starter"}


def test_an_unknown_source_names_those_that_are_known() -> None:
    with pytest.raises(UsageError, match=r"no source and no folder 'nowhere'. Sources: starter;"):
        find("nowhere")
    with pytest.raises(UsageError, match="Did you mean 'starter'"):
        find("startr")


def test_a_set_needs_a_name_of_its_own(empty: Archive, tmp_path: Path) -> None:
    one, two = folder(tmp_path / "x" / "mine"), folder(tmp_path / "y" / "mine")
    with pytest.raises(UsageError, match="would be the set 'mine'"):
        load(empty, one, two)
    with pytest.raises(UsageError, match="names one source"):
        load(empty, one, two, as_name="z")
    with pytest.raises(UsageError, match="--as my-set"):
        load(empty, one, as_name="My Set")
    with pytest.raises(UsageError, match="cannot be the name of a set"):
        load(empty, folder(tmp_path / "---"))
    assert slug(" Überwachung/№ 7 ") == "überwachung-7"


def test_a_folder_given_as_a_dot_has_its_own_name(
    empty: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder(tmp_path / "mine"))
    report = load(empty, ".", keep_good=True)
    assert report.sets == ("mine",)


def test_every_failure_is_of_the_error_tree(empty: Archive, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    (tmp_path / "x.xlsx").write_bytes(b"PK")
    for what in ("nowhere", tmp_path / "file", tmp_path / "x.xlsx", tmp_path / "no" / "where"):
        with pytest.raises(SightlineError) as caught:
            load(empty, what)
        assert "\n" not in str(caught.value)


def test_a_folder_that_may_not_be_read(
    empty: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = folder(tmp_path / "mine")

    def refuse(self: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", refuse)
    with pytest.raises(StorageError, match=r"mine cannot be read \(Permission denied\)"):
        load(empty, path)
    with pytest.raises(StorageError, match="cannot be read"):
        load(empty, "x" * 5000)


def test_progress_stays_off_where_nobody_watches(
    empty: Archive, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    new(tmp_path / "mine")
    ingest(empty, [tmp_path / "mine"], progress=True)
    assert capfd.readouterr() == ("", "")
