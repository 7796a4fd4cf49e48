"""The process that runs a reader's statement, with limits on time and memory.

The console (`graph.queries.console`) starts it, sends the task on standard input, and reads lines
of JSON: the columns, the rows, and the reason why they end. The password comes on standard input
too, so that no list of processes shows it.
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

#: Megabytes that this process may take: what a single huge value in an answer would fill.
MEMORY = 1_000
#: Seconds for what is not the server's work: starting, and a server that answers late.
GRACE = 5.0
#: Exit code when they are used up.
TOO_LARGE = 3


class Task(msgspec.Struct, frozen=True):
    """A statement to run, its server and its limits."""

    uri: str
    username: str
    password: str
    database: str
    statement: str
    parameters: dict[str, Any]
    limit: int
    seconds: float


def main() -> NoReturn:
    """Run the task that stands on standard input."""
    threading.Thread(target=_watch, daemon=True).start()
    task = msgspec.json.decode(sys.stdin.buffer.read(), type=Task)
    signal.setitimer(signal.ITIMER_REAL, task.seconds + GRACE)  # ends it, if nobody else does
    out = sys.stdout.buffer
    try:
        _run(task, out)
    except SightlineError as error:
        _line(out, {"error": str(error), "usage": isinstance(error, UsageError)})
    out.flush()
    os._exit(0)  # a connection that still answers is not waited for


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
        if (told := _readable_error(error, task)) is None:
            raise
        raise told from None


def _readable_error(error: neo4j.exceptions.Neo4jError, task: Task) -> SightlineError | None:
    """Return the error that a reader can fix in the statement; None for errors of the server."""
    code = error.code or ""
    if code.startswith(("Neo.ClientError.Statement.", "Neo.DatabaseError.Statement.")):
        said = (error.message or "").partition("\n")[0]
        return UsageError(f"The server cannot run the statement: {said}")
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
    """Return a value as JSON has it: nodes, relationships and paths as mappings."""
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
            return {str(name): _plain(one) for name, one in value.items()}
        case list():
            return [_plain(one) for one in value]
        case float() if value != value or value in (float("inf"), float("-inf")):
            return "NaN" if value != value else f"{'-' * (value < 0)}Infinity"
        case None | bool() | int() | float() | str():
            return value
        case _:
            return value.iso_format() if hasattr(value, "iso_format") else str(value)
