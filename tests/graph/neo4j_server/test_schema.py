"""The schema holds together, and docs/schema.md says what it says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from graph.neo4j_server import writing
from graph.neo4j_server.records import TABLES as RECORDED
from graph.neo4j_server.schema import ENTITY_LINKS, FORBIDDEN, LABELS, LINKS, NODES, TABLES
from graph.neo4j_server.shape import NodeLabel, Table, label_or_type
from graph.record.model import RECORDS
from graph.record.tables import LINKS as LINK_COLUMNS
from graph.record.vocabulary import Kind, Relation
from tests.tools.schema_page import SCHEMA_PAGE, schema_page

PAGE = (Path(__file__).parents[3] / SCHEMA_PAGE).read_text("utf-8")


def test_the_page_is_fresh() -> None:
    assert schema_page(PAGE) == PAGE, f"{SCHEMA_PAGE} is out of date: make docs"


def test_first_of_all_from_a_link_to_its_sources() -> None:
    first = re.findall(r"```cypher\n(.*?)```", PAGE, re.DOTALL)[0]
    assert first.count("\n") == 1
    assert "l.claim_ids" in first
    assert "[:CITES]->(s:Source)" in first


def test_every_field_of_a_record_has_a_property() -> None:
    for node in NODES:
        if node.label not in RECORDED:
            continue
        fields = set(RECORDS[RECORDED[node.label]].__struct_fields__) - {"set", "properties"}
        assert fields <= {p.name for p in node.properties}


def test_every_column_of_a_link_has_a_place() -> None:
    elsewhere = {"relation", "tail", "head", "subcontract"}  # type, ends, and one of the roles
    for link in ENTITY_LINKS:
        assert {*LINK_COLUMNS.names} - elsewhere <= {p.name for p in link.properties}


def test_every_kind_and_every_relation_has_a_name() -> None:
    assert set(LABELS) == set(Kind)
    assert {link.type for link in ENTITY_LINKS} == {r.upper() for r in Relation} - {"SAYS"}
    assert len({label_or_type(table) for table in TABLES}) == len(TABLES)


@pytest.mark.parametrize("table", TABLES, ids=label_or_type)
def test_names_are_neither_taken_nor_said_twice(table: Table) -> None:
    names = [p.name for p in table.properties]
    assert len(names) == len(set(names))
    assert not any(name.startswith("_") for name in names)
    if not isinstance(table, NodeLabel):
        assert not set(names) & FORBIDDEN
        assert {"link_id", "claim_ids", "statuses", "valid_from", "valid_to", "date_precision"} <= {
            *names
        }


def test_references_name_columns_and_labels() -> None:
    labels = [node.label for node in NODES]
    for node in NODES:
        types = {p.name: p.type for p in node.properties}
        for reference in node.references:
            assert types[reference.column] == ("string[]" if reference.many else "string")
            assert labels.index(reference.target) <= labels.index(node.label)
            assert all(name in types for name in reference.carries)


def test_every_label_and_type_can_be_looked_up() -> None:
    made = writing.constraints()
    assert all("IF NOT EXISTS" in statement for statement in made)
    for node in NODES:
        assert any(f"(n:{node.label}) REQUIRE n.id IS UNIQUE" in one for one in made)
    for link in LINKS:
        assert any(f"[r:{link.type}]" in one and "link_id" in one for one in made)
