"""A scene drawn by Graphviz, left to right: the picture on screen and the figure in print."""

from __future__ import annotations

import functools
import json
import os
import threading
from typing import Any

from graph.errors import MissingToolError
from graph.export import labels
from graph.export.labels import GREY, INK, PALE, ink
from graph.export.scene import Card, Line, Scene
from graph.export.stamp import stamp
from graph.record.vocabulary import Pen, Stroke

#: Families, best first; whatever the machine has of them is used.
FONTS = "Inter,Noto Sans,Noto Sans CJK SC,Noto Sans Arabic,Helvetica,Arial,DejaVu Sans,sans-serif"

#: Most pixels of a side that Graphviz draws; it shrinks what is larger.
_PIXELS = 32_000

# Graphviz keeps state of its own between calls.
_GRAPHVIZ = threading.Lock()


def draw(scene: Scene, form: str, *, dpi: int = 72) -> bytes:
    """Draw a scene.

    Parameters
    ----------
    scene : Scene
        What to draw.
    form : str
        Output format of Graphviz: svg, png, pdf, json …
    dpi : int
        Resolution of a bitmap; see `largest`.

    Returns
    -------
    bytes
        The picture. SVG comes raw: `graph.export.as_svg` makes it safe to show.

    Raises
    ------
    MissingToolError
        If pygraphviz is not installed.
    """
    with _GRAPHVIZ:
        _warm_up()
        graph = _graph(dpi)
        for number, card in enumerate(scene.cards):
            _add_card(graph, f"card-{number}", card)
        place = {card.id: f"card-{number}" for number, card in enumerate(scene.cards)}
        for number, line in enumerate(scene.lines):
            _add_line(graph, f"line-{number}", line, place)
        for number, end in enumerate(scene.open_ends):
            _add_open_end(graph, f"open-{number}", end.said, place[end.buyer])
        graph.graph_attr["label"] = stamp(scene, _width_of(graph))
        drawn = graph.draw(format=form, prog="dot")
    assert isinstance(drawn, bytes)  # noqa: S101 - what draw returns without a path
    return drawn


def largest(scene: Scene, dpi: int) -> int:
    """Return the resolution in which a scene still fits into a bitmap, at most `dpi`."""
    layout = json.loads(draw(scene, "json"))
    points = max(float(side) for side in layout["bb"].split(",")[2:])
    return min(dpi, int(_PIXELS * 72 / (points + 72)))


def _width_of(graph: Any) -> float:
    """Return the width of what is in a graph so far, in points."""
    plain = graph.draw(format="plain", prog="dot").decode().split(maxsplit=4)
    return float(plain[2]) * 72  # "graph scale width height", in inches


@functools.cache
def _warm_up() -> None:
    """Load the plugins of Graphviz; silence fontconfig's warnings about the machine."""
    kept = os.dup(2)
    with open(os.devnull, "wb") as nowhere:  # noqa: PTH123 - a descriptor is wanted
        os.dup2(nowhere.fileno(), 2)
        try:
            graph = _pygraphviz().AGraph()
            graph.add_node("a", fontname=FONTS)
            graph.draw(format="svg", prog="dot")
        finally:
            os.dup2(kept, 2)
            os.close(kept)


def _pygraphviz() -> Any:
    try:
        import pygraphviz
    except ImportError as error:
        raise MissingToolError(
            "Pictures need Graphviz, which is not installed. Install the package pygraphviz."
        ) from error
    return pygraphviz


def _graph(dpi: int) -> Any:
    # strict would drop all but one of parallel lines
    graph = _pygraphviz().AGraph(name="sightline", strict=False, directed=True)
    graph.graph_attr.update(
        rankdir="LR", ranksep="0.38", nodesep="0.35", pad="0.25", bgcolor="white", dpi=str(dpi),
        fontname=FONTS, labelloc="b", labeljust="l",
    )  # fmt: skip
    graph.node_attr.update(fontname=FONTS, shape="box", style="rounded,filled", margin="0.14,0.09")
    graph.edge_attr.update(fontname=FONTS, arrowsize="0.8")
    return graph


def _add_card(graph: Any, name: str, card: Card) -> None:
    paint = card.role.entry.paint
    rows = [labels.cell(card.caption, 9, colour=GREY), labels.space(1)]
    rows += [labels.cell(part, 14, style="B") for part in labels.wrap_label(card.name, 24, 6)]
    rows += [
        labels.cell(part, 11, colour=GREY) for part in labels.wrap_label(card.alias, 30, 2) if part
    ]
    graph.add_node(
        name,
        id=name,
        label=labels.html_table(rows, padding=1),
        fillcolor="white" if card.lead_only else paint.fill,
        color=PALE if card.lead_only else paint.border,
        style="rounded,filled,dashed" if card.lead_only else "rounded,filled",
        penwidth=f"{paint.width:g}",
    )


def _add_line(graph: Any, name: str, line: Line, place: dict[str, str]) -> None:
    lead = line.line is Stroke.LEAD
    pen = (Pen.HOLLOW if lead else line.relation.entry.pen).entry
    colour = ink(line.line, pen)
    if line.line.entry.double:
        colour = f"{colour}:invis:{colour}"  # the second of three parallel lines is the gap
    rows = []
    for number, text in enumerate(line.said):
        faint = {"style": "I", "colour": GREY} if lead else {}
        for part in labels.wrap_label(text, 26, 3):
            first = number == 0 and not faint
            rows.append(
                labels.cell(
                    part, 10, align="CENTER", **(faint or {"colour": INK if first else GREY})
                )
            )
    graph.add_edge(
        place[line.tail], place[line.head], key=name, id=name,
        label=labels.html_table([*rows, labels.space(5)]), style=line.line.entry.style,
        color=colour, penwidth=f"{pen.width:g}", arrowhead=pen.head,
    )  # fmt: skip


def _add_open_end(graph: Any, name: str, text: str, buyer: str) -> None:
    rows = [labels.cell(part, 10, colour=GREY, style="I") for part in labels.wrap_label(text, 16)]
    graph.add_node(name, id=name, label=labels.html_table(rows, padding=1), shape="plain", style="")
    graph.add_edge(
        buyer, name, id=name + "-line", style="dashed", color=PALE, penwidth="1.2",
        arrowhead="none", minlen="2",
    )  # fmt: skip
