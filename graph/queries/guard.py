"""Statements that pass over values of another type than the schema's.

Somebody may write a text where the schema has a list, and a server then stops the whole statement.
The guarded form of a statement reads such a value as absent.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache

from graph.neo4j_server.schema import TABLES
from graph.neo4j_server.shape import property_columns
from graph.neo4j_server.stored import CYPHER_TYPES
from graph.queries.grammar.tokens import Token, tokens


@cache
def _types() -> dict[str, str]:
    """Return the types of Cypher that each property of the schema may have."""
    types: dict[str, set[str]] = defaultdict(set)
    for table in TABLES:
        for property_ in property_columns(table):
            types[property_.name].add(CYPHER_TYPES[property_.type])
    return {name: " | ".join(sorted(allowed)) for name, allowed in types.items()}


def guarded(statement: str) -> str:
    """Return a statement that reads properties of a wrong type as null.

    Parameters
    ----------
    statement : str
        A statement of `graph.queries.grammar.readable`.

    Examples
    --------
    >>> guarded("MATCH (l:Claim {id: 'c'}) RETURN l.roots AS r")
    "MATCH (l:Claim {id: 'c'}) RETURN CASE WHEN l.roots IS :: LIST<STRING> THEN l.roots END AS r"
    """
    words = tokens(statement)
    pieces, end = [], 0
    for at, (variable, point, name) in enumerate(zip(words, words[1:], words[2:], strict=False)):
        if not _is_property(words, at):
            continue
        value = f"{variable.value}{point.value}{name.value}"
        pieces.append(statement[end : variable.at])
        pieces.append(f"CASE WHEN {value} IS :: {_types()[name.value]} THEN {value} END")
        end = name.at + len(name.value)
    return "".join([*pieces, statement[end:]])


def _is_property(words: list[Token], at: int) -> bool:
    """Return whether `variable.property` of the schema begins at a token."""
    variable, point, name = words[at : at + 3]
    before = words[at - 1].upper if at else ""
    after = words[at + 3].upper if at + 3 < len(words) else ""
    return (
        variable.sort == "word"
        and point.upper == "."
        and name.sort == "word"
        and name.value in _types()
        and before != "."
        and after not in ("(", ".")
    )
