"""Copies, redirected links, changed ids, lost labels: named, kept, and the record made whole."""

from __future__ import annotations

import pytest

from graph.neo4j_server.connection import Connection
from graph.record.model import AnyRecord
from tests.contract.rows import claim, entity
from tests.server.dump import dump
from tests.server.load.conftest import Put
from tests.server.load.records import RECORDS

PROPERTIES = "SET l2 = properties(l)"

#: What somebody did -> what the report calls it, and where.
DEEDS = {
    "a link redirected": (
        "MATCH (a {id: 'canon'})-[l:OWNS]->(b), (c:Entity {id: 'reseller'}) "
        f"CREATE (c)-[l2:OWNS]->(b) {PROPERTIES} DELETE l",
        {"own": ["(reseller)-[:OWNS]->(axis)"], "restored": ["OWNS {OWNS}"]},
    ),
    "a link turned round": (
        "MATCH (a)-[l:PART_OF]->(b) CREATE (b)-[l2:PART_OF]->(a) " + PROPERTIES + " DELETE l",
        {"own": ["(whole)-[:PART_OF]->(skynet)"], "restored": ["PART_OF {PART_OF}"]},
    ),
    "a copy beside the link": (
        f"MATCH (a)-[l:OWNS]->(b) CREATE (a)-[l2:OWNS]->(b) {PROPERTIES}",
        {"own": ["(canon)-[:OWNS]->(axis)"], "restored": []},
    ),
    "a copy at other ends": (
        "MATCH (a)-[l:OWNS]->(b), (c:Entity {id: 'reseller'}) CREATE (c)-[l2:OWNS]->(b) "
        + PROPERTIES,
        {"own": ["(reseller)-[:OWNS]->(axis)"], "restored": []},
    ),
    "a copy of another type": (
        f"MATCH (a)-[l:OWNS]->(b) CREATE (a)-[l2:SUCCEEDED_BY]->(b) {PROPERTIES}",
        {"own": ["SUCCEEDED_BY {OWNS}"], "restored": []},
    ),
    "a copy of a type of their own": (
        f"MATCH (a)-[l:OWNS]->(b) CREATE (a)-[l2:RUNS]->(b) {PROPERTIES}",
        {"own": ["(canon)-[:RUNS]->(axis)"], "restored": []},
    ),
    "a copy of a node": (
        "MATCH (a:Entity {id: 'canon'}) CREATE (b:Entity:Company) SET b = a {.*, id: 'canon-2'}",
        {"own": ["Entity canon-2"], "restored": []},
    ),
    "an id changed": (
        "MATCH (a:Entity {id: 'canon'}) SET a.id = 'kanon'",
        {
            "own": ["(kanon)-[:OWNS]->(axis)", "Entity kanon"],
            "restored": ["Claim c1: relationships", "Entity canon", "OWNS {OWNS}"],
        },
    ),
    "an id taken away": (
        "MATCH (a:Entity {id: 'canon'}) REMOVE a.id",
        {
            "own": ["(?)-[:OWNS]->(axis)", "Entity ?"],
            "restored": ["Claim c1: relationships", "Entity canon", "OWNS {OWNS}"],
        },
    ),
    "an id made a number": (
        "MATCH (a:Entity {id: 'canon'}) SET a.id = 77",
        {
            "own": ["(?)-[:OWNS]->(axis)", "Entity 77"],
            "restored": ["Claim c1: relationships", "Entity canon", "OWNS {OWNS}"],
        },
    ),
    "a label taken away": (
        "MATCH (a:Entity {id: 'canon'}) REMOVE a:Entity",
        {"own": [], "restored": ["Entity canon: label"]},
    ),
    "a relationship redirected": (
        "MATCH (c:Claim {id: 'c1'})-[l:SUBJECT]->(), (x:Entity {id: 'axis'}) "
        f"CREATE (c)-[l2:SUBJECT]->(x) {PROPERTIES} DELETE l",
        {"own": [], "restored": ["Claim c1: relationships"]},
    ),
    "a relationship deleted": (
        "MATCH (:Claim {id: 'c3'})-[r:CITES]->() DELETE r",
        {"own": [], "restored": ["Claim c3: relationships"]},
    ),
    "a relationship edited": (
        "MATCH (:Claim {id: 'c3'})-[r:CITES]->() SET r.locator = 'page 4'",
        {"own": [], "restored": ["Claim c3: relationships"]},
    ),
    "a relationship within a label": (
        "MATCH (:Claim {id: 'c4'})-[r:REFUTES]->() DELETE r",
        {"own": [], "restored": ["Claim c4: relationships"]},
    ),
    "a node deleted": (
        "MATCH (c:Claim {id: 'c6'}) DETACH DELETE c",
        {"own": [], "restored": ["Claim c6"]},
    ),
}


