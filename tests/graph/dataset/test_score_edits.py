"""Edits that move scores are told, and move them the way that is said of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from graph.dataset import Archive, EditKind, ScoreEdit
from graph.exposure.engine import Score, exposure
from graph.paths.question import Question
from graph.paths.subgraph import of_store
from graph.stores import open_store
from graph.wording import MOVES
from tests.graph.dataset.records import Tables, made, publish


def row(key: str, subject: str, target: str, source: str, **more: Any) -> Any:
    fields = {"subject": subject, "object": target, "sources": [source], "strength": 0.5}
    return made("claims", id=key, **(fields | more))


def record() -> Tables:
    """Parent owns maker; maker and twin sell to the police, each by two reports."""
    companies = ("parent", "maker", "twin")
    return {
        "entities": [
            *(made("entities", id=name) for name in companies),
            made("entities", id="police", kind="public_body"),
        ],
        "sources": [made("sources", id=name, reliability=0.8) for name in ("one", "two", "echo")],
        "claims": [
            row("stake", "parent", "maker", "one", relation="owns", valid_from="2010",
                valid_to="2014"),
            row("sale", "maker", "police", "two", valid_from="2012"),
            row("again", "maker", "police", "echo", valid_from="2012"),
            row("other", "twin", "police", "two", valid_from="2013"),
        ],
    }  # fmt: skip


def changed(tables: Tables, table: str, key: str, **fields: Any) -> None:
    """Change some fields of a row."""
    tables[table] = [
        msgspec.structs.replace(one, **fields) if getattr(one, "id", "") == key else one
        for one in tables[table]
    ]


def dropped(tables: Tables, table: str, *keys: str) -> None:
    tables[table] = [one for one in tables[table] if getattr(one, "id", "") not in keys]


Change = Callable[[Tables], None]


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path / "data")


def moved(archive: Archive, before: Change, after: Change) -> list[ScoreEdit]:
    versions = []
    for change in (before, after):
        tables = record()
        change(tables)
        versions.append(publish(archive, tables))
    return archive.diff(*versions).moves


def scored(archive: Archive, version: str, exporter: str = "parent") -> Score:
    with open_store(archive, version=version) as store:
        network = of_store(store, Question.between(exporter, "police"))
        return exposure(network, Question.between(exporter, "police"))


def as_it_is(tables: Tables) -> None:
    """Change nothing."""


def merged(tables: Tables) -> None:
    changed(tables, "sources", "echo", origin="two")


def merged_in_the_row(tables: Tables) -> None:
    changed(tables, "claims", "again", origin=("two",))


def narrower(tables: Tables) -> None:
    changed(tables, "claims", "sale", valid_from="2012-05-01")


def older(tables: Tables) -> None:
    changed(tables, "entities", "maker", founded="2000")


def later(tables: Tables) -> None:
    changed(tables, "claims", "sale", valid_from="2013")


def one_entity(tables: Tables) -> None:
    changed(tables, "claims", "other", subject="maker")
    dropped(tables, "entities", "twin")


def of_another(tables: Tables) -> None:
    changed(tables, "claims", "other", subject="parent")


def tied(tables: Tables) -> None:
    tables["claims"].append(
        row("tie", "twin", "maker", "one", relation="same_as", strength=1.0, valid_from="")
    )


def retracted(tables: Tables) -> None:
    dropped(tables, "sources", "echo")
    dropped(tables, "claims", "again")


def withdrawn(tables: Tables) -> None:
    changed(tables, "claims", "again", status="withdrawn")


def other_root(tables: Tables) -> None:
    changed(tables, "claims", "again", origin=("one",))


def both_roots(tables: Tables) -> None:
    changed(tables, "claims", "again", origin=("one", "echo"))


BACK = {
    EditKind.ORIGINS_MERGED: EditKind.ORIGINS_SPLIT,
    EditKind.DATES_NARROWED: EditKind.DATES_WIDENED,
    EditKind.ENTITIES_MERGED: EditKind.ENTITIES_SPLIT,
    EditKind.CLAIM_WITHDRAWN: EditKind.CLAIM_REINSTATED,
}


@pytest.mark.parametrize(
    ("change", "edit", "before", "after", "rows"),
    [
        (merged, EditKind.ORIGINS_MERGED, ("echo",), ("two",), ("echo",)),
        (narrower, EditKind.DATES_NARROWED, ("2012",), ("2012-05-01",), ("sale",)),
        (older, EditKind.DATES_NARROWED, ("undated",), ("since 2000",), ("maker",)),
        (later, EditKind.DATES_CHANGED, ("2012",), ("2013",), ("sale",)),
        (one_entity, EditKind.ENTITIES_MERGED, ("twin",), ("maker",), ("other",)),
        (of_another, EditKind.ENDS_CHANGED, ("twin",), ("parent",), ("other",)),
        (tied, EditKind.ENTITIES_MERGED, ("maker", "twin"), (), ("tie",)),
        (withdrawn, EditKind.CLAIM_WITHDRAWN, ("reported",), ("withdrawn",), ("again",)),
        (both_roots, EditKind.ORIGINS_SPLIT, ("echo",), ("echo", "one"), ("again",)),
        (other_root, EditKind.ORIGINS_CHANGED, ("echo",), ("one",), ("again",)),
        (merged_in_the_row, EditKind.ORIGINS_CHANGED, ("echo",), ("two",), ("again",)),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_each_edit_is_told_there_and_back(
    archive: Archive,
    change: Change,
    edit: EditKind,
    before: tuple[str, ...],
    after: tuple[str, ...],
    rows: tuple[str, ...],
) -> None:
    assert moved(archive, as_it_is, change) == [ScoreEdit(edit, before, after, rows)]
    way_back = {new: old for old, new in BACK.items()} | BACK
    (back,) = moved(archive, change, as_it_is)
    assert back == ScoreEdit(way_back.get(edit, edit), after, before, rows)


def test_a_source_that_is_gone_names_what_it_supported(archive: Archive) -> None:
    assert moved(archive, as_it_is, retracted) == [
        ScoreEdit(EditKind.SOURCE_RETRACTED, ("echo",), (), ("again",))
    ]
    assert moved(archive, retracted, as_it_is) == []  # a new source is told as one that came


def test_what_moves_no_score_is_not_told(archive: Archive) -> None:
    def noted(tables: Tables) -> None:
        changed(tables, "claims", "sale", note="read again", text="Said otherwise.")
        changed(tables, "sources", "one", title="Another title")
        changed(tables, "entities", "maker", name="Maker AG")

    assert moved(archive, as_it_is, noted) == []

    def said(tables: Tables) -> None:
        tables["claims"].append(row("word", "maker", "", "one", relation="says", valid_from="2012"))

    def said_later(tables: Tables) -> None:
        said(tables)
        changed(tables, "claims", "word", valid_from="2013")

    assert moved(archive, said, said_later) == []


def test_what_is_said_of_each_edit_is_so(archive: Archive) -> None:
    """Each sentence of `MOVES`, on scores of records that differ by such an edit alone."""

    def score(*changes: Change, exporter: str = "maker") -> Score:
        tables = record()
        for change in changes:
            change(tables)
        return scored(archive, publish(archive, tables), exporter)

    def alone(tables: Tables) -> None:
        dropped(tables, "claims", "again")

    def too_late(tables: Tables) -> None:
        changed(tables, "claims", "sale", valid_from="2012-12-31")

    def in_a_row(tables: Tables) -> None:
        changed(tables, "sources", "two", origin="one")

    def until_then(tables: Tables) -> None:
        changed(tables, "claims", "stake", valid_to="2012-05-01")
        dropped(tables, "claims", "again")

    plain = score()
    assert "side by side it supports less" in MOVES[EditKind.ORIGINS_MERGED].effect
    assert score(merged).score < plain.score
    assert "in a row more" in MOVES[EditKind.ORIGINS_MERGED].effect
    apart = score(alone, exporter="parent")
    assert score(alone, in_a_row, exporter="parent").score > apart.score
    assert "may become certain" in MOVES[EditKind.DATES_NARROWED].effect
    wide = score(until_then, exporter="parent")
    narrow = score(until_then, narrower, exporter="parent")
    assert (wide.certain, wide.score) == (0, narrow.score)
    assert narrow.certain == narrow.score > 0
    assert "can only disappear" in MOVES[EditKind.DATES_NARROWED].effect
    assert score(until_then, too_late, exporter="parent").score == 0
    assert "paths may appear" in MOVES[EditKind.ENTITIES_MERGED].effect
    assert score(one_entity).paths > plain.paths
    assert score(tied).paths > plain.paths
    assert "supported less" in MOVES[EditKind.SOURCE_RETRACTED].effect
    assert score(retracted).score < plain.score
    assert "supported less" in MOVES[EditKind.CLAIM_WITHDRAWN].effect
    assert score(withdrawn).score < plain.score
    assert set(MOVES) == set(EditKind)
