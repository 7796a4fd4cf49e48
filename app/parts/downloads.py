"""Downloads of the picture and its evidence, made on demand."""

from __future__ import annotations

import functools

import streamlit as st

from graph import export
from graph.export.scene import Scene


def downloads(scene: Scene, name: str) -> None:
    """Draw a button for each format.

    Parameters
    ----------
    scene : Scene
        The picture.
    name : str
        File name without suffix.
    """
    with st.container(horizontal=True, gap="small"):
        for suffix in export.formats():
            st.download_button(
                export.label(suffix),
                functools.partial(export.render, scene, suffix),
                file_name=f"sightline-{name}.{suffix}",
                mime=export.media_type(suffix),
                on_click="ignore",
                key=f"download_{suffix}",
            )
