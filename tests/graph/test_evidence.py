from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.dataset import Archive
from graph.errors import UnknownIdError
from graph.evidence import gather
from graph.record.vocabulary import ReplyKind
from graph.stores import open_store
from graph.stores.base import Store


@pytest.fixture(scope="module")
def store(ingested: Path) -> Iterator[Store]:
    with open_store(Archive(ingested)) as opened:
        yield opened


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
