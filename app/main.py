"""The web app, which `sightline app` runs with Streamlit."""

from __future__ import annotations

import streamlit as st

from app.parts import page_frame
from app.screens import entity, find, paths, scores


def main() -> None:
    """Draw the page that the address names."""
    st.set_page_config(page_title="Sightline", layout="wide")
    pages = [
        st.Page(page_frame.framed(find.page), title="Find", url_path="find", default=True),
        st.Page(page_frame.framed(paths.page), title="Paths", url_path="paths"),
        st.Page(page_frame.framed(entity.page), title="Entity", url_path="entity"),
        st.Page(page_frame.framed(scores.page), title="Scores", url_path="scores"),
    ]
    st.navigation(pages, position="top").run()


main()
