"""docs/formats.md says what the code does: columns, words, ends, weights, how an error reads."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from pathlib import Path

import pytest

from graph.record import vocabulary
from graph.record.vocabulary import RULES, Kind, Relation
from graph.validate.layout import LAYOUTS
from ingest.spreadsheet import open_spreadsheet
from tests.ingest.folders import CLAIM, folder

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "formats.md").read_text("utf-8")
WEIGHTS = tomllib.loads((ROOT / "graph" / "network" / "weights.toml").read_text("utf-8"))


def section(heading: str) -> str:
    match = re.search(rf"^#+ {re.escape(heading)}\n(.*?)(?=^#|\Z)", TEXT, re.DOTALL | re.MULTILINE)
    assert match, heading
    return match[1]


def table(heading: str) -> list[list[str]]:
    lines = [line for line in section(heading).splitlines() if line.startswith("|")]
    return [[cell.strip().strip("`") for cell in line.strip("|").split("|")] for line in lines[2:]]


@pytest.mark.parametrize("name", LAYOUTS)
def test_columns_are_those_of_the_format(name: str) -> None:
    rows = table(name)
    assert [row[0] for row in rows] == list(LAYOUTS[name].types)
    assert tuple(row[0] for row in rows if row[1] == "yes") == LAYOUTS[name].required
    assert {row[1] for row in rows} <= {"yes", ""}
    assert all(row[2] for row in rows)


def test_the_files_are_the_tables() -> None:
    assert [row[0] for row in table("The files")] == list(LAYOUTS)


LISTS = {
    "Statuses": vocabulary.Status,
    "Roles": vocabulary.Role,
    "Forms": vocabulary.Form,
    "Stages": vocabulary.Stage,
    "Kinds of reply": vocabulary.ReplyKind,
}


@pytest.mark.parametrize("heading", LISTS)
def test_words_are_those_of_the_vocabulary(heading: str) -> None:
    parts = section(heading).strip().split("\n\n")
    listed = next(part for part in parts if part.startswith("`"))
    assert re.findall(r"`([^`]+)`", listed) == [str(word) for word in LISTS[heading]]


def test_kinds_are_those_of_the_vocabulary() -> None:
    assert [row[0] for row in table("Kinds")] == list(Kind)


def test_types_of_source_stand_with_their_weights() -> None:
    rows = {row[0]: [float(cell) for cell in row[1:]] for row in table("Types of source")}
    weights = WEIGHTS["reliability"]
    assert rows == {name: [value, low, high] for name, (low, value, high) in weights.items()}
    assert list(rows) == list(vocabulary.SourceType)


def test_ends_are_those_of_the_rules() -> None:
    documented: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for relation, subjects, objects in table("Relations"):
        kinds = list(map(str, Kind))
        named = (
            kinds if subjects == "any" else [k for k in kinds if k in re.split(r"\W+", subjects)]
        )
        others = [k for k in kinds if k in re.split(r"\W+", objects)]
        for kind in named:
            same = [kind] if "the same kind" in objects else []
            documented[relation] |= {(kind, other) for other in [*others, *same]}
    assert list(documented) == [str(relation) for relation in Relation]
    for relation, rule in RULES.items():
        assert documented[relation] == {(str(s), str(o)) for s, o in rule.ends}, relation


def test_events_are_those_of_the_rules() -> None:
    events = re.search(r"\*\*Events\*\* \(([^)]*)\)", TEXT)
    assert events
    assert set(re.findall(r"`(\w+)`", events[1])) == {r for r, rule in RULES.items() if rule.event}


def test_the_fault_that_is_shown_is_the_fault_that_is_reported(tmp_path: Path) -> None:
    shown = section("When a row is wrong").split("```text\n")[1].split("\n```")[0]
    claims = [{**CLAIM, "id": f"c{n}"} for n in range(5)] + [{**CLAIM, "status": "aleged"}]
    sheet = open_spreadsheet(folder(tmp_path / "my-leads", claims=claims), "my-leads")
    from graph.validate import RowLocation

    (bad,) = [row for row in sheet.rows("claims") if row.record is None]
    place = RowLocation("my-leads", "claims", sheet.labels["claims"], bad.number)
    assert str(bad.faults[0].at(place)) == shown
