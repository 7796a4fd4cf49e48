"""Attacks and innocents against real servers: these stay as they were, and alive."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from graph.dataset import Archive
from graph.errors import ServerError, SightlineError, UsageError
from graph.neo4j_server.connection import Connection
from graph.neo4j_server.load import load_version
from graph.queries import console
from graph.queries.runner import GRACE
from tests.graph.queries.corpus import attacks, innocents
from tests.server.conftest import Server

#: What the rules let pass, and what would take a server minutes, or all of its memory.
HEAVY = [
    "MATCH (a), (b), (c), (d) WHERE a.id < d.id RETURN count(*)",
    "MATCH (a), (b), (c) RETURN collect(a.id + b.id + c.id)",
    "MATCH (a), (b), (c), (d) RETURN a.id, b.id, c.id, d.id ORDER BY d.id, c.id, b.id, a.id",
    "MATCH (a), (b), (c) RETURN DISTINCT a.text + b.text + c.text AS t ORDER BY t",
    "UNWIND range(1, 1000) AS a WITH collect(a) AS l UNWIND l AS x UNWIND l AS y UNWIND l AS z "
    "RETURN count(*)",
    "UNWIND range(1, 1000) AS a WITH collect(a) AS l UNWIND l AS x UNWIND l AS y UNWIND l AS z "
    "RETURN collect(x)",
    "MATCH (n), (m) WITH collect(n.id) AS l RETURN [x IN l | l]",
    "MATCH (n), (m) WITH collect(n.id) AS l RETURN size([x IN l WHERE x IN l])",
    "MATCH p = (a)-[*1..8]-(b)-[*1..8]-(c) RETURN count(p)",
    "MATCH p = (a)-[*1..8]-(b) RETURN collect(p)",
    "MATCH p = (a)-[*1..8]-(b) RETURN p",
    "MATCH (a) RETURN [(a)-[*1..8]-(b) | [(b)-[*1..8]-(c) | c.id]]",
    "MATCH (a) WHERE EXISTS { (a)-[*8]-(b)-[*8]-(a) } RETURN a.id",
    "MATCH " + "--".join(f"(a{i})" for i in range(24)) + " RETURN count(*)",
    "MATCH " + ", ".join(f"(a{i})--(a{(i * 7 + 3) % 9})" for i in range(20)) + " RETURN count(*)",
    "MATCH (a) WHERE "
    + " OR ".join(f"(a.x{i} = 1 AND a.y{i} = 2)" for i in range(30))
    + " RETURN a",
    "MATCH (a) WHERE "
    + " AND ".join(f"(a.x{i} = 1 OR a.y{i} = 2)" for i in range(30))
    + " RETURN a",
    "MATCH (a) WHERE a.a XOR a.b XOR a.c XOR a.d RETURN a",
    "MATCH (n:Claim), (m:Claim) WHERE n.text + m.text + n.note + m.note =~ '.*a.*b' RETURN 1",
    "MATCH (a), (b) WITH a.text + b.text + a.text + b.text AS t RETURN collect(split(t, ''))",
    "MATCH (a), (b), (c) RETURN percentileDisc(size(a.id) * 1.0, 0.5)",
    "RETURN " + "CASE WHEN true THEN " * 11 + "1" + " END" * 11,
    "RETURN " + "[" * 11 + "1" + "]" * 11,
    "WITH 'aaaaaaaaaa' AS s " + "WITH s + s AS s " * 7 + "RETURN size(s)",
]


@pytest.fixture(scope="module")
def loaded(neo4j_server: Server, starter: Path) -> Server:
    with Connection(neo4j_server.settings) as connection, Archive(starter).open() as dataset:
        connection.command("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS")
        load_version(connection, dataset)
    return neo4j_server


def content(server: Server) -> list[object]:
    with Connection(server.settings) as connection:
        return [
            connection.rows("MATCH (n) RETURN labels(n), count(*) ORDER BY labels(n)"),
            connection.rows("MATCH ()-[r]->() RETURN type(r), count(*) ORDER BY type(r)"),
            connection.rows("SHOW CONSTRAINTS YIELD name RETURN name ORDER BY name"),
            connection.rows("SHOW INDEXES YIELD name RETURN name ORDER BY name"),
        ]


def test_innocents_are_answered(loaded: Server) -> None:
    for statement in innocents():
        console.run_statement(statement, loaded.settings, limit=10)


def test_attacks_change_nothing(loaded: Server) -> None:
    before = content(loaded)
    for _, attack in attacks():
        with pytest.raises(UsageError):
            console.run_statement(attack, loaded.settings, seconds=5)
    assert content(loaded) == before


@pytest.mark.parametrize("statement", HEAVY)
def test_what_is_heavy_is_stopped(loaded: Server, statement: str) -> None:
    """In time, and the server answers the next one as if nothing had been."""
    started = time.monotonic()
    said = "an answer"
    try:
        assert (
            len(console.run_statement(statement, loaded.settings, seconds=1).rows) <= console.LIMIT
        )
    except ServerError as error:
        said = str(error)
    assert any(word in said for word in ("an answer", "was stopped", "more memory"))
    assert time.monotonic() - started < 1 + GRACE + 5
    assert console.run_statement("RETURN 1 AS x", loaded.settings, seconds=10).rows == [[1]]


def test_rows_are_capped_and_it_is_said(loaded: Server) -> None:
    rows = console.run_statement(
        "MATCH (n:Company) RETURN n.id ORDER BY n.id", loaded.settings, limit=3
    )
    assert (len(rows.rows), rows.more) == (3, "more than 3 rows")
    all_ = console.run_statement("MATCH (n:Instrument) RETURN n.id", loaded.settings, limit=10)
    assert (len(all_.rows), all_.more) == (10, "")


def test_names_that_the_database_does_not_know(loaded: Server) -> None:
    statement = "MATCH (c:Clam {stauts: 'x'})-[:CITE]->(s) RETURN c.withdrawn_ids, s.zzz LIMIT 1"
    assert console.run_statement(statement, loaded.settings).notices == [
        "The database has no label Clam. Did you mean Claim?",
        "The database has no property stauts. Did you mean status?",
        "The database has no property zzz.",
        "The database has no relationship type CITE. Did you mean CITES?",
    ]
    assert (
        console.run_statement("MATCH (c:Claim) RETURN c.id LIMIT 1", loaded.settings).notices == []
    )


def test_a_day_that_python_has_not(loaded: Server) -> None:
    with pytest.raises(ServerError, match=r"a date outside the years 1 to 9999"):
        console.run_statement("RETURN date('+999999999-12-31') AS day", loaded.settings)


def test_cancel(loaded: Server) -> None:
    running = console.Running("MATCH (a), (b), (c) RETURN max(a.id + b.id)", loaded.settings)
    time.sleep(2)
    running.cancel()
    with pytest.raises(ServerError, match="it was cancelled"):
        running.result()
    deadline = time.monotonic() + 20
    with Connection(loaded.settings) as connection:
        while connection.rows(
            "SHOW TRANSACTIONS YIELD currentQuery WHERE currentQuery STARTS WITH 'MATCH (a), (b)' "
            "RETURN currentQuery"
        ):
            assert time.monotonic() < deadline, "the server still works on it"
            time.sleep(0.5)


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("MATCH (n) RETURN m", "Variable `m` not defined"),
        ("RETURN 1 / 0", "/ by zero"),
        ("MATCH (n) RETURN date(n.id)", "cannot run the statement"),
    ],
)
def test_what_the_server_cannot_run(loaded: Server, statement: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        console.run_statement(statement, loaded.settings)


def test_a_write_would_be_refused_by_the_server_too(
    loaded: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last line of defence, should the rules ever let one through."""
    monkeypatch.setattr(console, "readable", str)
    before = content(loaded)
    for statement in ("CREATE (n:Attack)", "MATCH (n) DETACH DELETE n", "MATCH (n) SET n.x = 1"):
        with pytest.raises(SightlineError):
            console.run_statement(statement, loaded.settings)
    assert content(loaded) == before
