"""Records as Arrow tables: the schema of a dataset version's Parquet files, both ways."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

import msgspec
import pyarrow as pa

from graph.record import ids
from graph.record.model import RECORDS, AnyRecord
from graph.record.vocabulary import Relation, Stance

DAY = pa.int32()
_LIST = pa.list_(pa.string())

#: Derived columns: rebuilt from the record at each writing, no part of its digest.
_DERIVED: dict[str, list[tuple[str, pa.DataType]]] = {
    "claims": [
        ("link_id", pa.string()),  # "" for `says` and for refuting rows (theirs is their about's)
        ("outer_from", DAY),
        ("outer_to", DAY),
        ("inner_from", DAY),  # inner_from > inner_to: no day is beyond doubt
        ("inner_to", DAY),
    ]
}


def _arrow_type(annotation: Any) -> pa.DataType:
    origin = typing.get_origin(annotation)
    if origin is typing.Annotated:
        return _arrow_type(typing.get_args(annotation)[0])
    if origin in (types.UnionType, typing.Union):
        return _arrow_type(next(a for a in typing.get_args(annotation) if a is not type(None)))
    if origin is tuple:
        return _LIST
    if origin is dict:
        return pa.map_(pa.string(), pa.string())
    if annotation is bool:
        return pa.bool_()
    return pa.string()  # text, vocabulary and decimals (as text: exact in every reader)


def _schema(table: str) -> pa.Schema:
    hints = typing.get_type_hints(RECORDS[table], include_extras=True)
    fields = [(name, _arrow_type(hints[name])) for name in RECORDS[table].__struct_fields__]
    return pa.schema([*fields, *_DERIVED.get(table, []), ("digest", pa.binary(32))])


#: Table name -> Arrow schema of the record's fields, the derived columns and its digest.
SCHEMAS: dict[str, pa.Schema] = {table: _schema(table) for table in RECORDS}

#: Links, derived from the claims of all sets together. `tail` and `head` are the claim's subject
#: and object. `claim_ids` are the supporting rows that are not withdrawn; `withdrawn_ids` and
#: `refuting_ids` the others.
LINKS = pa.schema(
    [
        ("link_id", pa.string()),
        ("relation", pa.string()),
        ("tail", pa.string()),
        ("head", pa.string()),
        ("valid_from", pa.string()),
        ("valid_to", pa.string()),
        ("as_of", pa.string()),
        ("outer_from", DAY),
        ("outer_to", DAY),
        ("inner_from", DAY),
        ("inner_to", DAY),
        ("contract", pa.string()),
        ("programme", pa.string()),
        ("product", pa.string()),
        ("lasting", pa.bool_()),  # a supply that lasts (form service)
        ("statuses", _LIST),
        ("claim_ids", _LIST),
        ("withdrawn_ids", _LIST),
        ("refuting_ids", _LIST),
    ]
)

#: Name keys, derived from the entities: one row a name, alias or identifier.
NAMES = pa.schema(
    [
        ("id", pa.string()),
        ("set", pa.string()),
        ("text", pa.string()),
        ("language", pa.string()),
        ("sort", pa.string()),  # name, alias or identifier
        ("key", pa.string()),  # normalised
        ("latin", pa.string()),  # transliterated and normalised
    ]
)


def _cell(value: Any) -> Any:
    if isinstance(value, str):  # first: almost all are
        return value
    if isinstance(value, (Decimal, float)):
        return ids.plain(value)
    if isinstance(value, dict):
        return list(value.items())
    if value is None:
        return ""
    return value


def row_of(table: str, record: AnyRecord) -> dict[str, Any]:
    """Return a record as a row of its table, derived columns and digest included."""
    row = {name: _cell(value) for name, value in msgspec.structs.asdict(record).items()}
    row["digest"] = ids.digest(table, record)
    if table == "claims":
        readings = record.readings  # type: ignore[union-attr]
        linked = row["relation"] != Relation.SAYS and row["stance"] != Stance.REFUTES
        row["link_id"] = ids.link_id(record, readings) if linked else ""  # type: ignore[arg-type]
        (row["outer_from"], row["outer_to"]), (row["inner_from"], row["inner_to"]) = readings
    return row


def batch_of(table: str, records: Sequence[AnyRecord]) -> pa.RecordBatch:
    """Return records as one Arrow batch of their table's schema."""
    rows = [row_of(table, record) for record in records]
    schema = SCHEMAS[table]
    columns = [pa.array([row[f.name] for row in rows], type=f.type) for f in schema]
    return pa.RecordBatch.from_arrays(columns, schema=schema)


def records_of(table: str, rows: Iterable[dict[str, Any]]) -> Iterator[AnyRecord]:
    """Turn rows of a table (as `RecordBatch.to_pylist` gives them) back into records."""
    record = RECORDS[table]
    names = record.__struct_fields__
    for row in rows:
        fields = {n: row[n] for n in names if row[n] not in ("", None)}
        if "properties" in fields:
            fields["properties"] = dict(fields["properties"])
        yield msgspec.convert(fields, record, strict=False)
