"""Where Graphviz places the parts of a scene, for renderers that draw with their own pen."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from graph.export import graphviz_figure
from graph.export.scene import Scene

#: Two-dimensional points are in Graphviz' units, 1/72 inch, and grow to the right and downwards.
Point = tuple[float, float]

_STEPS = 16


class Box(NamedTuple):
    """A card or an open end: its centre and its size."""

    x: float
    y: float
    width: float
    height: float


class FigureLayout(NamedTuple):
    """Boxes and the middles of the lines by the SVG's ids, and the size of the whole."""

    boxes: dict[str, Box]
    middles: dict[str, Point]
    width: float
    height: float


def layout_of(scene: Scene) -> FigureLayout:
    """Return where Graphviz places the cards, open ends, lines and labels of a scene."""
    drawn = json.loads(graphviz_figure.draw(scene, "json"))
    boxes = {node["name"]: _box(node) for node in drawn.get("objects", [])}
    middles = {edge["id"]: _middle(edge) for edge in drawn.get("edges", []) if "lp" in edge}
    right = max((box.x + box.width / 2 for box in boxes.values()), default=1.0)
    low = min((box.y - box.height / 2 for box in boxes.values()), default=0.0)
    high = max((box.y + box.height / 2 for box in boxes.values()), default=0.0)
    return FigureLayout(boxes, middles, right, high - low)


def _point(text: str) -> Point:
    x, y = text.split(",")
    return float(x), -float(y)


def _box(node: dict[str, Any]) -> Box:
    x, y = _point(node["pos"])
    return Box(x, y, 72 * float(node["width"]), 72 * float(node["height"]))


def _middle(edge: dict[str, Any]) -> Point:
    """Return the point of a line that is level with its label."""
    label = _point(edge["lp"])
    knots = [_point(part) for part in edge["pos"].split() if part[0] not in "es"]
    curve = [
        _bezier(knots[first : first + 4], step / _STEPS)
        for first in range(0, len(knots) - 1, 3)
        for step in range(_STEPS + 1)
    ]
    return min(curve, key=lambda point: abs(point[0] - label[0]), default=label)


def _bezier(knots: list[Point], at: float) -> Point:
    """Return a point of a cubic Bézier curve."""
    shares = (1 - at) ** 3, 3 * at * (1 - at) ** 2, 3 * at**2 * (1 - at), at**3
    x, y = (sum(s * k[axis] for s, k in zip(shares, knots, strict=True)) for axis in (0, 1))
    return x, y
