"""Driver errors as sentences: the error, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from graph.errors import BusyError, ServerError, SightlineError


class Database(NamedTuple):
    """A database on a server, without user and password."""

    address: str
    database: str = ""

    def __str__(self) -> str:
        return f"{self.address}, database {self.database}" if self.database else self.address


#: Beginning of the server's code -> what it means, and what to do. `{0}` is the place.
_CODES = {
    "Neo.ClientError.Security.CredentialsExpired": (
        "The password of the server at {0} is still the one that it came with. Change it with "
        "`ALTER CURRENT USER SET PASSWORD`, then set NEO4J_PASSWORD."
    ),
    "Neo.ClientError.Security.AuthenticationRateLimit": (
        "The server at {0} was given a wrong password too often, and refuses more for a while. "
        "Wait a minute, then set NEO4J_USERNAME and NEO4J_PASSWORD."
    ),
    "Neo.ClientError.Security.Forbidden": (
        "The user may not do this in {0}. Give NEO4J_USERNAME a role that may read and write "
        "there; `sightline --store neo4j` needs to read alone."
    ),
    "Neo.ClientError.Security": (
        "The server at {0} refused the user or the password. Set NEO4J_USERNAME and NEO4J_PASSWORD."
    ),
    "Neo.ClientError.Database.DatabaseNotFound": (
        "There is no such database at {0}. Set NEO4J_DATABASE to one of those that "
        "`SHOW DATABASES` lists, or leave it out for the server's own."
    ),
    "Neo.ClientError.General.ForbiddenOnReadOnlyDatabase": (
        "The database at {0} is read-only. Make it writable, or load into another one with "
        "NEO4J_DATABASE."
    ),
    "Neo.ClientError.General.WriteOnReadOnlyAccessDatabase": (
        "The database at {0} is read-only. Make it writable, or load into another one with "
        "NEO4J_DATABASE."
    ),
    "Neo.DatabaseError.Schema.ConstraintCreationFailed": (
        "The database at {0} holds several nodes with one id, where ids have to be unique. "
        "Load into an empty database, or mend them."
    ),
    "Neo.ClientError.Schema.ConstraintValidationFailed": (
        "While this was written to {0}, somebody else wrote nodes with the same ids. Load again."
    ),
    "Neo.ClientError.Transaction.TransactionTimedOut": (
        "The server at {0} took too long. Try again."
    ),
    "Neo.TransientError.General.MemoryPoolOutOfMemoryError": (
        "The server at {0} has too little memory for this. Give it more "
        "(server.memory.heap.max_size), then try again."
    ),
    "Neo.TransientError.General.OutOfMemoryError": (
        "The server at {0} has too little memory for this. Give it more "
        "(server.memory.heap.max_size), then try again."
    ),
    "Neo.TransientError.General.DatabaseUnavailable": (
        "The database at {0} is there, but does not run. See to it, for a full disk say, then try "
        "again; what was loaded is kept."
    ),
    "Neo.DatabaseError.Transaction.TransactionLogError": (
        "The server at {0} cannot write to its disk, which may be full. Free some space, restart "
        "the server, and run the same command again; what was loaded is kept."
    ),
}
_SECURITY = "Neo.ClientError.Security"
_UNREACHABLE = (
    "No Neo4j server answers at {0}. See that it runs, that NEO4J_URI is its address, and that "
    "nothing stands between; what was loaded so far is kept, and the same command goes on from "
    "there."
)
_YEARS = (
    "What {0} answered holds a day outside of the years 1 to 9999, which cannot be read here. Ask "
    "for toString() of it, or mend it there."
)
_ENCRYPTED = (
    " An address with +s is for a server that speaks TLS; one without TLS is bolt:// or neo4j://."
)
_UNASKED = (
    "The server at {0} asks for a password, and NEO4J_PASSWORD is not set. Set it, and "
    "NEO4J_USERNAME where it is not neo4j."
)
_OTHER_END = (
    "What answers at {0} does not speak Neo4j's protocol, or is older than 5.26. Set NEO4J_URI to "
    "the Bolt address of a Neo4j server, such as neo4j://localhost:7687."
)
_CERTIFICATE = (
    "The server at {0} shows a certificate that is not trusted here. Set NEO4J_URI to its proper "
    "name, or to neo4j+ssc:// where you know whose certificate it is."
)


@contextmanager
def sentences(place: Database) -> Iterator[None]:
    """Turn what the driver raises inside the block into a `ServerError`.

    Parameters
    ----------
    place : Database
        Where it was asked.
    """
    try:
        yield
    except SightlineError:
        raise
    except Exception as error:
        explained = _of_driver_error(error, place)
        if explained is None:
            raise
        raise explained from None  # the driver's own text may quote what was sent


def _of_driver_error(error: Exception, place: Database) -> SightlineError | None:
    from neo4j import exceptions

    if isinstance(error, exceptions.Neo4jError):
        return _of_code(error.code or "", error.message or "", place)
    names = {kind.__name__ for kind in type(error).__mro__}
    text = str(error)
    if "certificate" in text.lower():
        return ServerError(_CERTIFICATE.format(place))
    if "BrokenRecordError" in names:
        return ServerError(_YEARS.format(place))
    other = names & {"BoltHandshakeError", "BoltProtocolError", "UnsupportedServerProduct"}
    if other or "looks like HTTP" in text:
        return ServerError(_OTHER_END.format(place))
    if isinstance(error, exceptions.DriverError | OSError) or "resolve" in text:
        encrypted = "+s" in place.address.partition(":")[0]
        why = _UNREACHABLE.format(place) + (_ENCRYPTED if encrypted else "")
        unreachable = ServerError(why)
        unreachable.unreachable = True
        return unreachable
    return None


def _of_code(code: str, message: str, place: Database) -> SightlineError:
    if code.startswith(_SECURITY) and "authentication token" in message:
        return ServerError(_UNASKED.format(place))
    for beginning, sentence in _CODES.items():
        if code.startswith(beginning):
            return ServerError(sentence.format(place))
    if "LockClient" in code or code.endswith(".LockAcquisitionTimeout"):
        return BusyError(
            f"Something else writes to {place}. Wait until it has finished, then try again."
        )
    if "space left" in message or "NoSpaceLeft" in message:
        return ServerError(
            f"The disk of the server at {place} is full. Free some space, then run the same "
            "command again; what was loaded is kept."
        )
    first = " ".join(message.split())[:200] or code
    return ServerError(f"The server at {place} refused: {first} ({code}). Mend that, or report it.")
