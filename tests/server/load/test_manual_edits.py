"""What people add is theirs: it stays, it is read back, and it counts once it has a source."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from graph.neo4j_server import manual_edits
from graph.neo4j_server.assign_ids import adopt
from graph.neo4j_server.connection import Connection
from graph.neo4j_server.load import Loaded
from graph.neo4j_server.status import status
from graph.record.model import Claim, Entity
from tests.contract.rows import claim, entity
from tests.server.dump import Dump, dump
from tests.server.load.conftest import Put
from tests.server.load.records import RECORDS

ADDED = (
    "MATCH (e:Entity {id: 'axis'}) CREATE (:Note {id: 'n', text: 'call'})-[:ON {by: 'me'}]->(e)",
    "CREATE (:Entity:Company {id: 'acme', name: 'Acme', city: 'Lund'})",
    "MATCH (a:Entity {id: 'acme'}), (b:Entity {id: 'axis'}) CREATE (a)-[:OWNS {valid_from: '2019', "
    "share: 12.5, status: 'alleged', sources: ['report'], seen: 'in a register'}]->(b)",
    "MATCH (a:Entity {id: 'acme'}), (b:Entity {id: 'canon'}) CREATE (a)-[:SUPPLIES]->(b)",
    "MATCH (c:Claim {id: 'c2'}) SET c.mine = 'doubtful'",
)


def hand_made(connection: Connection) -> Dump:
    """What has none of the loader's marks, and what people wrote on what has."""
    whole = dump(connection)

    def theirs(properties: tuple[tuple[str, object], ...]) -> bool:
        return "_set" not in dict(properties) or "mine" in dict(properties)

    return Dump(
        Counter({node: n for node, n in whole.nodes.items() if theirs(node[-1])}),
        Counter({link: n for link, n in whole.links.items() if theirs(link[-1])}),
    )


@pytest.fixture
def added(connection: Connection, put: Put) -> Connection:
    put(*RECORDS)
    for statement in ADDED:
        connection.write(statement)
    return connection


def test_additions_survive_three_loads_and_a_version(added: Connection, put: Put) -> None:
    before = hand_made(added)
    assert (before.nodes.total(), before.links.total()) == (3, 3)
    for _ in range(3):
        put(*RECORDS)
        assert hand_made(added) == before
    put(*RECORDS, claim("c9", "axis", "says", text="news"))
    assert hand_made(added) == before


def test_what_vanished_is_kept_for_what_hangs_on_it(added: Connection, put: Put) -> None:
    added.write("MATCH ()-[l:OWNS {share: 84.83}]->() SET l.checked_by = 'me'")
    left = [r for r in RECORDS if getattr(r, "id", "") not in ("c1", "c2")]
    loaded = put(*left)
    owns = added.single_value("MATCH ()-[g:VANISHED]->() RETURN g.link_id")
    assert sorted(loaded.kept) == ["Claim c2", f"OWNS {owns}"]
    assert loaded.removed > 0
    assert added.rows("MATCH (n:Vanished) RETURN n.id, n.mine, n._set") == [
        ["c2", "doubtful", None]
    ]
    ends = "MATCH (a)-[g:VANISHED]->(b) RETURN a.id, g.type, g.checked_by, b.id"
    assert added.rows(ends) == [["canon", "OWNS", "me", "axis"]]
    assert status(added).vanished == 2
    assert put(*left).kept == ()


def test_what_comes_back_gets_its_label_again(added: Connection, put: Put) -> None:
    whole = dump(added)
    put(*(r for r in RECORDS if getattr(r, "id", "") != "c2"))
    assert added.single_value("MATCH (n:Vanished) RETURN n.id") == "c2"
    put(*RECORDS)
    assert dump(added) == whole


def test_a_node_with_a_link_by_hand_is_kept(added: Connection, put: Put) -> None:
    without = [
        r
        for r in RECORDS
        if getattr(r, "id", "") not in ("axis", "c1", "c2", "c6")
        and getattr(r, "party", "") != "axis"
    ]
    loaded = put(*without)
    assert "Entity axis" in loaded.kept
    rows = added.rows("MATCH (:Note)-[o:ON]->(n) RETURN labels(n), n.id, o.by")
    assert rows == [[["Vanished"], "axis", "me"]]
    share = "MATCH (:Entity {id: 'acme'})-[l:OWNS]->(:Vanished) RETURN l.share"
    assert added.single_value(share) == 12.5


