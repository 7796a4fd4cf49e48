"""Report what a server holds: the version, its rows, and what people added."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from graph.neo4j_server import manual_edits, state, writing
from graph.neo4j_server.schema import GONE, TABLES, VANISHED
from graph.neo4j_server.shape import label_or_type
from graph.neo4j_server.state import Mark

if TYPE_CHECKING:
    from graph.neo4j_server.connection import Connection


class ServerStatus(msgspec.Struct, frozen=True, kw_only=True):
    """What a server holds.

    Parameters
    ----------
    release : str
        Release of Neo4j.
    mark : Mark or None
        State of its load; None if nothing was ever loaded.
    counts : dict of str to int
        Number of rows that the loader wrote, by label and type, without zeros.
    by_hand : int
        Number of nodes and relationships that people added.
    vanished : int
        Number of nodes and links that left the record and were relabelled, because manual
        additions refer to them.
    """

    release: str
    mark: Mark | None
    counts: dict[str, int]
    by_hand: int
    vanished: int


def status(connection: Connection) -> ServerStatus:
    """Return what a server holds.

    Parameters
    ----------
    connection : Connection
        An open connection to the server.
    """
    [numbers] = connection.rows(writing.count_all())
    vanished = f"COUNT {{ MATCH (n:{VANISHED}) }} + COUNT {{ MATCH ()-[:{GONE}]->() }}"
    return ServerStatus(
        release=connection.release,
        mark=state.read_load_state(connection),
        counts={
            label_or_type(table): number
            for table, number in zip(TABLES, numbers, strict=True)
            if number
        },
        by_hand=manual_edits.count_manual_edits(connection),
        vanished=connection.single_value(f"RETURN {vanished}"),
    )
