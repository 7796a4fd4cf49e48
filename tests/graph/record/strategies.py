"""Any record that the model allows, for hypothesis; made from the model's own types."""

from __future__ import annotations

import types
import typing
from contextlib import suppress
from decimal import Decimal
from enum import Enum
from typing import Any

from hypothesis import strategies as st

from graph.record.dates import parse_date
from graph.record.model import RECORDS, AnyRecord

DAYS = st.dates().map(str)
MONTHS = DAYS.map(lambda day: day[:7])
YEARS = DAYS.map(lambda day: day[:4])
POINTS = DAYS | MONTHS | YEARS


def _readable(text: str) -> bool:
    with suppress(ValueError):
        return bool(parse_date(text))
    return False


SPANS = st.tuples(POINTS, POINTS).map("/".join).filter(_readable)
DATES = POINTS | SPANS
_INTERVAL = {"valid_from", "valid_to", "as_of"}


def _of(annotation: Any) -> st.SearchStrategy[Any]:
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Annotated:
        kind, meta = arguments
        if kind is float:
            return st.floats(meta.ge, meta.le)
        if typing.get_origin(kind) is tuple:
            return st.lists(st.text(), min_size=meta.min_length or 0, max_size=3).map(tuple)
        if meta.pattern:
            texts = st.from_regex(meta.pattern, fullmatch=True)
            return texts.filter(lambda text: len(text) <= (meta.max_length or len(text)))
        return st.text(min_size=meta.min_length)
    if origin in (types.UnionType, typing.Union):
        return st.none() | _of(arguments[0])
    if origin is tuple:
        return st.lists(_of(arguments[0]), max_size=3).map(tuple)
    if origin is dict:
        return st.dictionaries(st.text(), st.text(), max_size=3)
    if annotation is Decimal:
        return st.decimals(allow_nan=False, allow_infinity=False)
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return st.sampled_from(annotation)
    return {str: st.text(), bool: st.booleans()}[annotation]


def records(table: str) -> st.SearchStrategy[AnyRecord]:
    """Any record of a table."""
    record = RECORDS[table]
    hints = typing.get_type_hints(record, include_extras=True)
    fields = {name: _of(hints[name]) for name in record.__struct_fields__}
    if table == "claims":
        fields |= dict.fromkeys(_INTERVAL, st.just("") | DATES)
    return st.builds(record, **fields)
