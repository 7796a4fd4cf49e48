"""`sightline cypher`: one statement of one's own, which only reads."""

from __future__ import annotations

from typing import Any

import click
import msgspec

from app.cli import output
from app.cli.options import Request, examples, options
from app.cli.page import Page, counted
from graph import settings
from graph.errors import UsageError
from graph.queries.grammar.limits import FUNCTIONS, PROCEDURES

_EXAMPLE = 'sightline cypher "MATCH (c:Claim) RETURN c.status, count(*) ORDER BY c.status"'
_EPILOG = (
    f"Functions: {', '.join(FUNCTIONS)}.\n\n"
    f"Procedures, without arguments: {', '.join(PROCEDURES)}.\n\n{examples(_EXAMPLE)}"
)


@click.command("cypher", context_settings={"default_map": {"store": "neo4j"}}, epilog=_EPILOG)
@click.argument("statement")
@click.option(
    "--limit",
    type=click.IntRange(1, 100_000),
    metavar="N",
    default=1000,
    show_default=True,
    help="Most rows of the answer.",
)
@click.option(
    "--seconds",
    type=click.FloatRange(0.1, 600),
    metavar="S",
    default=30,
    show_default=True,
    help="How long it may take.",
)
@options()
def command(request: Request, statement: str, limit: int, seconds: float) -> None:
    """Run one statement of Cypher that only reads, on the Neo4j server of NEO4J_URI.

    It is made of MATCH, OPTIONAL MATCH, WHERE, WITH, UNWIND, RETURN and UNION, or calls a listed
    procedure. Anything else is refused before it is sent, and so is what might take for ever.
    """
    from graph.queries import console
    from graph.server.local import run

    if request.store != "neo4j":
        raise UsageError(
            f"The store {request.store} does not speak Cypher. Leave --store out; "
            "`sightline query` asks it the questions of the library."
        )
    where = run.settings(settings.read(), request.folder)
    rows = console.run(statement, where, limit=limit, seconds=seconds)
    names = list(rows.columns)
    results = [dict(zip(names, row, strict=True)) for row in rows.rows]

    def table(page: Page) -> None:
        if results:
            page.table(names, [[_cell(value) for value in row] for row in rows.rows])
        else:
            page.text("Nothing answers to it.")
        page.gap()
        page.text(f"{counted(len(results), 'row')}.", style="dim")
        if rows.more:
            page.text(f"The whole answer has {rows.more}: ask for less, or see --limit.")

    output.write(
        request.format,
        output.Document(
            data_version=None,
            filters={"statement": statement, "limit": limit},
            total=len(results),
            left_out={"limit": 1} if rows.more else {},
            results=results,
        ),
        table,
        names,
    )


def _cell(value: Any) -> str:
    """Write a value: nodes, relationships and paths as Cypher draws them, mappings as JSON."""
    match value:
        case None:
            return ""
        case str():
            return value
        case {"labels": list(labels), "properties": dict(properties)}:
            said = "".join(f":{label}" for label in labels if label != "Entity")
            return f"({said} {properties.get('id', '')})"
        case {"type": str(kind), "ends": [tail, head]}:
            return f"({tail or ''})-[:{kind}]->({head or ''})"
        case {"nodes": [first, *others], "links": list(links)}:
            return _cell(first) + "".join(map(_step, [first, *others], links, others))
        case list():
            return ", ".join(map(_cell, value))
        case _:
            return msgspec.json.encode(value).decode()


def _step(before: Any, link: Any, after: Any) -> str:
    forth = link["ends"][0] == before["properties"].get("id")
    return f"{'' if forth else '<'}-[:{link['type']}]-{'>' if forth else ''}{_cell(after)}"
