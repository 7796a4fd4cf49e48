"""Run a reader's statement in a separate process, with limits on time and memory.

The console (`graph.queries.console`) starts this process, sends the task through standard input and
reads lines of JSON: the columns, the rows, and how the answer ended. The task includes the
password, which no list of processes then shows.
"""

from __future__ import annotations

import os
import resource
import signal
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, NoReturn

import msgspec

from graph.errors import ServerError, SightlineError, UsageError
from graph.settings import Settings

if TYPE_CHECKING:
    import neo4j

    from graph.neo4j_server.connection import Connection

#: Megabytes of memory that this process may use; a single huge value could otherwise fill it all.
MEMORY = 1_000
#: Seconds allowed for starting, and for a server that answers late.
GRACE = 5.0
#: Exit code when the memory limit is exceeded.
TOO_LARGE = 3


class Task(msgspec.Struct, frozen=True):
    """A statement with its server and its limits."""

    uri: str
    username: str
    password: str
    database: str
    statement: str
    parameters: dict[str, Any]
    limit: int
    seconds: float


def main() -> NoReturn:
    """Run the task from standard input."""
    threading.Thread(target=_watch, daemon=True).start()
    task = msgspec.json.decode(sys.stdin.buffer.read(), type=Task)
    signal.setitimer(
        signal.ITIMER_REAL, task.seconds + GRACE
    )  # ends this process if the console does not
    out = sys.stdout.buffer
    try:
        _run(task, out)
    except SightlineError as error:
        _line(out, {"error": str(error), "usage": isinstance(error, UsageError)})
    out.flush()
    os._exit(0)  # without waiting for an open connection


def _watch() -> None:
    unit = 1 if sys.platform == "darwin" else 1024
    while resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit < MEMORY * 1024**2:
        time.sleep(0.05)
    os._exit(TOO_LARGE)


def _run(task: Task, out: BinaryIO) -> None:
    from graph.neo4j_server.connection import Connection
    from graph.neo4j_server.driver_errors import sentences

    here = Settings(Path(), task.uri, task.username, task.password, task.database)
    with Connection(here, patience=0) as connection, sentences(connection.place):
        _answer(connection, task, out)


def _answer(connection: Connection, task: Task, out: BinaryIO) -> None:
    import neo4j

    from graph.queries.notices import notices

    query = neo4j.Query(task.statement, timeout=task.seconds)
    try:
        result = connection.session("READ", notices=True).run(query, task.parameters)
        _line(out, {"columns": list(result.keys())})
        more = False
        for number, record in enumerate(result):
            if more := number == task.limit:
                break
            _line(out, [_plain(value) for value in record.values()])
        _line(out, {"more": more, "notices": notices(result.consume().gql_status_objects)})
    except neo4j.exceptions.Neo4jError as error:
        if (readable_error := _readable_error(error, task)) is None:
            raise
        raise readable_error from None


def _readable_error(error: neo4j.exceptions.Neo4jError, task: Task) -> SightlineError | None:
    """Return an error that the reader can fix in the statement, or None for other errors."""
    code = error.code or ""
    if code.startswith(("Neo.ClientError.Statement.", "Neo.DatabaseError.Statement.")):
        message = (error.message or "").partition("\n")[0]
        return UsageError(f"The server cannot run the statement: {message}")
    if "TransactionTimedOut" in code:
        return ServerError(
            f"The statement was stopped after {task.seconds:g} seconds. Ask for less."
        )
    if "OutOfMemory" in code:
        return ServerError("The statement needs more memory than the server has. Ask for less.")
    return None


def _line(out: BinaryIO, value: Any) -> None:
    out.write(msgspec.json.encode(value, enc_hook=str) + b"\n")


def _plain(value: Any) -> Any:
    """Convert a value to JSON's types: nodes, relationships and paths become mappings."""
    import neo4j.graph

    match value:
        case neo4j.graph.Node():
            return {"labels": sorted(value.labels), "properties": _plain(dict(value))}
        case neo4j.graph.Relationship():
            ends = [node.get("id") if node else None for node in value.nodes]
            return {"type": value.type, "ends": ends, "properties": _plain(dict(value))}
        case neo4j.graph.Path():
            return {"nodes": _plain(list(value.nodes)), "links": _plain(list(value.relationships))}
        case dict():
            return {str(name): _plain(item) for name, item in value.items()}
        case list():
            return [_plain(item) for item in value]
        case float() if value != value or value in (float("inf"), float("-inf")):
            return "NaN" if value != value else f"{'-' * (value < 0)}Infinity"
        case None | bool() | int() | float() | str():
            return value
        case _:
            return value.iso_format() if hasattr(value, "iso_format") else str(value)
