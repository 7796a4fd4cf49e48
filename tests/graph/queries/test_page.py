"""docs/queries.md is written from the headers, and tells the bounds as they are."""

from __future__ import annotations

import re
from pathlib import Path

from graph.queries import library
from graph.queries.grammar import limits
from tests.tools.console import ROOT
from tests.tools.queries_page import QUERIES_PAGE, queries_page

PAGE = (ROOT / QUERIES_PAGE).read_text("utf-8")


def test_it_is_fresh() -> None:
    assert queries_page(PAGE) == PAGE, f"{QUERIES_PAGE} is out of date: make docs"


def test_it_has_every_question_with_its_limits() -> None:
    for name, question in library.questions().items():
        section = PAGE.partition(f"\n### {name}\n")[2].partition("\n### ")[0]
        assert question.title in section
        assert f"*Does not show:* {question.header.does_not_show}" in section


def test_its_example_is_a_question(tmp_path: Path) -> None:
    [example] = re.findall(r"```cypher\n(// title.*?)```", PAGE, re.DOTALL)
    (tmp_path / "my-question.cypher").write_text(example, "utf-8")
    assert "my-question" in library.questions(tmp_path)


def test_the_bounds_are_told_as_they_are() -> None:
    table = PAGE.partition("| at most |")[2].partition("\n\n")[0]
    told = re.findall(r"^\| (.+) \| ([^|]+) \|$", table, re.MULTILINE)
    most = {name: number for name, (number, _) in limits.MOST.items()}
    assert [numbers for _, numbers in told] == [
        f"{limits.LENGTH:,}; {limits.DEPTH}",
        f"{limits.HOPS}; {limits.ALL_HOPS}; {limits.SHORTEST_HOPS}",
        f"{limits.RANGE:,}; {limits.ALL_RANGES:,}",
        f"{most['pattern']} each",
        "; ".join(str(most[each]) for each in ("WITH", "UNWIND", "UNION", "subquery")),
        "; ".join(str(most[each]) for each in ("AND or OR", "XOR", "CASE")),
        str(most["comprehension"]),
        str(most["regular expression"]),
    ]
    assert most["pattern"] == most["relationship"]
