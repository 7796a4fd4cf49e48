"""A scene as a bitmap for print and slides, 300 dots an inch."""

from __future__ import annotations

from graph.export import figure
from graph.export.scene import Scene

MEDIA_TYPE = "image/png"
DPI = 300


def as_png(scene: Scene, dpi: int = DPI) -> bytes:
    """Return a scene as PNG.

    Parameters
    ----------
    scene : Scene
        What to draw.
    dpi : int
        Dots an inch.
    """
    return figure.draw(scene, "png", dpi=dpi)
