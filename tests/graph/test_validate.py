"""The rules of the record, one by one: each broken row is found, and nothing else is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
import pytest

from graph.model import RECORDS, AnyRecord, Claim, Entity, Reply, Source
from graph.problems import Problem, listing
from graph.validate import TABLES, Place, Validator
from graph.vocabulary import RULES, Kind, Relation

TABLE_OF = {record: table for table, record in RECORDS.items()}


def entity(key: str, kind: str = "company", **fields: Any) -> Entity:
    return made(Entity, {"id": key, "kind": kind, "name": key} | fields)


def source(key: str, **fields: Any) -> Source:
    return made(Source, {"id": key, "title": key, "publisher": "x", "type": "press"} | fields)


def claim(key: str = "c", **fields: Any) -> Claim:
    row = {"subject": "a", "relation": "supplies", "object": "b", "status": "reported"}
    return made(Claim, {"id": key, "sources": ("s",)} | row | fields)


def reply(**fields: Any) -> Reply:
    return made(Reply, {"claim": "c", "party": "a", "kind": "answer"} | fields)


def made(record: type[Any], fields: dict[str, Any]) -> Any:
    return msgspec.convert({"set": "mine"} | fields, record, strict=False)


GROUND: tuple[AnyRecord, ...] = (
    entity("a"),
    entity("b"),
    entity("police", "public_body"),
    entity("town", "public_body", collective=True),
    entity("court", "organisation"),
    entity("sky", "programme"),
    entity("scanner", "product"),
    entity("list", "instrument"),
    source("s"),
)


def judge(*records: AnyRecord, ground: Sequence[AnyRecord] = GROUND) -> list[Problem]:
    """Judge records beside the ground; a record's row is its place in the call, from 1."""
    rows = [*((0, record) for record in ground), *enumerate(records, start=1)]
    validator = Validator(sorted({record.set for _, record in rows}))
    for table in TABLES:
        for number, (row, record) in enumerate(rows):
            if TABLE_OF[type(record)] == table:
                place = Place(record.set, table, table, row or 1000 + number)
                validator.check(record, place)
    return validator.finish()


def errors(*records: AnyRecord) -> list[tuple[int, str]]:
    return [(found.row, found.column) for found in judge(*records) if not found.warning]


def test_the_ground_is_sound() -> None:
    assert judge() == []


