"""The escaper: whatever a record's text is, Graphviz draws those letters and nothing else."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.export import labels
from graph.export.as_svg import as_svg
from graph.export.scene import Card, Scene, Stamp
from graph.record.vocabulary import PathRole
from tests import hostile
from tests.tools.examples import at_most

SVG = "{http://www.w3.org/2000/svg}"


def drawn(name: str) -> list[str]:
    """The lines of text on a card of that name."""
    card = Card("x", PathRole.VENDOR, name, "", ())
    scene = Scene((card,), (), (), (), Stamp(title="T", data_version="V"))
    root = ElementTree.fromstring(as_svg(scene))
    (group,) = [g for g in root.iter(f"{SVG}g") if g.get("id") == "card-0"]
    assert {child.tag for child in group} <= {f"{SVG}{tag}" for tag in ("title", "path", "text")}
    return [text.text or "" for text in group.iter(f"{SVG}text")][1:]


def letters(text: str) -> str:
    return "".join(labels.one_line(text).split())


@pytest.mark.parametrize("name", hostile.NAMES.values(), ids=hostile.NAMES)
def test_hostile_names_are_drawn_letter_by_letter(name: str) -> None:
    shown = "".join("".join(line.split()) for line in drawn(name))
    assert shown.rstrip("…") == letters(name)[: len(shown.rstrip("…"))]
    assert len(shown) > 20


@settings(max_examples=at_most(60), deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20))
def test_any_text_comes_out_as_it_went_in(name: str) -> None:
    assert "".join("".join(line.split()) for line in drawn(name)) == letters(name)


@pytest.mark.parametrize("sequence", [r"\N", r"\G", r"\E", r"\T", r"\H", r"\L", r"\n", r"\\", "\\"])
def test_graphviz_puts_nothing_for_a_backslash_sequence(sequence: str) -> None:
    assert drawn(f"a{sequence}b") == [f"a{sequence}b"]


@given(st.text(max_size=200), st.integers(4, 40))
def test_wrapping_loses_no_letter_and_keeps_to_its_columns(text: str, columns: int) -> None:
    lines = labels.wrap_label(text, columns)
    assert "".join("".join(lines).split()) == letters(text)
    assert all(len(line) <= columns for line in lines)


def test_a_text_past_the_most_lines_ends_in_an_ellipsis() -> None:
    assert labels.wrap_label("one two three four five six", 9, 2)[-1].endswith("…")
