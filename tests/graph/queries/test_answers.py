"""Each question, asked of the embedded store: what it answers."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from graph.dataset import Archive
from graph.queries import library, types
from graph.queries.question import LibraryQuestion
from graph.stores import open_store
from graph.stores.base import Store
from tests.graph.queries.asked import ASKED
from tests.graph.queries.crowded import crowded

QUESTIONS = library.questions()
EMBEDDED = [name for name, one in QUESTIONS.items() if "embedded" in one.header.engines]
#: Seed of a record in which each question finds something.
CROWD = 13
ANSWERS = json.loads((Path(__file__).parent / "answers.json").read_text("utf-8"))


def plain(rows: list[Any]) -> list[list[Any]]:
    """Rows as JSON has them."""
    return [list(msgspec.to_builtins(msgspec.structs.astuple(row))) for row in rows]


@pytest.fixture(scope="module")
def store(ingested: Path) -> Iterator[Store]:
    with open_store(Archive(ingested)) as opened:
        yield opened


@pytest.fixture(scope="module")
def starting(starter: Path) -> Iterator[Store]:
    with open_store(Archive(starter)) as opened:
        yield opened


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with open_store(crowded(tmp_path_factory.mktemp("crowd"), CROWD)) as opened:
        yield opened


def test_there_are_many() -> None:
    assert len(QUESTIONS) >= 34
    assert len(EMBEDDED) >= 24


def test_each_is_asked_of_the_miniature() -> None:
    assert set(ASKED) == set(QUESTIONS)
    asked = [(one["question"], one["parameters"]) for one in ANSWERS]
    assert asked == [(name, call) for name, calls in ASKED.items() for call in calls]


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda one: one["question"])
def test_answer_on_the_miniature(store: Store, answer: dict[str, Any]) -> None:
    rows = QUESTIONS[answer["question"]](store, **answer["parameters"])
    assert plain(rows) == answer["rows"]


def test_no_path_to_a_programme_that_nobody_names(starting: Store) -> None:
    """What the starter data must not say (docs/model.md)."""
    [sale] = QUESTIONS["who-supplied-whom"](starting, supplier="morpho")
    assert (sale.buyer, sale.programme, sale.valid_from) == ("shanghai-psb", None, "2015")
    assert not QUESTIONS["leads"](starting, supplier="morpho")
    [owner] = QUESTIONS["owner-on-the-day"](starting, supplier="morpho")
    assert (owner.owner, owner.certain) == ("safran", True)
    [successor] = QUESTIONS["supplies-of-predecessors"](starting, successor="idemia")
    assert successor.vendor == "morpho"
    leads = QUESTIONS["leads"](starting, supplier="noldus")
    assert {lead.programme for lead in leads} == {"golden-shield", "sharp-eyes"}


def test_owners_after_the_sale_are_no_owners_on_the_day(crowd: Store) -> None:
    after = QUESTIONS["owners-after-the-sale"](crowd)
    then = QUESTIONS["owner-on-the-day"](crowd)
    assert after
    assert not {(r.supply, r.ownership) for r in after} & {(r.supply, r.ownership) for r in then}


@pytest.mark.parametrize("name", EMBEDDED)
def test_defaults_answer_on_the_starter_data(starting: Store, name: str) -> None:
    """As they stand, and no row twice, and sorted so that nothing is left to chance."""
    rows = QUESTIONS[name](starting)
    assert plain(rows) == plain(QUESTIONS[name](starting))
    texts = [json.dumps(row) for row in plain(rows)]
    assert max(Counter(texts).values(), default=1) == 1


def test_only_these_have_nothing_to_say(starting: Store) -> None:
    silent = {name for name in EMBEDDED if not QUESTIONS[name](starting)}
    assert silent == {
        "supplies-after-a-listing",
        "two-names-one-entity",
        "withdrawn-claims",
    }


def parameters(question: LibraryQuestion) -> dict[str, Any]:
    """Parameters that say something of a crowded record."""
    values = {"entity": "company-1", "origin": "s-1", "since": "2011-01-01", "until": "2012-06-30"}
    return {
        parameter.name: values.get(parameter.name) or values[parameter.type]
        for parameter in question.header.parameters
        if parameter.default is not None and {parameter.name, parameter.type} & values.keys()
    }


@pytest.mark.parametrize("name", EMBEDDED)
def test_filters_only_take_away(crowd: Store, name: str) -> None:
    """A parameter that is null by default leaves the rows that have its value, as they were."""
    question = QUESTIONS[name]
    given = parameters(question)
    whole = plain(question(crowd, **given))
    assert whole
    columns = [column.name for column in question.header.columns]
    for parameter in question.header.parameters:
        if parameter.default is not None or parameter.name not in columns:
            continue
        at = columns.index(parameter.name)
        value = next((row[at] for row in whole if isinstance(row[at], str)), None)
        if value is not None:
            some = plain(question(crowd, **given, **{parameter.name: value}))
            assert some
            assert [row for row in whole if row in some] == some


@pytest.mark.parametrize("name", EMBEDDED)
def test_columns_are_of_their_types(crowd: Store, name: str) -> None:
    question = QUESTIONS[name]
    for row in question(crowd, **parameters(question)):
        for column in question.header.columns:
            value = getattr(row, column.name)
            if column.type.startswith("set of"):
                assert value == sorted(set(value))
            elif value is not None and not types.is_list(column.type):
                assert isinstance(value, types.TYPES[column.type])
