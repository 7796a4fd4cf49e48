"""The address of a page holds its whole view, so that deep links, reload and Back work."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from app.parts.address import AddressError, check_address
from app.parts.data import Data

_SEEN = "_seen"
_VIEW = "_view"


class View:
    """The view that the address asks for, and the widgets that change it.

    If the address changed (by a deep link, Back or another page), the widgets take their values
    from it; otherwise they write their values into it. An address that just opened stays as it
    is, so that the first Back leaves the page.

    Parameters
    ----------
    page : str
        Name of the page.
    data : Data
        The open data.

    Raises
    ------
    AddressError
        If the address changed, and asks for what does not exist.
    """

    def __init__(self, page: str, data: Data) -> None:
        self.page = page
        self.given: dict[str, str] = st.query_params.to_dict()
        self.fresh: bool = st.session_state.get(_SEEN) != (page, self.given)
        if self.fresh:
            check_address(page, data)

    def get(self, name: str, default: str = "") -> str:
        """Return a field of the address."""
        return self.given.get(name, default)

    def still(self, fields: Mapping[str, Any]) -> bool:
        """Return whether the widgets hold what the address, or the last run, asked for."""
        before = st.session_state.get(_VIEW, {})
        return self.fresh or all(before.get(n, "") == str(v or "") for n, v in fields.items())

    def refuse(self, *names: str, why: str) -> None:
        """Refuse a field that asks for what the answer does not have.

        Parameters
        ----------
        *names : str
            The fields.
        why : str
            The fault, in a sentence.

        Raises
        ------
        AddressError
            Always.
        """
        kept = {name: value for name, value in self.given.items() if name not in names}
        raise AddressError(why, kept=kept)

    def seed(self, key: str, value: Any) -> None:
        """Give a widget its value, if the address changed."""
        if self.fresh or key not in st.session_state:
            st.session_state[key] = value

    def write(self, **fields: Any) -> None:
        """Write the view into the address if a reader changed it.

        The pinned data version stays; empty fields are omitted.

        Parameters
        ----------
        **fields
            The whole view.
        """
        wanted = {name: str(value) for name, value in fields.items() if value not in ("", None)}
        if pinned := self.get("v"):
            wanted["v"] = pinned
        shown = self.given
        if not self.fresh and wanted != st.session_state.get(_VIEW):
            st.query_params.from_dict(wanted)
            shown = wanted
        st.session_state[_SEEN] = (self.page, shown)
        st.session_state[_VIEW] = wanted