def test_reading_back(added: Connection) -> None:
    found = manual_edits.read_manual_edits(added, "desk")
    [acme] = found.records["entities"]
    assert isinstance(acme, Entity)
    assert (acme.set, acme.id, acme.kind, acme.properties) == (
        "desk", "acme", "company", {"city": "Lund"},
    )  # fmt: skip
    [owns] = found.records["claims"]
    assert isinstance(owns, Claim)
    assert (owns.set, owns.subject, owns.relation, owns.object) == ("desk", "acme", "owns", "axis")
    assert (owns.share, owns.status, owns.sources) == (12.5, "alleged", ("report",))
    assert owns.properties == {"seen": "in a register"}
    assert found.unsourced == ("(acme)-[:SUPPLIES]->(canon)",)
    assert found.beside == {"-[:ON]->": 1, ":Note": 1}
    assert manual_edits.count_manual_edits(added) == 5
    assert manual_edits.read_manual_edits(added, "desk") == found


def test_a_claim_made_of_nodes(connection: Connection, put: Put) -> None:
    put(*RECORDS)
    connection.write(
        "MATCH (a:Entity {id: 'axis'}), (s:Source {id: 'report'}), (c3:Claim {id: 'c3'}) "
        "CREATE (c:Claim {id: 'mine', relation: 'says', status: 'reported', text: 'Said so.'}), "
        "(c)-[:SUBJECT]->(a), (c)-[:CITES]->(s), "
        "(r:Reply {kind: 'answer', text: 'No.'})-[:ANSWERS]->(c3), (r)-[:SAID_BY]->(a), "
        "(r)-[:CITES]->(s), (:Claim {id: 'bare', relation: 'says', status: 'reported'}), "
        "(:Claim {id: 'odd', relation: 'loves', status: 'reported', sources: 'report'})"
    )
    found = manual_edits.read_manual_edits(connection, "desk")
    [mine] = found.records["claims"]
    assert isinstance(mine, Claim)
    assert (mine.id, mine.subject, mine.sources) == ("mine", "axis", ("report",))
    [answer] = found.records["replies"]
    assert (answer.claim, answer.party, answer.source) == ("c3", "axis", "report")  # type: ignore[union-attr]
    assert answer.properties == {}
    assert found.unsourced == ("Claim bare",)
    [odd] = found.unready
    assert odd.startswith("Claim odd: subject is missing; allowed: an id")
    assert " relation is 'loves'; allowed: owns, succeeded_by" in odd


def test_ids_come_with_adoption_alone(connection: Connection, put: Put) -> None:
    put(*RECORDS)
    connection.write(
        "MATCH (b:Entity {id: 'axis'}) CREATE (a:Company {name: 'Größe & Söhne'})-[:OWNS {sources: "
        "'report; other', status: 'reported'}]->(b), (:Company {name: 'Größe & Söhne'})"
    )
    found = manual_edits.read_manual_edits(connection, "desk")
    assert (found.nameless, found.records["entities"]) == (("Größe & Söhne",) * 2, [])
    assert found.unready == ("(?)-[:OWNS]->(axis): an end has no text as id; --adopt gives it one",)
    assert adopt(connection) == 2
    found = manual_edits.read_manual_edits(connection, "desk")
    assert [e.id for e in found.records["entities"]] == ["grosse-sohne", "grosse-sohne-2"]  # type: ignore[union-attr]
    [owns] = found.records["claims"]
    assert owns.sources == ("report", "other")  # type: ignore[union-attr]
    assert adopt(connection) == 0


