"""Cypher statements that write, built from the schema; values are always parameters."""

from __future__ import annotations

from collections.abc import Iterable

from graph.neo4j_server.rows import property_columns
from graph.neo4j_server.schema import GONE, LABELS, LINKS, NODES, VANISHED
from graph.neo4j_server.shape import NodeLabel, Property, Reference, RelationshipType, Table, key_of

_MARKS = "{_set: n._set, _v: n._v, _h: n._h}"


def constraints() -> list[str]:
    """Return the statements that make constraints and indexes, each safe to repeat."""
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
    """Make a node's relationships of one kind, to those that are there."""
    carried = "".join(f", e.{name} = n.{name}" for name in reference.carries)
    made = f"CREATE (n)-[e:{reference.type}]->(x) SET e = m{carried}"
    once = "WITH DISTINCT n, m, id " if reference.many else ""
    return (
        f"CALL (n, m) {{ UNWIND n.{reference.column} AS id {once}"
        f"MATCH (x:{reference.target} {{id: id}}) {made} }}"
    )


def _at_once(node: NodeLabel) -> Iterable[Reference]:
    """References whose other ends were all written before; the others are tied afterwards."""
    return (r for r in node.references if r.target != node.label)


def create_nodes(node: NodeLabel, labels: str) -> str:
    """Return the statement for nodes of a label that has none yet: $rows, as they are."""
    written = f"UNWIND $rows AS r CREATE (n:{labels}) SET n = r"
    calls = " ".join(map(_refer, _at_once(node)))
    return f"{written} WITH n, {_MARKS} AS m {calls}" if calls else written


def write_nodes(node: NodeLabel, labels: str) -> str:
    """Return the statement for nodes that may be there: $rows with all their keys."""
    others = [f"n:{label}" for label in LABELS.values() if label not in labels.split(":")]
    strip = f" REMOVE {', '.join(others)}" if node.label == "Entity" else ""
    written = f"UNWIND $rows AS r MERGE (n:{node.label} {{id: r.id}}) SET n += r, n:{labels}{strip}"
    return written + _renewed(node)


def _renewed(node: NodeLabel) -> str:
    """Make a node's relationships anew."""
    if not node.references:
        return ""
    types = "|".join(dict.fromkeys(r.type for r in node.references))
    undo = f" WITH n CALL (n) {{ MATCH (n)-[e:{types}]->() WHERE e._set IS NOT NULL DELETE e }}"
    calls = " ".join(map(_refer, _at_once(node)))
    return undo + (f" WITH n, {_MARKS} AS m {calls}" if calls else "")


def create_links(link: RelationshipType) -> str:
    """Return the statement for links of a type that has none yet: $rows of tail, head, p."""
    return f"{_ends(link)} CREATE (a)-[l:{link.type}]->(b) SET l = r.p"


def write_links(link: RelationshipType) -> str:
    """Return the statement for links that may be there: $rows of tail, head, p."""
    merge = f"MERGE (a)-[l:{link.type} {{link_id: r.p.link_id}}]->(b) SET l += r.p"
    return f"{_ends(link)} {merge}"


def _ends(link: RelationshipType) -> str:
    return (
        f"UNWIND $rows AS r MATCH (a:{link.tail} {{id: r.tail}}) "
        f"MATCH (b:{link.head} {{id: r.head}})"
    )


# -- What is there ---------------------------------------------------------------------------------


def is_there(table: Table) -> str:
    """Return the statement that tells whether there is a node of a label, a link of a type."""
    return f"MATCH {_pattern(table)} RETURN 1 LIMIT 1"


def count_rows(table: Table) -> str:
    """Return the statement that counts what the loader wrote."""
    return f"MATCH {_pattern(table)} WHERE n._set IS NOT NULL RETURN count(n)"


def keys(table: Table) -> str:
    """Return the statement for the keys of all that the loader wrote."""
    return f"MATCH {_pattern(table)} WHERE n._set IS NOT NULL RETURN n.{key_of(table)}"


def stored(table: Table, properties: Iterable[Property]) -> str:
    """Return the statement for what stands under $ids: key, loader's or not, hash, values."""
    # of a map each value is found at once; of a node, along the chain of its properties
    values = ", ".join(
        f"toString(p.{p.name})" if p.type == "date" else f"p.{p.name}" for p in properties
    )
    pattern = _pattern(table, f" {{{key_of(table)}: id}}")
    return (
        f"UNWIND $ids AS id MATCH {pattern} WITH id, properties(n) AS p "
        f"RETURN id, p._set IS NOT NULL AND p._ours IS NULL, p._h, [{values}]"
    )


