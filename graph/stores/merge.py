"""One entity or source out of the rows that several sets have of it."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain, groupby
from typing import Any, TypeVar

import msgspec

from graph.model import Entity, Source

R = TypeVar("R", Entity, Source)

_EMPTY: tuple[object, ...] = ("", None, (), {})


def merged(rows: Iterable[R]) -> dict[str, R]:
    """Merge the rows of each id.

    Parameters
    ----------
    rows : iterable of Entity or Source
        Any number of rows an id, of different sets.

    Returns
    -------
    dict of str to Entity or Source
        By id. The first set by name wins a field that several fill; the other names of an entity
        become aliases, and aliases and identifiers are united.

    Examples
    --------
    >>> ours = Entity(set="starter", id="axis", kind="company", name="Axis AB", country=("SE",))
    >>> mine = Entity(set="notes", id="axis", kind="company", name="Axis")
    >>> axis = merged([ours, mine])["axis"]
    >>> axis.name, axis.aliases, axis.country
    ('Axis', ('Axis AB',), ('SE',))
    """
    ordered = sorted(rows, key=lambda row: (row.id, row.set))
    return {id_: _one(list(same)) for id_, same in groupby(ordered, key=lambda row: row.id)}


def _one(rows: list[R]) -> R:
    first = rows[0]
    if len(rows) == 1:
        return first
    fields = {name: _filled(rows, name) for name in first.__struct_fields__}
    if isinstance(first, Entity):
        fields |= _names(rows, first.name)
    return msgspec.structs.replace(first, **fields)


def _filled(rows: list[R], field: str) -> object:
    values = [getattr(row, field) for row in rows]
    # a reliability of 0 equals False, and is filled all the same
    return next((v for v in values if v not in _EMPTY and v is not False), values[0])


def _names(entities: list[Any], chosen: str) -> dict[str, object]:
    names = chain((e.name for e in entities), *(e.aliases for e in entities))
    return {
        "aliases": tuple(name for name in dict.fromkeys(names) if name != chosen),
        "identifiers": tuple(dict.fromkeys(chain(*(e.identifiers for e in entities)))),
    }
