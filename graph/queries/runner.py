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
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
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
#: Rows whose relationships get the ids of their ends in one query.
_BATCH = 200
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
        ends = _Ends(connection)
        batch: list[list[Any]] = []
        for number, record in enumerate(result):
            if more := number == task.limit:
                break
            batch.append(record.values())
            if len(batch) == _BATCH:
                _lines(out, batch, ends)
        _lines(out, batch, ends)
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


def _lines(out: BinaryIO, batch: list[list[Any]], ends: _Ends) -> None:
    """Write rows, and empty the list of them."""
    ends.look_up(batch)
    for row in batch:
        _line(out, [_plain(value, ends.ids) for value in row])
    batch.clear()


class _Ends:
    """The ids of the ends of relationships, which a server sends without their properties."""

    def __init__(self, connection: Connection) -> None:
        self.ids: dict[str, Any] = {}
        self._connection = connection

    def look_up(self, value: Any) -> None:
        """Ask for the ids of all ends in a value that are not known yet."""
        missing = sorted(set(_elements(value)) - self.ids.keys())
        if not missing:
            return
        statement = (
            "UNWIND $elements AS at MATCH (n) WHERE elementId(n) = at "
            "RETURN at, CASE WHEN n.id IS :: STRING THEN n.id ELSE toStringOrNull(n.id) END"
        )
        self.ids |= dict(self._connection.rows(statement, elements=missing))


def _elements(value: Any) -> Iterator[str]:
    """Yield the element ids of the ends of all relationships in a value."""
    import neo4j.graph

    if isinstance(value, neo4j.graph.Relationship):
        yield from (node.element_id for node in value.nodes if node is not None)
    elif isinstance(value, neo4j.graph.Path):
        yield from (node.element_id for node in value.nodes)
    elif isinstance(value, dict):
        yield from (element for item in value.values() for element in _elements(item))
    elif isinstance(value, list):
        yield from (element for item in value for element in _elements(item))


def _plain(value: Any, ids: Mapping[str, Any] = MappingProxyType({})) -> Any:
    """Convert a value to JSON's types: nodes, relationships and paths become mappings.

    Parameters
    ----------
    value : object
        A value of an answer.
    ids : mapping of str to object
        Element id of a node -> its id.
    """
    import neo4j.graph

    match value:
        case neo4j.graph.Node():
            return {"labels": sorted(value.labels), "properties": _plain(dict(value), ids)}
        case neo4j.graph.Relationship():
            ends = [None if node is None else ids.get(node.element_id) for node in value.nodes]
            return {"type": value.type, "ends": ends, "properties": _plain(dict(value), ids)}
        case neo4j.graph.Path():
            links = _plain(list(value.relationships), ids)
            return {"nodes": _plain(list(value.nodes), ids), "links": links}
        case dict():
            return {str(name): _plain(item, ids) for name, item in value.items()}
        case list():
            return [_plain(item, ids) for item in value]
        case float() if value != value or value in (float("inf"), float("-inf")):
            return "NaN" if value != value else f"{'-' * (value < 0)}Infinity"
        case None | bool() | int() | float() | str():
            return value
        case _:
            return value.iso_format() if hasattr(value, "iso_format") else str(value)
