"""Which claims are unanswered: all readers give the same ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.dataset import Archive
from graph.evidence import unanswered
from graph.queries import library
from graph.record.replies import NEEDS_REPLY, READABLE, is_unanswered
from graph.record.vocabulary import CONTESTED, Status
from graph.stores import open_store
from tests.contract.rows import claim, reply
from tests.graph.queries.crowded import crowded


@pytest.mark.parametrize("status", Status)
def test_what_is_alleged_or_disputed_needs_a_reply(status: Status) -> None:
    made = claim("c", "x", "says", status=status)
    contested = status in ("alleged", "disputed")
    assert is_unanswered(made, []) is is_unanswered(made, [reply("c", "none_readable")])
    assert is_unanswered(made, []) is contested is (status in CONTESTED)
    for kind in ("answer", "no_comment"):
        assert not is_unanswered(made, [reply("c", "none_readable"), reply("c", kind)])
    assert not is_unanswered(
        claim("c", "x", "says", status=status, stance="refutes", about="d"), []
    )


def archives(folder: Path, starter: Path) -> list[Archive]:
    return [Archive(starter), *(crowded(folder / str(seed), seed) for seed in (3, 11))]


def test_all_readers_agree(tmp_path: Path, starter: Path) -> None:
    question = library.questions()["allegations-without-reply"]
    for archive in archives(tmp_path, starter):
        with archive.open() as dataset:
            every = {row.id for row in dataset.records("claims")}  # type: ignore[union-attr]
        with open_store(archive) as store:
            found = unanswered(store, every)
            [gap] = [gap for gap in store.gaps(len(every)) if gap.name == "unanswered_claims"]
            assert set(gap.ids) == found == {row.claim for row in question(store)}
        assert 0 < gap.total == len(found) < len(every)


def test_the_cypher_asks_for_the_same() -> None:
    text = library.questions()["allegations-without-reply"].statements["neo4j"]
    assert NEEDS_REPLY in text
    assert READABLE in text
