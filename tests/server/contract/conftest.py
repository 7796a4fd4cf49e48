"""The contract of all stores, kept by the store that asks a server: its fixtures."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from graph.dataset import Archive
from graph.neo4j_server.connection import Connection
from graph.neo4j_server.load import load_version
from graph.neo4j_server.state import NOTES
from graph.record.model import AnyRecord
from graph.stores import open_store
from graph.stores.base import Store
from tests.contract.conftest import StoreOf, publish
from tests.server.conftest import Server


def fill(server: Server, archive: Archive) -> None:
    """Make a server hold an archive's current version, and note that it does."""
    notes = archive.folder / NOTES
    with Connection(server.settings) as connection, archive.open() as dataset:
        load_version(connection, dataset, into_existing=True, notes=notes)


@pytest.fixture
def engine(neo4j_server: Server, ingested: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A server that holds the miniature, named by the environment."""
    given = neo4j_server.settings
    monkeypatch.setenv("NEO4J_URI", given.neo4j_uri)
    monkeypatch.setenv("NEO4J_USERNAME", given.neo4j_username)
    monkeypatch.setenv("NEO4J_PASSWORD", given.neo4j_password)
    monkeypatch.setenv("NEO4J_DATABASE", given.neo4j_database)
    archive = Archive(ingested)
    with Connection(given) as connection:
        held = connection.single_value("MATCH (l:SightlineLoad) RETURN l.version")
    if held != archive.current():
        fill(neo4j_server, archive)
    return "neo4j"


@pytest.fixture
def store(engine: str, ingested: Path) -> Iterator[Store]:
    """The miniature."""
    with open_store(Archive(ingested), engine) as opened:
        yield opened


@pytest.fixture
def store_of(engine: str, neo4j_server: Server, tmp_path: Path) -> Iterator[StoreOf]:
    """Makes a store that holds the records it is called with."""
    with ExitStack() as stack:

        def make(*records: AnyRecord) -> Store:
            archive = publish(tmp_path / f"data{len(list(tmp_path.iterdir()))}", records)
            fill(neo4j_server, archive)
            return stack.enter_context(open_store(archive, engine))

        yield make
