"""What a comparison of a server with a version finds: edits, strays, missing and outdated rows."""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from graph.neo4j_server.shape import Table


class Edit(msgspec.Struct, frozen=True, order=True):
    """A row of the record that somebody changed in the server.

    Parameters
    ----------
    table : str
        Label of the node, type of the link.
    id : str
        The `id` of the node, or the `link_id` of the link.
    properties : tuple of str
        Names of the properties that differ from the version; `labels` for labels.
    """

    table: str
    id: str
    properties: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.table} {self.id}: {', '.join(self.properties)}"


class Stray(NamedTuple):
    """A node or link with the loader's marks that is no row of the version.

    `name` is what to call it in a report; `joined` says whether it is a manual addition that a load
    joined to a row.
    """

    table: Table
    element: str
    name: str
    joined: bool = False


class Difference(NamedTuple):
    """The rows of a batch, by number, that differ in the server.

    Parameters
    ----------
    wanted : list of int
        Rows that are missing or outdated.
    missing : list of int
        Those of them that the server does not hold at all.
    untied : list of int
        Those of them whose relationships of the record differ.
    edited : list of (int, Edit)
        Rows that somebody edited after the loader wrote them.
    by_hand : list of (int, str)
        Rows whose keys belong to manual additions, with the element ids of these.
    strays : list of Stray
        Marked links with the keys of rows, at other ends or twice.
    marks : list of str
        Hashes of the rows that were outdated or edited.
    beside : list of int
        Rows of `by_hand` that no load has joined to the manual addition.
    overridden : list of Edit
        Rows that were joined, and of which the addition has other values.
    """

    wanted: list[int]
    missing: list[int]
    untied: list[int]
    edited: list[tuple[int, Edit]]
    by_hand: list[tuple[int, str]]
    strays: list[Stray]
    marks: list[str]
    beside: list[int]
    overridden: list[Edit]