BROKEN: dict[str, tuple[tuple[AnyRecord, ...], list[tuple[int, str]]]] = {
    "a date that does not parse": ((claim(valid_from="21.9.2015"),), [(1, "valid_from")]),
    "digits of another script": ((claim(valid_from="٢٠١٥"),), [(1, "valid_from")]),
    "a month 13": ((claim(valid_to="2015-13"),), [(1, "valid_to")]),
    "29 February in a common year": ((claim(valid_from="2015-02-29"),), [(1, "valid_from")]),
    "a span backwards": ((claim(valid_from="2012/2010"),), [(1, "valid_from")]),
    "each date of a row": (
        (claim(relation="owns", valid_from="x", as_of="y"),),
        [(1, "as_of"), (1, "valid_from")],
    ),
    "an end before the beginning": (
        (claim(valid_from="2015-09", valid_to="2015-08"),),
        [(1, "valid_to")],
    ),
    "as_of beside valid_to": (
        (claim(relation="owns", as_of="2015", valid_to="2016"),),
        [(1, "as_of")],
    ),
    "as_of of an event": ((claim(as_of="2015"),), [(1, "as_of")]),
    "as_of before valid_from": (
        (claim(relation="owns", as_of="2015", valid_from="2016"),),
        [(1, "as_of")],
    ),
    "a source's dates": ((source("t", date="soon", checked="2"),), [(1, "checked"), (1, "date")]),
    "a reply's date": ((claim(), reply(date="last May")), [(2, "date")]),
    "dissolved before founded": (
        (entity("e", founded="2015", dissolved="2014"),),
        [(1, "dissolved")],
    ),
    "no object": ((claim(object=""),), [(1, "object")]),
    "an end joined with itself": ((claim(object="a"),), [(1, "object")]),
    "an object of the wrong kind": ((claim(object="sky"),), [(1, "object")]),
    "a subject of the wrong kind": ((claim(subject="police"),), [(1, "subject")]),
    "an owned body": ((claim(relation="owns", object="police"),), [(1, "object")]),
    "successors of two kinds": (
        (claim(relation="succeeded_by", object="police"),),
        [(1, "object")],
    ),
    "a body in a company": (
        (claim(relation="part_of", subject="police", object="a"),),
        [(1, "object")],
    ),
    "the same of two kinds": ((claim(relation="same_as", object="police"),), [(1, "object")]),
    "the same as a stand-in": (
        (claim(relation="same_as", subject="police", object="town"),),
        [(1, "object")],
    ),
    "an unknown subject": ((claim(subject="nobody"),), [(1, "subject")]),
    "an unknown object": ((claim(object="nobody"),), [(1, "object")]),
    "an unknown object of says": ((claim(relation="says", object="nobody"),), [(1, "object")]),
    "unknown sources": ((claim(sources=("s", "t", "u")),), [(1, "sources"), (1, "sources")]),
    "an unknown origin of a claim": ((claim(origin=("t",)),), [(1, "origin")]),
    "an unknown origin of a source": ((source("t", origin="u"),), [(1, "origin")]),
    "an unknown programme": ((claim(programme="x"),), [(1, "programme")]),
    "a programme that is none": ((claim(programme="police"),), [(1, "programme")]),
    "a programme beside owns": ((claim(relation="owns", programme="sky"),), [(1, "programme")]),
    "an unknown product": ((claim(product="x"),), [(1, "product")]),
    "a product that is none": ((claim(product="sky"),), [(1, "product")]),
    "a share of a supply": ((claim(share=50),), [(1, "share")]),
    "a value without end": ((claim(value=Decimal("Infinity"), currency="EUR"),), [(1, "value")]),
    "a value that is none": ((claim(value=Decimal("NaN"), currency="EUR"),), [(1, "value")]),
    "a negative value": ((claim(value=-1, currency="EUR"),), [(1, "value")]),
    "an endless value": ((claim(value=Decimal("1e999999"), currency="EUR"),), [(1, "value")]),
    "a value without currency": ((claim(value=1),), [(1, "currency")]),
    "a refutation of nothing": ((claim(stance="refutes"),), [(1, "about")]),
    "a refutation of an unknown row": ((claim(stance="refutes", about="d"),), [(1, "about")]),
    "a refutation of itself": (
        (claim(stance="refutes", about="c"),),
        [(1, "about"), (1, "about")],
    ),
    "a refutation of a statement": (
        (claim("d", relation="says"), claim(stance="refutes", about="d")),
        [(2, "about")],
    ),
    "a refutation of a refutation": (
        (claim("d"), claim("e", stance="refutes", about="d"), claim(stance="refutes", about="e")),
        [(3, "about")],
    ),
    "an answer to an unknown row": ((claim(about="d"),), [(1, "about")]),
    "a reply to an unknown row": ((reply(),), [(1, "claim")]),
    "a reply by an unknown party": ((claim(), reply(party="x")), [(2, "party")]),
    "a reply in an unknown source": ((claim(), reply(source="x")), [(2, "source")]),
    "its own origin": ((source("t", origin="t"),), [(1, "origin")]),
    "origins in a circle": (
        (source("t", origin="u"), source("u", origin="v"), source("v", origin="t"),
         source("w", origin="t")),
        [(1, "origin"), (2, "origin"), (3, "origin")],
    ),
    "an id twice": ((claim(), claim(text="else")), [(1, "id"), (2, "id")]),
    "an entity twice": ((entity("e"), entity("e", note="else")), [(1, "id"), (2, "id")]),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_each_broken_row_is_found_and_no_other(name: str) -> None:
    records, expected = BROKEN[name]
    assert errors(*records) == expected


SOUND: dict[str, tuple[AnyRecord, ...]] = {
    "an open span": (claim(valid_from="2010/2011", valid_to="2010"),),
    "an end within the period of the beginning": (claim(valid_from="2015-09", valid_to="2015"),),
    "as_of beside valid_from": (claim(relation="owns", valid_from="2015", as_of="2015-06"),),
    "as_of a year in which it began": (
        claim(relation="owns", valid_from="2015-06", as_of="2015"),
    ),
    "says of anything, with an object or none": (
        claim(relation="says", subject="sky", object="list"),
        claim("d", relation="says", object="", as_of="2015"),
    ),
    "a refutation of a row that comes later": (
        claim("d", stance="refutes", about="c"),
        claim(),
    ),
    "a refutation by a statement": (claim(), claim("d", relation="says", object="",
                                                   stance="refutes", about="c")),
    "a statement about a statement": (claim("d", relation="says"), claim(about="d")),
    "a contract is free text": (claim(contract="No. 7 / 2015"),),
    "a product beside any relation": (claim(relation="says", product="scanner"),),
    "a share": (claim(relation="owns", share=0, valid_from="2015"),),
    "no value at all": (claim(value=0, currency="EUR"),),
    "a relay of a relay": (source("t", origin="s"), source("u", origin="t")),
    "a body of an organisation": (claim(relation="part_of", subject="police", object="court"),),
}  # fmt: skip


@pytest.mark.parametrize("name", SOUND)
def test_what_is_allowed_is_not_reported(name: str) -> None:
    assert judge(*SOUND[name]) == []


def pairs() -> Iterator[tuple[Relation, Kind, Kind]]:
    return ((r, s, o) for r in RULES for s in Kind for o in Kind if r is not Relation.SAYS)


def test_ends_are_those_of_the_table_for_every_pair_of_kinds() -> None:
    ground = [source("s"), *(entity(f"{side}-{k}", k) for side in "so" for k in Kind)]
    for relation, subject, other in pairs():
        row = claim(subject=f"s-{subject}", object=f"o-{other}", relation=relation)
        allowed = (subject, other) in RULES[relation].ends
        found = judge(row, ground=ground)
        assert (found == []) is allowed, (relation, subject, other)


def warnings(*records: AnyRecord) -> list[tuple[int, str]]:
    found = judge(*records)
    assert all(problem.warning for problem in found)
    return [(problem.row, problem.column) for problem in found]


def test_an_undated_state_beside_a_dated_one_is_reported_wherever_it_stands() -> None:
    undated = claim("c", relation="owns")
    for date in ({"valid_from": "2015"}, {"valid_to": "2015"}, {"as_of": "2015"}):
        dated = claim("d", relation="owns", **date)
        assert warnings(undated, dated) == [(1, "valid_from")]
        assert warnings(dated, undated) == [(2, "valid_from")]
    assert "exposes every later owner" in judge(undated, dated)[0].cure
    assert warnings(undated) == []
    assert warnings(undated, claim("d", relation="owns", subject="b", object="a",
                                   valid_from="2015")) == []  # fmt: skip
    assert warnings(claim("c"), claim("d", valid_from="2015")) == []  # an event
    withdrawn = claim("d", relation="owns", valid_from="2015", status="withdrawn")
    assert warnings(undated, withdrawn) == []


@pytest.mark.parametrize("status", ["alleged", "disputed", "denied"])
def test_an_allegation_without_a_reply_is_reported(status: str) -> None:
    assert warnings(claim(status=status)) == [(1, "status")]
    assert warnings(claim(status=status), reply(kind="none_readable")) == []
    refuting = claim("d", status=status, stance="refutes", about="c")
    assert warnings(claim(), refuting) == []


def test_a_row_that_stands_twice_is_loaded_once() -> None:
    validator = Validator(["mine"])
    places = [Place("mine", "entities", "entities.csv", row) for row in (2, 3)]
    assert [validator.check(entity("a"), place) for place in places] == [True, False]
    assert [problem.row for problem in validator.finish()] == [3]
    assert validator.rejected == set()
    assert warnings(claim(), reply(), reply()) == [(3, "")]


def test_one_id_in_two_sets() -> None:
    same = entity("a", set="theirs")
    assert judge(same) == []
    other = judge(entity("a", set="theirs", name="A Ltd", country=["FR"]))
    assert [problem.warning for problem in other] == [True]
    assert "name, country" in other[0].cure
    assert "'mine'" in other[0].allowed
    assert errors(entity("a", "public_body", set="theirs")) == [(1, "kind")]
    assert errors(claim(), claim(set="theirs")) == []
    assert errors(claim(), claim(set="theirs", text="else")) == [(2, "id")]


def test_origins_in_a_circle_across_sets() -> None:
    assert errors(
        source("t", origin="u"), source("u", origin="t", set="theirs")
    ) == [(1, "origin"), (2, "origin")]  # fmt: skip


def test_a_near_id_is_suggested() -> None:
    found = judge(claim(subject="polcie"))[0]
    assert found.cure == "Did you mean 'police'?"
    assert judge(claim(subject="zzz"))[0].cure == "Add it to entities."


def test_problems_come_errors_first_by_file_and_row() -> None:
    found = judge(claim("c", status="alleged"), claim("d", object=""), entity("e", founded="x"))
    assert [(p.file, p.row, p.warning) for p in found] == [
        ("claims", 2, False),
        ("entities", 3, False),
        ("claims", 1, True),
    ]


def test_a_million_claims_leave_no_claims_behind() -> None:
    """What a validator keeps does not grow with the texts of the claims."""
    import tracemalloc

    validator = Validator(["mine"])
    for number, record in enumerate(GROUND):
        validator.check(record, Place("mine", TABLE_OF[type(record)], "x", number))
    tracemalloc.start()
    for number in range(2_000):
        row = claim(f"c{number}", text="x" * 10_000)
        assert validator.check(row, Place("mine", "claims", "claims.csv", number + 2))
    kept, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert kept < 2_000 * 1_000


def test_the_miniature_has_two_warnings(miniature: Path) -> None:
    from ingest.spreadsheet import read

    validator = Validator(["miniature"])
    sheet = read(miniature, "miniature")
    for table in TABLES:
        for row in sheet.rows(table):
            assert row.record is not None, row
            place = Place("miniature", table, sheet.labels[table], row.number)
            assert validator.check(row.record, place)
    found = validator.finish()
    assert [(p.row, p.column, p.warning) for p in found] == [
        (18, "valid_from", True),
        (21, "status", True),
    ]


def test_a_long_list_of_problems_says_what_it_leaves_out() -> None:
    found = judge(*(claim(f"c{n}", object="") for n in range(30)))
    lines = listing(found).splitlines()
    assert len(lines) == 21
    assert lines[-1] == "… and 10 more"
    assert listing(found[:20]).count("\n") == 19
