"""A connection to an empty server, and a way to load records into it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

import pytest

from graph.neo4j_server.connection import Connection
from graph.neo4j_server.load import Loaded, load_version
from graph.record.model import AnyRecord
from tests.contract.conftest import publish
from tests.server.conftest import Server


class Put(Protocol):
    """Loads a version with some records."""

    def __call__(self, *records: AnyRecord, **options: Any) -> Loaded: ...


@pytest.fixture
def connection(empty_server: Server) -> Iterator[Connection]:
    with Connection(empty_server.settings, patience=1) as opened:
        yield opened


@pytest.fixture
def put(connection: Connection, tmp_path: Path) -> Put:
    def into(*records: AnyRecord, **options: Any) -> Loaded:
        archive = publish(tmp_path / f"data{len(list(tmp_path.iterdir()))}", records)
        with archive.open() as dataset:
            return load_version(connection, dataset, **options)

    return into
