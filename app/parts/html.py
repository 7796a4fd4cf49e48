"""The only way from record text onto a page: templates that escape everything.

Streamlit renders Markdown in most elements, with live links and remote images. Record text
therefore goes through the templates of this package into `st.html`, or through `st.dataframe` and
the options of widgets, which show plain text; never into labels, captions or headings.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sized
from typing import Any
from urllib.parse import urlencode

import jinja2
import streamlit as st

from graph import wording
from graph.export import labels, table
from graph.record.model import Source

#: Most items of a list on a page; a sentence counts the others.
MOST = 50


@functools.cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("app.parts", "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
    )
    environment.globals.update(
        wording=wording,
        address=table.web_address,
        view_address=view_address,
        alias=alias,
        most=MOST,
        and_more=_and_more,
    )
    environment.filters["alias_name"] = lambda text: alias(text)[1]
    environment.filters["source_line"] = _source_line
    return environment


def _shown(value: object) -> object:
    """Clean a value of a template, and isolate right-to-left names in it; markup stays as it is."""
    cleaned = labels.shown(value)
    return wording.isolate(cleaned) if type(cleaned) is str else cleaned


def _and_more(items: Sized, noun: str, *, most: int = MOST) -> str:
    """Return a sentence that counts the items beyond the most that a page shows."""
    more = len(items) - most
    if more <= 0:
        return ""
    return f"1 more {noun} is not shown." if more == 1 else f"{more:,} more {noun}s are not shown."


def _source_line(identifier: str, sources: Mapping[str, Source]) -> str:
    known = sources.get(identifier)
    return wording.source_line(known) if known else identifier


def alias(text: str) -> tuple[str, str]:
    """Split an alias into language code and name."""
    from graph.record.names import split_language

    return split_language(text)


def view_address(page: str, **fields: Any) -> str:
    """Return the address of a view, relative to any page.

    Parameters
    ----------
    page : str
        Name of the page; empty for the first page.
    **fields
        Fields of the view; empty ones are omitted.

    Examples
    --------
    >>> view_address("paths", src="safran", dst="shanghai-psb", on="")
    'paths?src=safran&dst=shanghai-psb'
    >>> view_address("", q="axis")
    './?q=axis'
    """
    asked = urlencode(
        {name: str(value) for name, value in fields.items() if value not in ("", None)}
    )
    return (page or "./") + (f"?{asked}" if asked else "")


def render_template(template: str, **fields: Any) -> str:
    """Return a filled template as HTML."""
    return _environment().get_template(template).render(**fields)


def show_template(template: str, **fields: Any) -> None:
    """Show a filled template, unless it is empty."""
    if filled := render_template(template, **fields).strip():
        st.html(filled)


def note(*sentences: str, kind: str = "note") -> None:
    """Show sentences.

    Parameters
    ----------
    *sentences : str
        Plain text.
    kind : str
        Style: note, warning or problem.
    """
    if sentences:
        show_template("note.html", sentences=sentences, kind=kind)


def heading(text: str, level: int = 2) -> None:
    """Show a heading."""
    show_template("heading.html", text=text, level=level)
