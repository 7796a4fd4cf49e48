"""Remove rows that left the record from a server, but never what people added."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.errors import ServerError
from graph.neo4j_server.shape import NodeLabel, Table, label_or_type
from graph.neo4j_server.writing import count_rows, drop_links, drop_nodes, keys, release

if TYPE_CHECKING:
    from graph.neo4j_server.connection import Connection
    from graph.neo4j_server.rows import VersionRows

#: Rows of one transaction; each may have many relationships.
_BATCH = 2_000


def vanish(
    connection: Connection, rows: VersionRows, table: Table, expected: int
) -> tuple[int, list[str]]:
    """Remove the rows of a table that a version does not hold.

    Parameters
    ----------
    connection : Connection
        An open connection to the server, which already holds the version's rows.
    rows : VersionRows
        Rows of the version.
    table : NodeLabel or RelationshipType
        Label or type of the rows.
    expected : int
        Number of rows that the version has.

    Returns
    -------
    (int, list of str)
        Number of removed rows, and the rows that were relabelled because manual additions refer
        to them.

    Raises
    ------
    ServerError
        If rows are missing.
    """
    count = connection.single_value(count_rows(table))
    if count == expected:
        return 0, []
    if count < expected:
        raise ServerError(
            f"The server at {connection.place} holds {count:,} {label_or_type(table)} and "
            f"should hold {expected:,}. Somebody is deleting rows; load again afterwards."
        )
    current = set(rows.ids(table))
    stale = [key for (key,) in connection.stream(keys(table)) if key not in current]
    drop = drop_nodes(table) if isinstance(table, NodeLabel) else drop_links(table)
    kept: list[str] = []
    freed = 0
    for start in range(0, len(stale), _BATCH):
        part = stale[start : start + _BATCH]
        freed += len(connection.returned(release(table), ids=part))
        kept += (key for (key,) in connection.returned(drop, ids=part))
    return len(stale) - len(kept) - freed, [f"{label_or_type(table)} {key}" for key in kept]
