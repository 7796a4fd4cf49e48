"""A server whose disk is full in the middle of a load."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.errors import ServerError
from graph.neo4j_server import state
from graph.neo4j_server.connection import Connection
from graph.neo4j_server.load import load_version
from graph.neo4j_server.local import run
from graph.neo4j_server.local.release import RELEASES
from tests.bench.large_graph import write
from tests.server.conftest import OwnServer
from tests.server.dump import dump
from tests.server.load.records import empty
from tests.tools import disk

pytestmark = pytest.mark.slow


@pytest.fixture(params=RELEASES)
def cramped(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[OwnServer, Path]]:
    """A server that takes no room in advance, and the file system that it lives on."""
    config = run._config
    monkeypatch.setattr(
        run, "_config", lambda *given: config(*given) | {"db.tx_log.preallocate": "false"}
    )
    with disk.mounted(tmp_path / "disk", 2_000) as folder:
        own = OwnServer(request.param, folder)
        try:
            own.start()
            yield own, folder
        finally:
            own.kill()


def test_what_was_loaded_is_kept(cramped: tuple[OwnServer, Path], tmp_path: Path) -> None:
    own, folder = cramped
    archive = write(tmp_path / "data", 1_000, 3_000)
    with archive.open() as dataset:
        with Connection(own.settings, patience=0) as connection:
            disk.resize(folder, disk.used(folder) + 1)
            with pytest.raises(ServerError, match="disk") as caught:
                load_version(connection, dataset)
        assert len(str(caught.value).splitlines()) == 1
        assert "kept" in str(caught.value)
        own.kill()
        disk.resize(folder, 2_000)
        own.start()
        with Connection(own.settings) as connection:
            mark = state.read_load_state(connection)
            assert mark is None or not mark.complete
            load_version(connection, dataset)
            resumed = dump(connection, without=())
            empty(connection)
            load_version(connection, dataset)
            assert dump(connection, without=()) == resumed
