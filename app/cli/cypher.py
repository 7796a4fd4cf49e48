"""`sightline cypher`: one statement of one's own, which only reads."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, NamedTuple

import click
import msgspec

from app.cli import output
from app.cli.options import Request, examples, options
from app.cli.terminal_page import Page, number_of, say
from graph import settings
from graph.errors import UsageError
from graph.queries.grammar.limits import FUNCTIONS, PROCEDURES

if TYPE_CHECKING:
    from graph.dataset import Archive

_EXAMPLE = 'sightline cypher "MATCH (c:Claim) RETURN c.status, count(*) ORDER BY c.status"'
_VALUE = 'sightline cypher "MATCH (c {id: $vendor}) RETURN c.name" --param vendor=morpho'
_EPILOG = (
    f"Functions: {', '.join(FUNCTIONS)}.\n\n"
    f"Procedures, without arguments: {', '.join(PROCEDURES)}.\n\n{examples(_EXAMPLE, _VALUE)}"
)


def _parameters(
    ctx: click.Context, param: click.Parameter, value: tuple[str, ...]
) -> dict[str, Any]:
    parameters: dict[str, Any] = {}
    for option in value:
        name, equals, text = option.partition("=")
        is_json = name.endswith(":")
        name = name.removesuffix(":")
        if not equals or not name.isidentifier():
            form = "NAME=TEXT or NAME:=JSON"
            raise click.BadParameter(f"{option!r} is not of the form {form}.", ctx, param)
        try:
            parameters[name] = msgspec.json.decode(text) if is_json else text
        except msgspec.DecodeError:
            raise click.BadParameter(
                f"{text!r} is not JSON. For a text, write {name}={text}.", ctx, param
            ) from None
    return parameters


@click.command("cypher", context_settings={"default_map": {"store": "neo4j"}}, epilog=_EPILOG)
@click.argument("statement")
@click.option(
    "--param",
    "given",
    metavar="NAME=TEXT",
    multiple=True,
    callback=_parameters,
    help="Value of $NAME, a text such as 2015; for a number or a list, NAME:=JSON. Repeatable.",
)
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
def command(
    request: Request, statement: str, given: dict[str, Any], limit: int, seconds: float
) -> None:
    """Run one statement of Cypher that only reads, on the Neo4j server of NEO4J_URI.

    It is made of MATCH, WHERE, WITH, UNWIND, CALL { … }, RETURN and UNION, or calls a listed
    procedure. Anything else is refused before it is sent, and so is what may never end. A
    hyphen for STATEMENT reads it from standard input.
    """
    from graph.neo4j_server.local import run
    from graph.queries import console
    from graph.queries.grammar import readable

    if request.store != "neo4j":
        raise UsageError(
            f"The store {request.store} does not speak Cypher. Leave --store out; "
            "`sightline query` asks it the questions of the library."
        )
    if statement == "-":
        statement = sys.stdin.buffer.read().decode("utf-8", "replace")
    readable(statement)  # what is refused is refused without a server, too
    where = run.settings(settings.read_settings(), request.folder)
    there = server_contents(where, request.archive())
    rows = console.run_statement(statement, where, given, limit=limit, seconds=seconds)
    names = list(rows.columns)
    results = [dict(zip(names, row, strict=True)) for row in rows.rows]

    def table(page: Page) -> None:
        if results:
            page.table(names, [[_cell(value) for value in row] for row in rows.rows])
        else:
            page.text("Nothing answers to it.")
        page.gap()
        for notice in rows.notices:
            page.text(notice)
        page.text(f"{number_of(len(results), 'row')}. {there.told}", style="dim")
        if rows.more:
            page.text(f"The whole answer has {rows.more}: ask for less, or see --limit.")

    output.write_answer(
        request.format,
        output.Document(
            data_version=there.version or None,
            filters={"statement": statement, "parameters": given, "limit": limit},
            total=len(results),
            left_out={"limit": 1} if rows.more else {},
            results=results,
            beside={"by_hand": there.by_hand, "notices": rows.notices},
        ),
        table,
        names,
    )


class ServerContents(NamedTuple):
    """The contents of the server that an answer reports."""

    version: str
    by_hand: int

    @property
    def told(self) -> str:
        """The end of an answer."""
        if not self.version:
            return "Nothing of the record was loaded into this server."
        added = f" + {self.by_hand:,} made by hand" if self.by_hand else ""
        return f"Data {self.version[:12]}{added}."


def server_contents(where: settings.Settings, archive: Archive) -> ServerContents:
    """Return what a server holds; report at once how it differs from its version."""
    from graph.neo4j_server import differences, manual_edits, state
    from graph.neo4j_server.connection import Connection

    with Connection(where) as connection:
        mark = state.read_load_state(connection)
        version, doubts = differences.stamp(connection, mark, archive) if mark else ("", "")
        if doubts:
            say(doubts, err=True)
        return ServerContents(version, manual_edits.count_manual_edits(connection))


def _cell(value: Any) -> str:
    """Write a value: nodes, relationships and paths as Cypher draws them, mappings as JSON."""
    match value:
        case None | []:
            return "null" if value is None else "[]"
        case str():
            return value
        case {"labels": list(labels), "properties": dict(properties)}:
            drawn = "".join(f":{label}" for label in labels if label != "Entity")
            return f"({drawn} {properties.get('id', '')}".rstrip() + ")"
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
