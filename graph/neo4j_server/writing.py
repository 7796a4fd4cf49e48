"""The loader's Cypher statements, built from the schema; values are always parameters."""

from __future__ import annotations

from collections.abc import Iterable

from graph.neo4j_server.schema import GONE, LABELS, LINKS, NODES, TABLES, VANISHED
from graph.neo4j_server.shape import (
    NodeLabel,
    Reference,
    RelationshipType,
    Table,
    key_of,
    property_columns,
)

#: Hash of a row that was restored, until the version's values are written.
REVIVED = "revived"
_MARKS = "{_set: n._set, _v: n._v, _h: n._h}"


def constraints() -> list[str]:
    """Return the statements that create constraints and indexes; all can be repeated."""
    unique = "CREATE CONSTRAINT sightline_{0} IF NOT EXISTS FOR (n:{1}) REQUIRE n.id IS UNIQUE"
    on_node = "CREATE INDEX sightline_{0}_{2} IF NOT EXISTS FOR (n:{1}) ON (n.{2})"
    on_link = "CREATE INDEX sightline_{0}_{2} IF NOT EXISTS FOR ()-[r:{1}]-() ON (r.{2})"
    text = "CREATE TEXT INDEX sightline_search IF NOT EXISTS FOR (n:Entity) ON (n.search)"
    return [  # indexes first: they fill all at once, and constraints one after the other
        *(on_link.format(link.type.lower(), link.type, "link_id") for link in LINKS),
        on_link.format("supplies", "SUPPLIES", "programme"),
        on_node.format("claim", "Claim", "link_id"),
        on_node.format("reply", "Reply", "claim"),
        text,
        *(unique.format(node.label.lower(), node.label) for node in NODES),
    ]


def _refer(reference: Reference) -> str:
    """Return the Cypher that creates the relationships of a reference to existing nodes."""
    carried = "".join(f", e.{name} = n.{name}" for name in reference.carries)
    create = f"CREATE (n)-[e:{reference.type}]->(x) SET e = m{carried}"
    once = "WITH DISTINCT n, m, id " if reference.many else ""
    return (
        f"CALL (n, m) {{ UNWIND n.{reference.column} AS id {once}"
        f"MATCH (x:{reference.target} {{id: id}}) {create} }}"
    )


def _at_once(node: NodeLabel) -> Iterable[Reference]:
    """Return the references to labels that were written before; `tie` adds the others."""
    return (r for r in node.references if r.target != node.label)


def create_nodes(node: NodeLabel, labels: str) -> str:
    """Return the statement that creates nodes of a label from $rows."""
    written = f"UNWIND $rows AS r CREATE (n:{labels}) SET n = r"
    calls = " ".join(map(_refer, _at_once(node)))
    return f"{written} WITH n, {_MARKS} AS m {calls}" if calls else written


def write_nodes(node: NodeLabel, labels: str) -> str:
    """Return the statement that creates or updates nodes; $rows hold every property."""
    others = [f"n:{label}" for label in LABELS.values() if label not in labels.split(":")]
    strip = f" REMOVE {', '.join(others)}" if node.label == "Entity" else ""
    written = f"UNWIND $rows AS r MERGE (n:{node.label} {{id: r.id}}) SET n += r, n:{labels}{strip}"
    return written + _renewed(node)


def _renewed(node: NodeLabel) -> str:
    """Return the Cypher that deletes and recreates the relationships of a node's references."""
    if not node.references:
        return ""
    types = "|".join(dict.fromkeys(r.type for r in node.references))
    undo = f" WITH n CALL (n) {{ MATCH (n)-[e:{types}]->() WHERE e._set IS NOT NULL DELETE e }}"
    calls = " ".join(map(_refer, _at_once(node)))
    return undo + (f" WITH n, {_MARKS} AS m {calls}" if calls else "")


def create_links(link: RelationshipType) -> str:
    """Return the statement that creates links of a type from $rows of tail, head and p."""
    return f"{_ends(link)} CREATE (a)-[l:{link.type}]->(b) SET l = r.p"


def write_links(link: RelationshipType) -> str:
    """Return the statement that creates or updates links from $rows of tail, head and p."""
    merge = f"MERGE (a)-[l:{link.type} {{link_id: r.p.link_id}}]->(b) SET l += r.p"
    return f"{_ends(link)} {merge}"


def _ends(link: RelationshipType) -> str:
    return (
        f"UNWIND $rows AS r MATCH (a:{link.tail} {{id: r.tail}}) "
        f"MATCH (b:{link.head} {{id: r.head}})"
    )


# -- Reading ---------------------------------------------------------------------------------------


def is_there(table: Table) -> str:
    """Return the statement that checks whether a label or type has any row."""
    return f"MATCH {_pattern(table)} RETURN 1 LIMIT 1"


def count_rows(table: Table) -> str:
    """Return the statement that counts the rows that the loader wrote."""
    return f"MATCH {_pattern(table)} WHERE n._set IS NOT NULL RETURN count(n)"


def count_all() -> str:
    """Return the statement that counts the rows of each table, in one row."""
    counts = (f"COUNT {{ MATCH {_pattern(t)} WHERE n._set IS NOT NULL }}" for t in TABLES)
    return f"RETURN {', '.join(counts)}"


def keys(table: Table) -> str:
    """Return the statement for all marked rows: key as text or null, element id, labels."""
    key = f"CASE WHEN n.{key_of(table)} IS :: STRING THEN n.{key_of(table)} END"
    labels = "labels(n)" if isinstance(table, NodeLabel) else "[]"
    return f"MATCH {_pattern(table)} WHERE n._set IS NOT NULL RETURN {key}, elementId(n), {labels}"


