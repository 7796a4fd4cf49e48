"""Values of another type than the schema's: nothing that people write stops a load or a read."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from graph.dataset import Archive, Dataset
from graph.errors import SightlineWarning
from graph.neo4j_server import read
from graph.neo4j_server.connection import Connection
from graph.neo4j_server.load import load_version
from graph.neo4j_server.records import TABLES as RECORD_TABLES
from graph.neo4j_server.schema import NODES, TABLES
from graph.neo4j_server.shape import NodeLabel, Table, key_of
from graph.queries import library
from graph.stores import open_store
from graph.stores.neo4j_store import LeftOutWarning, ServerStore
from tests.contract.conftest import publish
from tests.server.conftest import Server
from tests.server.dump import dump
from tests.server.load.records import RECORDS

#: Values of every type that a property may have in a server.
VALUES: dict[str, Any] = {
    "a number": 5,
    "a text": "spring 2016",
    "texts": ["a", "b"],
    "numbers": [1, 2],
    "a flag": True,
    "a day": date(2016, 1, 1),
    "days": [date(2016, 1, 1)],
    "a moment": datetime(2016, 1, 1, tzinfo=UTC),
    "a moment without a zone": datetime(2016, 1, 1),
    "a decimal": 12.5,
}
_FITS = {
    "string": ("a text",),
    "string[]": ("texts",),
    "double": ("a number", "a decimal"),
    "boolean": ("a flag",),
    "date": ("a day",),
}


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return publish(tmp_path / "data", RECORDS)


@pytest.fixture
def dataset(archive: Archive) -> Iterator[Dataset]:
    with archive.open() as opened:
        yield opened


def spoil(connection: Connection, table: Table, sort: str) -> None:
    """Write a value into all properties of a row for which it has the wrong type."""
    wrong = {
        p.name: VALUES[sort]
        for p in table.properties
        if p.name != key_of(table) and sort not in _FITS[p.type]
    }
    pattern = f"(n:{table.label})" if isinstance(table, NodeLabel) else f"()-[n:{table.type}]->()"
    connection.write(
        f"MATCH {pattern} WITH n ORDER BY n.{key_of(table)} LIMIT 1 SET n += $wrong", wrong=wrong
    )


@pytest.mark.parametrize("sort", VALUES)
def test_nothing_stops_a_load_or_a_read(
    connection: Connection,
    empty_server: Server,
    archive: Archive,
    dataset: Dataset,
    sort: str,
) -> None:
    load_version(connection, dataset)
    whole = dump(connection)
    for table in TABLES:
        spoil(connection, table, sort)
    loaded = load_version(connection, dataset)
    assert len({edit.table for edit in loaded.edited}) >= 10
    left_out: list[str] = []
    held = [
        record
        for node in NODES
        if node.label in RECORD_TABLES
        for record in read.records(connection, node, left_out.append)
    ]
    assert len(left_out) + len(held) == len(RECORDS)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", SightlineWarning)
        for table in TABLES:
            read.read_table(connection, table)
        assert len(caught) >= 10
        with Connection(empty_server.settings) as other, archive.open() as again:
            ask_everything(ServerStore(other, again))
    load_version(connection, dataset, force=True)
    assert dump(connection) == whole


def ask_everything(store: Any) -> None:
    """Call each method of a store, and ask each question."""
    store.find("axis")
    store.find("aksis")
    store.entities(["axis", "canon", "bureau"])
    store.claims(["c1", "c2", "c3"])
    store.claims_about("axis")
    store.sources(["s", "other"])
    store.replies(["c3"])
    links = store.neighbours("axis")
    store.links(links.column("link_id").to_pylist())
    store.relevant_subgraph(["canon"], None)
    store.relevant_subgraph(None, ["bureau"])
    store.relevant_subgraph(None, None)
    store.counts()
    store.gaps()
    store.source_documents()
    store.newest()
    for question in library.questions().values():
        parameters = {
            p.name: {"entity": "bureau", "source": "report"}.get(p.type, p.default)
            for p in question.header.parameters
            if p.default is not None
        }
        question(store, **parameters)


def test_a_row_that_cannot_be_read_is_named_with_the_cure(
    connection: Connection, archive: Archive, dataset: Dataset
) -> None:
    load_version(connection, dataset)
    connection.write("MATCH (e:Entity {id: 'canon'}) SET e.country = 'JP'")
    connection.write("MATCH ()-[l:OWNS]->() SET l.outer_from = 'spring 2015'")
    with archive.open() as again, warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        store = ServerStore(connection, again)
        assert list(store.entities(["axis", "canon"])) == ["axis"]
        links = store.neighbours("axis").column("relation").to_pylist()
    told = [str(warning.message) for warning in caught if warning.category is LeftOutWarning]
    assert told[0].startswith("Entity canon is left out: country is STRING NOT NULL instead of a ")
    assert told[0].endswith("list of texts. `sightline neo4j load --force` restores the row.")
    assert "OWNS l-" in told[1]
    assert links == ["supplies"]


def test_an_edit_that_would_be_empty_is_named(connection: Connection, dataset: Dataset) -> None:
    load_version(connection, dataset)
    connection.write("MATCH (s:Source {id: 'report'}) SET s.reliability = 'high'")
    assert [str(edit) for edit in load_version(connection, dataset).edited] == [
        "Source report: reliability"
    ]
    held = connection.single_value("MATCH (s:Source {id: 'report'}) RETURN s.reliability")
    assert held == "high"


def test_a_store_says_what_it_does_not_hold(
    connection: Connection, archive: Archive, dataset: Dataset, tmp_path: Path
) -> None:
    """Also of what is changed while the store is open; and an untouched server is believed."""
    notes = tmp_path / "notes.json"
    load_version(connection, dataset, notes=notes)
    with archive.open() as again, warnings.catch_warnings():
        warnings.simplefilter("error")
        store = ServerStore(connection, again, notes)
        assert store.version == dataset.id
        assert store.claims(["c1"])
        connection.write("MATCH (c:Claim {id: 'c6'}) DETACH DELETE c")
        with pytest.warns(SightlineWarning, match=r"rows that differ: 1\): Claim c6: missing\."):
            assert store.claims(["c6"]) == {}
        assert store.version == f"edited-{dataset.id}"
        connection.write("MATCH (n:Entity {id: 'canon'}) CREATE (:Note)-[:ON]->(n)")
        with pytest.warns(SightlineWarning, match="Claim c6"):
            store.claims(["c1"])
        load_version(connection, dataset, notes=notes)
        assert store.claims(["c6"])
        assert store.version == dataset.id


@pytest.mark.parametrize(
    "change",
    [
        "MATCH (c:Claim {id: 'c6'}) DETACH DELETE c",
        "MATCH (e:Entity {id: 'canon'}) REMOVE e:Company",
        "MATCH (e:Entity {id: 'canon'}) REMOVE e:Entity",
        "MATCH (e:Entity {id: 'canon'}) SET e.id = 'kanon'",
        "MATCH (e:Entity {id: 'canon'}) SET e.name = 'Kanon'",
        "MATCH (a)-[l:OWNS]->(b) CREATE (b)-[k:OWNS]->(a) SET k = properties(l) DELETE l",
        "MATCH (a)-[l:OWNS]->(b) CREATE (a)-[k:OWNS]->(b) SET k = properties(l)",
        "MATCH ()-[l:OWNS]->() DELETE l",
        "MATCH (:Claim {id: 'c3'})-[r:CITES]->() DELETE r",
        "MATCH (e:Entity {id: 'canon'}) CREATE (:Entity {id: 'k', _set: ['t'], _h: e._h})",
    ],
)
def test_every_change_is_seen(
    connection: Connection, archive: Archive, dataset: Dataset, change: str
) -> None:
    load_version(connection, dataset)
    connection.write(change)
    with archive.open() as again, pytest.warns(SightlineWarning, match="as it was loaded"):
        store = ServerStore(connection, again)
    assert store.version == f"edited-{dataset.id}"


def test_the_store_is_opened_with_its_notes(empty_server: Server, archive: Archive) -> None:
    """The command line's way: `open_store` compares once, and then believes its notes."""
    with Connection(empty_server.settings) as connection, archive.open() as dataset:
        load_version(connection, dataset)
    monkey = pytest.MonkeyPatch()
    with monkey.context() as patch:
        patch.setenv("NEO4J_URI", empty_server.settings.neo4j_uri)
        patch.setenv("NEO4J_USERNAME", empty_server.settings.neo4j_username)
        patch.setenv("NEO4J_PASSWORD", empty_server.settings.neo4j_password)
        open_store(archive, "neo4j").close()
        patch.setattr("graph.neo4j_server.differences.find_differences", None)
        open_store(archive, "neo4j").close()
