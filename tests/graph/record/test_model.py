"""What a record may hold, and what the vocabulary says of it."""

from __future__ import annotations

import itertools
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.record.dates import event_readings, state_readings
from graph.record.model import RECORDS, AnyRecord, Claim
from graph.record.vocabulary import LINE_ORDER, RULES, Form, Kind, Relation, Status, line_of
from tests.graph.dataset.records import made
from tests.graph.record.strategies import records

ANY = st.sampled_from(sorted(RECORDS)).flatmap(
    lambda table: st.tuples(st.just(table), records(table))
)


@given(ANY)
def test_any_record_survives_json(pair: tuple[str, AnyRecord]) -> None:
    table, record = pair
    assert msgspec.json.decode(msgspec.json.encode(record), type=RECORDS[table]) == record


@given(ANY)
def test_records_do_not_change_and_can_be_told_apart(pair: tuple[str, AnyRecord]) -> None:
    record = pair[1]
    with pytest.raises(AttributeError):
        record.set = "other"  # type: ignore[misc]
    assert msgspec.structs.replace(record) == record
    assert msgspec.structs.replace(record, set=record.set + "!") != record


@pytest.mark.parametrize(
    ("table", "fields"),
    [
        ("entities", {"kind": "person"}),
        ("entities", {"id": ""}),
        ("entities", {"id": "two words"}),
        ("entities", {"id": "a;b"}),
        ("entities", {"id": "a,b"}),
        ("entities", {"id": "a\n"}),
        ("entities", {"id": "x" * 201}),
        ("entities", {"name": ""}),
        ("entities", {"set": ""}),
        ("entities", {"country": ["fr"]}),
        ("entities", {"country": ["FRA"]}),
        ("entities", {"country": ["FR\n"]}),
        ("sources", {"type": "blog"}),
        ("sources", {"publisher": ""}),
        ("sources", {"reliability": 1.01}),
        ("sources", {"sha256": "0a"}),
        ("sources", {"sha256": "0A" * 32}),
        ("claims", {"relation": "sells"}),
        ("claims", {"status": "proven"}),
        ("claims", {"status": ""}),
        ("claims", {"sources": []}),
        ("claims", {"strength": -0.1}),
        ("claims", {"strength": float("nan")}),
        ("claims", {"share": 100.5}),
        ("claims", {"stance": "doubts"}),
        ("claims", {"role": "broker"}),
        ("claims", {"currency": "eur"}),
        ("replies", {"kind": "silence"}),
        ("judgements", {"who": ""}),
    ],
)
def test_what_no_record_may_hold(table: str, fields: dict[str, Any]) -> None:
    base = {} if table == "replies" else {"id": "c"}
    made(table, **base)
    with pytest.raises(msgspec.ValidationError):
        made(table, **base | fields)


@pytest.mark.parametrize("relation", Relation)
def test_dates_are_read_as_the_relation_has_them(relation: Relation) -> None:
    claim = made("claims", id="c", relation=relation, valid_from="2005", valid_to="2017-05-31")
    events = {Relation.SUPPLIES, Relation.CONTRIBUTES_TO, Relation.SUCCEEDED_BY}
    read = event_readings if relation in events else state_readings
    assert claim.readings == read("2005", "2017-05-31")


def test_only_a_statement_may_have_no_object() -> None:
    assert [relation for relation, rule in RULES.items() if not rule.needs_object] == [
        Relation.SAYS
    ]
    assert set(RULES) == set(Relation)


def test_ends_by_relation_are_those_of_the_format() -> None:
    party = {Kind.COMPANY, Kind.PUBLIC_BODY, Kind.ORGANISATION}
    bodies = {Kind.PUBLIC_BODY, Kind.PROGRAMME, Kind.PLACE}
    same = {(kind, kind) for kind in Kind}
    ends = {
        Relation.OWNS: set(itertools.product(party, {Kind.COMPANY})),
        Relation.SUCCEEDED_BY: {(k, k) for k in party | {Kind.PROGRAMME}},
        Relation.SAME_AS: same,
        Relation.SUPPLIES: set(itertools.product({Kind.COMPANY}, party)),
        Relation.OPERATES: set(itertools.product(party, {Kind.PROGRAMME})),
        Relation.CONTRIBUTES_TO: set(itertools.product(party, {Kind.PROGRAMME})),
        Relation.PART_OF: {(k, k) for k in bodies | {Kind.COMPANY}}
        | {(k, Kind.ORGANISATION) for k in bodies | {Kind.COMPANY}},
        Relation.LISTED_IN: set(itertools.product(party, {Kind.INSTRUMENT})),
        Relation.SAYS: set(),
    }
    assert {relation: set(rule.ends) for relation, rule in RULES.items()} == ends
    assert RULES[Relation.PART_OF].objects_of(Kind.PLACE) == [Kind.ORGANISATION, Kind.PLACE]


@given(st.sets(st.sampled_from(Status)))
def test_the_line_of_a_link_is_its_weakest_status(statuses: set[Status]) -> None:
    line = line_of(statuses)
    weaker = [status for status in LINE_ORDER if status in statuses]
    assert line == (weaker[0] if weaker else "documented")


@pytest.mark.parametrize("relation", Relation)
@pytest.mark.parametrize("form", [None, *Form])
def test_a_supply_lasts_by_its_form(relation: Relation, form: Form | None) -> None:
    claim = made("claims", id="c", relation=relation, form=form)
    assert isinstance(claim, Claim)
    assert claim.lasting is (relation is Relation.SUPPLIES and form is Form.SERVICE)
