"""The server of the app: foreign names are refused on every route, and no page frames it."""

from __future__ import annotations

import http.client
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pytest

from app.cli.app import server_command
from app.parts.server import REFUSED, is_local, security_headers

ROOT = Path(__file__).parents[2]
UPGRADE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==",
}
FOREIGN = ["rebound.example", "127.0.0.1.rebound.example", "localhost@rebound.example", "", "[::2]"]


@pytest.fixture(scope="module")
def port(ingested: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of an app as a process of its own."""
    room = tmp_path_factory.mktemp("server")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        chosen: int = free.getsockname()[1]
    environ = {**os.environ, "HOME": str(room), "PYTHONPATH": str(ROOT)}
    environ["SIGHTLINE_DATA"] = str(ingested)
    with (room / "log").open("wb") as log:
        process = subprocess.Popen(
            server_command(chosen, headless=True), cwd=room, env=environ, stdout=log, stderr=log
        )
    try:
        _wait_for(chosen, process)
        yield chosen
    finally:
        process.terminate()
        process.wait(20)


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if ask(port, "/_stcore/health", f"127.0.0.1:{port}").status == 200:
                return
        except OSError:
            time.sleep(0.1)
    pytest.fail("The app does not answer.")


class Answer(NamedTuple):
    status: int
    headers: http.client.HTTPMessage
    body: str


def ask(port: int, path: str, host: str, **headers: str) -> Answer:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    with closing(connection):
        connection.putrequest("GET", path, skip_host=True)
        for name, value in {"Host": host, **headers}.items():
            connection.putheader(name, value)
        connection.endheaders()
        with connection.getresponse() as answer:
            body = b"" if answer.status == 101 else answer.read()
            return Answer(answer.status, answer.headers, body.decode())


@pytest.mark.parametrize("path", ["/", "/paths?src=safran", "/_stcore/health", "/media/x.svg"])
@pytest.mark.parametrize("host", FOREIGN)
def test_a_foreign_name_reads_nothing(port: int, path: str, host: str) -> None:
    answer = ask(port, path, host)
    assert answer.status == 421
    assert answer.body == REFUSED


@pytest.mark.parametrize("host", FOREIGN)
def test_a_foreign_name_opens_no_websocket(port: int, host: str) -> None:
    origin = f"http://{host}"
    assert ask(port, "/_stcore/stream", host, Origin=origin, **UPGRADE).status == 403


def test_a_foreign_page_opens_no_websocket(port: int) -> None:
    here = f"127.0.0.1:{port}"
    answer = ask(port, "/_stcore/stream", here, Origin="http://rebound.example", **UPGRADE)
    assert answer.status == 403


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost"])
def test_this_machine_is_answered_and_no_page_may_frame_it(port: int, name: str) -> None:
    for path in ("/", "/paths", "/_stcore/health"):
        answer = ask(port, path, f"{name}:{port}")
        assert answer.status == 200
        headers = security_headers()
        assert {key: answer.headers[key] for key in headers} == headers
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    here = f"{name}:{port}"
    assert ask(port, "/_stcore/stream", here, Origin=f"http://{here}", **UPGRADE).status == 101


def test_two_host_headers_are_refused(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), 20) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: rebound.example\r\n\r\n")
        assert b" 200 " not in connection.recv(100)


@pytest.mark.parametrize("host", ["localhost:x", "localhost:99999", "local host", "LOCALHOST/"])
def test_what_is_not_a_host_is_not_this_machine(host: str) -> None:
    assert not is_local(host)


def test_the_settings_survive_the_command_line() -> None:
    assert json.loads(server_command(None, headless=False)[-1])["server.address"] == "127.0.0.1"
    assert server_command(None, headless=False)[0] == sys.executable
