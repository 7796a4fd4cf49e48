"""Loads in whose middle the server dies, the client dies, or the line between them is cut."""

from __future__ import annotations

import os
import random
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import msgspec
import pytest

from graph.dataset import Archive
from graph.errors import ServerError
from graph.neo4j_server import state
from graph.neo4j_server.connection import Connection
from graph.neo4j_server.load import load_version
from tests.bench.large_graph import write
from tests.server.conftest import OwnServer, Server, moments
from tests.server.dump import Dump, dump
from tests.server.load.records import empty
from tests.tools.ports import free_ports

ROOT = Path(__file__).parents[3]
pytestmark = pytest.mark.slow


@pytest.fixture(scope="session")
def many(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """A record that takes a few seconds to load."""
    return write(tmp_path_factory.mktemp("many"), 1_000, 3_000)


def loaded(connection: Connection, archive: Archive) -> Dump:
    with archive.open() as dataset:
        load_version(connection, dataset)
    mark = state.read_load_state(connection)
    assert mark is not None
    assert mark.complete
    return dump(connection, without=())


def fresh(connection: Connection, archive: Archive) -> Dump:
    """What a load leaves that nothing disturbed."""
    empty(connection)
    return loaded(connection, archive)


def test_a_server_killed_at_some_moments(
    own_server: OwnServer, many: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.neo4j_server.load.BATCH", 250)
    real = Connection.write
    chance = random.Random(7)
    left = 0
    killer = threading.Timer(0, own_server.kill)

    def dying(self: Connection, statement: str, **parameters: Any) -> None:
        nonlocal left
        left -= 1
        if left == 0:
            killer.start()
        real(self, statement, **parameters)

    for moment in range(moments(own_server.release)):
        left = 2 + moment % 5  # each load goes on from the one before
        killer = threading.Timer(chance.random() * 0.1, own_server.kill)
        with (
            monkeypatch.context() as patch,
            Connection(own_server.settings, patience=0) as connection,
        ):
            patch.setattr(Connection, "write", dying)
            with pytest.raises(ServerError, match=r"[Ww]hat was loaded( so far)? is kept"):
                loaded(connection, many)
        killer.join()
        own_server.start()
        with Connection(own_server.settings) as connection:
            mark = state.read_load_state(connection)
            assert mark is None or not mark.complete
    with Connection(own_server.settings) as connection:
        resumed = loaded(connection, many)
        assert resumed == fresh(connection, many)


def client(server: Server, archive: Archive, **environ: str) -> subprocess.Popen[str]:
    given = server.settings
    return subprocess.Popen(
        [sys.executable, "-m", "tests.server.load.client", str(archive.folder)],
        cwd=ROOT,
        env={
            **os.environ,
            "NEO4J_URI": given.neo4j_uri,
            "NEO4J_USERNAME": given.neo4j_username,
            "NEO4J_PASSWORD": given.neo4j_password,
            "NEO4J_DATABASE": given.neo4j_database,
            **environ,
        },
        stdout=subprocess.PIPE,
        text=True,
    )


def test_a_client_killed_at_some_moments(empty_server: Server, many: Archive) -> None:
    chance = random.Random(11)
    with Connection(empty_server.settings) as connection:
        wanted = fresh(connection, many)
        for _ in range(moments(empty_server.release)):
            empty(connection)
            with client(empty_server, many) as process:
                assert process.stdout is not None
                assert process.stdout.readline() == "there\n"
                time.sleep(chance.random() * 3)
                process.kill()
            assert loaded(connection, many) == wanted  # its lock went with it


@pytest.mark.parametrize(
    "environ",
    [
        {"LC_ALL": "C", "PYTHONUTF8": "0", "TZ": "Pacific/Kiritimati"},
        {"LC_ALL": "tr_TR.UTF-8", "TZ": "America/Adak", "PYTHONHASHSEED": "5"},
    ],
)
def test_clock_and_locale_change_nothing(
    empty_server: Server, starter: Path, environ: dict[str, str]
) -> None:
    archive = Archive(starter)
    with Connection(empty_server.settings) as connection:
        wanted = fresh(connection, archive)
        empty(connection)
        with client(empty_server, archive, **environ) as process:
            assert process.wait() == 0
        assert dump(connection, without=()) == wanted


@contextmanager
def line(port: int, most: int) -> Iterator[int]:
    """A line to a port that is cut after so many bytes; yields its own port."""
    [own] = free_ports(1)
    with socket.create_server(("127.0.0.1", own)) as server:
        passed = 0

        def carry(one: socket.socket, other: socket.socket) -> None:
            nonlocal passed
            try:
                while data := one.recv(65_536):
                    passed += len(data)
                    if passed > most:
                        break
                    other.sendall(data)
            except OSError:
                pass
            for end in (one, other):
                with suppress(OSError):  # shut down first: another thread may wait on it
                    end.shutdown(socket.SHUT_RDWR)
                end.close()

        def serve() -> None:
            while True:
                try:
                    near, _ = server.accept()
                except OSError:
                    return
                far = socket.create_connection(("127.0.0.1", port))
                for pair in ((near, far), (far, near)):
                    threading.Thread(target=carry, args=pair, daemon=True).start()

        threading.Thread(target=serve, daemon=True).start()
        yield own


def test_a_line_that_is_cut(empty_server: Server, many: Archive) -> None:
    given = empty_server.settings
    port = int(given.neo4j_uri.rpartition(":")[2])
    with Connection(given) as connection:
        wanted = fresh(connection, many)
        empty(connection)
        for most in (100_000, 400_000, 900_000):
            with line(port, most) as cut:
                through = msgspec.structs.replace(given, neo4j_uri=f"bolt://127.0.0.1:{cut}")
                with (
                    pytest.raises(ServerError, match=r"^No Neo4j server answers at bolt://"),
                    Connection(through, patience=0) as cable,
                ):
                    loaded(cable, many)
        assert loaded(connection, many) == wanted
