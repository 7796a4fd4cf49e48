"""A scene as vis-network draws it: nodes and edges with a short list of options.

Nothing else of the record reaches the drawing: no titles, no images, no markup but our own.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from graph.export import labels
from graph.export.labels import GREY, INK, PALE, ink
from graph.export.layout import Box, FigureLayout, Point
from graph.export.scene import Card, Line, Scene
from graph.record.vocabulary import Pen, Stroke
from graph.record.vocabulary.pictures import StrokeEntry

#: Graphviz' points to the pixels of vis-network; wider apart, as labels stand in the lines.
SCALE = 1.5
APART = 2.0

_FACE = "Inter, 'Noto Sans', Helvetica, Arial, sans-serif"


def _font(name: int, other: int, align: str, *, bold: str = "", italic: str = "") -> dict[str, Any]:
    face = {"face": _FACE, "color": GREY}
    return {
        "face": _FACE,
        "size": other,
        "color": INK,
        "align": align,
        "multi": "html",
        "bold": {"face": _FACE, "size": name, "color": INK, "mod": bold},
        "ital": {**face, "size": other, "mod": italic, "vadjust": 3},
        "mono": {**face, "size": other - 1, "mod": "", "vadjust": -4},
    }


# A label is a white box: lines end at its border, not under its letters.
_LABEL = {
    "shape": "box",
    "margin": 4,
    "borderWidth": 0,
    "color": {"background": "white", "border": "white"},
}

OPTIONS: dict[str, Any] = {
    "physics": {"enabled": False},
    "interaction": {
        "dragNodes": False,
        "hover": False,
        "keyboard": {"enabled": True, "bindToWindow": False},
        "zoomSpeed": 0.5,
    },
    "nodes": {"chosen": False},
    "edges": {"smooth": False, "chosen": False},
    "groups": {
        "card": {"shape": "box", "margin": 10, "font": _font(20, 14, "left", bold="bold")},
        "label": {**_LABEL, "font": _font(15, 15, "center")},
        "faint": {**_LABEL, "font": _font(15, 15, "center", italic="italic")},
    },
}


def nodes(scene: Scene, layout: FigureLayout) -> Iterator[dict[str, Any]]:
    """Yield a node for each card, label and open end."""
    for number, card in enumerate(scene.cards):
        yield _card(f"card-{number}", card, layout.boxes[f"card-{number}"])
    for number, line in enumerate(scene.lines):
        name = f"line-{number}"
        first, *rest = (part for text in line.said for part in labels.wrap_label(text, 26, 3))
        faint = line.line is Stroke.LEAD
        marked = [f"<i>{_escape(part)}</i>" for part in rest]
        marked.insert(0, f"<i>{_escape(first)}</i>" if faint else f"<b>{_escape(first)}</b>")
        group = "faint" if faint else "label"
        yield _label(f"{name}-label", marked, layout.middles[name], group)
    for number, end in enumerate(scene.open_ends):
        name = f"open-{number}"
        marked = [f"<i>{part}</i>" for part in labels.wrap_label(end.said, 16)]
        yield _label(name, marked, layout.boxes[name][:2], "faint")


def _card(name: str, card: Card, box: Box) -> dict[str, Any]:
    paint = card.role.entry.paint
    marked = [f"<code>{_escape(card.caption)}</code>"]
    marked += [f"<b>{_escape(part)}</b>" for part in labels.wrap_label(card.name, 24, 6)]
    marked += [f"<i>{_escape(part)}</i>" for part in labels.wrap_label(card.alias, 30, 2) if part]
    return {
        "id": name,
        "group": "card",
        "label": "\n".join(marked),
        "x": round(box.x * APART),
        "y": round(box.y * SCALE),
        "widthConstraint": {"minimum": round(box.width * SCALE) - 20},
        "heightConstraint": {"minimum": round(box.height * SCALE) - 20},
        "borderWidth": round(paint.width),
        "color": {
            "background": "white" if card.lead_only else paint.fill,
            "border": PALE if card.lead_only else paint.border,
        },
        "shapeProperties": {
            "borderDashes": [5, 5] if card.lead_only else False,
            "borderRadius": 9,
        },
    }


def _label(name: str, marked: list[str], at: Point, group: str) -> dict[str, Any]:
    place = {"x": round(at[0] * APART), "y": round(at[1] * SCALE)}
    return {"id": name, "group": group, "label": "\n".join(marked), **place}


def _escape(text: str) -> str:
    """Keep text out of vis-network's own markup, whose escapes do not work."""
    return labels.one_line(text).replace("<", "‹")


def edges(scene: Scene, place: dict[str, str]) -> Iterator[dict[str, Any]]:
    """Yield two edges a line: to its label, and on to its head."""
    for number, line in enumerate(scene.lines):
        name, label = f"line-{number}", f"line-{number}-label"
        pen = _pen(line)
        yield {"id": f"{name}-a", "from": place[line.tail], "to": label, **pen, "arrows": ""}
        yield {"id": f"{name}-b", "from": label, "to": place[line.head], **pen}
    for number, end in enumerate(scene.open_ends):
        ends = {"from": place[end.buyer], "to": f"open-{number}"}
        color = {"color": PALE}
        yield {
            "id": f"open-{number}-line",
            **ends,
            "dashes": _dashes(Stroke.LEAD.entry),
            "color": color,
        }


def _pen(line: Line) -> dict[str, Any]:
    lead = line.line is Stroke.LEAD
    pen = (Pen.HOLLOW if lead else line.relation.entry.pen).entry
    head = {"enabled": bool(pen.tip), "type": pen.tip}
    return {
        "dashes": _dashes(line.line.entry),
        "width": pen.width * SCALE,
        "color": {"color": ink(line.line, pen)},
        "arrows": {"to": head | {"scaleFactor": 0.5 if pen is Pen.HEAVY.entry else 0.8}},
    }


def _dashes(stroke: StrokeEntry) -> list[int] | bool:
    return list(stroke.dashes) or False
