"""The shape of the graph's schema: properties, references, nodes and links.

`graph.neo4j_server.schema` fills it in.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

#: Text, list of text, number, truth value, day; in the words of the server's importer.
Type: TypeAlias = Literal["string", "string[]", "double", "boolean", "date"]


class Property(msgspec.Struct, frozen=True):
    """A property: its name, its description and its type."""

    name: str
    says: str
    type: Type = "string"


class Reference(msgspec.Struct, frozen=True):
    """A relationship from a node to the nodes that one of its columns names.

    Parameters
    ----------
    type : str
        Type of the relationship.
    column : str
        Property of the node that holds the ids of the other nodes.
    target : str
        Label of the other nodes.
    many : bool
        Whether the column is a list.
    carries : tuple of str
        Properties of the node that the relationship repeats.
    """

    type: str
    column: str
    target: str
    many: bool = False
    carries: tuple[str, ...] = ()


class NodeLabel(msgspec.Struct, frozen=True):
    """A label with its properties and references; `id` is unique.

    Parameters
    ----------
    label : str
        Its label in the server.
    says : str
        Description of such a node.
    properties : tuple of Property
        Its properties, without the marks.
    references : tuple of Reference
        Relationships that are written with the node.
    """

    label: str
    says: str
    properties: tuple[Property, ...]
    references: tuple[Reference, ...] = ()


class RelationshipType(msgspec.Struct, frozen=True):
    """A relationship type of the links; `link_id` tells them apart.

    Parameters
    ----------
    type : str
        Its type in the server.
    says : str
        Meaning of such a link.
    tail, head : str
        Labels of its ends.
    properties : tuple of Property
        Its properties, without the marks.
    """

    type: str
    says: str
    tail: str
    head: str
    properties: tuple[Property, ...]


Table: TypeAlias = NodeLabel | RelationshipType


def label_or_type(table: Table) -> str:
    """Return the label of a node table or the type of a link table."""
    return table.label if isinstance(table, NodeLabel) else table.type


def key_of(table: Table) -> str:
    """Return the name of the property that identifies the rows of a table."""
    return "id" if isinstance(table, NodeLabel) else "link_id"


def property_columns(table: Table) -> list[Property]:
    """Return the properties of a row, including the hash but not the version."""
    marks = [Property("_set", "", "string[]"), Property("_h", "")]
    if isinstance(table, NodeLabel):
        marks.insert(1, Property("_rows", "", "string[]"))
    return [*table.properties, *marks]
