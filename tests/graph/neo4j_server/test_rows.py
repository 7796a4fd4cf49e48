"""Rows of the graph hold all of a version, and turn back into its records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow as pa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.dataset import Archive, Dataset
from graph.neo4j_server.records import TABLES, merged_records, rows_of_sets
from graph.neo4j_server.rows import VersionRows, rows_of, schema_of
from graph.neo4j_server.schema import CLAIM, CONTRACT, ENTITY, LINKS, NODES, REPLY, SOURCE
from graph.neo4j_server.shape import NodeLabel, RelationshipType, Table, property_columns
from graph.record import dates, ids
from graph.record.model import RECORDS, AnyRecord, Claim, Entity, Source
from graph.record.names import name_rows
from graph.record.origins import origins_in, roots_of
from tests.contract.conftest import publish
from tests.contract.rows import claim, entity, reply, source
from tests.graph.record.strategies import records
from tests.tools.examples import at_most

_OTHERWISE = {"set": "_set", "properties": "extra", "value": "value_text"}


def _any(dataset: Dataset, table: str) -> list[Any]:
    """The records of a table, whichever it is."""
    return list(dataset.records(table))


@contextmanager
def rows_with(*some: Any) -> Iterator[VersionRows]:
    with (
        TemporaryDirectory() as folder,
        publish(Path(folder) / "data", some).open() as dataset,
        rows_of(dataset) as rows,
    ):
        yield rows


def dicts(rows: VersionRows, table: Table) -> list[dict[str, Any]]:
    return [row for batch in rows.batches(table) for row in batch.to_pylist()]


def by_id(rows: VersionRows, node: NodeLabel) -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in dicts(rows, node)}


def back(node: NodeLabel, row: dict[str, Any]) -> list[AnyRecord]:
    """The records of a row, as `read` makes them of a node."""
    if row["_rows"]:
        return rows_of_sets(node, row["_rows"])
    names = RECORDS[TABLES[node.label]].__struct_fields__
    return list(merged_records(node, [[row[_OTHERWISE.get(name, name)] for name in names]]))


def arranged(some: Iterable[AnyRecord]) -> list[AnyRecord]:
    """The same records in the same order, however they came."""
    return sorted(some, key=lambda r: (type(r).__name__, ids.digest("", r)))


@settings(max_examples=at_most(25), suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(sorted(RECORDS)).flatmap(records), max_size=6))
def test_any_records_come_back(some: list[AnyRecord]) -> None:
    unique = {(type(r), r.set, getattr(r, "id", number)): r for number, r in enumerate(some)}
    wanted = list(unique.values())
    with rows_with(*wanted) as rows:
        found = [
            record
            for node in NODES
            if node.label in TABLES
            for row in dicts(rows, node)
            for record in back(node, row)
        ]
    assert arranged(found) == arranged(wanted)


def test_the_starter_data_come_back(starter: Path) -> None:
    with Archive(starter).open() as dataset, rows_of(dataset) as rows:
        for node in NODES:
            if node.label in TABLES:
                found = [r for row in dicts(rows, node) for r in back(node, row)]
                wanted = dataset.records(TABLES[node.label])
                assert arranged(found) == arranged(wanted)


def test_questions_see_what_a_server_holds(starter: Path) -> None:
    """The views that the library reads hold the same properties, but those that cost a join."""
    with Archive(starter).open() as dataset, rows_of(dataset) as rows:
        for node in NODES:
            view = TABLES.get(node.label, "contracts")
            there = rows.connection.sql(f"FROM graph.{view}").columns
            assert {p.name for p in node.properties} - {"search", "roots"} == {*there} - {"_set"}
            assert rows.connection.sql(f"FROM graph.{view}").shape[0] == rows.count(node)
        shared = {"relation", "tail", "head"} | {p.name for p in LINKS[0].properties}
        joined = {"technology", "roles", "share", "roots"}
        assert {*rows.connection.sql("FROM graph.links").columns} == shared - joined


def test_links_are_those_of_the_version(starter: Path) -> None:
    with Archive(starter).open() as dataset, rows_of(dataset) as rows:
        found = {row["link_id"]: row for link in LINKS for row in dicts(rows, link)}
        claims: dict[str, Any] = {c.id: c for c in _any(dataset, "claims")}
        sources: dict[str, Any] = {s.id: s for s in _any(dataset, "sources")}
    linked = {c.id: c for c in claims.values() if isinstance(c, Claim) and c.object}
    assert found
    for row in found.values():
        if not row["link_id"].startswith("l-"):
            continue
        standing = [linked[id_] for id_ in row["claim_ids"]]
        assert {ids.link_id(c) for c in standing} == {row["link_id"]}
        assert {row["tail"], row["head"]} == {standing[0].subject, standing[0].object}
        roots = {root for c in standing for root in roots_of(c, origins_in(sources))}
        assert set(row["roots"] or ()) == roots
        outer = standing[0].readings.outer
        assert row["outer_from"] == (None if outer.first == dates.EARLIEST else day(outer.first))
        assert row["undated"] == (not any((row["valid_from"], row["valid_to"], row["as_of"])))


def day(ordinal: int) -> Any:
    return date.fromordinal(ordinal)


def test_names_are_searched_by_all_their_spellings() -> None:
    made = entity("Skynet-1", "programme", name="Skynet", aliases=("zh:天网 工程",))
    with rows_with(made) as rows:
        text = by_id(rows, ENTITY)["Skynet-1"]["search"]
    keys = text.strip("|").split("|")
    names = name_rows([made]).to_pylist()
    for row in names:
        assert {row["key"], row["latin"], row["latin"].replace(" ", "")} <= set(keys)
    assert "skynet-1" in keys
    assert keys == sorted(set(keys))


def test_an_id_in_several_sets_is_one_row() -> None:
    ours = entity("axis", set="a", name="Axis", note="x")
    theirs = entity("axis", set="b", name="Axis AB", country=("SE",), note="y")
    one = claim("c", "axis", "says", set="a", text="ours")
    two = claim("c", "axis", "says", set="b", text="ours")
    with rows_with(ours, theirs, one, two, source("s", set="b")) as rows:
        axis, said = by_id(rows, ENTITY)["axis"], by_id(rows, CLAIM)["c"]
    assert axis["_set"] == said["_set"] == ["a", "b"]
    assert (axis["name"], axis["aliases"], axis["country"]) == ("Axis", ["Axis AB"], ["SE"])
    assert back(ENTITY, axis) == [ours, theirs]
    assert back(CLAIM, said) == [one, two]


def test_roots_go_to_the_end() -> None:
    some = [
        source("report"),
        source("article", origin="report"),
        source("echo", origin="article"),
        source("a", origin="b"),
        source("b", origin="a"),
        claim("c1", "x", "says", sources=("echo", "report")),
        claim("c2", "x", "says", sources=("echo",), origin=("a", "report")),
    ]
    with rows_with(*some) as rows:
        roots = {id_: row["root"] for id_, row in by_id(rows, SOURCE).items()}
        claims = by_id(rows, CLAIM)
    assert roots == {
        "report": "report",
        "article": "report",
        "echo": "report",
        "a": None,
        "b": None,
    }
    assert claims["c1"]["roots"] == claims["c2"]["roots"] == ["report"]


def test_contracts_have_two_sides() -> None:
    some = [
        *(entity(id_) for id_ in ("a", "b", "c")),
        entity("g", "programme"),
        entity("p", "product"),
        claim(
            "c1", "a", "supplies", "b", contract="k", role="supplier", value="2.50", currency="EUR"
        ),
        claim("c2", "b", "supplies", "c", contract="k", programme="g", product="p", form="order"),
        claim("c3", "a", "says", contract="k"),
        claim("c4", "a", "supplies", "c", contract="k", status="withdrawn"),
    ]
    with rows_with(*some) as rows:
        k = by_id(rows, CONTRACT)["k"]
        sides = {
            link.type: {(r["tail"], r["head"]) for r in dicts(rows, link)} for link in LINKS[-4:]
        }
        [supplier, _] = sorted(dicts(rows, LINKS[-4]), key=lambda r: str(r["tail"]))
    assert (k["claim_ids"], k["values"], k["forms"]) == (
        ["c1", "c2", "c3", "c4"], ["2.5 EUR"], ["order"],
    )  # fmt: skip
    assert sides == {
        "PARTY_TO": {("a", "k"), ("b", "k")},
        "DELIVERS_TO": {("k", "b"), ("k", "c")},
        "SERVES": {("k", "g")},
        "CONCERNS": {("k", "p")},
    }
    assert (supplier["role"], supplier["claim_ids"]) == ("supplier", ["c1"])


def test_the_same_reply_twice_is_two() -> None:
    again = reply("c", text="No.")
    with rows_with(again, again, reply("c", text="Yes.")) as rows:
        found = dicts(rows, REPLY)
        assert len({row["id"] for row in found}) == 3
    with rows_with(reply("c", text="Yes."), again, again) as rows:
        assert {row["id"] for row in dicts(rows, REPLY)} == {row["id"] for row in found}


def test_a_hash_tells_any_other_row() -> None:
    def hashes(*some: AnyRecord) -> set[str]:
        with rows_with(*some) as rows:
            return {row["_h"] for row in dicts(rows, ENTITY)}

    base: dict[str, Any] = {"name": "N", "aliases": ("a", "b"), "url": "", "note": "x"}
    seen = hashes(entity("e", **base))
    for field, value in [
        ("name", "M"), ("aliases", ("a b",)), ("aliases", ("ab",)), ("aliases", ()), ("url", "x"),
        ("note", ""), ("collective", True), ("founded", "2001"), ("set", "u"),
        ("properties", {"a": "b"}),
    ]:  # fmt: skip
        other = hashes(entity("e", **{**base, field: value}))
        assert not other & seen
        seen |= other


def test_hashes_are_those_of_what_comes_back() -> None:
    """Days come back as text; the hash is the same."""
    made = claim("c", "x", "owns", "y", valid_from="2015-04", share=12.5, properties={"a=b": "c%"})
    with rows_with(made, entity("x"), entity("y"), source("s")) as rows:
        for table in (*NODES, *LINKS):
            assert isinstance(table, NodeLabel | RelationshipType)
            for batch in rows.batches(table):
                columns = {}
                for p in property_columns(table):
                    column = batch.column(p.name)
                    columns[p.name] = column.cast(pa.string()) if p.type == "date" else column
                assert rows.hashes(table, pa.table(columns)) == batch.column("_h").to_pylist()


def test_counts_samples_and_references(starter: Path) -> None:
    with Archive(starter).open() as dataset, rows_of(dataset) as rows:
        assert rows.count(CLAIM) == dataset.manifest.counts["claims"]
        some = rows.sample(CLAIM, 5)
        assert (len(some), some.schema) == (5, schema_of(CLAIM))
        assert some == rows.sample(CLAIM, 5)
        asked = rows.named(CLAIM)
        assert asked["SUBJECT"] == rows.count(CLAIM)
        assert asked["CITES"] == sum(
            len(set(c.sources)) for c in dataset.records("claims") if isinstance(c, Claim)
        )
        rows.keep(CLAIM)
        assert rows.named(CLAIM) == asked
        assert len(list(rows.ids(CLAIM))) == rows.count(CLAIM)


def test_types_are_the_models() -> None:
    assert {Entity, Source, Claim} <= set(RECORDS.values())
