"""Pictures and data files: one format a module, all made from one `Scene`.

A module `as_SUFFIX` holds a function of its own name that takes a scene and returns the bytes of
the file, the `MEDIA_TYPE` of these, and the `LABEL` of the format for readers.
"""

from __future__ import annotations

import importlib
import pkgutil
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from graph.export.scene import Scene


def formats() -> list[str]:
    """Return the suffixes of the formats, without the dot.

    Examples
    --------
    >>> "svg" in formats()
    True
    """
    names = (module.name for module in pkgutil.iter_modules(__path__))
    return sorted(name.removeprefix("as_") for name in names if name.startswith("as_"))


def render(scene: Scene, suffix: str) -> bytes:
    """Return a scene as a file of one of the formats.

    Parameters
    ----------
    scene : Scene
        What to draw.
    suffix : str
        One of `formats()`.
    """
    content: bytes = getattr(_module(suffix), f"as_{suffix}")(scene)
    return content


def media_type(suffix: str) -> str:
    """Return the media type of one of the formats.

    Examples
    --------
    >>> media_type("svg")
    'image/svg+xml'
    """
    media: str = _module(suffix).MEDIA_TYPE
    return media


def label(suffix: str) -> str:
    """Return what readers call one of the formats.

    Examples
    --------
    >>> label("svg")
    'SVG'
    """
    name: str = _module(suffix).LABEL
    return name


def _module(suffix: str) -> Any:
    return importlib.import_module(f"graph.export.as_{suffix}")
