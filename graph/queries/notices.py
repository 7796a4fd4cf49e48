"""Find names in a statement that the database does not know, perhaps misspelt."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from typing import TYPE_CHECKING

from graph.neo4j_server.schema import LABELS, MARKS, NODES, TABLES
from graph.neo4j_server.shape import NodeLabel, label_or_type

if TYPE_CHECKING:
    from neo4j import GqlStatusObject

#: GQL status -> what does not exist.
_UNKNOWN = {"01N50": "label", "01N51": "relationship type", "01N52": "property"}
_NAME = re.compile("`(.+?)` does not exist")


def notices(statuses: Iterable[GqlStatusObject]) -> list[str]:
    """Return a sentence for each name that the database does not know.

    Names of the schema are not reported, even if this record does not use them.

    Parameters
    ----------
    statuses : iterable of neo4j.GqlStatusObject
        Statuses of the statement's summary.
    """
    known = sorted(set(_schema()))
    sentences = set()
    for status in statuses:
        what = _UNKNOWN.get(status.gql_status, "")
        for name in _NAME.findall(status.status_description or "") if what else ():
            if name not in known:
                near = get_close_matches(name, known, 1)
                hint = f" Did you mean {near[0]}?" if near else ""
                sentences.add(f"The database has no {what} {name}.{hint}")
    return sorted(sentences)


def _schema() -> Iterator[str]:
    yield from LABELS.values()
    yield from (mark.name for mark in MARKS)
    yield from (reference.type for node in NODES for reference in node.references)
    for table in TABLES:
        yield label_or_type(table)
        yield "id" if isinstance(table, NodeLabel) else "link_id"
        yield from (p.name for p in table.properties)
