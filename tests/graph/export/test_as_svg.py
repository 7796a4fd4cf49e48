"""The SVG: allowed elements alone, ids for clicks, words for screen readers, styles for status."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from graph.export.as_svg import as_svg
from graph.export.scene import Scene
from tests.graph.export.conftest import SceneOf
from tests.hostile import BEACON

SVG = "{http://www.w3.org/2000/svg}"
ELEMENTS = {"svg", "g", "title", "desc", "path", "polygon", "polyline", "ellipse", "text"}

ATTRIBUTES = {
    *("aria-label", "class", "cx", "cy", "d", "fill", "font-family", "font-size", "font-style"),
    *("font-weight", "height", "id", "lengthAdjust", "points", "role", "rx", "ry", "stroke"),
    *("stroke-dasharray", "stroke-width", "text-anchor", "textLength", "transform", "viewBox"),
    *("width", "x", "y"),
}


def parsed(scene: Scene) -> ElementTree.Element:
    return ElementTree.fromstring(as_svg(scene))


def group(root: ElementTree.Element, id_: str) -> ElementTree.Element:
    return next(g for g in root.iter(f"{SVG}g") if g.get("id") == id_)


@pytest.mark.parametrize("name", ["chain", "open_ended", "lead", "evil"])
def test_it_holds_allowed_elements_and_attributes_alone(
    name: str, request: pytest.FixtureRequest
) -> None:
    root = parsed(request.getfixturevalue(name))
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= ELEMENTS
    attributes = {attribute for element in root.iter() for attribute in element.attrib}
    assert attributes <= ATTRIBUTES


def test_hostile_names_are_text_and_no_address_is_an_attribute(evil: Scene) -> None:
    root = parsed(evil)
    values = [v for e in root.iter() for n, v in e.attrib.items() if n not in ("aria-label",)]
    assert not any(BEACON in value or "javascript:" in value for value in values)
    assert b"<script" not in as_svg(evil)
    assert b"<img" not in as_svg(evil)


def test_cards_and_lines_have_ids_and_words(chain: Scene) -> None:
    root = parsed(chain)
    for number, card in enumerate(chain.cards):
        assert card.name in (group(root, f"card-{number}").get("aria-label") or "")
    for number, line in enumerate(chain.lines):
        said = group(root, f"line-{number}").get("aria-label") or ""
        assert line.said[0] in said
    assert root.get("role") == "img"
    assert root.get("aria-label") == chain.stamp.title
    assert "supplied" in (root.findtext(f"{SVG}desc") or "")


def test_parallel_lines_are_all_drawn(chain: Scene) -> None:
    drawn = [g for g in parsed(chain).iter(f"{SVG}g") if g.get("class") == "edge"]
    assert len(drawn) == len(chain.lines)


def test_the_line_shows_the_status_and_the_supply_is_the_heaviest(
    chain: Scene, lead: Scene
) -> None:
    root = parsed(chain)
    for number, line in enumerate(chain.lines):
        stroke = group(root, f"line-{number}").find(f"{SVG}path")
        assert stroke is not None
        assert ("stroke-dasharray" in stroke.attrib) == (line.line == "alleged")
        heavy = float(stroke.get("stroke-width", "1")) > 2
        assert heavy == (line.relation == "supplies")
    dashed = group(parsed(lead), "line-1").find(f"{SVG}path")
    assert dashed is not None
    assert "stroke-dasharray" in dashed.attrib


def test_a_succession_ends_in_a_ring_and_an_ownership_does_not(
    open_ended: Scene, scene_of_miniature: SceneOf
) -> None:
    number = next(n for n, line in enumerate(open_ended.lines) if line.relation == "succeeded_by")
    assert group(parsed(open_ended), f"line-{number}").find(f"{SVG}ellipse") is not None
    owned = scene_of_miniature("holding-sud", "northport-psb")
    number = next(n for n, line in enumerate(owned.lines) if line.relation == "owns")
    assert group(parsed(owned), f"line-{number}").find(f"{SVG}ellipse") is None


def test_disputed_lines_are_double(scene_of_miniature: SceneOf) -> None:
    scene = scene_of_miniature("kamera-ab", "northport-psb")
    number = next(n for n, line in enumerate(scene.lines) if line.line == "disputed")
    strokes = group(parsed(scene), f"line-{number}").findall(f"{SVG}path")
    assert len([one for one in strokes if one.get("stroke") != "none"]) == 2


def test_the_open_end_and_the_stamp_are_in_the_picture(open_ended: Scene) -> None:
    texts = " ".join(text.text or "" for text in parsed(open_ended).iter(f"{SVG}text"))
    assert "no source names a programme" in texts
    for words in (
        "2026-11-20 · 7f3a",
        "weights 2026-11",
        "as its editors say",
        "Sources: ",
        "documented",
    ):
        assert words in texts


def test_texts_are_held_to_the_room_they_were_laid_out_in(chain: Scene) -> None:
    texts = list(parsed(chain).iter(f"{SVG}text"))
    held = [text for text in texts if text.get("textLength")]
    assert {text.text for text in texts} - {text.text for text in held} == {
        "捷门贸易", "晴空工程", "明眼工程",  # as wide as they are high in any font: need no holding
    }  # fmt: skip


def test_the_left_edge_is_where_the_walk_begins(chain: Scene) -> None:
    root = parsed(chain)
    left = [
        float(next(group(root, f"card-{n}").iter(f"{SVG}text")).get("x", "0")) for n in range(4)
    ]
    assert left == sorted(left)
