"""The rules of the record, one by one: each broken row is found, and nothing else is."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest

from graph.record.countries import CODES
from graph.record.jurisdiction import EU
from graph.record.model import AnyRecord
from graph.record.vocabulary import RULES, Kind, Relation
from tests.graph.validate.rows import claim, entity, errors, judge, reply, source


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
    ground: list[AnyRecord] = [
        source("s"),
        *(entity(f"{side}-{k}", k) for side in "so" for k in Kind),
    ]
    for relation, subject, other in pairs():
        row = claim(subject=f"s-{subject}", object=f"o-{other}", relation=relation)
        allowed = (subject, other) in RULES[relation].ends
        found = judge(row, ground=ground)
        assert (found == []) is allowed, (relation, subject, other)


def test_a_code_that_is_not_isos_is_named_with_the_one_that_is() -> None:
    (problem,) = judge(entity("x", country=("FR", "UK")))
    assert (problem.column, problem.found, problem.cure) == ("country", "UK", "Write GB.")


def test_a_code_that_no_country_has_is_told_and_kept() -> None:
    (problem,) = judge(entity("x", country=("FR", "DU")))
    assert (problem.column, problem.found, problem.warning) == ("country", "DU", True)
    assert EU.keys() <= CODES


@pytest.mark.parametrize("code", ["XK", "AA", "ZZ", "QM", "XB"])
def test_a_code_of_users_is_named_and_kept(code: str) -> None:
    (problem,) = judge(entity("x", country=("FR", code)))
    assert (problem.column, problem.found, problem.warning) == ("country", code, True)


@pytest.mark.parametrize(
    "hidden",
    ["\u200b", "\u200e", "\ufeff", "\u00ad", "\u2060", "\x07", "\u3164", "\ufe0f", "\ufffd"],
)
def test_an_id_with_a_character_that_nobody_sees_is_refused(hidden: str) -> None:
    (problem,) = judge(entity(f"ac{hidden}me", name="Acme"))
    assert (problem.column, problem.warning) == ("id", False)
    assert problem.found == f"ac<U+{ord(hidden):04X}>me"
    assert judge(entity("acmé"), entity("ⵜⵓⵙⵏⴰ"), entity("海康")) == []


def test_a_value_of_sixteen_digits_is_refused() -> None:
    (problem,) = judge(claim(value=Decimal("1" * 16), currency="EUR"))
    assert problem.column == "value"
    assert judge(claim(value=Decimal("1" * 15), currency="EUR")) == []


@pytest.mark.parametrize(
    ("record", "column"),
    [
        (entity("x", name="M\ufffdller"), "name"),
        (entity("x", aliases=("Miller", "M\ufffdller")), "aliases"),
        (source("x", title="\ufffd"), "title"),
        (claim(text="x" * 500 + "\ufffd" + "y" * 500), "text"),
        (reply(kind="none_readable", text="\ufffd"), "text"),
    ],
)
def test_lost_letters_are_named_and_kept(record: AnyRecord, column: str) -> None:
    problems = [problem for problem in judge(claim(), record) if problem.column == column]
    assert [problem.warning for problem in problems] == [True]
    assert "U+FFFD" in problems[0].allowed
    assert len(problems[0].found) <= 40
