"""Servers that Sightline starts: two at once, killed, stopped, and started again."""

from __future__ import annotations

import threading
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from graph.errors import MissingToolError, ServerError
from graph.neo4j_server.local import java, run
from graph.neo4j_server.local.home import RunningServer
from graph.neo4j_server.local.release import LONG_TERM, RELEASES
from tests.server.conftest import OwnServer

NOTE = "a note that has to stay"


@pytest.fixture(params=RELEASES)
def server(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[OwnServer]:
    """A server that was not started yet."""
    own = OwnServer(request.param, tmp_path)
    yield own
    own.kill()


def ask(server: OwnServer, statement: str, scheme: str = "bolt") -> list[Any]:
    """The first column of an answer."""
    from neo4j import GraphDatabase

    here = server.settings
    uri = here.neo4j_uri.replace("bolt", scheme)
    with GraphDatabase.driver(uri, auth=(here.neo4j_username, here.neo4j_password)) as driver:
        return [row[0] for row in driver.execute_query(statement).records]


def state_of(server: OwnServer) -> RunningServer:
    state = run.running(server.home)
    assert state is not None
    return state


def listening(state: RunningServer) -> set[tuple[str, int]]:
    """Addresses and ports that a server on Java listens on."""
    sockets = psutil.Process(state.pid).net_connections("tcp")
    return {
        (each.laddr.ip.removeprefix("::ffff:"), each.laddr.port)
        for each in sockets
        if each.status == psutil.CONN_LISTEN
    }


def command_lines() -> str:
    lines = []
    for process in psutil.process_iter():
        try:
            lines += process.cmdline()
        except psutil.Error:
            continue  # gone, or not ours to look at
    return "\n".join(lines)


def test_a_life(server: OwnServer) -> None:
    starts = [threading.Thread(target=server.start) for _ in range(2)]
    for start in starts:
        start.start()
    for start in starts:
        start.join()
    first = state_of(server)
    assert ask(server, "RETURN 1") == [1]
    assert first.version == RELEASES[server.release].version

    _is_private(server, first)

    with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(first.browser) as page:
        assert b"<html" in page.read().lower()
    ask(server, f"CREATE (:Note {{text: '{NOTE}'}})", scheme="neo4j")

    server.start()
    assert state_of(server) == first

    _tells_a_wrong_password(server)

    server.kill()
    assert run.running(server.home) is None
    server.start()
    assert state_of(server) != first
    assert ask(server, "MATCH (n:Note) RETURN n.text") == [NOTE]

    assert run.stop(server.home) is not None
    assert run.stop(server.home) is None
    assert not run._listens(server.bolt)
    assert "Stopped." in server.log.read_text("utf-8") or first.engine == "docker"


def _is_private(server: OwnServer, state: RunningServer) -> None:
    """It listens on this machine alone, and its password lies in one file."""
    if state.engine == "java":
        assert listening(state) == {("127.0.0.1", state.bolt), ("127.0.0.1", state.http)}
    password = server.settings.neo4j_password
    assert password not in command_lines()
    files = [path for path in server.home.folder.rglob("*") if path.is_file()]
    holding = [path for path in files if password.encode() in path.read_bytes()]
    assert holding == [server.home.password_file]


def _tells_a_wrong_password(server: OwnServer) -> None:
    right = server.home.password_file.read_text()
    server.home.password_file.write_text("not the right one\n")
    with pytest.raises(ServerError, match="does not accept the password"):
        server.start()
    server.home.password_file.write_text(right)


def test_why_it_does_not_start_is_told(tmp_path: Path) -> None:
    """Its data are no data."""
    server = OwnServer(LONG_TERM.name, tmp_path)
    try:
        java.find_java(LONG_TERM.java)
    except MissingToolError as error:
        pytest.skip(str(error))
    server.home.make()
    (server.home.data / "databases").write_text("not a folder")
    server.home.password_file.write_text("a long secret\n")
    with pytest.raises(ServerError, match=r"Neo4j did not start: .*\. See .*neo4j\.log\.") as told:
        run.start(
            server.home,
            setup=run.Setup(bolt=server.bolt, http=server.http, engine="java", memory="512m"),
        )
    assert "\n" not in str(told.value)
    assert run.running(server.home) is None
