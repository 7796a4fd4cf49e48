"""Remove rows that left the record from a server, but never what people made or changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from graph.errors import ServerError
from graph.neo4j_server import strays, writing
from graph.neo4j_server.compare import fits, stored_hashes
from graph.neo4j_server.edits import Stray
from graph.neo4j_server.schema import CONTRACT_LINKS, ENTITY_LINKS, NODES
from graph.neo4j_server.shape import Table, key_of, label_or_type, property_columns
from graph.neo4j_server.stored import StoredRow, marked_rows

if TYPE_CHECKING:
    from graph.neo4j_server.connection import Connection
    from graph.neo4j_server.rows import VersionRows

#: Rows of one transaction; each may have many relationships.
_BATCH = 2_000
#: Number of missing keys up to which a row is looked for among them.
_CANDIDATES = 10_000


class Removed(NamedTuple):
    """What became of the rows that a version does not hold.

    Parameters
    ----------
    removed : list of str
        Rows that left the record.
    kept : list of str
        Rows that left the record and were relabelled, because people use or changed them.
    own : list of str
        What no version ever held: it belongs to whoever made it.
    """

    removed: list[str]
    kept: list[str]
    own: list[str]


class Before(NamedTuple):
    """What the server held of the version's rows before the load.

    Parameters
    ----------
    marks : set of str
        Hashes of rows that were outdated or edited.
    missing : list of str
        Keys of rows that were not there.
    """

    marks: set[str]
    missing: list[str]


def vanish(
    connection: Connection, rows: VersionRows, table: Table, expected: int, before: Before
) -> Removed:
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
    before : Before
        What the server held before the load.

    Returns
    -------
    Removed
        Names of the rows, by what became of them.

    Raises
    ------
    ServerError
        If rows are missing.
    """
    name = label_or_type(table)
    count = connection.single_value(writing.count_rows(table))
    result = Removed([], [], [])
    if count == expected:
        return result
    if count < expected:
        raise ServerError(
            f"The server at {connection.place} holds {count:,} {name} and "
            f"should hold {expected:,}. Somebody is deleting rows; load again afterwards."
        )
    for part in stale_elements(connection, rows, table):
        stored = list(marked_rows(connection, table, part))
        joined = [row for row in stored if row.joined]
        ours = [row for row in stored if not row.joined]
        strays.let_go(connection, [Stray(table, row.element, "", joined=True) for row in joined])
        own, edited, loaded = _kinds(rows, table, ours, before)
        strays.let_go(connection, [Stray(table, row.element, "") for row in own])
        result.own.extend(f"{name} {row.key}" for row in own)
        for group, keep in ((edited, True), (loaded, False)):
            names = {row.element: f"{name} {row.key}" for row in group}
            kept = connection.returned(writing.drop_rows(table), elements=list(names), keep=keep)
            result.kept.extend(names.pop(element) for (element,) in kept)
            result.removed.extend(names.values())
    return result


def stale_elements(
    connection: Connection, rows: VersionRows, table: Table
) -> Iterator[Sequence[str]]:
    """Yield batches of element ids of marked rows whose keys the version does not have.

    Parameters
    ----------
    connection : Connection
        An open connection to the server.
    rows : VersionRows
        Rows of the version.
    table : NodeLabel or RelationshipType
        Label or type of the rows.
    """
    current = set(rows.ids(table))
    others = [node for node in NODES if node != table]
    stale: list[str] = []
    for key, element, labels in connection.stream(writing.keys(table)):
        if key in current:
            continue
        # a node that belongs to another table, and bears this label beside its own, is no row here
        if any(node.label in labels and rows.known(node, [key]) for node in others if key):
            continue
        stale.append(element)
    for start in range(0, len(stale), _BATCH):
        yield stale[start : start + _BATCH]


def _kinds(
    rows: VersionRows, table: Table, marked: Sequence[StoredRow], before: Before
) -> tuple[list[StoredRow], list[StoredRow], list[StoredRow]]:
    """Tell rows that somebody made by copying from edited rows, and from rows as loaded."""
    own: list[StoredRow] = []
    edited: list[StoredRow] = []
    marks = [row.mark for row in marked if isinstance(row.mark, str)]
    copied = {mark for other in _alike(table) for mark in rows.marks(other, marks)} | before.marks
    fitting = [row for row in marked if all(map(fits, row.values))]
    hashes = dict(
        zip(
            (row.element for row in fitting),
            stored_hashes(rows, table, [row.values for row in fitting]),
            strict=True,
        )
    )
    loaded = [row for row in marked if hashes.get(row.element) == row.mark not in copied]
    copied |= {row.mark for row in loaded}
    for row in marked:
        if row in loaded:
            continue
        if (
            not isinstance(row.mark, str)
            or row.mark in copied
            or _renamed(rows, table, row, before)
        ):
            own.append(row)
        else:
            edited.append(row)
    return own, edited, loaded


def _renamed(rows: VersionRows, table: Table, row: StoredRow, before: Before) -> bool:
    """Return whether a row is one that was missing, under another key."""
    if len(before.missing) > _CANDIDATES or not all(map(fits, row.values)):
        return False
    place = [p.name for p in property_columns(table)].index(key_of(table))
    values = [[*row.values[:place], key, *row.values[place + 1 :]] for key in before.missing]
    return row.mark in stored_hashes(rows, table, values)


def _alike(table: Table) -> Sequence[Table]:
    """Return the tables from whose rows somebody may have copied one: those of the same shape."""
    for group in (ENTITY_LINKS, CONTRACT_LINKS):
        if table in group:
            return group
    return (table,)
