"""One record out of the rows that several sets have of an id: in Python, and in SQL.

Of an entity or a source, the first set by name that fills a field wins it; the other names of an
entity become aliases, and aliases and identifiers are united. Of a claim or a judgement, the row of
the first set by name stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain, groupby
from typing import Any, TypeVar

import msgspec
import pyarrow as pa

from graph.record.model import Claim, Entity, Judgement, Source
from graph.record.tables import SCHEMAS

R = TypeVar("R", Entity, Source, Claim, Judgement)

#: Tables whose ids may stand in several sets.
SHARED = ("entities", "sources", "claims", "judgements")

_EMPTY: tuple[object, ...] = ("", None, (), {})


def merged(rows: Iterable[R]) -> dict[str, R]:
    """Merge the rows of each id.

    Parameters
    ----------
    rows : iterable of Entity, Source, Claim or Judgement
        Any number of rows an id, of different sets.

    Returns
    -------
    dict of str to record
        By id.

    Examples
    --------
    >>> ours = Entity(set="starter", id="axis", kind="company", name="Axis AB", country=("SE",))
    >>> mine = Entity(set="notes", id="axis", kind="company", name="Axis")
    >>> axis = merged([ours, mine])["axis"]
    >>> axis.name, axis.aliases, axis.country
    ('Axis', ('Axis AB',), ('SE',))
    """
    ordered = sorted(rows, key=lambda row: (row.id, row.set))
    return {id_: _merged(list(same)) for id_, same in groupby(ordered, key=lambda row: row.id)}


def _merged(rows: list[R]) -> R:
    first = rows[0]
    if len(rows) == 1 or isinstance(first, (Claim, Judgement)):
        return first
    fields = {name: _filled(rows, name) for name in first.__struct_fields__}
    if isinstance(first, Entity):
        fields |= _names(rows, first.name)
    return msgspec.structs.replace(first, **fields)


def _filled(rows: list[R], field: str) -> object:
    values = [getattr(row, field) for row in rows]
    return next(filter(is_filled, values), values[0])


def is_filled(value: object) -> bool:
    """Return whether a field holds a value, which an empty one of another set does not contradict.

    Examples
    --------
    >>> is_filled(""), is_filled(False), is_filled(0.0)
    (False, False, True)
    """
    return value not in _EMPTY and value is not False  # a reliability of 0 equals False


def _names(entities: list[Any], chosen: str) -> dict[str, object]:
    names = chain((e.name for e in entities), *(e.aliases for e in entities))
    return {
        "aliases": tuple(name for name in dict.fromkeys(names) if name != chosen),
        "identifiers": tuple(dict.fromkeys(chain(*(e.identifiers for e in entities)))),
    }


def merging(table: str, columns: Sequence[str] = ()) -> str:
    """Return what SQL selects to merge the rows of each id, which are to be grouped by it.

    Parameters
    ----------
    table : str
        One of `SHARED`.
    columns : sequence of str
        Those that are wanted beside the id. Default: all of the record's and the derived ones.

    Examples
    --------
    >>> merging("claims", ["text"])
    'id, arg_min("text", "set") AS "text"'
    """
    return ", ".join(
        ["id", *(f'{_chosen(table, name)} AS "{name}"' for name in columns or columns_of(table))]
    )


def merged_rows(table: str, columns: Sequence[str] = (), *, several: bool = True) -> str:
    """Return the SQL for the rows of a table, one an id, with `_set`, the names of its sets.

    Parameters
    ----------
    table : str
        One of `SHARED`.
    columns : sequence of str
        As of `merging`.
    several : bool
        Whether an id may stand in several sets.
    """
    names = ", ".join(f'"{name}"' for name in columns or columns_of(table))
    rows = f"main.{table}"
    alone = f'SELECT id, {names}, ["set"] AS _set FROM {rows}'
    if not several:
        return alone
    twins = f"(SELECT id FROM {rows} GROUP BY id HAVING count(*) > 1)"  # few, mostly
    return (
        f"{alone} WHERE id NOT IN {twins} UNION ALL "
        f'SELECT {merging(table, columns)}, list("set" ORDER BY "set") AS _set '
        f"FROM {rows} WHERE id IN {twins} GROUP BY id"
    )


def columns_of(table: str) -> list[str]:
    """Return the columns that are merged: all but what tells rows of one id apart."""
    return [name for name in SCHEMAS[table].names if name not in ("id", "set", "digest")]


def _chosen(table: str, column: str) -> str:
    """Return the expression that chooses a column among the rows of an id."""
    if table in ("claims", "judgements"):
        return f'arg_min("{column}", "set")'
    ordered = f'flatten(list("{column}" ORDER BY "set"))'
    if column == "identifiers":
        return _distinct(ordered)
    if column == "aliases":
        names = f'list_concat(list("name" ORDER BY "set"), {ordered})'
        return f'list_filter({_distinct(names)}, lambda x : x <> arg_min("name", "set"))'
    type_ = SCHEMAS[table].field(column).type
    if pa.types.is_boolean(type_):
        return f'bool_or("{column}")'
    filled = f"\"{column}\" <> ''" if pa.types.is_string(type_) else f'len("{column}") > 0'
    if pa.types.is_map(type_):
        filled = f'cardinality("{column}") > 0'
    return f'coalesce(arg_min("{column}", "set") FILTER ({filled}), any_value("{column}"))'


def _distinct(items: str) -> str:
    """Return the expression for a list without what stands in it before, in its order."""
    return f"list_filter({items}, lambda x, i : list_position({items}, x) = i)"