@pytest.mark.parametrize("deed", DEEDS)
def test_the_record_is_whole_again(connection: Connection, put: Put, deed: str) -> None:
    put(*RECORDS)
    whole = dump(connection)
    ids = dict(
        connection.rows("MATCH ()-[l]->() WHERE l.link_id IS NOT NULL RETURN type(l), l.link_id")
    )
    statement, named = DEEDS[deed]
    connection.write(statement)
    loaded = put(*RECORDS)
    expected = {key: sorted(name.format(**ids) for name in names) for key, names in named.items()}
    assert {"own": sorted(loaded.own), "restored": sorted(loaded.restored)} == expected
    assert (loaded.removed_rows, loaded.kept, loaded.edited) == ((), (), ())
    after = dump(connection)
    assert not whole.nodes - after.nodes
    assert not whole.links - after.links
    ours = [dict(row[-1]) for row in (*(after.nodes - whole.nodes), *(after.links - whole.links))]
    assert len(ours) == len(named["own"])  # what they made is there, without a mark of the loader
    assert not [row for row in ours if {"_set", "_h", "_v", "link_id", "claim_ids"} & row.keys()]
    again = put(*RECORDS)
    assert (again.written, again.own, again.restored) == (0, (), ())
    assert dump(connection) == after


def test_a_copy_keeps_its_labels_whatever_comes(connection: Connection, put: Put) -> None:
    """Also where the original changes, or leaves, in the version that is loaded next."""
    for rest in (
        [entity("canon", name="Canon Inc.")],
        [],
    ):
        put(*RECORDS)
        connection.write(
            "MATCH (a:Entity {id: 'canon'}) CREATE (b:Entity:Company:Mine) "
            "SET b = a {.*, id: 'canon-2'}"
        )
        without: list[AnyRecord] = [
            r for r in RECORDS if getattr(r, "id", "") not in ("canon", "c1")
        ]
        loaded = put(*without, *rest)
        assert "Entity canon-2" in loaded.own
        labels = connection.single_value("MATCH (n {id: 'canon-2'}) RETURN labels(n)")
        assert sorted(labels) == ["Company", "Entity", "Mine"]
        connection.write("MATCH (n {id: 'canon-2'}) DETACH DELETE n")


def test_a_changed_id_whose_row_changes_too(connection: Connection, put: Put) -> None:
    put(*RECORDS)
    connection.write("MATCH (a:Entity {id: 'canon'}) SET a.id = 'kanon'")
    others = [r for r in RECORDS if getattr(r, "id", "") != "canon"]
    loaded = put(*others, entity("canon", name="Canon Inc."))
    assert "Entity kanon" in loaded.own
    labels = connection.single_value("MATCH (n {id: 'kanon'}) RETURN labels(n)")
    assert sorted(labels) == ["Company", "Entity"]
    assert connection.rows("MATCH (a)-[l:OWNS]->() WHERE l._set IS NOT NULL RETURN a.id") == [
        ["canon"]
    ]


def test_every_row_that_is_removed_is_named(connection: Connection, put: Put) -> None:
    put(*RECORDS, claim("c9", "axis", "says"))
    loaded = put(*RECORDS)
    assert (loaded.removed_rows, loaded.removed) == (("Claim c9",), 1)


def test_an_edited_row_that_leaves_the_record_is_kept(connection: Connection, put: Put) -> None:
    put(*RECORDS, claim("c9", "axis", "says", text="news"))
    connection.write("MATCH (c:Claim {id: 'c9'}) SET c.text = 'mine'")
    loaded = put(*RECORDS)
    assert (loaded.kept, loaded.removed_rows) == (("Claim c9",), ())
    assert connection.rows("MATCH (n:Vanished) RETURN n.id, n.text") == [["c9", "mine"]]


def test_another_end_of_what_was_drawn_and_read(connection: Connection, put: Put) -> None:
    """A link of somebody's that a load joined to a row, and that is redirected afterwards."""
    from graph.neo4j_server import manual_edits

    put(*RECORDS)
    connection.write(
        "MATCH (a:Entity {id: 'axis'}), (b:Entity {id: 'bureau'}) CREATE (a)-[:SUPPLIES "
        "{sources: 'report', status: 'reported', valid_from: '2018'}]->(b)"
    )
    found = manual_edits.read_manual_edits(connection, "desk")
    rows = [record for records in found.records.values() for record in records]
    assert put(*RECORDS, *rows).by_hand == 1
    connection.write(
        "MATCH (a)-[l:SUPPLIES {valid_from: '2018'}]->(b), (c:Entity {id: 'canon'}) "
        f"CREATE (c)-[l2:SUPPLIES]->(b) {PROPERTIES} DELETE l"
    )
    loaded = put(*RECORDS, *rows)
    assert loaded.own == ("(canon)-[:SUPPLIES]->(bureau)",)
    held = connection.rows(
        "MATCH (a)-[l:SUPPLIES {valid_from: '2018'}]->() RETURN a.id, l._set, l.link_id IS NOT NULL"
    )
    assert sorted(held) == [["axis", ["desk"], True], ["canon", None, False]]


def test_what_the_record_names_and_lacks_is_no_difference(connection: Connection, put: Put) -> None:
    """A claim may name a programme of another set, which is not loaded; a load stays silent."""
    named = claim("c9", "axis", "supplies", "bureau", programme="elsewhere", product="nowhere")
    put(*RECORDS, named)
    again = put(*RECORDS, named)
    assert (again.written, again.restored) == (0, ())
    connection.write("MATCH (:Claim {id: 'c9'})-[r:SUBJECT]->() DELETE r")
    assert put(*RECORDS, named).restored == ("Claim c9: relationships",)
