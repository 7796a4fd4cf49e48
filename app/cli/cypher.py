"""`sightline cypher`: run a read-only statement of your own."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, NamedTuple

import click
import msgspec

from app.cli import output
from app.cli.options import Request, examples, options
from app.cli.terminal_page import Page, say
from graph import settings
from graph.errors import UsageError
from graph.queries.grammar.limits import FUNCTIONS, PROCEDURES
from graph.wording import number_of

if TYPE_CHECKING:
    from graph.dataset import Archive
    from graph.queries.console import ConsoleAnswer

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
        except RecursionError:
            raise click.BadParameter(
                f"the value of {name} is nested too deeply.", ctx, param
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
    help="Maximum number of rows.",
)
@click.option(
    "--seconds",
    type=click.FloatRange(0.1, 600),
    metavar="S",
    default=30,
    show_default=True,
    help="Time limit in seconds.",
)
@options()
def command(
    request: Request, statement: str, given: dict[str, Any], limit: int, seconds: float
) -> None:
    """Run one statement of Cypher that only reads, on the Neo4j server of NEO4J_URI.

    A statement consists of MATCH, OPTIONAL MATCH, WHERE, WITH, UNWIND, CALL { … }, RETURN and
    UNION, or calls one of the listed procedures. Sightline refuses anything else before sending
    it, and statements that might never end. Use a hyphen as STATEMENT to read it from standard
    input.
    """
    from graph.neo4j_server.local import run
    from graph.queries import console
    from graph.queries.grammar import readable

    if request.store != "neo4j":
        raise UsageError(
            f"The store {request.store} does not speak Cypher. Omit --store; "
            "`sightline query` asks it the questions of the library."
        )
    if statement == "-":
        statement = sys.stdin.buffer.read().decode("utf-8", "replace")
    readable(statement)  # refuse without a server, too
    where = run.settings(settings.read_settings(), request.folder)
    contents = server_contents(where, request.archive())
    rows = console.run_statement(statement, where, given, limit=limit, seconds=seconds)
    names = list(rows.columns)
    results = [dict(zip(names, row, strict=True)) for row in rows.rows]

    def table(page: Page) -> None:
        if results:
            page.table(names, [[_cell(value) for value in row] for row in rows.rows])
        else:
            page.text("No rows.")
        page.gap()
        for notice in rows.notices:
            page.text(notice)
        page.text(f"{number_of(len(results), 'row')}. {contents.in_words}", style="dim")
        for sentence in _cut(rows):
            page.text(sentence)

    output.write_answer(
        request.format,
        output.Document(
            data_version=contents.version or None,
            filters={"statement": statement, "parameters": given, "limit": limit},
            total=len(results),
            left_out={"limit": 1} if rows.more else {},
            notices=_cut(rows),
            results=results,
            beside={"by_hand": contents.by_hand, "notices": rows.notices},
        ),
        table,
        names,
    )


def _cut(rows: ConsoleAnswer) -> list[str]:
    if not rows.more:
        return []
    return [f"The whole answer has {rows.more}. Narrow the statement, or raise --limit."]


class ServerContents(NamedTuple):
    """What the server holds: the version loaded into it, and the number of manual edits."""

    version: str
    by_hand: int

    @property
    def in_words(self) -> str:
        """The sentence that ends an answer."""
        if not self.version:
            return "No version of the record is loaded into this server."
        edits = f" + {self.by_hand:,} made by hand" if self.by_hand else ""
        return f"Data {self.version[:12]}{edits}."


def server_contents(where: settings.Settings, archive: Archive) -> ServerContents:
    """Return the contents of a server, and warn where they differ from its version."""
    from graph.neo4j_server import differences, manual_edits, state
    from graph.neo4j_server.connection import Connection

    with Connection(where) as connection:
        mark = state.read_load_state(connection)
        version, doubts = differences.version_stamp(connection, mark, archive) if mark else ("", "")
        if doubts:
            say(doubts, err=True)
        return ServerContents(version, manual_edits.count_manual_edits(connection))


def _cell(value: Any) -> str:
    """Format a value: nodes, relationships and paths in Cypher notation, mappings as JSON."""
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
