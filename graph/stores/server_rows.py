"""Rows of a server as plain Python values and as tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pyarrow as pa

from graph.record.model import Reply
from graph.stores import cypher_statements, searching
from graph.stores.base import DOCUMENTS


def candidates(text: str) -> tuple[str, dict[str, str | None]]:
    """Return the statement and the parameters for the entities that a search text may mean."""
    keys = searching.keys_of(text)
    conditions = ["n.search CONTAINS $id"]
    conditions += [f"n.search CONTAINS ${name}" for name in ("key", "tight") if keys[name]]
    words = {f"word{i}": word for i, word in enumerate(keys["words"] or ())}
    if words:
        conditions.append(f"({' AND '.join(f'n.search CONTAINS ${word}' for word in words)})")
    statement = cypher_statements.NAMED.replace("{condition}", " OR ".join(conditions))
    texts = {"key": keys["key"], "tight": keys["tight"], "id": f"|{text.strip().lower()}|"}
    return statement, {**texts, **words}


def reply_order(reply: Reply) -> tuple[str, ...]:
    """Return the sort key of a reply."""
    return reply.claim, reply.date, reply.party, reply.set, reply.kind, reply.text


def native(value: Any) -> Any:
    """Convert the driver's types to Python's: days to `datetime.date`."""
    if isinstance(value, list):
        return [native(item) for item in value]
    return value.to_native() if hasattr(value, "to_native") else value


def documents_table(rows: Sequence[Sequence[Any]]) -> pa.Table:
    """Return rows of sources as a table of `DOCUMENTS`."""
    columns = list(zip(*rows, strict=True)) or [()] * len(DOCUMENTS)
    arrays = [
        pa.array([("" if v is None else v) for v in column], field.type)
        for field, column in zip(DOCUMENTS, columns, strict=True)
    ]
    return pa.Table.from_arrays(arrays, schema=DOCUMENTS)
