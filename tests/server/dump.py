"""All that a database holds, as Python values that can be compared."""

from __future__ import annotations

from collections import Counter
from typing import Any, NamedTuple

from graph.neo4j_server.connection import Connection

_HIDDEN = ("SightlineLoad", "SightlineLock")


class Dump(NamedTuple):
    """Nodes by labels and properties, relationships by type, ends and properties."""

    nodes: Counter[Any]
    links: Counter[Any]


def dump(connection: Connection, *, without: tuple[str, ...] = ("_v",)) -> Dump:
    """Return what a database holds, some properties left out; ends are told by label and id."""
    nodes = connection.rows(
        "MATCH (n) WHERE NOT any(l IN labels(n) WHERE l IN $hidden) "
        "RETURN labels(n), properties(n)",
        hidden=list(_HIDDEN),
    )
    links = connection.rows(
        "MATCH (a)-[l]->(b) RETURN type(l), labels(a), a.id, labels(b), b.id, properties(l)"
    )
    return Dump(
        Counter(_frozen([sorted(labels), _but(props, without)]) for labels, props in nodes),
        Counter(
            _frozen([kind, sorted(tail), a, sorted(head), b, _but(props, without)])
            for kind, tail, a, head, b, props in links
        ),
    )


def _but(properties: dict[str, Any], without: tuple[str, ...]) -> dict[str, Any]:
    return {name: value for name, value in properties.items() if name not in without}


def _frozen(value: Any) -> Any:
    if isinstance(value, dict):
        return tuple(sorted((name, _frozen(one)) for name, one in value.items()))
    if isinstance(value, list):
        return tuple(map(_frozen, value))
    return str(value) if hasattr(value, "iso_format") else value
