"""What both engines count alike: deals, what lies beyond, letters of any script."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.neo4j_server.connection import Connection
from graph.neo4j_server.load import load_version
from graph.queries import library
from graph.record.model import AnyRecord
from graph.stores import open_store
from graph.stores.base import Store
from graph.stores.neo4j_store import ServerStore
from tests.contract.conftest import publish
from tests.graph.queries import test_depth, test_typed
from tests.graph.queries.test_answers import plain
from tests.server.conftest import Server

QUESTIONS = library.questions()


@pytest.fixture
def stores(
    request: pytest.FixtureRequest, empty_server: Server, tmp_path: Path
) -> Iterator[tuple[Store, Store]]:
    """The records of a test in both stores."""
    records: tuple[AnyRecord, ...] = request.param
    archive = publish(tmp_path / "data", records)
    with Connection(empty_server.settings) as connection, archive.open() as dataset:
        load_version(connection, dataset)
    with (
        open_store(archive) as embedded,
        ServerStore(Connection(empty_server.settings), archive.open()) as asked,
    ):
        yield embedded, asked


@pytest.mark.parametrize("stores", [test_depth.RECORDS], indirect=True, ids=["deep"])
def test_what_lies_beyond(stores: tuple[Store, Store]) -> None:
    for name, (parameters, number) in test_depth.BEYOND.items():
        answers = [plain(QUESTIONS[name](store, **parameters)) for store in stores]
        assert answers[0] == answers[1]
        assert [QUESTIONS[name].beyond(store, **parameters) for store in stores] == [number] * 2
    pairs = {QUESTIONS["programme-parts"].beyond(store) for store in stores}
    assert len(pairs) == 1


@pytest.mark.parametrize("stores", [test_typed.RECORDS], indirect=True, ids=["deals"])
def test_deals_and_letters(stores: tuple[Store, Store]) -> None:
    for name, parameters in (
        ("countries", {}),
        ("owned-by", {"owner": "top"}),
        ("successors-of-vendors", {}),
    ):
        answers = [plain(QUESTIONS[name](store, **parameters)) for store in stores]
        assert answers[0] == answers[1]
        assert 3 in answers[0][0]
    for text in ("İ", "İŞÇ", "i̇şçi", "i", "I", "Σ", "σ", "ς", "ΟΔΟΣ", "ß", "ẞ"):
        answers = [plain(QUESTIONS["named"](store, text=text)) for store in stores]
        assert answers[0] == answers[1], text
