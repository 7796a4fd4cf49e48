"""A server in Docker: the official image, with ports on this machine only and data in a folder."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from graph.errors import ServerError
from graph.neo4j_server.local.home import USER, Home
from graph.neo4j_server.local.process import last_line
from graph.neo4j_server.local.release import Release

_SECONDS = 20
_STOP_SECONDS = 120


def answers() -> bool:
    """Return whether a Docker engine answers; finding the program is not enough."""
    try:
        return bool(shutil.which("docker")) and _call("version", seconds=_SECONDS).returncode == 0
    except subprocess.TimeoutExpired:
        return False


def is_running(home: Home) -> bool:
    """Return whether the folder's container runs."""
    answer = _call("container", "inspect", "--format", "{{.State.Running}}", container_name(home))
    return answer.stdout.strip() == "true"


def run(
    home: Home,
    release: Release,
    ports: tuple[int, int],
    config: Mapping[str, str],
    password: str,
) -> None:
    """Start the folder's container, after downloading the image if it is missing.

    The environment passes the password on, so no list of processes shows it.

    Parameters
    ----------
    home : Home
        The server's folder.
    release : Release
        The release to start.
    ports : tuple of int
        Ports for drivers and for Neo4j Browser.
    config : mapping of str to str
        Settings of Neo4j.
    password : str
        Password of a new server.
    """
    bolt, http = ports
    if _call("image", "inspect", release.image).returncode != 0:
        done = subprocess.run(["docker", "pull", release.image], stdout=sys.stderr)  # noqa: S603, S607
        if done.returncode != 0:
            raise ServerError(
                f"Docker could not download {release.image}; see its output above. Try again, or "
                "use --engine java."
            )
    _call("rm", container_name(home))  # a container that stopped by itself
    answer = _call(
        "run",
        "--detach",
        f"--name={container_name(home)}",
        f"--publish=127.0.0.1:{bolt}:7687",
        f"--publish=127.0.0.1:{http}:7474",
        f"--volume={home.data}:/data",
        f"--volume={home.logs}:/logs",
        f"--user={os.getuid()}:{os.getgid()}",
        "--env=NEO4J_AUTH",
        *(f"--env={_variable(key)}={value}" for key, value in config.items()),
        release.image,
        environ={**os.environ, "NEO4J_AUTH": f"{USER}/{password}"},
    )
    if answer.returncode != 0:
        raise ServerError(
            f"Docker could not start Neo4j: {last_line(answer.stderr)}. Fix that, or use "
            "--engine java."
        )


def admin(home: Home, release: Release, files: Path, words: Sequence[str]) -> subprocess.Popen[str]:
    """Start `neo4j-admin` on the folder of a stopped server.

    Parameters
    ----------
    home : Home
        The server's folder.
    release : Release
        The release to start.
    files : Path
        Folder that it sees as /import.
    words : sequence of str
        Its arguments.
    """
    volumes = (f"--volume={home.data}:/data", f"--volume={files}:/import")
    user = f"--user={os.getuid()}:{os.getgid()}"
    return subprocess.Popen(  # noqa: S603
        ["docker", "run", "--rm", *volumes, user, release.image, "neo4j-admin", *words],  # noqa: S607
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )


def stop(home: Home, *, kill: bool = False) -> None:
    """Stop and remove the folder's container; the data stay."""
    if kill:
        _call("kill", container_name(home))
    else:
        _call(
            "stop",
            f"--time={_STOP_SECONDS}",
            container_name(home),
            seconds=_STOP_SECONDS + _SECONDS,
        )
    _call("rm", container_name(home))


def last_words(home: Home) -> str:
    """Return the last line of output of the folder's container."""
    answer = _call("logs", "--tail=5", container_name(home))
    return last_line(answer.stderr + answer.stdout)


def container_name(home: Home) -> str:
    """Return the name of a folder's container.

    Examples
    --------
    >>> from pathlib import Path
    >>> container_name(Home(Path("/srv/neo4j")))
    'sightline-neo4j-316bd0c8'
    """
    return f"sightline-neo4j-{hashlib.sha256(str(home.folder).encode()).hexdigest()[:8]}"


def _variable(key: str) -> str:
    """Return the environment variable for a setting of the image.

    Examples
    --------
    >>> _variable("server.memory.heap.max_size")
    'NEO4J_server_memory_heap_max__size'
    """
    return "NEO4J_" + key.replace("_", "__").replace(".", "_")


def _call(
    *words: str, seconds: float | None = None, environ: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603
        ["docker", *words],  # noqa: S607 - whichever the user has on the PATH
        env=environ,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        timeout=seconds,
    )