def test_what_was_read_is_joined_and_let_go(added: Connection, put: Put) -> None:
    """Read, loaded again as a set of its own, dropped again: what people wrote stays as it was."""
    before = hand_made(added)
    found = manual_edits.read_manual_edits(added, "desk")
    rows = [record for some in found.records.values() for record in some]
    loaded = put(*RECORDS, *rows)
    assert (loaded.by_hand, loaded.edited) == (2, ())
    assert added.single_value("MATCH (e:Entity {id: 'acme'}) RETURN e._set") == ["desk"]
    assert added.single_value("MATCH (e:Entity {id: 'acme'}) RETURN e.search CONTAINS '|acme|'")
    line = "MATCH (:Entity {id: 'acme'})-[l:OWNS]->() RETURN l.line"
    assert added.single_value(line) == "alleged"
    assert added.single_value("MATCH ()-[l:OWNS]->() RETURN count(l)") == 2
    assert manual_edits.read_manual_edits(added, "desk") == found
    again = put(*RECORDS, *rows)
    assert (again.written, again.by_hand) == (0, 2)
    added.write("MATCH (e:Entity {id: 'acme'}) SET e.name = 'Acme AB', e.founded = '2001'")
    [acme] = manual_edits.read_manual_edits(added, "desk").records["entities"]
    assert (acme.name, acme.founded) == ("Acme AB", "2001")  # type: ignore[union-attr]
    edited = put(*RECORDS, *rows).edited
    assert [(edit.id, edit.properties) for edit in edited] == [("acme", ("founded", "name"))]
    added.write("MATCH (e:Entity {id: 'acme'}) SET e.name = 'Acme' REMOVE e.founded")
    put(*RECORDS)
    assert hand_made(added) == before


OWNS = "MATCH (a)-[l:OWNS]->(b) RETURN a.id, b.id, l.valid_from, l.undated, l._ours IS NOT NULL"


def read_and_load(connection: Connection, put: Put) -> Loaded:
    found = manual_edits.read_manual_edits(connection, "desk")
    return put(*RECORDS, *(record for some in found.records.values() for record in some))


def test_a_link_that_was_drawn_stands_once(added: Connection, put: Put) -> None:
    """Whatever is written on it later, and the record's own link gives way to it."""
    read_and_load(added, put)
    held = [["acme", "axis", "2019", False, True], ["canon", "axis", "2015-04-10", False, False]]
    assert sorted(added.rows(OWNS)) == held
    added.write("MATCH ({id: 'acme'})-[l:OWNS]->() SET l.valid_from = 2020, l.text = 'Said so.'")
    read_and_load(added, put)
    assert sorted(added.rows(OWNS)) == [["acme", "axis", 2020, False, True], held[1]]
    added.write(
        "MATCH (a {id: 'canon'}), (b {id: 'axis'}) CREATE (a)-[:OWNS {valid_from: '2015-04-10', "
        "sources: 'report', status: 'reported'}]->(b)"
    )
    read_and_load(added, put)
    assert [row[-1] for row in added.rows(OWNS)] == [True, True]
    put(*RECORDS)
    joined = ["canon", "axis", "2015-04-10", False, True]
    assert sorted(added.rows(OWNS)) == [["acme", "axis", 2020, None, False], joined]


def test_an_edit_of_the_records_link_does_not_give_way(connection: Connection, put: Put) -> None:
    put(*RECORDS)
    connection.write(
        "MATCH (a)-[l:OWNS]->(b) SET l.seen = 'me' CREATE (a)-[:OWNS {valid_from: l.valid_from, "
        "valid_to: l.valid_to, sources: 'report', status: 'reported'}]->(b)"
    )
    read_and_load(connection, put)
    assert connection.rows("MATCH ()-[l:OWNS]->() RETURN l.seen ORDER BY l.seen") == [
        ["me"],
        [None],
    ]


def test_their_word_stands_in_an_existing_database(
    connection: Connection, put: Put, tmp_path: Path
) -> None:
    connection.write("CREATE (:Entity {id: 'axis', name: 'AXIS', size: 3})")
    loaded = put(*RECORDS, into_existing=True)
    assert loaded.by_hand == 1
    assert [str(edit) for edit in loaded.edited] == ["Entity axis: name"]
    [[name, size, kind]] = connection.rows(
        "MATCH (e:Entity {id: 'axis'}) RETURN e.name, e.size, e.kind"
    )
    assert (name, size, kind) == ("AXIS", 3, "company")
    put(*RECORDS, force=True)  # a word of theirs stays, and answers say so
    assert connection.single_value("MATCH (l:SightlineLoad) RETURN l.edited") == 1
    put(entity("alone"))
    assert connection.rows("MATCH (e:Entity {id: 'axis'}) RETURN properties(e)") == [
        [{"id": "axis", "name": "AXIS", "size": 3}]
    ]
