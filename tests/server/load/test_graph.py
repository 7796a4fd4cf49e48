"""The graph that a load leaves: all of the record, as the schema says."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.neo4j_server import schema
from graph.neo4j_server.connection import Connection
from graph.neo4j_server.shape import NodeLabel
from graph.neo4j_server.status import status
from tests.server.dump import dump
from tests.server.load.conftest import Put
from tests.server.load.records import RECORDS, load_of


def test_three_loads_are_one(connection: Connection, starter: Path) -> None:
    first = load_of(connection, starter)
    assert first.written == sum(first.counts.values())
    once = dump(connection, without=())
    for _ in range(2):
        again = load_of(connection, starter)
        assert (again.counts, again.written, again.removed) == (first.counts, 0, 0)
        assert dump(connection, without=()) == once


def test_all_is_as_the_schema_says(connection: Connection, put: Put) -> None:
    loaded = put(*RECORDS)
    version = loaded.version[:12]
    for table in schema.TABLES:
        node = isinstance(table, NodeLabel)
        pattern = (
            f"(n:{table.label})" if isinstance(table, NodeLabel) else f"()-[n:{table.type}]->()"
        )
        rows = connection.rows(f"MATCH {pattern} RETURN properties(n)")
        known = {p.name for p in table.properties} | {"_set", "_v", "_h", "_rows"}
        for (properties,) in rows:
            assert properties.keys() <= known
            assert {"_set", "_v", "_h"} <= properties.keys()
            assert properties["_v"] == version
            assert node or not properties.keys() & schema.FORBIDDEN
    referring = connection.rows(
        "MATCH ()-[r]->() WHERE r.link_id IS NULL RETURN DISTINCT type(r), keys(r)"
    )
    types = {r.type for node in schema.NODES for r in node.references}
    assert {kind for kind, _ in referring} == types - {"JUDGES"}
    marks = {"_set", "_v", "_h"}
    assert all(marks <= set(names) <= {*marks, "locator"} for _, names in referring)


def test_from_a_link_to_its_sources(connection: Connection, put: Put) -> None:
    put(*RECORDS)
    line = (
        "MATCH (:Entity {id: 'reseller'})-[l:SUPPLIES]->() MATCH (c:Claim)-[r:CITES]->(s:Source) "
        "WHERE c.id IN l.claim_ids RETURN s.id, r.locator ORDER BY s.id"
    )
    assert connection.rows(line) == [["other", "page 3"], ["s", "page 3"]]
    roots = "MATCH (:Claim {id: 'c3'})-[:RESTS_ON]->(s) RETURN s.id ORDER BY s.id"
    assert connection.rows(roots) == [["other"], ["report"]]
    labels = "MATCH (e:Entity {id: 'bureau'}) RETURN labels(e)"
    assert sorted(connection.single_value(labels)) == ["Entity", "PublicBody"]
    contract = (
        "MATCH (s)-[p:PARTY_TO]->(k:Contract {id: 'k1'})-[d:DELIVERS_TO]->(b) "
        "RETURN s.id, p.role, b.id, k.values ORDER BY s.id, b.id"
    )
    sides = [(s, r, b) for s, r, b, _ in connection.rows(contract)]
    assert ("reseller", "reseller", "bureau") in sides
    assert connection.rows(contract)[0][3] == ["1200000.5 EUR"]


def test_days_are_dates(connection: Connection, put: Put) -> None:
    put(*RECORDS)
    link = (
        "MATCH ()-[l:SUPPLIES]->(:Entity {id: 'reseller'}) RETURN toString(l.outer_from), "
        "toString(l.outer_to), l.date_precision, l.inner_empty, l.undated"
    )
    assert connection.rows(link) == [["2012-01-01", "2013-12-31", "span", True, False]]
    assert connection.single_value(
        "MATCH ()-[l:OWNS]->() WHERE l.outer_from <= date('2016-01-01') "
        "AND coalesce(l.outer_to, date('9999-12-31')) >= date('2016-01-01') RETURN l.share"
    ) == pytest.approx(84.83)
    assert connection.single_value("MATCH ()-[l:SUPPLIES]->(:PublicBody) RETURN l.undated") is True


def test_status(connection: Connection, put: Put) -> None:
    assert status(connection).mark is None
    loaded = put(*RECORDS)
    connection.write("MATCH (e:Entity {id: 'axis'}) CREATE (:Note {text: 'x'})-[:ON]->(e)")
    found = status(connection)
    assert found.counts == {name: number for name, number in loaded.counts.items() if number}
    assert (found.by_hand, found.vanished) == (2, 0)
    assert found.mark is not None
    assert found.mark.set == ("t", "u")
