"""The frame of every page: style, version of the data, errors as sentences."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import streamlit as st

from app.parts import data, html
from graph.errors import SightlineError

Page: TypeAlias = Callable[[data.Data], None]


def framed(page: Page) -> Callable[[], None]:
    """Wrap a page for Streamlit: without arguments, with errors shown as sentences."""

    @functools.wraps(page)
    def run() -> None:
        st.html(Path(__file__).with_name("style.css"))
        try:
            opened = data.open_data(st.query_params.get("v", ""))
            page(opened)
        except SightlineError as error:
            html.note(str(error), kind="problem")
        else:
            html.show_template("foot.html", version=opened.version, sets=opened.sets)

    return run
