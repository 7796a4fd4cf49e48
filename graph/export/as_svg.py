"""A scene as SVG: Graphviz' drawing, rebuilt from allowed elements and attributes alone."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any
from xml.etree import ElementTree

from graph.export import graphviz_figure, labels
from graph.export.scene import Card, Line, Scene

LABEL = "SVG"
MEDIA_TYPE = "image/svg+xml"
LABEL = "SVG"

#: What a viewer uses: in the order of `figure.FONTS`, so that a machine shows what it laid out.
FAMILIES = (
    "Inter, 'Noto Sans', 'Noto Sans CJK SC', 'Noto Sans SC', 'Noto Sans Arabic',"
    " Helvetica, Arial, 'DejaVu Sans', sans-serif"
)

_NAMESPACE = "{http://www.w3.org/2000/svg}"
_ELEMENTS = frozenset(
    ["svg", "g", "title", "path", "polygon", "polyline", "ellipse", "text"]
)  # no links, images, styles, scripts: a picture loads nothing and runs nothing
_ATTRIBUTES = frozenset(
    [
        *("id", "class", "transform", "viewBox", "width", "height", "d", "points"),
        *("x", "y", "cx", "cy", "rx", "ry", "fill", "stroke", "stroke-width", "stroke-dasharray"),
        *("text-anchor", "font-size", "font-weight", "font-style"),
    ]
)
_VALUE = re.compile(r"[\w\s.,#()+-]*", re.ASCII)
_DASHES = {"5,2": (2.6, 1.9), "1,5": (0.9, 1.9)}  # Graphviz' dashed and dotted, by line width


def as_svg(scene: Scene) -> bytes:
    """Return a scene as a stand-alone SVG.

    Parameters
    ----------
    scene : Scene
        What to draw.

    Returns
    -------
    bytes
        UTF-8. Cards have the ids `card-0`, `card-1` … and lines `line-0` … in the order of the
        scene, each with its description as `title` and `aria-label`.
    """
    drawn = ElementTree.fromstring(graphviz_figure.draw(scene, "svg"))  # noqa: S314 - made one line above
    described = dict(_described(scene))
    root = _rebuilt(drawn, described, _widths(scene))
    root.set("xmlns", _NAMESPACE.strip("{}"))
    root.set("font-family", FAMILIES)
    root.set("role", "img")
    root.set("aria-label", labels.one_line(scene.stamp.title))
    description = ElementTree.Element("desc")
    description.text = ". ".join(described[f"line-{number}"] for number in range(len(scene.lines)))
    root.insert(0, description)
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def describe_card(card: Card) -> str:
    """Return a card in words."""
    alias = f" ({card.alias})" if card.alias else ""
    return labels.one_line(f"{card.name}{alias}: {card.caption.lower()}")


def describe_line(line: Line, names: Mapping[str, str]) -> str:
    """Return a line in words, from left to right."""
    verb, *rest = line.said
    ends = names.get(line.tail, line.tail), names.get(line.head, line.head)
    return labels.one_line(f"{ends[0]} → {ends[1]}: {'; '.join([verb, *rest])}")


def _described(scene: Scene) -> Iterator[tuple[str, str]]:
    names = {card.id: card.name for card in scene.cards}
    for number, card in enumerate(scene.cards):
        yield f"card-{number}", describe_card(card)
    for number, line in enumerate(scene.lines):
        yield f"line-{number}", describe_line(line, names)


def _rebuilt(
    old: ElementTree.Element,
    described: Mapping[str, str],
    widths: Mapping[tuple[str, str, str], float],
) -> ElementTree.Element:
    new = ElementTree.Element(old.tag.removeprefix(_NAMESPACE))
    for name, value in old.attrib.items():
        if name in _ATTRIBUTES and _VALUE.fullmatch(value):
            new.set(name, value)
    if dashes := _DASHES.get(new.get("stroke-dasharray", "")):
        weight = max(1.6, float(new.get("stroke-width", 1)))
        new.set("stroke-dasharray", " ".join(f"{part * weight:.1f}" for part in dashes))
    if new.tag == "text":
        text = str(old.text)
        new.text = text
        width = widths.get((old.get("x", ""), old.get("y", ""), text))
        if width and not labels.is_foreign(text):
            # holds the text to the room that it was laid out in, whatever font the viewer has
            new.set("textLength", f"{width:g}")
            new.set("lengthAdjust", "spacingAndGlyphs")
    for child in old:
        if child.tag.removeprefix(_NAMESPACE) not in _ELEMENTS:
            continue
        if child.tag == f"{_NAMESPACE}title":
            if words := described.get(old.get("id", "")):
                title = ElementTree.SubElement(new, "title")
                title.text = words
                new.set("aria-label", words)
            continue
        new.append(_rebuilt(child, described, widths))
    return new


def _widths(scene: Scene) -> dict[tuple[str, str, str], float]:
    """Return the width of each text as Graphviz measured it, by x, y and text."""
    layout = json.loads(graphviz_figure.draw(scene, "json"))
    widths = {}
    for part in [layout, *layout.get("objects", []), *layout.get("edges", [])]:
        for operation in part.get("_ldraw_", []):
            if operation["op"] == "T":
                x, y = operation["pt"]
                widths[_number(x), _number(-y), operation["text"]] = float(operation["width"])
    return widths


def _number(value: Any) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
