"""The question form of the paths page: its widgets and their values."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import streamlit as st

from app.parts import html
from app.parts.address import FIRST_DAY, LAST_DAY, STATUSES, day_of
from app.parts.data import Data, ends, entities, resolve
from app.parts.view import View
from graph.paths.question import EVERYTHING, MOST_HOPS, Question
from graph.record.vocabulary import Status, statuses_of


def draw_question_form(data: Data, view: View) -> Question:
    """Draw the widgets of a question, and return the question.

    Parameters
    ----------
    data : Data
        The open data.
    view : View
        The view, whose fields src, dst, hops, on and status the widgets show.
    """
    known = ends(data)
    first, second, third = st.columns([3, 3, 1], vertical_alignment="bottom")
    with first:
        exporter = entity_box(data, view, "From", "src", known.exporters)
    with second:
        target = entity_box(data, view, "To", "dst", known.targets)
    with third, st.popover("Filters", width="stretch"):
        hops = _hops(view)
        on = _day(view)
        words = _words(view)
    return Question.between(
        exporter,
        target,
        max_hops=hops,
        on=on.toordinal() if on else None,
        statuses=statuses_of(words) if words else None,
    )


def question_of(view: View) -> Question:
    """Return the question that the address of the paths page asks."""
    day = day_of(view.get("on"))
    words = [word for word in view.get("status").split(",") if word]
    return Question.between(
        view.get("src"),
        view.get("dst"),
        max_hops=int(view.get("hops") or EVERYTHING.max_hops),
        on=day.toordinal() if day else None,
        statuses=statuses_of(words) if words else None,
    )


def words_of(statuses: frozenset[Status] | None) -> list[str]:
    """Return the choices of the filter that select given statuses."""
    return [str(word) for word in STATUSES if statuses and statuses_of([word]) <= statuses]


def entity_box(data: Data, view: View, label: str, field: str, listed: Mapping[str, str]) -> str:
    """Draw a box to choose an entity from a list, or to type its name in any spelling.

    Parameters
    ----------
    data : Data
        The open data.
    view : View
        The view; one of its fields holds the entity's id.
    label : str
        Label of the box; never record text.
    field : str
        Name of the field.
    listed : mapping of str to str
        Names by id.

    Returns
    -------
    str
        Id of an entity; empty if none is chosen.
    """
    key = f"{view.page}_{field}"
    given = view.get(field)
    unlisted = entities(data, [given]) if given and given not in listed else {}
    names = dict(listed) | {id_: entity.name for id_, entity in unlisted.items()}
    view.seed(key, given or None)
    chosen = st.selectbox(
        label,
        list(names),
        format_func=lambda id_: names.get(id_, id_),
        index=None,
        key=key,
        placeholder="Type a name",
        accept_new_options=True,
    )
    if not chosen:
        return ""
    if chosen in names:
        return chosen
    return _typed(data, view, label, field, chosen)


def _typed(data: Data, view: View, label: str, field: str, text: str) -> str:
    """Return the best match for a typed text, and name other matches."""
    best, *others = resolve(data, text) or [""]
    if not best:
        html.note(f"Nothing in the record has the name “{text}”.", kind="warning")
        return ""
    names = {id_: entity.name for id_, entity in entities(data, [best, *others]).items()}
    rest = {name: value for name, value in view.given.items() if name != field}
    html.show_template(
        "alternatives.html",
        label=label,
        taken=names[best],
        others=[
            (names[id_], html.view_address(view.page, **rest, **{field: id_})) for id_ in others
        ],
    )
    return best


def _hops(view: View) -> int:
    view.seed("paths_hops", int(view.get("hops") or EVERYTHING.max_hops))
    hops: int = st.number_input("Most links", 1, MOST_HOPS, key="paths_hops")
    return hops


def _day(view: View) -> date | None:
    view.seed("paths_on", day_of(view.get("on")))
    day: date | None = st.date_input(
        "On this day",
        value=None,
        min_value=FIRST_DAY,
        max_value=LAST_DAY,
        format="YYYY-MM-DD",
        key="paths_on",
        help="Every state holds on that day, and every event has happened by then.",
    )
    return day


def _words(view: View) -> list[str]:
    given = [word for word in view.get("status").split(",") if word in STATUSES]
    view.seed("paths_status", given)
    chosen = st.pills(
        "Only supplies that are",
        [str(word) for word in STATUSES],
        selection_mode="multi",
        key="paths_status",
        help="Documented: reported, acknowledged, in an official record, or found by a court.",
    )
    return [word for word in map(str, STATUSES) if word in chosen]
