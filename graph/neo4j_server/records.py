"""Convert nodes of the graph to records of the model, and links to rows of a version."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec
import pyarrow as pa

from graph.neo4j_server.schema import CLAIM, ENTITY, ENTITY_LINKS, JUDGEMENT, REPLY, SOURCE
from graph.neo4j_server.shape import NodeLabel
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

#: 1970-01-01 as a proleptic ordinal.
_EPOCH = 719_163
_OTHERWISE = {"set": "_set", "properties": "extra", "value": "value_text"}
_DAYS = ("outer_from", "outer_to", "inner_from", "inner_to")


def fields_of(node: NodeLabel, name: str = "n") -> str:
    """Return the Cypher list of a node's values, in the order of its record's fields.

    Parameters
    ----------
    node : NodeLabel
        The label.
    name : str
        Variable of the node or of the map of its properties; a map is faster.
    """
    names = RECORDS[TABLES[node.label]].__struct_fields__
    return f"[{', '.join(f'{name}.{_OTHERWISE.get(field, field)}' for field in names)}]"


def merged_records(node: NodeLabel, rows: Iterable[Sequence[Any]]) -> Iterator[AnyRecord]:
    """Convert lists of `fields_of` to records; an id in several sets becomes one record.

    Parameters
    ----------
    node : NodeLabel
        The label of the rows.
    rows : iterable of sequence
        Lists of values, as `fields_of` returns them.
    """
    record = RECORDS[TABLES[node.label]]
    names = record.__struct_fields__
    for row in rows:
        fields = {name: value for name, value in zip(names, row, strict=True) if value is not None}
        fields["set"] = fields["set"][0]
        if "properties" in fields:
            fields["properties"] = dict(map(_column, fields["properties"]))
        yield msgspec.convert(fields, record, strict=False)


def rows_of_sets(node: NodeLabel, texts: Iterable[str]) -> list[AnyRecord]:
    """Return the rows of one id in several sets, from `_rows`."""
    record = RECORDS[TABLES[node.label]]
    return [msgspec.json.decode(text, type=record) for text in texts]


def _column(text: str) -> tuple[str, str]:
    name, _, value = text.partition("=")
    return name.replace("%3D", "=").replace("%25", "%"), value


#: Cypher list of a link's values, in the order of `graph.record.tables.LINKS`: `l` is the link, `p`
#: the map of its properties, `a` and `b` its ends.
LINK_FIELDS = (
    "[p.link_id, type(l), a.id, b.id, p.valid_from, p.valid_to, p.as_of, "
    + ", ".join(f"toString(p.{day})" for day in _DAYS)
    + ", p.contract, p.programme, p.product, coalesce(p.lasting, false), p.statuses, "
    "p.claim_ids, p.withdrawn_ids, p.refuting_ids, p.inner_empty]"
)

#: All types of links between entities, for a pattern.
LINK_TYPES = "|".join(link.type for link in ENTITY_LINKS)


def links_of(rows: Iterable[Sequence[Any]]) -> pa.Table:
    """Convert lists of `LINK_FIELDS` to a table of `tables.LINKS`, each link once, by id."""
    by_id = {row[0]: row for row in rows}
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
