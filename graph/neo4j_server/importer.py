"""Find and run Neo4j's own importer."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tqdm import tqdm

from graph.errors import ServerError
from graph.neo4j_server.bulk import Files
from graph.neo4j_server.local import docker, jars, java, process, run
from graph.neo4j_server.local.home import Engine, Home
from graph.neo4j_server.local.release import RELEASES, Release

if TYPE_CHECKING:
    from graph.neo4j_server.connection import Connection

_PERCENT = re.compile(r"(\d+)% ")
_FULL = ("database", "import", "full")
_LOCAL = ("localhost", "127.0.0.1", "::1")


def refuse_filled(connection: Connection) -> None:
    """Refuse a database that is not empty: the importer creates a new one.

    Raises
    ------
    ServerError
        If the database holds nodes.
    """
    if connection.single_value("MATCH (n) RETURN 1 LIMIT 1"):
        raise ServerError(
            f"The database at {connection.place} holds nodes, but --bulk needs an empty database. "
            "Load without --bulk: existing nodes stay, and missing ones are added."
        )


def is_here(uri: str) -> bool:
    """Return whether a server's address is on this machine.

    Examples
    --------
    >>> is_here("neo4j://localhost:7687"), is_here("neo4j+s://x.databases.neo4j.io")
    (True, False)
    """
    return (urlsplit(uri).hostname or "") in _LOCAL


def tool(environ: Mapping[str, str] | None = None) -> str | None:
    """Return the program `neo4j-admin`: NEO4J_ADMIN, else the one on the PATH."""
    env = os.environ if environ is None else environ
    return env.get("NEO4J_ADMIN") or shutil.which("neo4j-admin", path=env.get("PATH"))


def command(program: str, files: Files, database: str, *, force: bool) -> list[str]:
    """Return the command that imports files with an installed `neo4j-admin`.

    Parameters
    ----------
    program : str
        Path of `neo4j-admin`.
    files : Files
        From `graph.neo4j_server.bulk.write_import_files`.
    database : str
        Name of the database.
    force : bool
        Write over what the database holds.
    """
    over = ["--overwrite-destination=true"] if force else []
    return [program, *_FULL, *files.arguments(), *over, database or "neo4j"]


def into_installed(program: str, files: Files, database: str, *, force: bool) -> None:
    """Import files into the installation that `neo4j-admin` belongs to; its server must not run.

    Parameters
    ----------
    program, files, database, force
        As for `command`.

    Raises
    ------
    ServerError
        If the importer fails.
    """
    try:
        running = subprocess.Popen(  # noqa: S603 - the user's own program
            command(program, files, database, force=force),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        )
    except OSError as error:
        raise ServerError(
            f"Cannot run the importer {program} ({error.strerror}). Set NEO4J_ADMIN to the "
            "neo4j-admin program of your server."
        ) from None
    _watch(running, files)


def into_own(home: Home, files: Files, say: Callable[[str], None] = lambda _: None) -> None:
    """Stop the server that `start` started, import files into its folder, and start it again.

    Parameters
    ----------
    home : Home
        The server's folder; its database is empty.
    files : Files
        The files to import.
    say : callable
        Called with a message before each slow step.

    Raises
    ------
    ServerError
        If the importer fails; the server then runs again, still empty.
    """
    state, memory = run.running(home), _memory(home)
    if state is None:
        raise ServerError(f"No server runs in {home.folder}. Run `sightline neo4j start` first.")
    release = next((r for r in RELEASES.values() if r.version == state.version), None)
    if release is None:
        raise ServerError(
            f"The server in {home.folder} is Neo4j {state.version}, which this Sightline does "
            "not start. Load without --bulk."
        )
    try:
        run.stop(home)
        run_on(home, release, state.engine, files, say)
    finally:
        run.start(home, release, run.Setup(state.bolt, state.http, state.engine, memory), say)


def run_on(
    home: Home,
    release: Release,
    engine: Engine,
    files: Files,
    say: Callable[[str], None] = lambda _: None,
) -> None:
    """Run the importer on the folder of a stopped server.

    Parameters
    ----------
    home : Home
        The server's folder.
    release : Release
        The server's release.
    engine : "docker" or "java"
        What the server runs in.
    files : Files
        The files to import.
    say : callable
        Called with a message before each slow step.

    Raises
    ------
    ServerError
        If the importer fails; the database is then empty.
    """
    over = ("--overwrite-destination=true", "neo4j")
    with home.locked():
        if engine == "docker":
            words = [*_FULL, *files.arguments("/import"), *over]
            running = docker.admin(home, release, files.folder.absolute(), words)
        else:
            words = [*_FULL, *files.arguments(), *over]
            running = process.admin(
                home, java.find_java(release.java), jars.fetch(release, say), words
            )
        try:
            _watch(running, files)
        except BaseException:
            home.empty()  # under the lock, so that no server runs on it
            raise


def _memory(home: Home) -> str:
    """Return the size of the heap that a server was started with."""
    conf = home.conf / "neo4j.conf"
    lines = conf.read_text("ascii").splitlines() if conf.exists() else []
    sizes = (line.partition("=")[2] for line in lines if "heap.max_size=" in line)
    return next(sizes, "1g")


def _watch(running: subprocess.Popen[str], files: Files) -> None:
    """Show the importer's progress, log its output, and report why it failed."""
    log_file = files.folder / "import.log"
    last = ""
    bar = tqdm(desc="Importing", total=100, unit="%", delay=1, disable=None)
    with running, bar, log_file.open("w", encoding="utf-8") as log:
        assert running.stdout is not None  # noqa: S101 - a pipe, as asked for
        for line in running.stdout:
            log.write(line)
            if percent := _PERCENT.search(line):  # of each of the importer's four steps
                bar.n = int(percent[1])
                bar.refresh()
            elif line.strip() and not line.startswith(("\t", " ")):
                last = line
    if running.returncode != 0:
        raise ServerError(
            f"Neo4j's importer failed: {process.last_line(last)}. The whole output is in "
            f"{log_file}. Fix that cause, or load without --bulk."
        )
