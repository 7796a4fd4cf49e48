"""docs/queries.md: below its introduction, a section for each question of the library."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.tools.cli_page import MARK

if TYPE_CHECKING:
    from graph.queries.question import LibraryQuestion

QUERIES_PAGE = "docs/queries.md"


def queries_page(page: str) -> str:
    """Return the page with a section for each question, a topic at a time."""
    from graph.queries import library

    introduction = page.partition(MARK)[0]
    found = library.read_library([library.folder()])
    parts = [
        f"## {topic}\n\n" + "\n".join(map(section, some)) for topic, some in found.topics().items()
    ]
    return introduction + MARK + "\n" + "\n".join(parts)


def section(question: LibraryQuestion) -> str:
    """Return the section of one question."""
    from graph.queries import types

    header = question.header
    engines = " and ".join({"neo4j": "Neo4j", "embedded": "embedded"}[e] for e in header.engines)
    asked = f"### {question.name}\n\n**{header.title}.** {header.explains}\n\n"
    if header.parameters:
        asked += "| parameter | type | default | |\n|---|---|---|---|\n"
        for p in header.parameters:
            asked += f"| `{p.name}` | {p.type} | `{types.as_cypher(p.default)}` | {p.meaning} |\n"
        asked += "\n"
    asked += "| column | type | |\n|---|---|---|\n"
    for column in header.columns:
        asked += f"| `{column.name}` | {column.type} | {column.meaning} |\n"
    body = question.text.partition("\n\n")[2].strip()
    return (
        f"{asked}\n*Does not show:* {header.does_not_show}\n\n"
        f"*Engines:* {engines}. [{question.path.name}](../cypher/{question.path.name})\n\n"
        f"```cypher\n{body}\n```\n"
    )
