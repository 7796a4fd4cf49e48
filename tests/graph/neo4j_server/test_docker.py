"""A server in Docker, with a stand-in for the engine."""

from __future__ import annotations

import os
import shlex
import socket
import time
from pathlib import Path
from typing import Any

import pytest

from graph.errors import MissingToolError, ServerError, UsageError
from graph.neo4j_server.local import run
from graph.neo4j_server.local.home import Home
from graph.neo4j_server.local.release import LONG_TERM
from tests.graph.neo4j_server.programs import Programs, java

Ports = dict[str, Any]

#: Keeps the state of one container in a file: absent, or true, or false (it has stopped).
ENGINE = """
state="$0.state"
case "$1 $2" in
  "container inspect") [ -e "$state" ] || exit 1; cat "$state";;
  "image inspect") [ -e "$0.image" ];;
  "pull "*) touch "$0.image";;
  "run "*) [ -e "$state" ] && exit 125; echo "$NEO4J_AUTH" > "$0.auth"; echo true > "$state";;
  "stop "*|"kill "*) echo false > "$state";;
  "logs "*) echo 'starting'; echo 'The store is broken.';;
  "rm "*) [ "$(cat "$state")" = false ] && rm "$state";;
esac
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    monkeypatch.setattr(run, "_ready", lambda home, state: state)
    return Home(tmp_path / "neo4j")


def test_it_is_taken_where_an_engine_answers(programs: Programs, home: Home, ports: Ports) -> None:
    programs.add("docker", ENGINE)
    state = run.start(home, setup=run.Setup(**ports, memory="512m"))
    assert (state.engine, state.uri) == ("docker", f"bolt://127.0.0.1:{ports['bolt']}")
    assert run.running(home) == state
    assert run.start(home, setup=run.Setup(**ports)) == state
    assert len([call for call in programs.calls("docker") if call.startswith("run ")]) == 1


def test_how_it_is_run(programs: Programs, home: Home, ports: Ports) -> None:
    docker = programs.add("docker", ENGINE)
    run.start(home, setup=run.Setup(**ports, memory="512m", password="a long secret"))
    [call] = [call for call in programs.calls("docker") if call.startswith("run ")]
    words = shlex.split(call)
    assert [word for word in words if "publish" in word] == [
        f"--publish=127.0.0.1:{ports['bolt']}:7687",
        f"--publish=127.0.0.1:{ports['http']}:7474",
    ]
    assert f"--volume={home.data}:/data" in words
    assert f"--user={os.getuid()}:{os.getgid()}" in words
    assert "--env=NEO4J_server_memory_heap_max__size=512m" in words
    assert words[-1] == LONG_TERM.image
    assert "secret" not in "".join(programs.calls("docker"))
    assert docker.with_name("docker.auth").read_text() == "neo4j/a long secret\n"


def test_stop_keeps_the_data(programs: Programs, home: Home, ports: Ports) -> None:
    programs.add("docker", ENGINE)
    run.start(home, setup=run.Setup(**ports))
    (home.data / "databases").mkdir()
    password = home.password()
    assert run.stop(home) is not None
    assert run.running(home) is None
    assert run.stop(home) is None
    run.start(home, setup=run.Setup(**ports))
    assert home.password() == password
    assert (home.data / "databases").is_dir()


def test_one_that_died_is_started_anew(programs: Programs, home: Home, ports: Ports) -> None:
    docker = programs.add("docker", ENGINE)
    run.start(home, setup=run.Setup(**ports))
    docker.with_name("docker.state").write_text("false\n")
    assert run.running(home) is None
    run.start(home, setup=run.Setup(**ports))
    assert run.running(home)


def test_what_docker_refuses_is_told(programs: Programs, home: Home, ports: Ports) -> None:
    programs.add("docker", 'case "$1" in run) echo "no space left on device." >&2; exit 1;; esac')
    with pytest.raises(ServerError, match=r"Neo4j: no space left on device\. Fix that"):
        run.start(home, setup=run.Setup(**ports))


def test_an_image_that_cannot_be_had_is_told(programs: Programs, home: Home, ports: Ports) -> None:
    programs.add("docker", 'case "$1" in image|pull) exit 1;; esac')
    with pytest.raises(ServerError, match=r"could not download neo4j:5\.26"):
        run.start(home, setup=run.Setup(**ports))
    assert run.running(home) is None


def test_a_container_that_dies_says_why(programs: Programs, tmp_path: Path, ports: Ports) -> None:
    docker = programs.add("docker", ENGINE.replace("echo true >", "echo false >"))
    with pytest.raises(ServerError, match=r"did not start: The store is broken\. See "):
        run.start(Home(tmp_path / "neo4j"), setup=run.Setup(**ports))
    assert docker.exists()


@pytest.mark.parametrize("script", ["exit 1", None])
def test_without_an_engine_it_is_java(
    programs: Programs, home: Home, ports: Ports, script: str | None
) -> None:
    if script:
        programs.add("docker", script)
    programs.add("java", java("17"))
    with pytest.raises(MissingToolError, match="Docker, which does not answer, or through Maven"):
        run.start(home, setup=run.Setup(**ports))
    assert not home.folder.exists()


def test_an_engine_that_hangs_does_not_answer(
    programs: Programs, home: Home, ports: Ports, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.neo4j_server.local.docker._SECONDS", 0.2)
    programs.add("docker", "exec sleep 60")
    began = time.monotonic()
    with pytest.raises(MissingToolError):
        run.start(home, setup=run.Setup(**ports))
    assert time.monotonic() - began < 30


def test_a_port_that_is_taken_is_told(programs: Programs, home: Home, ports: Ports) -> None:
    programs.add("docker", ENGINE)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", ports["http"]))
        taken.listen()
        with pytest.raises(UsageError, match=rf"uses port {ports['http']} of this"):
            run.start(home, setup=run.Setup(**ports))
    assert not home.password_file.exists()
    assert run.start(home, setup=run.Setup(**ports)).engine == "docker"
