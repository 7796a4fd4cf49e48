"""The shape of the graph's schema: properties, references, nodes and links.

`graph.neo4j_server.schema` fills it in.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

#: Text, list of text, number, truth value, day; in the words of the server's importer.
Type: TypeAlias = Literal["string", "string[]", "double", "boolean", "date"]


class Property(msgspec.Struct, frozen=True):
    """A property: its name, its type, and what it says."""

    name: str
    says: str
    type: Type = "string"


class Reference(msgspec.Struct, frozen=True):
    """A relationship of the record: it leads from a node to those that one of its columns names.

    Parameters
    ----------
    type : str
        Type of the relationship.
    column : str
        Property of the node that holds the id, or the ids, of the others.
    target : str
        Label of the others.
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
        The label.
    says : str
        What such a node is.
    properties : tuple of Property
        Without the marks.
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
        The type.
    says : str
        What such a link means.
    tail, head : str
        Labels of its ends.
    properties : tuple of Property
        Without the marks.
    """

    type: str
    says: str
    tail: str
    head: str
    properties: tuple[Property, ...]


Table: TypeAlias = NodeLabel | RelationshipType


def label_or_type(table: Table) -> str:
    """Return a node's label, a link's type."""
    return table.label if isinstance(table, NodeLabel) else table.type


def key_of(table: Table) -> str:
    """Return the name of the property that tells the rows of a table apart."""
    return "id" if isinstance(table, NodeLabel) else "link_id"
