"""Check a reader's own statement, run it in a separate process, and stop it at its limits.

The server gets a time-out, but this process does not rely on it: it stops waiting by itself, and
neither a large answer nor a slow one can harm it.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any

import msgspec

from graph.errors import ServerError, UsageError
from graph.queries.grammar import readable
from graph.queries.runner import GRACE, TOO_LARGE, Task
from graph.settings import Settings

LIMIT = 1_000  # rows
SECONDS = 30.0
#: Maximum bytes of an answer.
LARGEST = 32 * 1024**2
_PROGRAM = "from graph.queries.runner import main; main()"


class ConsoleAnswer(msgspec.Struct, frozen=True):
    """The answer to a statement.

    Parameters
    ----------
    columns : tuple of str
        Names of the columns.
    rows : list of list
        JSON values: nodes, relationships and paths are mappings, dates are ISO texts.
    more : str
        Size of the whole answer if it was cut: "more than 1,000 rows".
    notices : list of str
        Sentences about names in the statement that the database does not know.
    """

    columns: tuple[str, ...]
    rows: list[list[Any]]
    more: str = ""
    notices: list[str] = []


class Running:
    """A running statement.

    Parameters
    ----------
    statement : str
        A statement that only reads (`graph.queries.grammar.readable`).
    settings : Settings
        Settings of the server.
    parameters : mapping
        JSON values of its `$names`.
    limit : int
        Maximum number of rows.
    seconds : float
        Maximum duration.

    Raises
    ------
    UsageError
        If the statement is not in the readable part of Cypher.

    Examples
    --------
    >>> running = Running("MATCH (n) RETURN n.id", settings)  # doctest: +SKIP
    >>> running.result().rows  # doctest: +SKIP
    """

    def __init__(
        self,
        statement: str,
        settings: Settings,
        parameters: Mapping[str, Any] | None = None,
        *,
        limit: int = LIMIT,
        seconds: float = SECONDS,
    ) -> None:
        task = Task(
            settings.neo4j_uri,
            settings.neo4j_username,
            settings.neo4j_password,
            settings.neo4j_database,
            readable(statement),
            dict(parameters or {}),
            limit,
            seconds,
        )
        self._limit = limit
        self._seconds = seconds
        self._stopped = ""
        here = str(Path(__file__).parents[2])
        path = os.pathsep.join(filter(None, (here, os.environ.get("PYTHONPATH"))))
        self._process = subprocess.Popen(  # noqa: S603 - this very program
            [sys.executable, "-P", "-c", _PROGRAM],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": path},
        )
        self._timer = threading.Timer(
            seconds + GRACE, self._stop, [f"it took longer than {seconds:g} seconds"]
        )
        self._timer.daemon = True
        self._timer.start()
        assert self._process.stdin  # noqa: S101 - a pipe
        try:
            self._process.stdin.write(msgspec.json.encode(task))
            self._process.stdin.close()
        except BrokenPipeError:  # its exit code reports the error
            pass

    def cancel(self) -> None:
        """Stop the statement; `result` then raises."""
        self._stop("it was cancelled")

    def _stop(self, why: str) -> None:
        self._stopped = self._stopped or why
        self._process.kill()

    def result(self) -> ConsoleAnswer:
        """Wait for the answer.

        Raises
        ------
        ServerError
            If the statement exceeds a limit or is cancelled, or the server cannot be reached.
        UsageError
            If the server does not accept the statement.
        """
        assert self._process.stdout  # noqa: S101 - a pipe
        try:
            with self._process.stdout as lines:
                answer = self._read(lines)
            if answer is None:
                self._process.wait()  # it ends by itself
        finally:
            self._timer.cancel()
            self._process.kill()
            code = self._process.wait()
        if self._stopped:
            raise ServerError(f"The statement was stopped: {self._stopped}. Ask for less.")
        if code == TOO_LARGE:
            raise ServerError("The statement was stopped: its answer is too large. Ask for less.")
        if answer is None:
            raise ServerError("The statement was stopped from outside. Try again.")
        return answer

    def _read(self, lines: IO[bytes]) -> ConsoleAnswer | None:
        columns: tuple[str, ...] = ()
        rows: list[list[Any]] = []
        size = 0
        while line := lines.readline(LARGEST + 1):
            size += len(line)
            if size > LARGEST:
                return ConsoleAnswer(columns, rows, f"more than {LARGEST >> 20} MB")
            value = msgspec.json.decode(line)
            if isinstance(value, list):
                rows.append(value)
            elif "columns" in value:
                columns = tuple(value["columns"])
            elif "error" in value:
                raise (UsageError if value["usage"] else ServerError)(value["error"])
            else:
                more = f"more than {self._limit:,} rows" if value["more"] else ""
                return ConsoleAnswer(columns, rows, more, value["notices"])
        return None


def run_statement(
    statement: str,
    settings: Settings,
    parameters: Mapping[str, Any] | None = None,
    *,
    limit: int = LIMIT,
    seconds: float = SECONDS,
) -> ConsoleAnswer:
    """Run a statement and wait for its answer; see `Running`.

    Parameters
    ----------
    statement, settings, parameters, limit, seconds
        As for `Running`.
    """
    running = Running(statement, settings, parameters, limit=limit, seconds=seconds)
    try:
        return running.result()
    except KeyboardInterrupt:
        running.cancel()
        raise
