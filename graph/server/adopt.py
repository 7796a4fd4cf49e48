"""What was made by hand gets its ids: nodes when a person asks for it, links with a load."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from graph import ids
from graph.names import latin
from graph.server.by_hand import drawn, label_of
from graph.server.rows import columns_of
from graph.server.schema import ENTITY, ENTITY_LINKS
from graph.server.shape import Link

if TYPE_CHECKING:
    from graph.server.connection import Connection
    from graph.server.rows import Rows

_STRANGERS = (
    "MATCH (n) WHERE n._set IS NULL AND (n.id IS NULL OR NOT n:Entity) "
    "RETURN elementId(n), labels(n), n.id, coalesce(n.name, '')"
)
_ADOPT = (
    "UNWIND $rows AS r MATCH (n) WHERE elementId(n) = r.at AND n._set IS NULL "
    "SET n.id = coalesce(n.id, r.id), n:Entity"
)


def adopt(connection: Connection) -> int:
    """Give entities made by hand an id, made of their name, and the label `Entity`.

    Parameters
    ----------
    connection : Connection
        To the server.

    Returns
    -------
    int
        How many lacked one of the two.
    """
    found = [row for row in connection.rows(_STRANGERS) if label_of(row[1]) == ENTITY.label]
    taken = {id_ for (id_,) in connection.rows("MATCH (n) WHERE n.id IS NOT NULL RETURN n.id")}
    rows = []
    for at, _, id_, name in found:
        id_ = id_ or _free_id(str(name), taken)
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


def recognise(connection: Connection, rows: Rows) -> None:
    """Give links drawn by hand the `link_id` of the version's link that they have become.

    The version's row then joins them (`graph.server.join`), instead of standing beside them. Where
    the loader has written such a link before, and nobody wrote on it since, it gives way.

    Parameters
    ----------
    connection : Connection
        To the server.
    rows : Rows
        Of the version.
    """
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for at, now, claim in drawn(connection):
        link_id = ids.link_id(claim)
        if link_id != now:
            found[claim.relation.upper()][link_id] = at
    for link in ENTITY_LINKS:
        if wanted := found[link.type]:
            known = rows.known(link, list(wanted))
            some = [{"at": wanted[link_id], "id": link_id} for link_id in known]
            connection.write(_recognise(link), rows=some)


def _recognise(link: Link) -> str:
    ours = sorted({"_v", *(p.name for p in columns_of(link))})
    return (
        f"UNWIND $rows AS r MATCH (a)-[l:{link.type}]->(b) WHERE elementId(l) = r.at "
        f"OPTIONAL MATCH (a)-[o:{link.type} {{link_id: r.id}}]->(b) "
        f"WITH r, l, o WHERE o IS NULL OR all(k IN keys(o) WHERE k IN {ours!r}) "
        "SET l.link_id = r.id, l._ours = coalesce(l._ours, []) + ['link_id'] DELETE o"
    )
