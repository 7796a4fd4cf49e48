"""Servers that Sightline starts."""

from __future__ import annotations

from tests.server.conftest import Server


def test_it_answers(empty_server: Server) -> None:
    from neo4j import GraphDatabase

    auth = (empty_server.username, empty_server.password)
    with GraphDatabase.driver(empty_server.uri, auth=auth) as driver:
        assert driver.execute_query("RETURN 1 AS one")[0][0]["one"] == 1
