"""The rows that stand in a server, with everything that a comparison needs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from graph.neo4j_server.schema import ENTITY, LABELS
from graph.neo4j_server.shape import (
    NodeLabel,
    Property,
    Table,
    key_of,
    label_or_type,
    property_columns,
)

if TYPE_CHECKING:
    from graph.neo4j_server.connection import Connection

#: Type of a property -> the types of Cypher that fit it.
CYPHER_TYPES = {
    "string": "STRING",
    "string[]": "LIST<STRING>",
    "double": "INTEGER | FLOAT",
    "boolean": "BOOLEAN",
    "date": "DATE",
}
_SECOND_LABELS = frozenset(LABELS.values())


class StoredRow(msgspec.Struct, frozen=True):
    """A node or link of a server.

    Parameters
    ----------
    key : str
        Its `id` or `link_id`, as text.
    element : str
        Its element id.
    ours : bool
        Whether the loader wrote it.
    joined : bool
        Whether it is a manual addition that a load joined to a row.
    mark : object
        Its property `_h`.
    values : list
        Its values in the order of `property_columns`; a map where the type is wrong.
    ends : tuple of str, optional
        Ids of a link's ends; None for an end without the right label.
    labels : set of str, optional
        Second labels of an entity.
    ties : Counter, optional
        The record's relationships of a node: type, target, carried values, hash.
    """

    key: str
    element: str
    ours: bool
    joined: bool
    mark: Any
    values: list[Any]
    ends: tuple[Any, Any] | None = None
    labels: set[str] | None = None
    ties: Counter[tuple[Any, ...]] | None = None

    def name(self, table: Table) -> str:
        """Return what to call the row in a report."""
        if self.ends is None:
            return f"{label_or_type(table)} {self.key}"
        tail, head = ("?" if end is None else end for end in self.ends)
        return f"({tail})-[:{label_or_type(table)}]->({head})"


def stored_rows(
    connection: Connection, table: Table, keys: Sequence[str], *, whole: bool
) -> Iterator[StoredRow]:
    """Read the rows with some keys.

    Parameters
    ----------
    connection : Connection
        An open connection to the server.
    table : NodeLabel or RelationshipType
        Label or type of the rows.
    keys : sequence of str
        Their keys.
    whole : bool
        Whether to read values, labels and relationships too.
    """
    statement = f"UNWIND $keys AS key MATCH {_pattern(table, key_of(table))} {_read(table, whole)}"
    for row in connection.rows(statement, keys=list(keys)):
        yield _row(table, row, whole)


def marked_rows(
    connection: Connection, table: Table, elements: Sequence[str]
) -> Iterator[StoredRow]:
    """Read the rows with some element ids, values included.

    Parameters
    ----------
    connection : Connection
        An open connection to the server.
    table : NodeLabel or RelationshipType
        Label or type of the rows.
    elements : sequence of str
        Their element ids.
    """
    statement = (
        f"UNWIND $elements AS at MATCH {_pattern(table)} WHERE elementId(n) = at "
        f"{_read(table, whole=True)}"
    )
    for row in connection.rows(statement, elements=list(elements)):
        yield _row(table, row, whole=True)


def value_of(name: str, type_: str, variable: str = "p") -> str:
    """Return the Cypher for a value, days as text; a map with its type where that is wrong.

    Parameters
    ----------
    name : str
        Name of the property.
    type_ : str
        Type of the property.
    variable : str
        Variable of the map that holds it.

    Examples
    --------
    >>> value_of("country", "string[]")
    'CASE WHEN p.country IS :: LIST<STRING> THEN p.country ELSE {wrong: valueType(p.country)} END'
    """
    value = f"{variable}.{name}"
    shown = f"toString({value})" if type_ == "date" else value
    test = f"{value} IS :: {CYPHER_TYPES[type_]}"
    return f"CASE WHEN {test} THEN {shown} ELSE {{wrong: valueType({value})}} END"


def _pattern(table: Table, key: str = "") -> str:
    which = f" {{{key}: key}}" if key else ""
    if isinstance(table, NodeLabel):
        return f"(n:{table.label}{which})"
    return f"(a)-[n:{table.type}{which}]->(b)"


def _read(table: Table, whole: bool) -> str:
    # a map finds each value at once; a node searches its chain of properties
    values = ", ".join(value_of(p.name, p.type) for p in _properties(table, whole))
    marks = "p._set IS NOT NULL AND p._ours IS NULL, p._ours IS NOT NULL"
    key = f"coalesce(toStringOrNull(p.{key_of(table)}), '?')"
    common = f"{key}, elementId(n), {marks}, {value_of('_h', 'string')}, [{values}]"
    if not isinstance(table, NodeLabel):
        ends = f"{_id_of('a', table.tail)}, {_id_of('b', table.head)}"
        return f"WITH a, b, n, properties(n) AS p RETURN {common}, [{ends}]"
    more = ""
    if whole and table is ENTITY:
        more = ", labels(n)"
    elif whole and table.references:
        more = f", {_ties(table)}"
    return f"WITH n, properties(n) AS p RETURN {common}{more}"


def _ties(node: NodeLabel) -> str:
    """Return the Cypher for the record's relationships of a node."""
    carried = sorted({name for reference in node.references for name in reference.carries})
    targets = " ".join(
        f"WHEN '{type_}' THEN {_id_of('x', target)}"
        for type_, target in {r.type: r.target for r in node.references}.items()
    )
    values = ", ".join(value_of(name, "string", "e") for name in carried)
    types = "|".join(dict.fromkeys(r.type for r in node.references))
    return (
        f"[(n)-[e:{types}]->(x) WHERE e._set IS NOT NULL | "
        f"[type(e), CASE type(e) {targets} END, [{values}], {value_of('_h', 'string', 'e')}]]"
    )


def _id_of(variable: str, label: str) -> str:
    """Return the Cypher for the id of a node with the right label; null for other nodes."""
    test = f"{variable}:{label} AND {variable}.id IS :: STRING"
    return f"CASE WHEN {test} THEN {variable}.id END"


def _properties(table: Table, whole: bool) -> Iterable[Property]:
    return property_columns(table) if whole else ()


def _row(table: Table, row: list[Any], whole: bool) -> StoredRow:
    key, element, ours, joined, mark, values, *more = row
    stored = StoredRow(key, element, ours, joined, mark, values)
    if not isinstance(table, NodeLabel):
        return msgspec.structs.replace(stored, ends=tuple(more[0]))
    if whole and table is ENTITY:
        return msgspec.structs.replace(stored, labels=_SECOND_LABELS & {*more[0]})
    if whole and table.references:
        carries = {r.type: len(r.carries) for r in table.references}
        ties = Counter(
            (
                type_,
                _hashable(target),
                tuple(map(_hashable, carried[: carries[type_]])),
                _hashable(h),
            )
            for type_, target, carried, h in more[0]
        )
        return msgspec.structs.replace(stored, ties=ties)
    return stored


def _hashable(value: Any) -> Any:
    return value if value is None or isinstance(value, (str, int, float)) else repr(value)
