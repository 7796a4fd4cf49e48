"""The folder of a server: its data, its password, its state and its lock.

The server inherits the open lock file, so it holds the lock as long as it runs. Only the lock shows
whether it runs: another program may have got its process number since.
"""

from __future__ import annotations

import fcntl
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal, TypeAlias

import msgspec

from graph.errors import BusyError, ServerError, UsageError
from graph.neo4j_server.local.release import Release, key

Engine: TypeAlias = Literal["docker", "java"]

USER = "neo4j"
#: Minimum length that Neo4j requires.
_SHORTEST_PASSWORD = 8


class RunningServer(msgspec.Struct, frozen=True, kw_only=True):
    """A server that was started.

    Parameters
    ----------
    engine : "docker" or "java"
        What the server runs in.
    version : str
        Its version.
    bolt, http : int
        Its ports.
    pid : int
        Its process; 0 in Docker.
    """

    engine: Engine
    version: str
    bolt: int
    http: int
    pid: int = 0

    @property
    def uri(self) -> str:
        """The address for drivers."""
        return f"bolt://127.0.0.1:{self.bolt}"

    @property
    def browser(self) -> str:
        """The address of Neo4j Browser, which knows the port to connect to."""
        return f"http://127.0.0.1:{self.http}/browser/"


class Home:
    """The folder of a server; files are created only when needed.

    Parameters
    ----------
    folder : Path
        The folder.

    Examples
    --------
    >>> Home(Path("nowhere")).state() is None
    True
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder.absolute()
        self.data = self.folder / "data"
        self.logs = self.folder / "logs"
        self.conf = self.folder / "conf"
        self.log = self.logs / "neo4j.log"
        self.console = self.logs / "console.log"
        self.password_file = self.folder / "password"
        self._state = self.folder / "server.json"
        self._version = self.folder / "version"
        self._lock = self.folder / "lock"

    def make(self) -> None:
        """Create the folders, accessible to the user only."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for folder in (self.data, self.logs, self.conf):
            folder.mkdir(exist_ok=True)

    def is_new(self) -> bool:
        """Return whether no server has run here yet."""
        return not (self.data / "databases").exists() and not (self.data / "dbms").exists()

    def empty(self) -> None:
        """Remove the database but not the users; the server creates an empty one at its start.

        This cleans up after an importer that failed.
        """
        for folder in ("databases", "transactions"):
            shutil.rmtree(self.data / folder / "neo4j", ignore_errors=True)

    def password(self) -> str:
        """Return the password, or "" if there is none."""
        try:
            return self.password_file.read_text("utf-8").rstrip("\n")
        except FileNotFoundError:
            return ""

    def choose_password(self, wanted: str = "") -> str:
        """Return the password of a new server, given or generated, and store it.

        Raises
        ------
        UsageError
            If Neo4j would not accept the password.
        ServerError
            If the folder holds data whose password is unknown.
        """
        if known := self.password():
            return known
        if not self.is_new():
            raise ServerError(
                f"{self.folder} holds a database, but not its password. Write it to "
                f"{self.password_file}, or choose another folder with --folder."
            )
        if wanted and (len(wanted) < _SHORTEST_PASSWORD or not wanted.isprintable()):
            raise UsageError(
                f"NEO4J_PASSWORD cannot be the password of a new server: Neo4j requires at "
                f"least {_SHORTEST_PASSWORD} characters in one line. Choose a longer one, or unset "
                "it to have one generated."
            )
        chosen = wanted or secrets.token_hex(16)
        write_private(self.password_file, f"{chosen}\n")
        return chosen

    def check(self, release: Release) -> None:
        """Check that a release can read the data of this folder.

        Raises
        ------
        ServerError
            If a newer release wrote them.
        """
        if self._version.exists():
            newest = self._version.read_text("ascii").strip()
            if key(newest) > key(release.version):
                raise ServerError(
                    f"{self.folder} was written by Neo4j {newest}, which {release.version} cannot "
                    "read. Use --release current, or choose another folder with --folder."
                )

    def state(self) -> RunningServer | None:
        """Return the stored state of the server, or None."""
        try:
            return msgspec.json.decode(self._state.read_bytes(), type=RunningServer)
        except (FileNotFoundError, msgspec.MsgspecError):
            return None

    def remember(self, state: RunningServer) -> None:
        """Store the state of the running server."""
        self._version.write_text(f"{state.version}\n", "ascii")
        new = self._state.with_suffix(".new")
        new.write_bytes(msgspec.json.encode(state))
        new.replace(self._state)

    def forget(self) -> None:
        """Remove the stored state: no server runs."""
        self._state.unlink(missing_ok=True)

    @contextmanager
    def locked(self) -> Iterator[int]:
        """Hold the lock; a process that inherits the descriptor keeps it after the block.

        Raises
        ------
        BusyError
            If a server, or somebody who starts one, holds the lock.
        """
        handle = os.open(self._lock, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise BusyError(
                    f"Somebody else is starting the server in {self.folder}. Wait a moment, then "
                    "try again."
                ) from None
            yield handle
        finally:
            os.close(handle)

    def is_in_use(self) -> bool:
        """Return whether a server runs here on Java or is starting."""
        if not self._lock.exists():
            return False
        try:
            with self.locked():
                return False
        except BusyError:
            return True


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner may read."""
    path.unlink(missing_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
