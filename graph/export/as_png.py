"""A scene as a bitmap for print and slides, 300 dots an inch."""

from __future__ import annotations

import struct
import zlib

from graph.export import graphviz_figure
from graph.export.scene import Scene

LABEL = "PNG, 300 dpi"
MEDIA_TYPE = "image/png"
LABEL = "PNG, 300 dpi"
DPI = 300

_HEADER = 33  # bytes: the signature, and the chunk IHDR with its 13


def as_png(scene: Scene, dpi: int = DPI) -> bytes:
    """Return a scene as PNG.

    Parameters
    ----------
    scene : Scene
        What to draw.
    dpi : int
        Dots an inch, fewer where the picture would be too large for a bitmap. The file says how
        many, so that layout programs place it at its size.
    """
    dpi = graphviz_figure.largest(scene, dpi)
    drawn = graphviz_figure.draw(scene, "png", dpi=dpi)
    per_metre = round(dpi / 0.0254)
    chunk = b"pHYs" + struct.pack(">IIB", per_metre, per_metre, 1)
    sized = struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk))
    return drawn[:_HEADER] + sized + drawn[_HEADER:]
