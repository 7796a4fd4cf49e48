"""Records in short, for tests that need few of their fields."""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec

from graph.record.model import Claim, Entity, Reply, Source

R = TypeVar("R", Entity, Source, Claim, Reply)


def entity(id_: str, kind: str = "company", name: str = "", **fields: Any) -> Entity:
    return _row(Entity, {"id": id_, "kind": kind, "name": name or id_, **fields})


def source(id_: str, **fields: Any) -> Source:
    return _row(Source, {"id": id_, "title": id_, "publisher": "P", "type": "press", **fields})


def claim(id_: str, subject: str, relation: str, object_: str = "", **fields: Any) -> Claim:
    row = {"subject": subject, "relation": relation, "object": object_, "status": "reported"}
    return _row(Claim, {"id": id_, "sources": ("s",), **row, **fields})


def reply(claim: str, kind: str = "answer", **fields: Any) -> Reply:
    return _row(Reply, {"claim": claim, "party": "p", "kind": kind, **fields})


def _row(record: type[R], fields: dict[str, Any]) -> R:
    return msgspec.convert({"set": "t", **fields}, record)
