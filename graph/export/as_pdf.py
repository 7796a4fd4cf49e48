"""A scene as PDF: lines and letters, for print."""

from __future__ import annotations

from graph.export import graphviz_figure
from graph.export.scene import Scene

LABEL = "PDF"
MEDIA_TYPE = "application/pdf"
LABEL = "PDF"


def as_pdf(scene: Scene) -> bytes:
    """Return a scene as PDF, its fonts embedded.

    Parameters
    ----------
    scene : Scene
        What to draw.
    """
    return graphviz_figure.draw(scene, "pdf")
