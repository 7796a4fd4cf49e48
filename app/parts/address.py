"""The fields of each page's address: what each may hold, and what is wrong with a value.

A page answers the question of its address or says why it cannot; it never drops a field and
answers another question.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import TypeAlias

import streamlit as st

from app.parts.data import Data, entities, search
from graph import wording
from graph.errors import UsageError
from graph.paths.question import MOST_HOPS
from graph.record.spellings import spellings_of
from graph.record.vocabulary import Status, Stroke

#: Choices of the status filter: documented claims, and each other status that can make a link.
STATUSES = (
    Stroke.DOCUMENTED,
    *(s for s in Status if s.entry.stroke is not Stroke.DOCUMENTED and s.entry.stands),
)
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2100, 12, 31)

#: What is wrong with a value, as the end of a sentence; empty if it is fine.
Check: TypeAlias = Callable[[Data, str], str]


class AddressError(UsageError):
    """An address that asks for what does not exist.

    Parameters
    ----------
    *faults : str
        A sentence for each fault.
    kept : mapping of str to str
        The fields of the address that are fine.
    near : mapping of str to mapping, optional
        Names of similar entities, each with the fields of its view.
    """

    def __init__(
        self,
        *faults: str,
        kept: Mapping[str, str],
        near: Mapping[str, Mapping[str, str]] | None = None,
    ) -> None:
        super().__init__(" ".join(faults))
        self.faults = faults
        self.kept = dict(kept)
        self.near = near or {}


def whole_number(text: str, least: int, most: int) -> int | None:
    """Return a text as a number in a range, or None.

    Parameters
    ----------
    text : str
        The text.
    least, most : int
        The range.

    Examples
    --------
    >>> whole_number("4", 1, 12), whole_number("99", 1, 12), whole_number("9" * 4300, 1, 12)
    (4, None, None)
    """
    number = int(text) if re.fullmatch("[0-9]{1,9}", text) else None
    return number if number is not None and least <= number <= most else None


def day_of(text: str) -> date | None:
    """Return a text as a day within the range of the app, or None.

    Examples
    --------
    >>> day_of("2015-09-21"), day_of("2014"), day_of("1815-06-18")
    (datetime.date(2015, 9, 21), None, None)
    """
    try:
        day = date.fromisoformat(text) if re.fullmatch("[0-9-]{10}", text) else None
    except ValueError:
        return None
    return day if day and FIRST_DAY <= day <= LAST_DAY else None


def _any_text(_data: Data, _text: str) -> str:
    return ""


def _number(least: int, most: int) -> Check:
    def check(_data: Data, text: str) -> str:
        fine = whole_number(text, least, most) is not None
        return "" if fine else f"is not a number from {least:,} to {most:,}"

    return check


def _one_of(*words: str) -> Check:
    def check(_data: Data, text: str) -> str:
        return "" if text in words else f"is not one of: {', '.join(words)}"

    return check


def _day(_data: Data, text: str) -> str:
    if day_of(text):
        return ""
    return f"is not a day from {FIRST_DAY} to {LAST_DAY}, as in 2015-09-21"


def _statuses(_data: Data, text: str) -> str:
    unknown = [word for word in text.split(",") if word not in STATUSES]
    return f"is not made of the words {', '.join(STATUSES)}" if unknown else ""


def _entity(data: Data, text: str) -> str:
    if text in entities(data, [text]):
        return ""
    return "is not the id of an entity"


def _exporter(data: Data, text: str) -> str:
    if fault := _entity(data, text):
        return fault
    kind = entities(data, [text])[text].kind
    return "" if kind.entry.party else f"is a {wording.kind(kind)}, and no path begins there"


def _target(data: Data, text: str) -> str:
    if fault := _entity(data, text):
        return fault
    kind = entities(data, [text])[text].kind
    return "" if kind.entry.target else f"is a {wording.kind(kind)}, and no path ends there"


def _near(data: Data, text: str) -> list[str]:
    """Return ids that a wrong id may mean."""
    spelled = list(entities(data, spellings_of(text)))
    return spelled or [match.id for match in search(data, text, 3).matches]


_PAIRS: dict[str, Check] = {
    "targets": _one_of("end-users", "programmes", "all"),
    "from": _exporter,
    "eu": _one_of("yes"),
    "src": _exporter,
    "dst": _target,
}
_RANKING: dict[str, Check] = {
    "by": _one_of("end-users", "programmes"),
    "eu": _one_of("yes"),
    "src": _exporter,
}
#: Page -> its fields. `v`, the version of the data, belongs to every page.
FIELDS: dict[str, dict[str, Check]] = {
    "find": {"q": _any_text},
    "paths": {
        "src": _exporter,
        "dst": _target,
        "hops": _number(1, MOST_HOPS),
        "on": _day,
        "status": _statuses,
        "path": _number(0, 999_999_999),
        "link": _any_text,
    },
    "entity": {"id": _entity, "start": _number(1, 999_999_999)},
    "scores": _PAIRS,
    "scores by": _RANKING,
}


def check_address(page: str, data: Data) -> None:
    """Check every field of the address of a page.

    Parameters
    ----------
    page : str
        Name of the page.
    data : Data
        The open data.

    Raises
    ------
    AddressError
        If the page does not know a field, or a field does not hold what it may hold.
    """
    given = st.query_params.to_dict()
    fields = FIELDS["scores by" if page == "scores" and "by" in given else page]
    faults = {name: _fault(name, value, fields, data) for name, value in given.items()}
    faults = {name: fault for name, fault in faults.items() if fault}
    if not faults:
        return
    near = {}
    for name in faults:
        if fields.get(name) in (_entity, _exporter, _target):
            for id_, entity in entities(data, _near(data, given[name])).items():
                if id_ != given[name]:
                    label = entity.name if entity.name not in near else f"{entity.name} ({id_})"
                    near[label] = {**given, name: id_}
    kept = {name: value for name, value in given.items() if name not in faults}
    raise AddressError(*faults.values(), kept=kept, near=near)


def _fault(name: str, value: str, fields: Mapping[str, Check], data: Data) -> str:
    if len(st.query_params.get_all(name)) > 1:
        return f"The address has the field “{_short(name)}” more than once."
    if name == "v":  # the version is open already
        return ""
    if name not in fields:
        known = ", ".join([*fields, "v"])
        return f"This page has no field “{_short(name)}”. Its fields are: {known}."
    if value and (wrong := fields[name](data, value)):
        return f"{name}: “{_short(value)}” {wrong}."
    return ""


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}…"
