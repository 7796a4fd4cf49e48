"""Start and stop a server. Both can be repeated."""

from __future__ import annotations

import os
import signal
import socket
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from graph.errors import BusyError, ServerError, UsageError
from graph.neo4j_server.local import docker, jars, java, process
from graph.neo4j_server.local.home import USER, Engine, Home, RunningServer
from graph.neo4j_server.local.release import LONG_TERM, Release

if TYPE_CHECKING:
    from graph.settings import Settings

BOLT = 7687
HTTP = 7474
_READY_SECONDS = 180
_STOP_SECONDS = 120


class Setup(NamedTuple):
    """How to run a server.

    Parameters
    ----------
    bolt, http : int
        Ports, both on 127.0.0.1: for drivers, and for Neo4j Browser.
    engine : "docker" or "java", optional
        What the server runs in; default: Docker if it answers, else Java.
    memory : str
        Size of its heap, as 512m or 2g; its page cache takes half as much in addition.
    password : str
        Password of a new server, stored in the folder; default: a generated one.
    """

    bolt: int = BOLT
    http: int = HTTP
    engine: Engine | None = None
    memory: str = "1g"
    password: str = ""


USUAL = Setup()


def start(
    home: Home,
    release: Release = LONG_TERM,
    setup: Setup = USUAL,
    say: Callable[[str], None] = lambda _: None,
) -> RunningServer:
    """Start the server of a folder, unless it runs, and wait until it answers.

    Parameters
    ----------
    home : Home
        The server's folder.
    release : Release
        The release to start.
    setup : Setup
        Ports, engine, memory and password.
    say : callable
        Called with a message before each slow step.

    Returns
    -------
    RunningServer
        The running server.

    Raises
    ------
    MissingToolError
        If there is neither Docker nor Java with Maven.
    ServerError
        If the server does not start, or a newer release wrote its folder.
    UsageError
        If a port is taken.
    """
    bolt, http = setup.bolt, setup.http
    while (state := running(home)) is None:
        home.check(release)
        chosen = setup.engine or ("docker" if docker.answers() else "java")
        tools = (
            (java.find_java(release.java), jars.fetch(release, say)) if chosen == "java" else None
        )
        home.make()
        try:
            with home.locked() as lock:
                for port in (bolt, http):
                    _must_be_free(port)
                secret = home.choose_password(setup.password)
                config = _config(setup.memory, bolt, http)
                say(f"Starting Neo4j {release.version}, which takes about 15 seconds.")
                home.forget()
                pid = 0
                if tools is None:
                    docker.run(home, release, (bolt, http), config, secret)
                else:
                    if home.is_new():
                        process.set_password(home, *tools, secret)
                    pid = process.launch(home, *tools, config, lock)
                state = RunningServer(
                    engine=chosen, version=release.version, bolt=bolt, http=http, pid=pid
                )
                home.remember(state)
                break
        except BusyError:  # another process was faster
            if not _within(
                _READY_SECONDS, lambda: running(home) is not None or not home.is_in_use()
            ):
                raise
    return _ready(home, state)


def stop(home: Home, *, kill: bool = False) -> RunningServer | None:
    """Stop the server of a folder and wait for its end; return its state, or None.

    Parameters
    ----------
    home : Home
        The server's folder.
    kill : bool
        Whether to kill the process at once.

    Raises
    ------
    ServerError
        If the server does not stop.
    """
    state = running(home)
    if state is None:
        return None
    if state.engine == "docker":
        docker.stop(home, kill=kill)
    else:
        os.kill(state.pid, signal.SIGKILL if kill else signal.SIGTERM)
        if not _within(_STOP_SECONDS, lambda: not home.is_in_use()):
            raise ServerError(
                f"Neo4j (process {state.pid}) has not stopped in {_STOP_SECONDS} seconds. Wait, "
                f"or see {home.log}."
            )
    home.forget()
    return state


def running(home: Home) -> RunningServer | None:
    """Return the running server of a folder, or None."""
    state = home.state()
    if state is None:
        return None
    alive = docker.is_running(home) if state.engine == "docker" else home.is_in_use()
    return state if alive else None


def server_home(settings: Settings, folder: Path | None = None) -> Home:
    """Return the folder of the server on this machine.

    Parameters
    ----------
    settings : Settings
        Settings, which may name the folder.
    folder : Path, optional
        Data folder that holds it otherwise; default: that of the settings.
    """
    return Home(settings.neo4j_folder or (folder or settings.data) / "neo4j")


def settings(settings: Settings, folder: Path | None = None) -> Settings:
    """Complete settings without a server with the running server of the data folder.

    Parameters
    ----------
    settings : Settings
        Settings from the environment, which take precedence.
    folder : Path, optional
        The data folder; default: that of the settings.
    """
    if settings.neo4j_uri:
        return settings
    home = server_home(settings, folder)
    state = running(home)
    if state is None:
        return settings
    return msgspec.structs.replace(
        settings,
        neo4j_uri=state.uri,
        neo4j_password=settings.neo4j_password or home.password(),
    )


def _config(memory: str, bolt: int, http: int) -> dict[str, str]:
    pages = f"{int(memory[:-1]) * 512}{'m' if memory[-1] == 'g' else 'k'}"
    return {
        "server.memory.heap.max_size": memory,
        "server.memory.pagecache.size": pages,
        "server.bolt.advertised_address": f"127.0.0.1:{bolt}",
        "server.http.advertised_address": f"127.0.0.1:{http}",
        "dbms.usage_report.enabled": "false",
        "client.allow_telemetry": "false",
    }


def _must_be_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise UsageError(
                f"Another program, perhaps another Neo4j, uses port {port} of this machine. Stop "
                "it, set NEO4J_URI to use it, or choose other ports with --port and --browser-port."
            ) from None


def _ready(home: Home, state: RunningServer) -> RunningServer:
    """Wait until the server accepts a login."""
    from neo4j import GraphDatabase  # here: its import takes a second
    from neo4j.exceptions import AuthError, DriverError, Neo4jError

    def answers() -> bool:
        if running(home) is None:
            words = docker.last_words if state.engine == "docker" else process.last_words
            raise ServerError(f"Neo4j did not start: {words(home)}. See {home.log}.")
        if not _listens(state.bolt):
            return False
        try:
            with GraphDatabase.driver(state.uri, auth=(USER, home.password())) as driver:
                driver.verify_connectivity()
        except AuthError:
            raise ServerError(
                f"Neo4j runs, but does not accept the password in {home.password_file}. Write the "
                "right one there."
            ) from None
        except (Neo4jError, DriverError):
            return False
        return True

    if not _within(_READY_SECONDS, answers):
        raise ServerError(f"Neo4j has not answered in {_READY_SECONDS} seconds. See {home.log}.")
    return state


def _listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=5).close()
    except OSError:
        return False
    return True


def _within(seconds: float, true: Callable[[], bool]) -> bool:
    """Wait until a condition is true; return whether that happened in time."""
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            return False
        time.sleep(0.2)
    return True