def stored_properties(table: Table) -> str:
    """Return the statement for all properties of what stands under $ids."""
    pattern = _pattern(table, f" {{{key_of(table)}: id}}")
    return f"UNWIND $ids AS id MATCH {pattern} RETURN id, properties(n)"


def join_rows(table: Table) -> str:
    """Return the statement that adds to what was made by hand: $rows with all keys to set."""
    key = key_of(table)
    pattern = _pattern(table, f" {{{key}: r.{key}}}")
    written = f"UNWIND $rows AS r MATCH {pattern} SET n += r"
    return written + (_renewed(table) if isinstance(table, NodeLabel) else "")


def _pattern(table: Table, which: str = "") -> str:
    if isinstance(table, NodeLabel):
        return f"(n:{table.label}{which})"
    return f"()-[n:{table.type}{which}]->()"


# -- Relationships of the record -------------------------------------------------------------------


def referring(node: NodeLabel, type_: str) -> str:
    """Return the statement that counts a node's relationships of one type."""
    return f"MATCH (:{node.label})-[e:{type_}]->() WHERE e._set IS NOT NULL RETURN count(e)"


def tie(node: NodeLabel, type_: str) -> list[str]:
    """Return the statements that mend all relationships of one type: take off, then add."""
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


# -- What vanished ---------------------------------------------------------------------------------


def release(table: Table) -> str:
    """Return the statement that takes what the loader added off what was made by hand, of $ids.

    It returns the ids of what was made by hand.
    """
    pattern = _pattern(table, f" {{{key_of(table)}: id}}")
    marks = "n._set = null, n._v = null, n._h = null, n._rows = null, n._ours = null"
    off = "".join(
        f"n.{p.name} = CASE WHEN '{p.name}' IN p._ours THEN null ELSE p.{p.name} END, "
        for p in table.properties
    )
    refs = "CALL (n) { MATCH (n)-[e]-() WHERE e._set IS NOT NULL DELETE e } "
    return (
        f"UNWIND $ids AS id MATCH {pattern} WHERE n._ours IS NOT NULL "
        f"{refs if isinstance(table, NodeLabel) else ''}"
        f"WITH id, n, properties(n) AS p SET {off}{marks} RETURN id"
    )


def drop_links(link: RelationshipType) -> str:
    """Return the statement that takes out the links $ids; what a person wrote on one is kept.

    It returns the ids of those that were relabelled instead.
    """
    ours = sorted({"_v", *(p.name for p in property_columns(link))})
    return (
        f"UNWIND $ids AS id MATCH (a)-[l:{link.type} {{link_id: id}}]->(b) "
        "WHERE l._set IS NOT NULL "
        f"WITH id, a, b, l, any(k IN keys(l) WHERE NOT k IN {ours!r}) AS kept "
        "CALL (a, b, l, kept) { WITH * WHERE kept "
        f"CREATE (a)-[g:{GONE}]->(b) SET g = properties(l), g.type = '{link.type}' "
        "REMOVE g._set, g._v, g._h } "
        "DELETE l WITH id, kept WHERE kept RETURN id"
    )


def drop_nodes(node: NodeLabel) -> str:
    """Return the statement that takes out the nodes $ids.

    Those on which something made by hand hangs are relabelled, and their ids returned.
    """
    ours = sorted({"_v", "_was", *(p.name for p in property_columns(node))})
    labels = [node.label, *(LABELS.values() if node.label == "Entity" else ())]
    strip = ", ".join(f"n:{label}" for label in labels)
    return (
        f"UNWIND $ids AS id MATCH (n:{node.label} {{id: id}}) WHERE n._set IS NOT NULL "
        "CALL (n) { MATCH (n)-[e]-() WHERE e._set IS NOT NULL DELETE e } "
        "WITH id, n, EXISTS { (n)-[h]-() WHERE h._set IS NULL } "
        f"OR any(k IN keys(n) WHERE NOT k IN {ours!r}) "
        f"OR any(l IN labels(n) WHERE NOT l IN {labels!r}) AS kept "
        "CALL (n, kept) { WITH * WHERE kept "
        f"SET n._was = labels(n), n:{VANISHED} "
        f"REMOVE {strip}, n._set, n._v, n._h, n._rows }} "
        "CALL (n, kept) { WITH * WHERE NOT kept DELETE n } "
        "WITH id, kept WHERE kept RETURN id"
    )


def revive(node: NodeLabel) -> str:
    """Return the statement that gives nodes that vanished, and are back, their label again."""
    return (
        f"UNWIND $ids AS id MATCH (n:{VANISHED} {{id: id}}) WHERE '{node.label}' IN n._was "
        f"SET n:{node.label}, n._set = [] REMOVE n:{VANISHED}, n._was"
    )
