"""Manual additions with an error: named with the cure, and no load stops at them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from graph.dataset import Dataset
from graph.neo4j_server import manual_edits
from graph.neo4j_server.assign_ids import adopt
from graph.neo4j_server.connection import Connection
from graph.neo4j_server.load import load_version
from tests.contract.conftest import publish
from tests.server.load.records import RECORDS


@pytest.fixture
def dataset(tmp_path: Path) -> Iterator[Dataset]:
    with publish(tmp_path / "data", RECORDS).open() as opened:
        yield opened


BAD = {
    "a season": "spring 2016",
    "a moment": datetime(2016, 1, 1, tzinfo=UTC),
    "a moment without a zone": datetime(2016, 1, 1),
    "a list": ["2016"],
    "a flag": True,
    "a decimal": 2016.5,
}


@pytest.mark.parametrize("what", BAD)
def test_a_date_of_theirs_that_cannot_be_read(
    connection: Connection, dataset: Dataset, what: str
) -> None:
    load_version(connection, dataset)
    connection.write(
        "MATCH (a:Entity {id: 'axis'}), (b:Entity {id: 'bureau'}) CREATE (a)-[:SUPPLIES {id: "
        "'mine', sources: 'report', status: 'reported', valid_from: $day}]->(b), "
        "(a)-[:SUPPLIES {sources: 'report', status: 'reported', valid_from: '2016'}]->(b)",
        day=BAD[what],
    )
    loaded = load_version(connection, dataset)
    [name] = loaded.unready
    assert name.startswith("mine, (axis)-[:SUPPLIES]->(bureau): valid_from is ")
    assert "allowed: a year, month or day" in name
    assert len(manual_edits.read_manual_edits(connection, "desk").records["claims"]) == 2
    mark = connection.single_value("MATCH (l:SightlineLoad) RETURN l.state")
    assert mark == "complete"


def test_a_day_that_python_has_not(connection: Connection, dataset: Dataset) -> None:
    load_version(connection, dataset)
    connection.write(
        "MATCH (e:Entity {id: 'canon'}) SET e.founded_first = date('+99999-01-01'), "
        "e.name = date('+99999-01-01') "
        "CREATE (:Entity:Company {id: 'odd', name: date('+99999-01-01')})"
    )
    assert [str(edit) for edit in load_version(connection, dataset).edited] == [
        "Entity canon: name, founded_first"
    ]
    [odd] = manual_edits.read_manual_edits(connection, "desk").records["entities"]
    assert odd.name == "+99999-01-01"  # type: ignore[union-attr]


def test_an_id_that_is_a_number_and_a_type_in_small_letters(
    connection: Connection, dataset: Dataset
) -> None:
    """Neither becomes a row that a load would write a second time: both are named with the cure."""
    load_version(connection, dataset)
    connection.write(
        "MATCH (b:Entity {id: 'bureau'}), (a:Entity {id: 'axis'}) "
        "CREATE (n:Entity {id: 77, kind: 'company', name: 'Numeric'}), "
        "(n)-[:SUPPLIES {sources: 'report', status: 'reported'}]->(b), "
        "(a)-[:supplies {id: 'small', sources: 'report', status: 'reported'}]->(b), "
        "(:Source {id: 78, title: 'T', publisher: 'P', type: 'press'})"
    )
    found = manual_edits.read_manual_edits(connection, "desk")
    assert not any(found.records.values())
    assert found.nameless == ("77",)
    assert [name.partition(";")[0] for name in found.unready] == [
        "(?)-[:SUPPLIES]->(bureau): an end has no text as id",
        "Source 78: id is 78",
        "small, (axis)-[:supplies]->(bureau): its type is supplies",
    ]
    assert adopt(connection) == 1
    found = manual_edits.read_manual_edits(connection, "desk")
    assert [record.id for record in found.records["entities"]] == ["77"]  # type: ignore[union-attr]
    [claim] = found.records["claims"]
    assert (claim.subject, claim.object) == ("77", "bureau")  # type: ignore[union-attr]
    again = publish(
        dataset.path.parent.parent / "again", (*RECORDS, *found.records["entities"], claim)
    )
    with again.open() as wider:
        assert load_version(connection, wider).by_hand == 2
    assert connection.single_value("MATCH (n {name: 'Numeric'}) RETURN count(n)") == 1
    links = "MATCH ({id: '77'})-[l:SUPPLIES]->({id: 'bureau'}) RETURN count(l)"
    assert connection.single_value(links) == 1
