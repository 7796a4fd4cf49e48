"""Opening, sharing and closing."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from graph.dataset import Archive
from graph.errors import NoDataError, UsageError
from graph.stores import open_store
from graph.stores.base import Store
from tests.contract.conftest import StoreOf
from tests.contract.rows import entity


def test_a_store_says_which_version_answers(engine: str, archive: Archive) -> None:
    with open_store(archive, engine) as current:
        assert current.version == archive.current()
    with open_store(archive, engine, archive.current()[:8]) as asked:
        assert asked.version == archive.current()


def test_an_open_store_is_not_pruned_away(engine: str, archive: Archive) -> None:
    with open_store(archive, engine) as opened:
        with archive.writer() as writer:
            writer.add("entities", [entity("x")])
            newer = writer.publish()
        assert archive.current() == newer != opened.version
        assert archive.prune(keep=1) == []
        assert opened.entity("kamera-ab").name == "Kamera AB"
    assert len(archive.prune(keep=1)) == 1


def test_closing_twice_does_no_harm(engine: str, archive: Archive) -> None:
    opened = open_store(archive, engine)
    opened.close()
    opened.close()


def test_threads_may_share_a_store(store: Store) -> None:
    def ask(turn: int) -> tuple[object, ...]:
        return (
            store.entity("kamera-ab"),
            store.find("kamera").total,
            store.relevant_subgraph(["kanon-kk"], ["open-eye"]).num_rows,
            [claim.id for claim in store.claims_about("clear-sky")],
        )

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(ask, range(40)))
    assert answers == [ask(0)] * 40


def test_a_store_nobody_knows(archive: Archive) -> None:
    with pytest.raises(UsageError, match=r"There is no store 'oracle'\. Choose one of: embedded"):
        open_store(archive, "oracle")


def test_nothing_to_open(engine: str, tmp_path: object) -> None:
    with pytest.raises(NoDataError):
        open_store(Archive(tmp_path / "none"), engine)  # type: ignore[operator]


def test_an_empty_version_answers_with_nothing(store_of: StoreOf) -> None:
    empty = store_of()
    assert empty.find("x").total == 0
    assert empty.relevant_subgraph(None, None).num_rows == 0
    assert set(empty.counts().values()) == {0}
    assert [gap.total for gap in empty.gaps()] == [0, 0, 0, 0]
    assert empty.source_documents().num_rows == empty.newest().num_rows == 0
