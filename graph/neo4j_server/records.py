"""Convert nodes of the graph to records of the model, and links to rows of a version."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeAlias

import msgspec
import pyarrow as pa

from graph.neo4j_server.schema import CLAIM, ENTITY, ENTITY_LINKS, JUDGEMENT, REPLY, SOURCE
from graph.neo4j_server.shape import NodeLabel, Table, Type, property_columns
from graph.neo4j_server.stored import value_of
from graph.record.dates import EARLIEST, LATEST
from graph.record.model import RECORDS, AnyRecord
from graph.record.tables import LINKS

#: Label -> table of the records.
TABLES = {
    ENTITY.label: "entities",
    SOURCE.label: "sources",
    CLAIM.label: "claims",
    REPLY.label: "replies",
    JUDGEMENT.label: "judgements",
}

#: Takes the sentence about a row that cannot be read.
LeftOut: TypeAlias = Callable[[str], None]

#: 1970-01-01 as a proleptic ordinal.
_EPOCH = 719_163
_OTHERWISE = {"set": "_set", "properties": "extra", "value": "value_text"}
_DAYS = ("outer_from", "outer_to", "inner_from", "inner_to")
_CURE = "`sightline neo4j load --force` restores the row"
_WORDS = {
    "string": "a text",
    "string[]": "a list of texts",
    "double": "a number",
    "boolean": "true or false",
    "date": "a DATE",
}


def fields_of(node: NodeLabel, name: str = "p") -> str:
    """Return the Cypher list of a node's values, in the order of its record's fields.

    Parameters
    ----------
    node : NodeLabel
        The label.
    name : str
        Variable of the map of its properties.
    """
    return f"[{', '.join(value_of(field, _type(node, field), name) for field in _names(node))}]"


def _names(node: NodeLabel) -> list[str]:
    fields = RECORDS[TABLES[node.label]].__struct_fields__
    return [_OTHERWISE.get(field, field) for field in fields]


def _type(table: Table, name: str) -> Type:
    return next((p.type for p in property_columns(table) if p.name == name), "string")


def merged_records(
    node: NodeLabel, rows: Iterable[Sequence[Any]], left_out: LeftOut = lambda _: None
) -> Iterator[AnyRecord]:
    """Convert lists of `fields_of` to records; an id in several sets becomes one record.

    Parameters
    ----------
    node : NodeLabel
        The label of the rows.
    rows : iterable of sequence
        Lists of values, as `fields_of` returns them.
    left_out : callable
        Called with a sentence about each row that somebody made unreadable in the server.
    """
    record = RECORDS[TABLES[node.label]]
    names = record.__struct_fields__
    for row in rows:
        if wrong := wrong_types(node, _names(node), row):
            left_out(f"{node.label} {_called(names, row)} is left out: {wrong}. {_CURE}.")
            continue
        fields = {name: value for name, value in zip(names, row, strict=True) if value is not None}
        try:
            fields["set"] = fields["set"][0]
            if "properties" in fields:
                fields["properties"] = dict(map(_column, fields["properties"]))
            yield msgspec.convert(fields, record, strict=False)
        except (msgspec.ValidationError, LookupError) as error:
            left_out(f"{node.label} {_called(names, row)} is left out: {error}. {_CURE}.")


def wrong_types(table: Table, names: Sequence[str], values: Sequence[Any]) -> str:
    """Return what is wrong with the types of values, as part of a sentence; "" for nothing.

    Parameters
    ----------
    table : NodeLabel or RelationshipType
        Label or type of the row.
    names : sequence of str
        Names of its properties.
    values : sequence
        Their values, as `graph.neo4j_server.stored.value_of` returns them.
    """
    return ", ".join(
        f"{name} is {value.get('wrong', 'something else')} instead of {_WORDS[_type(table, name)]}"
        for name, value in zip(names, values, strict=True)
        if isinstance(value, dict)
    )


def _called(names: Sequence[str], row: Sequence[Any]) -> str:
    fields = dict(zip(names, row, strict=True))
    if "id" in fields:
        return str(fields["id"])
    return f"of {fields.get('party')} to {fields.get('claim')}"


def rows_of_sets(
    node: NodeLabel, texts: Sequence[str], left_out: LeftOut = lambda _: None
) -> list[AnyRecord]:
    """Return the rows of one id in several sets, from `_rows`.

    Parameters
    ----------
    node : NodeLabel
        The label of the rows.
    texts : sequence of str
        The rows, as JSON.
    left_out : callable
        Called with a sentence about rows that somebody made unreadable in the server.
    """
    record = RECORDS[TABLES[node.label]]
    try:
        return [msgspec.json.decode(text, type=record) for text in texts]
    except (msgspec.MsgspecError, TypeError):
        left_out(f"A {node.label} of several sets is left out: _rows is not as loaded. {_CURE}.")
        return []


def _column(text: str) -> tuple[str, str]:
    name, _, value = text.partition("=")
    return name.replace("%3D", "=").replace("%25", "%"), value


#: Properties of a link, in the order of `graph.record.tables.LINKS`.
_LINK_NAMES = tuple(
    {"relation": "type", "tail": "a", "head": "b"}.get(field.name, field.name) for field in LINKS
)


def _link_value(name: str) -> str:
    if name == "type":
        return "type(l)"
    if name in ("a", "b"):
        return value_of("id", "string", name)
    return value_of(name, _type(ENTITY_LINKS[0], name))


#: Cypher list of a link's values, in the order of `graph.record.tables.LINKS`, then `inner_empty`:
#: `l` is the link, `p` the map of its properties, `a` and `b` its ends.
LINK_FIELDS = f"[{', '.join(map(_link_value, (*_LINK_NAMES, 'inner_empty')))}]"

#: All types of links between entities, for a pattern.
LINK_TYPES = "|".join(link.type for link in ENTITY_LINKS)


def readable_link(row: Sequence[Any], left_out: LeftOut) -> bool:
    """Return whether all values of a link have the right types; report a link that has not.

    Parameters
    ----------
    row : sequence
        A list of `LINK_FIELDS`.
    left_out : callable
        Called with a sentence about a link that somebody made unreadable in the server.
    """
    wrong = wrong_types(ENTITY_LINKS[0], (*_LINK_NAMES, "inner_empty"), row)
    if wrong:
        left_out(f"{row[1]} {row[0]} is left out: {wrong}. {_CURE}.")
    return not wrong


def links_of(rows: Iterable[Sequence[Any]], left_out: LeftOut = lambda _: None) -> pa.Table:
    """Convert lists of `LINK_FIELDS` to a table of `tables.LINKS`, each link once, by id.

    Parameters
    ----------
    rows : iterable of sequence
        The lists.
    left_out : callable
        Called with a sentence about each link that somebody made unreadable in the server.
    """
    by_id = {row[0]: row for row in rows if readable_link(row, left_out)}
    columns = list(zip(*(by_id[id_] for id_ in sorted(by_id)), strict=True))
    if not columns:
        return LINKS.empty_table()
    *values, empty = columns
    arrays = []
    for field, column in zip(LINKS, values, strict=True):
        if field.name in _DAYS:
            arrays.append(_ordinals(field.name, column, empty))
        elif field.name == "relation":
            arrays.append(pa.array([text.lower() for text in column], field.type))
        else:
            fill: Any = [] if pa.types.is_list(field.type) else ""
            fill = False if pa.types.is_boolean(field.type) else fill
            arrays.append(pa.array([fill if v is None else v for v in column], field.type))
    return pa.Table.from_arrays(arrays, schema=LINKS)


def _ordinals(name: str, days: Sequence[str | None], empty: Sequence[bool]) -> pa.Array:
    open_side = EARLIEST if name.endswith("from") else LATEST
    nowhere = LATEST if name.endswith("from") else EARLIEST  # no day: it ends before it begins
    inner = name.startswith("inner")
    since = pa.array(days, pa.string()).cast(pa.date32()).cast(pa.int32()).to_pylist()
    return pa.array(
        [
            (nowhere if inner and none else open_side) if day is None else day + _EPOCH
            for day, none in zip(since, empty, strict=True)
        ],
        pa.int32(),
    )
