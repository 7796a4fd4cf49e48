"""Turn driver errors into sentences: the error and what to do about it."""

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
        "The server at {0} still has its initial password. Change it with "
        "`ALTER CURRENT USER SET PASSWORD`, then set NEO4J_PASSWORD."
    ),
    "Neo.ClientError.Security.AuthenticationRateLimit": (
        "The server at {0} refuses logins for a while, after too many wrong passwords. "
        "Wait a minute, then set NEO4J_USERNAME and NEO4J_PASSWORD."
    ),
    "Neo.ClientError.Security.Forbidden": (
        "The user lacks the right to do this in {0}. Give NEO4J_USERNAME a role that may read and "
        "write there; for `--store neo4j` reading is enough."
    ),
    "Neo.ClientError.Security": (
        "The server at {0} refused the user or the password. Set NEO4J_USERNAME and NEO4J_PASSWORD."
    ),
    "Neo.ClientError.Database.DatabaseNotFound": (
        "No such database: {0}. Set NEO4J_DATABASE to one that `SHOW DATABASES` lists, or unset it "
        "to use the default database."
    ),
    "Neo.ClientError.General.ForbiddenOnReadOnlyDatabase": (
        "The database at {0} is read-only. Make it writable, or choose another one with "
        "NEO4J_DATABASE."
    ),
    "Neo.ClientError.General.WriteOnReadOnlyAccessDatabase": (
        "The database at {0} is read-only. Make it writable, or choose another one with "
        "NEO4J_DATABASE."
    ),
    "Neo.DatabaseError.Schema.ConstraintCreationFailed": (
        "The database at {0} holds several nodes with the same id, and ids must be unique. "
        "Give each node its own id, or load into an empty database."
    ),
    "Neo.ClientError.Schema.ConstraintValidationFailed": (
        "Somebody else wrote nodes with the same ids to {0} during the load. Load again."
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
        "The database at {0} exists but does not run. Check the server, for example for a full "
        "disk, then try again; what was loaded is kept."
    ),
    "Neo.DatabaseError.Transaction.TransactionLogError": (
        "The server at {0} cannot write to its disk, which may be full. Free some space, restart "
        "the server, and run the same command again; what was loaded is kept."
    ),
}
_SECURITY = "Neo.ClientError.Security"
_UNREACHABLE = (
    "No Neo4j server answers at {0}. Check that it runs, that NEO4J_URI is its address, and that "
    "no firewall blocks it. What was loaded so far is kept; the same command continues from there."
)
_YEARS = (
    "The answer of {0} holds a date outside the years 1 to 9999, which Python cannot represent. "
    "Ask for toString() of the date, or correct it in the server."
)
_ENCRYPTED = " An address with +s needs TLS; for a server without TLS, use bolt:// or neo4j://."
_UNASKED = (
    "The server at {0} asks for a password, but NEO4J_PASSWORD is not set. Set it, and "
    "NEO4J_USERNAME if the user is not neo4j."
)
_OTHER_END = (
    "The server at {0} does not speak Neo4j's protocol, or is older than 5.26. Set NEO4J_URI to "
    "the Bolt address of a Neo4j server, such as neo4j://localhost:7687."
)
_CERTIFICATE = (
    "The certificate of the server at {0} is not trusted on this machine. Set NEO4J_URI to the "
    "name in the certificate, or to neo4j+ssc:// if you know whose certificate it is."
)


@contextmanager
def sentences(place: Database) -> Iterator[None]:
    """Turn driver errors raised inside the block into a `ServerError`.

    Parameters
    ----------
    place : Database
        The server, for the message.
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
            f"Another transaction is writing to {place}. Wait until it ends, then try again."
        )
    if "space left" in message or "NoSpaceLeft" in message:
        return ServerError(
            f"The disk of the server at {place} is full. Free some space, then run the same "
            "command again; what was loaded is kept."
        )
    first = " ".join(message.split())[:200] or code
    return ServerError(f"The server at {place} refused: {first} ({code}).")
