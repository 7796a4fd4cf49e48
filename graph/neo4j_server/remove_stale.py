"""Remove rows from a server that left the record, but never what people added."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.errors import ServerError
from graph.neo4j_server.shape import NodeLabel, Table, label_or_type
from graph.neo4j_server.writing import count_rows, drop_links, drop_nodes, keys, release

if TYPE_CHECKING:
    from graph.neo4j_server.connection import Connection
    from graph.neo4j_server.rows import VersionRows

#: Rows of one transaction: each may take many relationships with it.
_BATCH = 2_000


def vanish(
    connection: Connection, rows: VersionRows, table: Table, expected: int
) -> tuple[int, list[str]]:
    """Remove the rows of a table that a version does not hold.

    Parameters
    ----------
    connection : Connection
        To the server, to which the version's own rows are written.
    rows : VersionRows
        Of the version.
    table : NodeLabel or Link
        What they are rows of.
    expected : int
        How many of them the loader wrote.

    Returns
    -------
    (int, list of str)
        How many were taken out, and which were relabelled because something made by hand hangs
        on them.

    Raises
    ------
    ServerError
        If rows are missing.
    """
    there = connection.one(count_rows(table))
    if there == expected:
        return 0, []
    if there < expected:
        raise ServerError(
            f"The server at {connection.place} holds {there:,} {label_or_type(table)} and "
            f"should hold {expected:,}. Somebody deletes from it: end that, then load again."
        )
    wanted = set(rows.ids(table))
    gone = [key for (key,) in connection.stream(keys(table)) if key not in wanted]
    drop = drop_nodes(table) if isinstance(table, NodeLabel) else drop_links(table)
    kept: list[str] = []
    freed = 0
    for start in range(0, len(gone), _BATCH):
        part = gone[start : start + _BATCH]
        freed += len(connection.returned(release(table), ids=part))
        kept += (key for (key,) in connection.returned(drop, ids=part))
    return len(gone) - len(kept) - freed, [f"{label_or_type(table)} {key}" for key in kept]
