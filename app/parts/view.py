"""The address of a page holds its whole view, so that deep links, reload and Back work."""

from __future__ import annotations

from typing import Any

import streamlit as st

_SEEN = "_seen"


class View:
    """The view that the address asks for, and the widgets that change it.

    If the address changed (by a deep link, Back or another page), the widgets take their values
    from it; otherwise they write their values into it.

    Parameters
    ----------
    page : str
        Name of the page.
    """

    def __init__(self, page: str) -> None:
        self.page = page
        self.given: dict[str, str] = st.query_params.to_dict()
        self.fresh: bool = st.session_state.get(_SEEN) != (page, self.given)

    def get(self, name: str, default: str = "") -> str:
        """Return a field of the address."""
        return self.given.get(name, default)

    def number(self, name: str, default: int, least: int, most: int) -> int:
        """Return a field as a number; what is none, or out of range, counts as the default.

        Parameters
        ----------
        name : str
            Name of the field.
        default : int
            What counts where it is no number in the range.
        least, most : int
            The range.
        """
        text = self.get(name)
        return int(text) if text.isdecimal() and least <= int(text) <= most else default

    def seed(self, key: str, value: Any) -> None:
        """Give a widget its value, where the address changed by itself."""
        if self.fresh or key not in st.session_state:
            st.session_state[key] = value

    def write(self, **fields: Any) -> None:
        """Write the view into the address; the pinned data version stays, empty fields go.

        Parameters
        ----------
        **fields
            The whole view.
        """
        wanted = {name: str(value) for name, value in fields.items() if value not in ("", None)}
        if pinned := self.get("v"):
            wanted["v"] = pinned
        if wanted != self.given:
            st.query_params.from_dict(wanted)
        st.session_state[_SEEN] = (self.page, wanted)
