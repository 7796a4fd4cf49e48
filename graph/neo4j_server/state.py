"""The state of a load in a server: version, completeness, and the loader's lock."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from graph.errors import BusyError, ServerError
from graph.neo4j_server.schema import LOAD, LOCK, NODES, SCHEMA

if TYPE_CHECKING:
    from graph.neo4j_server.connection import Connection

#: File in the data folder with this machine's notes about loads and comparisons.
NOTES = "neo4j-loads.json"
#: Differences that a warning names.
_SHOWN = 3
#: Seconds that a loader waits for another one to finish.
_PATIENCE = 2

State = Literal["loading", "complete"]


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """The node `SightlineLoad`.

    Parameters
    ----------
    set : tuple of str
        Names of the sets of the version.
    version : str
        Id of the dataset version, 64 digits.
    state : "loading" or "complete"
        An interrupted load leaves "loading" behind.
    schema : int
        Number of the schema that the load used.
    edited : int
        Number of manual edits that the load left in place.
    at : datetime
        When the state was last set, by the server's clock.
    """

    set: tuple[str, ...]
    version: str
    state: State
    schema: int = 0
    edited: int = 0
    at: datetime | None = None

    @property
    def complete(self) -> bool:
        """Return whether the load finished."""
        return self.state == "complete"


def read_load_state(connection: Connection) -> Mark | None:
    """Return the state of the server's load, or None if nothing was ever loaded."""
    rows = connection.rows(
        f"MATCH (l:{LOAD}) RETURN l.set, l.version, l.state, l.schema, l.edited, "
        "toStringOrNull(l.at)"
    )
    if not rows:
        return None
    sets, version, state, schema, edited, at = rows[0]  # of any type: people may have edited them
    return Mark(
        set=tuple(map(str, sets)) if isinstance(sets, list) else (),
        version=version if isinstance(version, str) else "",
        state="complete" if state == "complete" else "loading",
        schema=schema if isinstance(schema, int) else 0,
        edited=edited if isinstance(edited, int) else 0,
        at=_time(at),
    )


def _time(text: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(text) if text else None
    except ValueError:
        return None


def incomplete(mark: Mark, place: object) -> str:
    """Return that a load is incomplete and what to do, or ""."""
    version = mark.version[:12]
    if not mark.complete:
        return (
            f"The load of version {version} into {place} is incomplete: rows are missing. "
            "`sightline neo4j load` completes it."
        )
    return ""


def doubts(mark: Mark, place: object, differences: Sequence[str]) -> str:
    """Return how the server differs from its version and what to do, or "".

    Parameters
    ----------
    mark : Mark
        The state of its load.
    place : Database
        The server, for the message.
    differences : sequence of str
        What differs, a line each.
    """
    if not differences:
        return ""
    shown = "; ".join(differences[:_SHOWN]) + ("; …" if len(differences) > _SHOWN else "")
    return (
        f"{place} does not hold version {mark.version[:12]} as it was loaded (rows that differ: "
        f"{len(differences):,}): {shown}. `sightline neo4j status` lists them, and `sightline "
        "neo4j load --force` restores the version."
    )


def write_load_state(
    connection: Connection, version: str, sets: Sequence[str], state: State, edited: int = 0
) -> None:
    """Write the state of the load into the server.

    Parameters
    ----------
    connection : Connection
        An open connection to the server.
    version : str
        Id of the dataset version.
    sets : sequence of str
        Names of its sets.
    state : str
        "loading" or "complete".
    edited : int
        Number of manual edits that the load left in place.
    """
    connection.write(
        f"MERGE (l:{LOAD}) SET l.set = $sets, l.version = $version, l.state = $state, "
        "l.schema = $schema, l.edited = $edited, l.at = datetime()",
        sets=list(sets),
        version=version,
        state=state,
        schema=SCHEMA,
        edited=edited,
    )


def refuse_foreign(connection: Connection) -> None:
    """Refuse a database that was never loaded but holds nodes with the schema's labels.

    Raises
    ------
    ServerError
        If the database holds such nodes.
    """
    if read_load_state(connection) is not None:
        return
    for node in NODES:
        if connection.single_value(f"MATCH (n:{node.label}) RETURN 1 LIMIT 1"):
            raise ServerError(
                f"The database at {connection.place} holds nodes :{node.label} that Sightline did "
                "not write. Load into another database (NEO4J_DATABASE), or use --into-existing, "
                "which keeps them unchanged beside the record."
            )


@contextmanager
def loading(connection: Connection) -> Iterator[None]:
    """Hold the loader's lock in the server; the server releases it when this process ends.

    Raises
    ------
    BusyError
        If another process is loading.
    """
    from neo4j.exceptions import ClientError

    if not connection.single_value(f"MATCH (l:{LOCK}) RETURN 1 LIMIT 1"):
        connection.write(f"MERGE (:{LOCK})")
    hold = f"MATCH (l:{LOCK}) SET l.held = true"  # never committed
    with connection.transaction(timeout=_PATIENCE) as attempt:
        try:
            attempt.run(hold).consume()
        except ClientError as error:
            if ".Transaction." not in (error.code or ""):
                raise
            raise BusyError(
                f"Another load is writing to {connection.place}. Wait until it has finished, then "
                "try again."
            ) from None
    with connection.transaction() as transaction:
        transaction.run(hold).consume()
        yield


class Notes:
    """This machine's notes about its loads: the state of the database after each one.

    Parameters
    ----------
    file : Path or None
        File for the notes; None keeps no notes.
    """

    def __init__(self, file: Path | None) -> None:
        self._file = file

    def remember(
        self, connection: Connection, version: str, differences: Sequence[str] = ()
    ) -> None:
        """Note how the database differs from a version that was just loaded or compared.

        Parameters
        ----------
        connection : Connection
            An open connection to the server.
        version : str
            Id of the version.
        differences : sequence of str
            What differs, a line each.
        """
        if self._file is None:
            return
        notes = self._read()
        note = _note(version, connection.bookmark())
        notes[str(connection.place)] = {**note, "differences": list(differences)}
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            self._file.write_bytes(msgspec.json.format(msgspec.json.encode(notes), indent=1))
        except OSError:
            pass  # the next load compares all rows, which is slower

    def untouched(self, connection: Connection, version: str) -> bool:
        """Return whether the database holds a version, and nothing was written since."""
        return self.differences(connection, version) == []

    def differences(self, connection: Connection, version: str) -> list[str] | None:
        """Return how the database differs from a version; None if something was written since."""
        note = self._read().get(str(connection.place))
        if not isinstance(note, dict) or not isinstance(
            lines := note.pop("differences", None), list
        ):
            return None
        return lines if note == _note(version, connection.bookmark()) else None

    def _read(self) -> dict[str, Any]:
        try:
            return msgspec.json.decode((self._file or Path()).read_bytes(), type=dict[str, Any])
        except (OSError, msgspec.MsgspecError):
            return {}


def _note(version: str, bookmark: str) -> dict[str, Any]:
    return {"version": version, "schema": SCHEMA, "bookmark": bookmark}
