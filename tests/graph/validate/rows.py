"""Records for tests of the rules, and what the rules say of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from graph.problems import Problem
from graph.record.model import RECORDS, AnyRecord, Claim, Entity, Reply, Source
from graph.validate import TABLES, RowLocation, Validator

TABLE_OF = {record: table for table, record in RECORDS.items()}


def entity(key: str, kind: str = "company", **fields: Any) -> Entity:
    return made(Entity, {"id": key, "kind": kind, "name": key} | fields)


def source(key: str, **fields: Any) -> Source:
    return made(Source, {"id": key, "title": key, "publisher": "x", "type": "press"} | fields)


def claim(key: str = "c", **fields: Any) -> Claim:
    row = {"subject": "a", "relation": "supplies", "object": "b", "status": "reported"}
    return made(Claim, {"id": key, "sources": ("s",)} | row | fields)


def reply(**fields: Any) -> Reply:
    return made(Reply, {"claim": "c", "party": "a", "kind": "answer"} | fields)


def made(record: type[Any], fields: dict[str, Any]) -> Any:
    return msgspec.convert({"set": "mine"} | fields, record, strict=False)


GROUND: tuple[AnyRecord, ...] = (
    entity("a"),
    entity("b"),
    entity("police", "public_body"),
    entity("town", "public_body", collective=True),
    entity("court", "organisation"),
    entity("sky", "programme"),
    entity("scanner", "product"),
    entity("list", "instrument"),
    source("s"),
)


def judge(*records: AnyRecord, ground: Sequence[AnyRecord] = GROUND) -> list[Problem]:
    """Judge records beside the ground; a record's row is its place in the call, from 1."""
    rows = [*((0, record) for record in ground), *enumerate(records, start=1)]
    validator = Validator(sorted({record.set for _, record in rows}))
    for table in TABLES:
        for number, (row, record) in enumerate(rows):
            if TABLE_OF[type(record)] == table:
                place = RowLocation(record.set, table, table, row or 1000 + number)
                validator.check(record, place)
    return validator.finish()


def errors(*records: AnyRecord) -> list[tuple[int, str]]:
    return [(found.row, found.column) for found in judge(*records) if not found.warning]
