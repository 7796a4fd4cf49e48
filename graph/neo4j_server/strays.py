"""Nodes and links that bear the loader's marks and are no rows of the record.

People make them by copying a node or link with all its properties, by redirecting a link, or by
changing an id. They belong to whoever made them: the marks go, and what was made stays. A link
also loses what only the record may say of a link: its id and its evidence.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from graph.neo4j_server.edits import Stray
from graph.neo4j_server.schema import (
    LABELS,
    LINKS,
    MARKS,
    NODES,
    VANISHED,
)
from graph.neo4j_server.shape import NodeLabel, RelationshipType, Table, label_or_type

if TYPE_CHECKING:
    from graph.neo4j_server.connection import Connection
    from graph.neo4j_server.rows import VersionRows

#: What the record alone may say of a link.
_EVIDENCE = ("link_id", "claim_ids", "statuses", "line", "refuting_ids", "withdrawn_ids", "roots")
_REFERENCES = tuple(dict.fromkeys(r.type for node in NODES for r in node.references))


def let_go(connection: Connection, strays: Iterable[Stray]) -> None:
    """Take the marks off strays, which then are manual additions.

    Parameters
    ----------
    connection : Connection
        An open connection to the server.
    strays : iterable of Stray
        Nodes and links; of one that a load joined to a row, all that the load added goes.
    """
    groups: dict[tuple[str, bool], tuple[Table, list[str]]] = {}
    for stray in strays:
        group = (label_or_type(stray.table), stray.joined)
        groups.setdefault(group, (stray.table, []))[1].append(stray.element)
    for (_, joined), (table, elements) in groups.items():
        connection.write(_unmark(table, joined), elements=elements)


def _unmark(table: Table, joined: bool) -> str:
    """Return the statement that takes the marks off the elements $elements."""
    off = [f"n.{mark.name} = null" for mark in MARKS]
    if joined:
        off += [
            f"n.{p.name} = CASE WHEN '{p.name}' IN ours THEN null ELSE n.{p.name} END"
            for p in table.properties
        ]
    elif isinstance(table, RelationshipType):
        off += [f"n.{name} = null" for name in _EVIDENCE]
    if isinstance(table, NodeLabel):
        pattern, refs = f"(n:{table.label})", _UNTIE
    else:
        pattern, refs = f"()-[n:{table.type}]->()", ""
    ours = "CASE WHEN n._ours IS :: LIST<STRING> THEN coalesce(n._ours, []) ELSE [] END"
    return (
        f"UNWIND $elements AS at MATCH {pattern} WHERE elementId(n) = at {refs}"
        f"WITH n, {ours} AS ours SET {', '.join(off)}"
    )


#: Takes the record's own relationships off a node.
_UNTIE = (
    f"CALL (n) {{ MATCH (n)-[e:{'|'.join(_REFERENCES)}]-() WHERE e._set IS NOT NULL DELETE e }} "
)


def without_label(
    connection: Connection, rows: VersionRows
) -> tuple[list[tuple[NodeLabel, str, str]], list[str]]:
    """Find marked nodes that lack their label.

    Parameters
    ----------
    connection : Connection
        An open connection to the server.
    rows : VersionRows
        Rows of the version.

    Returns
    -------
    list of (NodeLabel, str, str)
        Rows of the version that lost their label: label, id, element id.
    list of str
        Element ids of all others.
    """
    labels = " OR ".join(f"n:{node.label}" for node in NODES)
    unlabelled = connection.rows(
        f"MATCH (n) WHERE n._set IS NOT NULL AND NOT ({labels} OR n:{VANISHED}) "
        "RETURN elementId(n), CASE WHEN n.id IS :: STRING THEN n.id END, labels(n)"
    )
    relabelled: list[tuple[NodeLabel, str, str]] = []
    others: list[str] = []
    seen: set[tuple[str, str]] = set()
    for element, id_, second in unlabelled:
        for node in NODES if id_ else ():
            is_entity = bool(set(second) & set(LABELS.values()))
            if is_entity == (node.label == "Entity") or not is_entity:
                taken = f"MATCH (n:{node.label} {{id: $id}}) RETURN 1"
                known = (node.label, id_) not in seen and rows.known(node, [id_])
                if known and not connection.single_value(taken, id=id_):
                    seen.add((node.label, id_))
                    relabelled.append((node, id_, element))
                    break
        else:
            others.append(element)
    return relabelled, others


def relabel(connection: Connection, nodes: Iterable[tuple[NodeLabel, str, str]]) -> None:
    """Give nodes their label again."""
    by_label: dict[str, list[str]] = defaultdict(list)
    for node, _, element in nodes:
        by_label[node.label].append(element)
    for label, elements in by_label.items():
        connection.write(
            f"UNWIND $elements AS at MATCH (n) WHERE elementId(n) = at SET n:{label}",
            elements=elements,
        )


def unknown(connection: Connection, nodes: list[str]) -> Iterator[str]:
    """Take the marks off nodes without a label, and off relationships of no type of the record.

    Parameters
    ----------
    connection : Connection
        An open connection to the server.
    nodes : list of str
        Element ids of marked nodes without a label of the record.

    Yields
    ------
    str
        What each of them is called in a report.
    """
    off = ", ".join(f"n.{mark.name} = null" for mark in MARKS)
    named = "coalesce(toStringOrNull(n.id), '?')"
    if nodes:
        statement = (
            "UNWIND $elements AS at MATCH (n) WHERE elementId(n) = at "
            f"{_UNTIE} SET {off} RETURN labels(n), {named}"
        )
        for labels, id_ in connection.returned(statement, elements=nodes):
            yield f"{':'.join(['', *sorted(labels)]) or 'A node'} {id_}".strip()
    off += "".join(f", n.{name} = null" for name in _EVIDENCE)
    for pattern in _PATTERNS:
        for tail, type_, head in connection.returned(f"{pattern} SET {off} {_NAMED}"):
            yield f"({tail})-[:{type_}]->({head})"


def unknown_links(connection: Connection) -> Iterator[str]:
    """Yield the names of marked relationships that are of no type of the record."""
    for pattern in _PATTERNS:
        for tail, type_, head in connection.rows(f"{pattern} {_NAMED}"):
            yield f"({tail})-[:{type_}]->({head})"


def _other_types() -> str:
    known = [link.type for link in LINKS] + list(_REFERENCES)
    return "&".join(f"!{type_}" for type_ in dict.fromkeys(known))


_NAMED = "RETURN coalesce(toStringOrNull(a.id), '?'), type(n), coalesce(toStringOrNull(b.id), '?')"
#: Marked relationships of other types, and those of the record's types at nodes without marks.
_PATTERNS = (
    f"MATCH (a)-[n:{_other_types()}]->(b) WHERE n._set IS NOT NULL",
    f"MATCH (a)-[n:{'|'.join(_REFERENCES)}]->(b) WHERE n._set IS NOT NULL AND a._set IS NULL",
)
