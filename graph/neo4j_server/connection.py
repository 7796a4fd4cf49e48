"""A connection to a Neo4j server: the official driver, imported when one is opened.

Any URI of the driver will do: `bolt://`, `neo4j://` for a cluster, `neo4j+s://` for Aura.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from types import TracebackType
from typing import TYPE_CHECKING, Any, Literal, Self, TypeVar
from urllib.parse import urlsplit

from graph.errors import ServerError, UsageError
from graph.neo4j_server.driver_errors import Database, sentences

if TYPE_CHECKING:
    from neo4j import Driver, ManagedTransaction, Session, Transaction

    from graph.settings import Settings

_Answer = TypeVar("_Answer")

OLDEST = (5, 26)

#: Records that the server sends at a time.
_FETCHED = 5_000
#: Seconds during which a transaction is retried while the server may come back.
PATIENCE = 20.0

_SCHEME = re.compile(r"(bolt|neo4j)(\+s|\+ssc)?")
_AGENT = re.compile(r"Neo4j/(\d+)\.(\d+)")


class Connection:
    """An open connection; a context manager. Threads may share it.

    Parameters
    ----------
    settings : Settings
        Address and user of the server.
    patience : float
        Seconds during which a transaction is retried while the server may come back.

    Attributes
    ----------
    place : Database
        URI and database, for messages.
    release : str
        Release that the server reports.

    Raises
    ------
    ServerError
        If the server cannot be reached, refuses the user or the password, or is too old.
    UsageError
        If the settings name no server, or its URI is not valid.

    Examples
    --------
    >>> from graph import settings
    >>> with Connection(settings.read_settings()) as connection:  # doctest: +SKIP
    ...     connection.single_value("MATCH (e:Entity) RETURN count(e)")
    212
    """

    def __init__(self, settings: Settings, *, patience: float = PATIENCE) -> None:
        self.place = Database(_address(settings.neo4j_uri), settings.neo4j_database)
        if settings.neo4j_database.lower() == "system":
            raise UsageError(
                "NEO4J_DATABASE is 'system', which holds no graph. Set it to another database, or "
                "leave it out for the server's own."
            )
        self._database = settings.neo4j_database or None
        self._driver = _driver(settings, patience)
        try:
            with sentences(self.place), self.session("READ") as session:
                agent = session.run("RETURN 1").consume().server.agent
            self.release = _release(agent, self.place)
        except BaseException:
            self.close()
            raise

    def rows(self, statement: str, **parameters: Any) -> list[list[Any]]:
        """Return all rows of a reading statement; retry transient errors."""
        return self.read(lambda tx: [list(row.values()) for row in tx.run(statement, parameters)])

    def read(self, work: Callable[[ManagedTransaction], _Answer]) -> _Answer:
        """Run a function in a read transaction and return its result; retry transient errors."""
        with sentences(self.place), self.session("READ") as session:
            return session.execute_read(work)

    def read_marked(self, work: Callable[[ManagedTransaction], _Answer]) -> tuple[_Answer, str]:
        """Run a function in a read transaction; return its result and the bookmark after it."""
        with sentences(self.place), self.session("READ") as session:
            answer = session.execute_read(work)
            return answer, " ".join(sorted(session.last_bookmarks().raw_values))

    def single_value(self, statement: str, **parameters: Any) -> Any:
        """Return the first value of the first row of a reading statement, or None."""
        rows = self.rows(statement, **parameters)
        return rows[0][0] if rows else None

    def stream(self, statement: str, **parameters: Any) -> Iterator[list[Any]]:
        """Yield the rows of a reading statement as the server sends them."""
        with sentences(self.place), self.session("READ") as session:
            for row in session.run(statement, parameters):
                yield row.values()

    def returned(self, statement: str, **parameters: Any) -> list[list[Any]]:
        """Run a writing statement in its own transaction and return its rows."""
        with sentences(self.place), self.session("WRITE") as session:
            return session.execute_write(
                lambda tx: [list(row.values()) for row in tx.run(statement, parameters)]
            )

    def write(self, statement: str, **parameters: Any) -> None:
        """Run a writing statement in its own transaction; retry transient errors."""
        with sentences(self.place), self.session("WRITE") as session:
            session.execute_write(lambda tx: tx.run(statement, parameters).consume())

    def command(self, statement: str, timeout: float | None = None) -> None:
        """Run a statement that cannot be tried again: for constraints, indexes, big clean-ups."""
        from neo4j import Query

        with sentences(self.place), self.session("WRITE") as session:
            session.run(Query(statement, timeout=timeout)).consume()

    def make(self, statements: Iterable[str]) -> None:
        """Make constraints and indexes, and wait until they are there."""
        for statement in statements:
            self.command(statement)
        self.command("CALL db.awaitIndexes(3600)")

    @contextmanager
    def transaction(self, timeout: float | None = None) -> Iterator[Transaction]:
        """Open a writing transaction that is always rolled back at the end."""
        from neo4j.exceptions import DriverError, Neo4jError

        with self.session("WRITE") as session:
            with sentences(self.place):
                tx = session.begin_transaction(timeout=timeout)
            try:
                yield tx
            finally:
                with suppress(DriverError, Neo4jError):  # the server may be gone by now
                    tx.close()

    def bookmark(self) -> str:
        """Return a bookmark of the database, which changes with every write."""
        with sentences(self.place), self.session("WRITE") as session:
            session.run("RETURN 1").consume()
            return " ".join(sorted(session.last_bookmarks().raw_values))

    def close(self) -> None:
        """Close the connection; a second time does nothing."""
        self._driver.close()

    def session(self, mode: Literal["READ", "WRITE"], *, notices: bool = False) -> Session:
        """Open a driver session, optionally with the server's notifications."""
        return self._driver.session(
            database=self._database,
            default_access_mode=mode,
            fetch_size=_FETCHED,
            notifications_min_severity="WARNING" if notices else "OFF",
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Connection({str(self.place)!r})"


def _driver(settings: Settings, patience: float) -> Driver:
    import neo4j  # here: its import takes a second

    # the driver logs each retry; without a handler, Python would print it
    logging.getLogger("neo4j").addHandler(logging.NullHandler())
    auth = (settings.neo4j_username, settings.neo4j_password) if settings.neo4j_password else None
    try:
        return neo4j.GraphDatabase.driver(
            settings.neo4j_uri,
            auth=auth,
            connection_timeout=10,
            max_transaction_retry_time=patience,
            user_agent="sightline",
        )
    except (ValueError, neo4j.exceptions.ConfigurationError):
        raise _invalid_address(_address(settings.neo4j_uri)) from None


def _address(uri: str) -> str:
    """Return the URI, if it is one of a Neo4j server.

    Examples
    --------
    >>> _address("neo4j://me:secret@db.example:7687")
    Traceback (most recent call last):
      ...
    graph.errors.UsageError: NEO4J_URI holds a user or a password. Write it as neo4j://db.example...
    """
    if not uri:
        raise UsageError(
            "No server is named. Set NEO4J_URI and NEO4J_PASSWORD, or start a server with "
            "`sightline neo4j start`."
        )
    parts = urlsplit(uri)
    bare = parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
    if "@" in parts.netloc:
        raise UsageError(
            f"NEO4J_URI holds a user or a password. Write it as {bare}, and set NEO4J_USERNAME and "
            "NEO4J_PASSWORD."
        )
    if not _SCHEME.fullmatch(parts.scheme) or not parts.hostname or parts.path.strip("/"):
        raise _invalid_address(bare)
    return bare


def _invalid_address(address: str) -> UsageError:
    return UsageError(
        f"NEO4J_URI is {address!r}, which is not the address of a Neo4j server. Write it as "
        "neo4j://localhost:7687 or neo4j+s://….databases.neo4j.io."
    )


def _release(agent: str, place: Database) -> str:
    version = _AGENT.match(agent)
    if not version:
        raise ServerError(
            f"The server at {place} is {agent!r}, not Neo4j. Point NEO4J_URI at a Neo4j server."
        )
    if tuple(map(int, version.groups())) < OLDEST:
        raise ServerError(
            f"The server at {place} is {agent.replace('/', ' ')}, and Sightline needs 5.26 or "
            "later. Update the server, or point NEO4J_URI at another one."
        )
    return agent.removeprefix("Neo4j/")
