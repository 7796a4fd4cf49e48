"""What is wrong with a question's file, with the line, and what to do."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from graph.errors import DataError
from tests.graph.queries.test_library import FILE, question, save

FAULTS: dict[str, tuple[str, str, str]] = {
    "unknown key": ("// topic: Mine", "// theme: Mine", "line 2: '// theme: Mine' is not a field"),
    "no title": ("// title: Where a company sits\n", "", "the header has no 'title'"),
    "empty": ("// topic: Mine", "// topic:  ", "line 2: 'topic' is empty"),
    "twice": ("// topic: Mine", "// topic: Mine\n// topic: Mine", "'topic' is there twice"),
    "no limits": ("// does not show: Where it works.\n", "", "the header has no 'does not show'"),
    "engine": ("neo4j, embedded", "neo4j, oracle", "unknown engines: neo4j, oracle"),
    "engine order": ("neo4j, embedded", "embedded", "unknown engines: embedded"),
    "no type": ("country: text; its", "country: its", "is not valid"),
    "unknown type": ("country: text; its", "country: word of; its", "types are entity, source"),
    "bad name": ("column country", "column Country", "is not valid"),
    "no default": ("text = null; only", "text; only", "'country' has no default. Write `= null`"),
    "bad default": ("text = null; only", "text = none; only", "none is not a Cypher value"),
    "other default": ("text = null; only", "integer = 'x'; only", "'x' is not an integer"),
    "column default": ("text; its country", "text = null; its", "'country' has a default"),
    "taken": ("parameter country", "parameter format", "'format' is an option of the command"),
    "no param line": ("// :param country => null\n", "", "'country' has no `:param` line"),
    "param line": (
        ":param country => null",
        ":param country => 'x'",
        "`// :param country => null`",
    ),
    "loose param": (
        "// :param country",
        "// :param x => 1\n// :param country",
        "'x' is not declared",
    ),
    "undeclared": ("country = $country", "country = $land", "line 17: $land is not declared"),
    "unused": (" WHERE $country IS NULL OR country = $country", "", "'country' is not used"),
    "no coalesce": ("coalesce($company, 'kamera-ab')", "$company", "used without its default"),
    "other coalesce": (
        "coalesce($company, 'kamera-ab')",
        "coalesce($company, 'x')",
        "Write coalesce(",
    ),
    "no order": ("\nORDER BY country, company", "", "line 18: the answer has no ORDER BY"),
    "order": (
        "ORDER BY country, company",
        "ORDER BY country",
        "not sorted by company, which is an id",
    ),
    "columns": (
        "RETURN country, c.id AS company",
        "RETURN c.id AS company, country",
        "the header has",
    ),
    "unnamed": ("c.id AS company\n", "c.id\n", "line 18: a column of the answer has no name"),
    "no return": (
        "RETURN country, c.id AS company\nORDER BY country, company",
        "",
        "'the end'|the end",
    ),
    "union": ("ORDER BY", "UNION RETURN 1 AS country, 2 AS company ORDER BY", "there is a UNION"),
    "writes": ("UNWIND", "SET c.a = 1 UNWIND", "line 16, column 1|'SET' is not a clause"),
    "no column": (
        "// column country: text; its country\n// column company: entity; the company\n",
        "",
        "no column",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_fault_is_told(tmp_path: Path, name: str) -> None:
    before, after, said = FAULTS[name]
    assert before in FILE
    save(tmp_path, FILE.replace(before, after, 1))
    with pytest.raises(DataError, match="|".join(map(re.escape, said.split("|")))) as fault:
        question(tmp_path)
    assert str(fault.value).startswith("seat.cypher, line ")
