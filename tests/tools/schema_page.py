"""docs/schema.md: below its introduction, what the server's schema says of labels and types."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from graph.neo4j_server.schema import CONTRACT_LINKS, ENTITY_LINKS, LABELS, MARKS, NODES
from graph.neo4j_server.shape import NodeLabel, Property, RelationshipType
from tests.tools.cli_page import MARK

SCHEMA_PAGE = "docs/schema.md"
_TYPES = {
    "string": "text",
    "string[]": "list of text",
    "double": "number",
    "boolean": "true or false",
    "date": "DATE",
}


def schema_page(page: str) -> str:
    """Return the page with what the schema says now."""
    return page.partition(MARK)[0] + MARK + "\n" + "\n".join(_lines())


def _lines() -> Iterator[str]:
    yield "## Nodes\n"
    for node in NODES:
        yield f"### :{node.label}\n"
        yield f"{node.says}\n"
        if node.label == "Entity":
            yield _table(
                ("kind", "label"), [(str(k), f"`:{label}`") for k, label in LABELS.items()]
            )
        yield _properties(node.properties)
        if node.references:
            yield _table(("relationship", "from its property"), list(_references(node)))
    yield "## Links\n"
    yield "### Between entities\n"
    yield "One for what all rows say together that agree in relation, ends, interval, contract,"
    yield "programme, product and in whether the supply lasts. It runs from the claims' subject to"
    yield "their object.\n"
    yield _links(ENTITY_LINKS)
    yield _properties(ENTITY_LINKS[0].properties)
    yield "### Of contracts\n"
    yield "From the supplies that name a contract and stand.\n"
    yield _links(CONTRACT_LINKS)
    yield _properties(CONTRACT_LINKS[0].properties)
    yield "## Marks\n"
    yield "On all that was loaded, and on nothing that people made themselves.\n"
    yield _properties(MARKS)


def _properties(properties: Iterable[Property]) -> str:
    return _table(
        ("property", "type", "says"), [(f"`{p.name}`", _TYPES[p.type], p.says) for p in properties]
    )


def _references(node: NodeLabel) -> Iterator[tuple[str, str]]:
    for reference in node.references:
        carried = f" {{{', '.join(reference.carries)}}}" if reference.carries else ""
        pattern = f"`(:{node.label})-[:{reference.type}{carried}]->(:{reference.target})`"
        yield pattern, f"`{reference.column}`"


def _links(links: Sequence[RelationshipType]) -> str:
    return _table(
        ("link", "means"),
        [(f"`(:{link.tail})-[:{link.type}]->(:{link.head})`", link.says) for link in links],
    )


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    cells = ([cell.replace("|", "\\|") for cell in line] for line in lines)
    return "".join(f"| {' | '.join(line)} |\n" for line in cells)
