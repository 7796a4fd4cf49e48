"""The picture of paths as a component: click, keyboard, pan and zoom on the exported SVG itself."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

import streamlit as st

from app.parts.html import render_template
from graph.export.as_svg import as_svg, describe_card, describe_line
from graph.export.scene import Scene

_HERE = Path(__file__).parent


@functools.cache
def _component() -> Any:
    return st.components.v2.component(
        "sightline_picture",
        html=render_template("picture.html"),
        css=(_HERE / "picture.css").read_text("utf-8"),
        js=(_HERE / "picture.js").read_text("utf-8"),
    )


def picture(scene: Scene, chosen: str, key: str = "picture") -> str:
    """Draw a scene, and return the part that the reader chose.

    Parameters
    ----------
    scene : Scene
        The scene.
    chosen : str
        Id of the entity or line chosen before.
    key : str
        Key of the component.

    Returns
    -------
    str
        Id of the chosen entity or line.
    """
    names = {card.id: card.name for card in scene.cards}
    ids = {f"card-{n}": card.id for n, card in enumerate(scene.cards)}
    ids |= {f"line-{n}": line.id for n, line in enumerate(scene.lines)}
    descriptions = {f"card-{n}": describe_card(card) for n, card in enumerate(scene.cards)}
    descriptions |= {f"line-{n}": describe_line(line, names) for n, line in enumerate(scene.lines)}
    picked = (st.session_state.get(key) or {}).get("chosen")
    chosen = ids.get(str(picked), chosen)
    _component()(
        key=key,
        data={
            "svg": _svg(scene),
            "title": scene.stamp.title,
            "parts": descriptions,
            "chosen": next((name for name, id_ in ids.items() if id_ == chosen), ""),
        },
        on_chosen_change=lambda: None,
    )
    return chosen


@st.cache_data(max_entries=64, show_spinner=False, hash_funcs={Scene: repr})
def _svg(scene: Scene) -> str:
    return as_svg(scene).decode()
