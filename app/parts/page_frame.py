"""The frame of every page: style, version of the data, errors as sentences."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import streamlit as st

from app.parts import data, html
from app.parts.address import AddressError
from graph.errors import SightlineError, VersionError

_LONGEST_ID = 64

Page: TypeAlias = Callable[[data.Data], None]


def framed(page: Page) -> Callable[[], None]:
    """Wrap a page for Streamlit: without arguments, with errors shown as sentences."""

    @functools.wraps(page)
    def run() -> None:
        st.html(Path(__file__).with_name("style.css"))
        try:
            opened = data.open_data(_version())
            page(opened)
        except AddressError as error:
            _show_faults(page, error)
        except VersionError as error:
            kept = {name: value for name, value in st.query_params.items() if name != "v"}
            if "v" in st.query_params:
                _show_faults(page, AddressError(str(error), kept=kept))
            else:
                html.note(str(error), kind="problem")
        except SightlineError as error:
            html.note(str(error), kind="problem")
        else:
            html.show_template("foot.html", version=opened.version, sets=opened.sets)

    return run


def _version() -> str:
    """Return the version that the address asks for."""
    version = st.query_params.get("v", "")
    if len(version) > _LONGEST_ID:
        kept = {name: value for name, value in st.query_params.items() if name != "v"}
        raise AddressError("v: no version of the data has an id that long.", kept=kept)
    return version


def _show_faults(page: Page, error: AddressError) -> None:
    """Show what is wrong with an address, and links to what it may mean."""
    name = page.__module__.rpartition(".")[2]
    address = functools.partial(html.view_address, "" if name == "find" else name)
    html.show_template(
        "problem.html",
        sentences=error.faults,
        near=[(label, address(**fields)) for label, fields in error.near.items()],
        href=address(**error.kept),
    )
