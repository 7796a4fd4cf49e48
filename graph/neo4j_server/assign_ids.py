"""Give ids to manual edits: to nodes on request, to links during a load."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from graph.neo4j_server.manual_edits import joinable, label_of
from graph.neo4j_server.schema import ENTITY, ENTITY_LINKS, REPLY
from graph.neo4j_server.shape import NodeLabel, Table, key_of, label_or_type, property_columns
from graph.record import ids
from graph.record.model import Claim
from graph.record.names import latin

if TYPE_CHECKING:
    from graph.neo4j_server.connection import Connection
    from graph.neo4j_server.rows import VersionRows

_INCOMPLETE = (
    "MATCH (n) WHERE n._set IS NULL AND (n.id IS NULL OR NOT n.id IS :: STRING OR NOT n:Entity) "
    "RETURN elementId(n), labels(n), n.id IS :: STRING, toStringOrNull(n.id), "
    "coalesce(toStringOrNull(n.name), '')"
)
_ADOPT = (
    "UNWIND $rows AS r MATCH (n) WHERE elementId(n) = r.at AND n._set IS NULL "
    "SET n.id = r.id, n:Entity"
)


def adopt(connection: Connection) -> int:
    """Give manually added entities an id, derived from their name, and the label `Entity`.

    Parameters
    ----------
    connection : Connection
        An open connection to the server.

    Returns
    -------
    int
        Number of entities that received an id or the label.
    """
    incomplete = [row for row in connection.rows(_INCOMPLETE) if label_of(row[1]) == ENTITY.label]
    taken = {
        id_ for (id_,) in connection.rows("MATCH (n) WHERE n.id IS :: STRING NOT NULL RETURN n.id")
    }
    rows = []
    for at, _, is_text, id_, name in incomplete:
        if not (id_ and is_text):
            id_ = _free_id(str(id_ or name), taken)
        taken.add(id_)
        rows.append({"at": at, "id": id_})
    if rows:
        connection.write(_ADOPT, rows=rows)
    return len(rows)


def _free_id(name: str, taken: set[str]) -> str:
    slug = latin(name).replace(" ", "-")[:80] or "unnamed"
    return next(
        id_
        for id_ in (slug, *(f"{slug}-{n}" for n in range(2, len(taken) + 3)))
        if id_ not in taken
    )


def recognise(connection: Connection, rows: VersionRows) -> list[str]:
    """Give manually added links and replies the keys of the version's rows that came from them.

    The loader then joins the row to them (`graph.neo4j_server.join_manual`) instead of writing a
    second one. A row that an earlier load wrote beside them is removed, unless somebody added
    properties to it.

    Parameters
    ----------
    connection : Connection
        An open connection to the server.
    rows : VersionRows
        Rows of the version.

    Returns
    -------
    list of str
        Links and replies that cannot become rows, each with the reason.
    """
    records, unready = joinable(connection)
    wanted: dict[str, dict[str, str]] = defaultdict(dict)  # by type: key of the row to element id
    for at, current_key, record in records:
        if isinstance(record, Claim):
            type_, key = record.relation.upper(), ids.link_id(record)
        else:
            type_, key = REPLY.label, rows.reply(record)
        if key and key != current_key:
            wanted[type_][key] = at
    tables: list[Table] = [*ENTITY_LINKS, REPLY]
    for table in tables:
        if elements := wanted[label_or_type(table)]:
            known = rows.known(table, list(elements))
            matched = [{"at": elements[key], "id": key} for key in known]
            connection.write(_recognise(table), rows=matched)
    return unready


def _recognise(table: Table) -> str:
    ours = sorted({"_v", *(p.name for p in property_columns(table))})
    key = key_of(table)
    if isinstance(table, NodeLabel):
        node, other = f"(n:{table.label})", f"(o:{table.label} {{id: r.id}})"
        bare = " AND NOT EXISTS { (o)-[h]-() WHERE h._set IS NULL }"
    else:
        node, other = (
            f"(a)-[n:{table.type}]->(b)",
            f"(a)-[o:{table.type} {{link_id: r.id}}]->(b)",
        )
        bare = ""
    return (
        f"UNWIND $rows AS r MATCH {node} WHERE elementId(n) = r.at OPTIONAL MATCH {other} "
        f"WITH r, n, o WHERE o IS NULL OR all(k IN keys(o) WHERE k IN {ours!r}){bare} "
        f"{'DETACH ' if isinstance(table, NodeLabel) else ''}DELETE o WITH r, n "
        f"SET n.{key} = r.id, n._ours = CASE WHEN n._ours IS :: LIST<STRING> "
        f"THEN coalesce(n._ours, []) ELSE [] END + ['{key}']"
    )
