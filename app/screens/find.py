"""The first page: search box, example questions, newest evidence, gaps."""

from __future__ import annotations

import streamlit as st

from app.parts import html
from app.parts.data import Data, may_be_on_paths, search, table_sizes
from app.parts.examples import answered_examples
from app.parts.view import View

MOST_MATCHES = 50


def page(data: Data) -> None:
    """Draw the page."""
    view = View("find", data)
    html.show_template("welcome.html", counts=table_sizes(data))
    view.seed("find_text", view.get("q"))
    text = st.text_input(
        "Search companies, agencies, programmes, in any script",
        key="find_text",
        placeholder="Safran, 金盾工程, Skynet …",
    ).strip()
    view.write(q=text)
    if text:
        _results(data, text)
    else:
        _first_screen(data)


def _results(data: Data, text: str) -> None:
    answer = search(data, text, MOST_MATCHES)
    rows = [(match, *may_be_on_paths(data, match.id, match.kind)) for match in answer.matches]
    html.show_template("results.html", total=answer.total, rows=rows, pinned=data.pinned)


def _first_screen(data: Data) -> None:
    html.show_template(
        "start.html",
        examples=answered_examples(data),
        newest=data.store.newest(5).to_pylist(),
        gaps=data.store.gaps(1),
        pinned=data.pinned,
    )
