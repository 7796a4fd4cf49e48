"""The Cypher of the Neo4j store. Manual edits have no `_set`, and the statements skip them."""

from __future__ import annotations

from graph.neo4j_server.records import LINK_FIELDS, LINK_TYPES, fields_of
from graph.neo4j_server.schema import CLAIM, ENTITY, ENTITY_LINKS, LOAD, REPLY, SOURCE
from graph.neo4j_server.stored import value_of
from graph.record.replies import NEEDS_REPLY, READABLE
from graph.stores.base import DOCUMENTS as DOCUMENTS_SCHEMA

#: The state of the server's load, read with every answer.
LOADED = f"MATCH (l:{LOAD}) RETURN l.version AS version"

_OURS = "WITH n, properties(n) AS p WHERE p._set IS NOT NULL RETURN"

ENTITIES = f"UNWIND $ids AS id MATCH (n:Entity {{id: id}}) {_OURS} {fields_of(ENTITY)}"
CLAIMS = f"UNWIND $ids AS id MATCH (n:Claim {{id: id}}) {_OURS} {fields_of(CLAIM)}"
CLAIMS_ABOUT = (
    "MATCH (:Entity {id: $id})<-[r:SUBJECT|OBJECT|NAMES_PROGRAMME|NAMES_PRODUCT]-(n:Claim) "
    f"WHERE r._set IS NOT NULL WITH DISTINCT n {_OURS} {fields_of(CLAIM)}"
)
REPLIES = f"UNWIND $ids AS id MATCH (n:Reply {{claim: id}}) {_OURS} {fields_of(REPLY)}"
SOURCES = f"UNWIND $ids AS id MATCH (n:Source {{id: id}}) {_OURS} {fields_of(SOURCE)}"

#: Entities that meet a condition, with the rows of those in several sets.
NAMED = f"MATCH (n:Entity) WHERE {{condition}} {_OURS} {fields_of(ENTITY)}, " + value_of(
    "_rows", "string[]"
)

# -- Links -----------------------------------------------------------------------------------------

_LINK = f"WITH a, b, l, properties(l) AS p WHERE p._set IS NOT NULL RETURN {LINK_FIELDS} AS link"

LINKS = (
    "UNWIND $ids AS id CALL (id) { "
    + " UNION ALL ".join(
        f"MATCH (a:Entity)-[l:{link.type} {{link_id: id}}]->(b:Entity) {_LINK}"
        for link in ENTITY_LINKS
    )
    + " } RETURN link"
)

NEIGHBOURS = " UNION ALL ".join(
    f"MATCH {pattern} {_LINK}"
    for pattern in (
        f"(a:Entity {{id: $id}})-[l:{LINK_TYPES}]->(b:Entity)",
        f"(b:Entity {{id: $id}})<-[l:{LINK_TYPES}]-(a:Entity)",
        "(a:Entity)-[l:SUPPLIES {programme: $id}]->(b:Entity)",
    )
)

# -- Overview --------------------------------------------------------------------------------------

COUNTED = {
    "entities": "(n:Entity)",
    "sources": "(n:Source)",
    "claims": "(n:Claim)",
    "replies": "(n:Reply)",
    "judgements": "(n:Judgement)",
    "links": f"()-[n:{LINK_TYPES}]->()",
}
COUNTS = "RETURN " + ", ".join(
    f"COUNT {{ MATCH {pattern} WHERE n._set IS NOT NULL }} AS {name}"
    for name, pattern in COUNTED.items()
)

_DATED = f"MATCH ()-[n:{LINK_TYPES.replace('|SAME_AS', '')}]->() WHERE n._set IS NOT NULL"
_FIRST = "RETURN count(id) AS total, collect(id)[..$limit] AS ids"

#: Name of a gap -> table of its ids, and the statement that finds them.
GAPS = {
    "undated_links": ("links", f"{_DATED} AND n.undated = true WITH n.link_id AS id"),
    "unanswered_claims": (
        "claims",
        f"MATCH (c:Claim) WHERE c._set IS NOT NULL AND {NEEDS_REPLY} AND NOT EXISTS {{ "
        f"MATCH (r:Reply {{claim: c.id}}) WHERE r._set IS NOT NULL AND {READABLE} }} "
        "WITH c.id AS id",
    ),
    "supplies_without_programme": (
        "links",
        "MATCH ()-[n:SUPPLIES]->(b:Entity) WHERE n._set IS NOT NULL AND n.programme IS NULL "
        "AND b.kind <> 'company' WITH n.link_id AS id",
    ),
    "single_origin_links": (
        "links",
        f"MATCH ()-[n:{LINK_TYPES}]->() WHERE n._set IS NOT NULL "
        "AND CASE WHEN n.roots IS :: LIST<STRING> THEN size(n.roots) END = 1 "
        "WITH n.link_id AS id",
    ),
}
GAP = "{ids} ORDER BY id WHERE id IS :: STRING NOT NULL " + _FIRST

#: Texts of a source in the list of sources.
DOCUMENT_NAMES = tuple(DOCUMENTS_SCHEMA.names[:-1])
#: Sources, in the order of the columns of `graph.stores.base.DOCUMENTS`.
DOCUMENTS = (
    "MATCH (s:Source) WHERE s._set IS NOT NULL RETURN "
    + ", ".join(value_of(name, "string", "s") for name in DOCUMENT_NAMES)
    + ", COUNT { (s)<-[r:CITES]-(:Claim) WHERE r._set IS NOT NULL }"
)
