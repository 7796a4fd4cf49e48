"""The columns of each table and the values they allow, derived from the model."""

from __future__ import annotations

import types
import typing
from typing import Any, NamedTuple

import msgspec

from graph.record.model import RECORDS
from graph.validate.validator import TABLES

_OURS = ("set", "properties")  # fields that no column stands for


class Shape(msgspec.Struct, frozen=True):
    """How the cells of a column are read: one text, a list of texts, or yes and no."""

    is_list: bool
    is_flag: bool


class TableColumns(NamedTuple):
    """The columns of a table.

    Parameters
    ----------
    types : dict of str to type
        Column name to the type of its field, in the order of the model.
    required : tuple of str
        The columns that a file must have, and that no row may leave empty.
    shapes : dict of str to Shape
        Column name to how its cells are read.
    """

    types: dict[str, Any]
    required: tuple[str, ...]
    shapes: dict[str, Shape]


def _bare(annotation: Any) -> Any:
    """Strip constraints and `| None` from a type."""
    if typing.get_origin(annotation) is typing.Annotated:
        return _bare(typing.get_args(annotation)[0])
    if typing.get_origin(annotation) in (types.UnionType, typing.Union):
        return _bare(next(a for a in typing.get_args(annotation) if a is not type(None)))
    return annotation


def _layout(table: str) -> TableColumns:
    record = RECORDS[table]
    hints = typing.get_type_hints(record, include_extras=True)
    fields = [field for field in msgspec.structs.fields(record) if field.name not in _OURS]
    return TableColumns(
        types={field.name: hints[field.name] for field in fields},
        required=tuple(field.name for field in fields if field.required),
        shapes={
            field.name: Shape(
                is_list=typing.get_origin(bare := _bare(hints[field.name])) is tuple,
                is_flag=bare is bool,
            )
            for field in fields
        },
    )


#: Table -> its columns.
LAYOUTS: dict[str, TableColumns] = {table: _layout(table) for table in TABLES}
