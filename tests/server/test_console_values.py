"""What the console returns of relationships: also where their ends are not in the answer."""

from __future__ import annotations

from graph.neo4j_server.connection import Connection
from graph.queries import console
from tests.server.conftest import Server


def test_relationships_name_their_ends(empty_server: Server) -> None:
    with Connection(empty_server.settings) as connection:
        connection.write(
            "CREATE (a:Entity {id: 'a'})-[:OWNS {share: 5}]->(:Entity {id: 'b'}), "
            "(a)-[:OWNS]->(:Entity {id: 7})"
        )
    link = {"type": "OWNS", "ends": ["a", "b"], "properties": {"share": 5}}
    for statement in (
        "MATCH ()-[l:OWNS {share: 5}]->() RETURN l",
        "MATCH ()-[l:OWNS {share: 5}]->() RETURN {l: l} AS x",
        "MATCH ()-[l:OWNS {share: 5}]->() RETURN collect(l) AS x",
        "MATCH p = ()-[:OWNS {share: 5}]->() RETURN p",
    ):
        [[value]] = console.run_statement(statement, empty_server.settings).rows
        if isinstance(value, dict):
            value = value.get("l") or value.get("links") or value
        assert value in (link, [link])
    [[number]] = console.run_statement(
        "MATCH ()-[l:OWNS]->(n) WHERE n.id = 7 RETURN l", empty_server.settings
    ).rows
    assert number["ends"] == ["a", "7"]
