"""The app without a browser: its pages as scripts, over the starter or the hostile data."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeAlias

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

Open: TypeAlias = Callable[..., AppTest]


def _screen(name: str) -> None:
    import importlib

    from app.parts import page_frame

    page_frame.framed(importlib.import_module(f"app.screens.{name}").page)()


@pytest.fixture(autouse=True)
def main_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    """AppTest leaves its script behind as `__main__`; a process started later would run it."""
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])


@pytest.fixture
def open_page(starter: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Open]:
    """Run a page with the fields of an address, over the starter data or another data folder."""

    def run(name: str, folder: Path = starter, **fields: str) -> AppTest:
        monkeypatch.setenv("SIGHTLINE_DATA", str(folder))
        app = AppTest.from_function(_screen, args=(name,), default_timeout=60)
        for field, value in fields.items():
            app.query_params[field.rstrip("_")] = value
        return app.run()

    yield run
    st.cache_resource.clear()  # closes the stores
    st.cache_data.clear()


def shown(app: AppTest) -> str:
    """All HTML that the app shows, its style sheet aside."""
    assert not app.exception, app.exception
    return "\n".join(part.proto.body for part in app.get("html") if "<style" not in part.proto.body)