def stored_properties(table: Table) -> str:
    """Return the statement for all properties of the elements $elements, as name and value."""
    return (
        f"UNWIND $elements AS at MATCH {_pattern(table)} WHERE elementId(n) = at "
        f"RETURN at, {properties_of('n')}"
    )


def properties_of(variable: str) -> str:
    """Return the Cypher for all properties as pairs of name and value, other types as text."""
    plain = "STRING | INTEGER | FLOAT | BOOLEAN"
    value = f"{variable}[k]"
    return (
        f"[k IN keys({variable}) | [k, CASE WHEN {value} IS :: {plain} | LIST<{plain}> "
        f"THEN {value} WHEN {value} IS :: LIST<ANY> THEN [x IN {value} | toStringOrNull(x)] "
        f"ELSE coalesce(toStringOrNull({value}), valueType({value})) END]]"
    )


def join_rows(table: Table) -> str:
    """Return the statement that adds properties to manual additions: $rows of `at` and `p`."""
    pattern = _pattern(table)
    written = f"UNWIND $rows AS r MATCH {pattern} WHERE elementId(n) = r.at SET n += r.p"
    return written + (_renewed(table) if isinstance(table, NodeLabel) else "")


def _pattern(table: Table, which: str = "") -> str:
    if isinstance(table, NodeLabel):
        return f"(n:{table.label}{which})"
    return f"()-[n:{table.type}{which}]->()"


# -- Relationships of the record -------------------------------------------------------------------


def referring(node: NodeLabel, type_: str) -> str:
    """Return the statement that counts the record relationships of a label and type."""
    return f"MATCH (:{node.label})-[e:{type_}]->() WHERE e._set IS NOT NULL RETURN count(e)"


def tie(node: NodeLabel, type_: str) -> list[str]:
    """Return the statements that correct all relationships of a type: remove, then add."""
    references = [r for r in node.references if r.type == type_]
    named = " OR ".join(
        f"x.id IN n.{r.column}" if r.many else f"x.id = n.{r.column}" for r in references
    )
    batched = f"IN TRANSACTIONS OF {10_000} ROWS"
    off = (
        f"MATCH (n:{node.label})-[e:{type_}]->(x) WHERE e._set IS NOT NULL "
        f"AND (e._h <> n._h OR NOT coalesce({named}, false)) "
        f"CALL (e) {{ DELETE e }} {batched}"
    )
    return [off, *(_add(node, reference, batched) for reference in references)]


def _add(node: NodeLabel, reference: Reference, batched: str) -> str:
    missing = (
        f"NOT EXISTS {{ (n)-[o:{reference.type}]->(x) WHERE o._set IS NOT NULL }} "
        f"CREATE (n)-[e:{reference.type}]->(x) SET e = {_MARKS}"
    )
    carried = "".join(f", e.{name} = n.{name}" for name in reference.carries)
    return (
        f"MATCH (n:{node.label}) WHERE n._set IS NOT NULL AND n.{reference.column} IS NOT NULL "
        f"CALL (n) {{ UNWIND n.{reference.column} AS id MATCH (x:{reference.target} {{id: id}}) "
        f"WITH n, x WHERE {missing}{carried} }} {batched}"
    )


# -- Removing ------------------------------------------------------------------------------------


def drop_rows(table: Table) -> str:
    """Return the statement that removes the elements $elements, or relabels them.

    It relabels rows that people use or annotated and, where $keep is true, all of them. It returns
    the element ids of the relabelled rows.
    """
    return _drop_nodes(table) if isinstance(table, NodeLabel) else _drop_links(table)


def _drop_links(link: RelationshipType) -> str:
    ours = sorted({"_v", *(p.name for p in property_columns(link))})
    return (
        f"UNWIND $elements AS at MATCH (a)-[l:{link.type}]->(b) WHERE elementId(l) = at "
        f"WITH at, a, b, l, $keep OR any(k IN keys(l) WHERE NOT k IN {ours!r}) AS kept "
        "CALL (a, b, l, kept) { WITH * WHERE kept "
        f"CREATE (a)-[g:{GONE}]->(b) SET g = properties(l), g.type = '{link.type}' "
        "REMOVE g._set, g._v, g._h } "
        "DELETE l WITH at, kept WHERE kept RETURN at"
    )


def _drop_nodes(node: NodeLabel) -> str:
    ours = sorted({"_v", "_was", *(p.name for p in property_columns(node))})
    labels = [node.label, *(LABELS.values() if node.label == "Entity" else ())]
    strip = ", ".join(f"n:{label}" for label in labels)
    return (
        f"UNWIND $elements AS at MATCH (n:{node.label}) WHERE elementId(n) = at "
        "CALL (n) { MATCH (n)-[e]-() WHERE e._set IS NOT NULL DELETE e } "
        "WITH at, n, $keep OR EXISTS { (n)-[h]-() WHERE h._set IS NULL } "
        f"OR any(k IN keys(n) WHERE NOT k IN {ours!r}) "
        f"OR any(l IN labels(n) WHERE NOT l IN {labels!r}) AS kept "
        "CALL (n, kept) { WITH * WHERE kept "
        f"SET n._was = labels(n), n:{VANISHED} "
        f"REMOVE {strip}, n._set, n._v, n._h, n._rows }} "
        "CALL (n, kept) { WITH * WHERE NOT kept DELETE n } "
        "WITH at, kept WHERE kept RETURN at"
    )


def revive(node: NodeLabel) -> str:
    """Return the statement that restores the label of vanished nodes with $ids."""
    return (
        f"UNWIND $ids AS id MATCH (n:{VANISHED} {{id: id}}) WHERE '{node.label}' IN n._was "
        f"SET n:{node.label}, n._set = [], n._h = '{REVIVED}' REMOVE n:{VANISHED}, n._was"
    )
