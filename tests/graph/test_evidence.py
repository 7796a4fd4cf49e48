from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.dataset import Archive
from graph.errors import UnknownIdError
from graph.evidence import gather, roots_of
from graph.model import Source
from graph.stores import open_store
from graph.stores.base import Store
from graph.vocabulary import ReplyKind
from tests.contract.rows import claim, source


@pytest.fixture(scope="module")
def store(ingested: Path) -> Iterator[Store]:
    with open_store(Archive(ingested)) as opened:
        yield opened


def by_id(*sources: Source) -> dict[str, Source]:
    return {one.id: one for one in sources}


CHAIN = by_id(
    source("report"), source("article", origin="report"), source("echo", origin="article")
)


@pytest.mark.parametrize(
    ("fields", "roots"),
    [
        ({"sources": ("report",)}, ("report",)),
        ({"sources": ("echo",)}, ("report",)),
        ({"sources": ("echo", "article", "report")}, ("report",)),
        ({"sources": ("echo", "ruling")}, ("report", "ruling")),
        # the row's own origin overrides its sources'
        ({"sources": ("echo",), "origin": ("ruling",)}, ("ruling",)),
        ({"sources": ("ruling",), "origin": ("echo", "article")}, ("report",)),
        ({"sources": ("echo",), "origin": ("zz", "ruling")}, ("ruling", "zz")),
    ],
)
def test_roots(fields: dict[str, tuple[str, ...]], roots: tuple[str, ...]) -> None:
    assert roots_of(claim("c", "x", "says", **fields), CHAIN) == roots


def test_origins_that_go_round_have_one_root_from_everywhere() -> None:
    ring = by_id(source("a", origin="b"), source("b", origin="c"), source("c", origin="a"))
    for start in ring:
        assert roots_of(claim("c", "x", "says", sources=(start,)), ring) == ("a",)


def test_evidence_comes_in_the_order_asked(store: Store) -> None:
    assert [one.claim.id for one in gather(store, ["c05", "c01", "c04"])] == ["c05", "c01", "c04"]
    assert gather(store, []) == []


def test_evidence_is_whole(store: Store) -> None:
    sale, delivery, disputed = gather(store, ["c04", "c05", "c20"])
    assert [one.id for one in sale.sources] == ["watch-2020", "press-2020"]
    assert [one.id for one in sale.origins] == ["watch-2020"]  # the article relays the report
    (answer,) = sale.replies
    assert (answer.party, answer.kind) == ("visiolux", ReplyKind.ANSWER)
    assert sale.reply_sources["aurora-2020"].title == "Statement on Northport"
    assert [one.id for one in delivery.sources] == ["press-2021"]
    assert [one.id for one in delivery.origins] == ["watch-2020"]
    assert [one.id for one in disputed.origins] == ["watch-2020"]  # a relay of a relay
    assert disputed.replies == ()


def test_a_reply_without_a_source_is_shown(store: Store) -> None:
    (silent,) = gather(store, ["c06"])
    assert [reply.kind for reply in silent.replies] == [ReplyKind.NONE_READABLE]
    assert silent.reply_sources == {}


def test_an_unknown_claim(store: Store) -> None:
    with pytest.raises(UnknownIdError, match="No claim has the id 'c99'"):
        gather(store, ["c01", "c99"])
