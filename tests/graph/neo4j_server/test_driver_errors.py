"""What servers and the driver refuse is one sentence, with what to do, and without a password."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from graph.errors import BusyError, ServerError, SightlineError, UsageError
from graph.neo4j_server.connection import Connection, _release
from graph.neo4j_server.driver_errors import _CODES, Database, sentences
from graph.settings import Settings

PLACE = Database("neo4j://db.example:7687", "desk")
SECRET = "hunter2-and-more"


def told(error: BaseException) -> SightlineError:
    with pytest.raises(SightlineError) as caught, sentences(PLACE):
        raise error
    return caught.value


def of_code(code: str, message: str = "it said so") -> SightlineError:
    from neo4j.exceptions import Neo4jError

    return told(Neo4jError._hydrate_neo4j(code=code, message=message))


@pytest.mark.parametrize("code", _CODES)
def test_every_code_is_a_sentence_with_a_cure(code: str) -> None:
    error = of_code(code)
    assert isinstance(error, ServerError)
    said = str(error)
    assert "neo4j://db.example:7687" in said
    assert not re.search(r"\{|\}|Neo\.", said)
    assert len(re.findall(r"\. [A-Z]", said)) >= 1  # what is wrong, then what to do
    assert said.endswith((".", ";"))


@pytest.mark.parametrize(
    ("code", "message", "wanted"),
    [
        ("Neo.ClientError.Security.Unauthorized", "", "refused the user or the password"),
        (
            "Neo.ClientError.Security.Unauthorized",
            "Unsupported authentication token, missing key `scheme`",
            "asks for a password, but NEO4J_PASSWORD is not set",
        ),
        ("Neo.ClientError.Security.Forbidden", "", "lacks the right to do this"),
        ("Neo.ClientError.Security.CredentialsExpired", "", "still has its initial password"),
        ("Neo.ClientError.Database.DatabaseNotFound", "", "No such database"),
        (
            "Neo.DatabaseError.Transaction.TransactionLogError",
            "Could not append transaction",
            "cannot write to its disk",
        ),
        ("Neo.DatabaseError.General.UnknownError", "No space left on device", "disk of the server"),
        ("Neo.ClientError.Statement.SyntaxError", "Invalid\n input", "refused: Invalid input"),
    ],
)
def test_what_is_said(code: str, message: str, wanted: str) -> None:
    assert wanted in str(of_code(code, message))


def test_a_lock_is_somebody_elses() -> None:
    assert isinstance(of_code("Neo.ClientError.Transaction.LockClientStopped"), BusyError)


def test_what_is_no_servers_matter_goes_on() -> None:
    with pytest.raises(KeyError), sentences(PLACE):
        raise KeyError("x")
    with pytest.raises(UsageError), sentences(PLACE):
        raise UsageError("x")


def settings(uri: str, password: str = SECRET) -> Settings:
    return Settings(Path(), uri, "me", password)


@contextmanager
def listening(answer: bytes) -> Iterator[str]:
    """Something that answers everybody in the same way."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            while True:
                try:
                    caller, _ = server.accept()
                except OSError:
                    return
                with caller:
                    caller.recv(64)
                    caller.sendall(answer)

        threading.Thread(target=serve, daemon=True).start()
        yield f"bolt://127.0.0.1:{server.getsockname()[1]}"


def test_nobody_answers() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    for uri in (f"bolt://127.0.0.1:{port}", f"neo4j://127.0.0.1:{port}", "bolt://nowhere.invalid"):
        with pytest.raises(
            ServerError, match=r"^No Neo4j server answers at bolt|neo4j://"
        ) as error:
            Connection(settings(uri), patience=0)
        assert error.value.unreachable
        assert SECRET not in str(error.value)


@pytest.mark.parametrize("answer", [b"HTTP/1.1 400 Bad Request\r\n\r\n", b"\x00\x00\x00\x00"])
def test_something_else_answers(answer: bytes) -> None:
    with listening(answer) as uri, pytest.raises(ServerError, match=r"does not speak Neo4j's"):
        Connection(settings(uri), patience=0)


@pytest.mark.parametrize(
    "uri", ["localhost:7687", "http://localhost:7474", "neo4j:///x?", "x", "bolt://h/db"]
)
def test_no_address(uri: str) -> None:
    with pytest.raises(UsageError, match=r"^NEO4J_URI is .* not the address of a Neo4j server"):
        Connection(settings(uri))


def test_the_servers_own_database_is_refused() -> None:
    with pytest.raises(UsageError, match="which holds no graph"):
        Connection(Settings(Path(), "bolt://127.0.0.1:1", "me", SECRET, "System"))


def test_an_address_for_tls_says_so() -> None:
    with pytest.raises(ServerError, match=r"^No Neo4j server .* without TLS, use bolt://"):
        Connection(settings("bolt+s://nowhere.invalid"), patience=0)


def test_no_server_is_named() -> None:
    with pytest.raises(UsageError, match=r"^No server is named\. Set NEO4J_URI"):
        Connection(settings(""))


def test_a_password_in_the_address_is_not_told() -> None:
    with pytest.raises(UsageError, match=r"Write it as bolt://127\.0\.0\.1:1, and set") as error:
        Connection(settings(f"bolt://me:{SECRET}@127.0.0.1:1", ""), patience=0)
    assert SECRET not in str(error.value)
    assert SECRET not in repr(settings("bolt://x"))


@pytest.mark.parametrize(
    ("agent", "wanted"),
    [
        ("Neo4j/5.26.12", "5.26.12"),
        ("Neo4j/5.27-aura", "5.27-aura"),
        ("Neo4j/2026.08.1", "2026.08.1"),
    ],
)
def test_releases_that_will_do(agent: str, wanted: str) -> None:
    assert _release(agent, PLACE) == wanted


@pytest.mark.parametrize("agent", ["Neo4j/5.25.1", "Neo4j/4.4.0"])
def test_too_old(agent: str) -> None:
    with pytest.raises(ServerError, match=r"is Neo4j \d.*, and Sightline needs 5\.26 or later"):
        _release(agent, PLACE)


def test_another_database_that_speaks_bolt() -> None:
    with pytest.raises(ServerError, match=", not Neo4j"):
        _release("Neo4j/v5.11.0 compatible graph database server - Memgraph", PLACE)
