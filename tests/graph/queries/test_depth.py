"""What lies beyond the depth of a question is counted, on a record that is deeper than it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from graph.errors import DataError
from graph.queries import library
from graph.queries.header import parse_header
from graph.record.model import AnyRecord
from graph.stores import open_store
from graph.stores.base import Store
from tests.contract.conftest import publish
from tests.contract.rows import claim, entity, source

DEEP = 9
QUESTIONS = library.questions()
WITH_DEPTH = {name: q for name, q in QUESTIONS.items() if q.header.depth}
RECORDS: tuple[AnyRecord, ...] = (
    source("s"),
    *(entity(f"c{i}") for i in range(DEEP + 1)),
    *(entity(f"p{i}", "programme") for i in range(DEEP + 1)),
    *(entity(f"r{i}") for i in range(DEEP + 1)),
    *(claim(f"o{i}", f"c{i}", "owns", f"c{i + 1}") for i in range(DEEP)),
    *(claim(f"u{i}", f"r{i}", "succeeded_by", f"r{i + 1}") for i in range(DEEP)),
    *(claim(f"t{i}", f"p{i}", "part_of", f"p{i + 1}") for i in range(DEEP)),
    *(
        claim(f"d{i}", f"c{i}", "supplies", f"c{i + 1}", contract="k" if i < 7 else "other")
        for i in range(DEEP)
    ),
    claim("back", f"c{DEEP}", "owns", "c0"),  # round and round
)
#: Question -> its parameters, and how many lie beyond.
BEYOND = {
    "owned-by": ({"owner": "c0"}, DEEP - 4),
    "owners-of": ({"company": f"c{DEEP}"}, DEEP - 4),
    "programme-parts": ({"programme": f"p{DEEP}"}, DEEP - 4),
    "suppliers-to-a-programme": ({"programme": f"p{DEEP}"}, DEEP - 3),
    "supplies-of-predecessors": ({"successor": f"r{DEEP}"}, DEEP - 3),
    "supply-chains": ({"supplier": "c0"}, 3),  # to c7, where the contract is another one
}


@pytest.fixture(scope="module")
def deep(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return open_store(publish(tmp_path_factory.mktemp("deep"), RECORDS))


@pytest.mark.parametrize("name", BEYOND)
def test_what_lies_beyond_is_counted(deep: Store, name: str) -> None:
    parameters, number = BEYOND[name]
    assert QUESTIONS[name].beyond(deep, **parameters) == number


def test_of_all_beginnings_together(deep: Store) -> None:
    pairs = sum(1 for i in range(DEEP + 1) for j in range(i + 5, DEEP + 1))
    assert QUESTIONS["programme-parts"].beyond(deep) == pairs


def test_nothing_lies_beyond_a_question_without_depth(deep: Store) -> None:
    assert QUESTIONS["who-supplied-whom"].beyond(deep) == 0


def test_every_question_that_stops_says_so() -> None:
    """A statement that repeats a relationship declares how often, or takes it as a parameter."""
    for name, question in QUESTIONS.items():
        repeated = re.findall(r"\*\d\.\.(\d)", question.statements["neo4j"])
        if not repeated or "hops" in {p.name for p in question.header.parameters}:
            assert name not in WITH_DEPTH
            continue
        assert question.header.depth, name
        assert {str(question.header.depth.steps)} == set(repeated)
        in_sql = re.findall(r"hops < (\d)", question.statements["embedded"])
        assert in_sql == repeated


def test_a_depth_that_is_not_valid(tmp_path: Path) -> None:
    text = QUESTIONS["owned-by"].text.replace("4 OWNS from owner", "4 OWNS from nobody")
    with pytest.raises(DataError, match="the depth is not valid"):
        parse_header(text, "owned-by.cypher")
