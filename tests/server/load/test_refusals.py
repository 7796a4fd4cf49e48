"""What people changed in the record, and what is refused."""

from __future__ import annotations

import pytest

from graph.errors import BusyError, ServerError
from graph.neo4j_server import state
from graph.neo4j_server.connection import Connection
from tests.server.conftest import Server
from tests.server.dump import dump
from tests.server.load.conftest import Put
from tests.server.load.records import RECORDS


def test_edits_are_told_and_undone_by_force_alone(connection: Connection, put: Put) -> None:
    put(*RECORDS)
    before = dump(connection)
    connection.write("MATCH (c:Claim {id: 'c3'}) SET c.text = 'edited', c.status = 'denied'")
    connection.write("MATCH ()-[l:OWNS]->() SET l.share = 12.0")
    again = put(*RECORDS)
    link = connection.single_value("MATCH ()-[l:OWNS]->() RETURN l.link_id")
    edits = ["Claim c3: status, text", f"OWNS {link}: share"]
    assert sorted(map(str, again.edited)) == edits
    assert connection.single_value("MATCH (c:Claim {id: 'c3'}) RETURN c.text") == "edited"
    mark = state.read_load_state(connection)
    assert mark is not None
    assert mark.edited == 2
    forced = put(*RECORDS, force=True)
    assert sorted(map(str, forced.edited)) == edits
    assert dump(connection) == before
    mark = state.read_load_state(connection)
    assert mark is not None
    assert mark.edited == 0


def test_what_somebody_deleted_comes_back(connection: Connection, put: Put) -> None:
    put(*RECORDS)
    before = dump(connection)
    connection.write("MATCH (c:Claim {id: 'c3'}) DETACH DELETE c")
    connection.write("MATCH (e:Entity {id: 'axis'}) DETACH DELETE e")
    connection.write("MATCH (:Claim {id: 'c1'})-[r:CITES]->() DELETE r")
    connection.write("MATCH ()-[l:PART_OF]->() DELETE l")
    put(*RECORDS)
    assert dump(connection) == before


def test_one_load_at_a_time(connection: Connection, put: Put, empty_server: Server) -> None:
    with (
        Connection(empty_server.settings) as other,
        state.loading(other),
        pytest.raises(BusyError, match=r"^Another load is writing to .*\. Wait until"),
    ):
        put(*RECORDS)
    put(*RECORDS)


def test_a_foreign_database_is_refused(connection: Connection, put: Put) -> None:
    connection.write("CREATE (:Entity {id: 'theirs', name: 'Theirs'})")
    with pytest.raises(ServerError, match=r"holds nodes :Entity .* --into-existing"):
        put(*RECORDS)
    assert connection.single_value("MATCH (n) WHERE NOT n:SightlineLock RETURN count(n)") == 1
    put(*RECORDS, into_existing=True)
    assert connection.rows("MATCH (n {id: 'theirs'}) RETURN properties(n)") == [
        [{"id": "theirs", "name": "Theirs"}]
    ]
    put(*RECORDS)  # from now on it is known


def test_two_nodes_of_one_id(connection: Connection, put: Put) -> None:
    connection.write("CREATE (:Entity {id: 'x'}), (:Entity {id: 'x'})")
    with pytest.raises(ServerError, match=r"several nodes with the same id"):
        put(*RECORDS, into_existing=True)
    assert connection.single_value("MATCH (n:Entity) RETURN count(n)") == 2
