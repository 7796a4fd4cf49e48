"""`sightline query`: a command for each question of the library."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from app.cli import output
from app.cli.entities import entity_of, source_id_of
from app.cli.options import Format, Request, examples, options
from app.cli.query_answer import QueryAnswer, rows_beyond
from app.cli.terminal_page import Page, say
from graph import settings
from graph.wording import number_of

if TYPE_CHECKING:
    from graph.queries.header import Parameter
    from graph.queries.library import Library
    from graph.queries.question import LibraryQuestion
    from graph.stores.base import Store


class Questions(click.Group):
    """A click group with a command per question, read from the library on demand."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the questions."""
        return list(_library(ctx).questions)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Build the command of a question."""
        library = _library(ctx)
        if cmd_name in library.faults:
            raise library.faults[cmd_name]
        if cmd_name not in library.questions:
            import difflib

            near = difflib.get_close_matches(cmd_name, library.questions, 1)
            hint = f"Did you mean {near[0]}?" if near else "`sightline query` lists them."
            raise click.UsageError(f"There is no question {cmd_name!r}. {hint}", ctx)
        return _command(library.questions[cmd_name])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find a question, also in the data folder that an option after its name gives."""
        for position, arg in enumerate(args[1:], 1):
            if arg == "--data" and position + 1 < len(args):
                ctx.params["data"] = Path(args[position + 1]).expanduser()
            elif arg.startswith("--data="):
                ctx.params["data"] = Path(arg.partition("=")[2]).expanduser()
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the questions by topic."""
        for topic, questions in _library(ctx).topics().items():
            with formatter.section(topic):
                formatter.write_dl([(q.name, f"{q.title}.") for q in questions])


def _library(ctx: click.Context) -> Library:
    from graph.queries import library

    paths = settings.read_settings()
    own = paths.queries or (ctx.params.get("data") or paths.data) / "queries"
    return library.read_library([library.folder(), own])


@click.group(
    "query",
    cls=Questions,
    invoke_without_command=True,
    subcommand_metavar="[NAME] [--PARAMETER VALUE …]",
    epilog=examples(
        "sightline query",
        "sightline query who-supplied-whom --supplier morpho",
        "sightline query owner-on-the-day --help",
    ),
)
@options()
@click.pass_context
def command(ctx: click.Context, request: Request) -> None:
    """Ask a question of the library. Without NAME, list the questions.

    Each question is a Cypher file that also runs in Neo4j Browser. To add your own, put files into
    the folder SIGHTLINE_QUERIES, or into `queries` in the data folder.
    """
    if ctx.invoked_subcommand:
        typed = click.core.ParameterSource.COMMANDLINE
        shared_options = {
            n: v for n, v in ctx.params.items() if ctx.get_parameter_source(n) is typed
        }
        ctx.default_map = {ctx.invoked_subcommand: shared_options}
        return
    library = _library(ctx)
    for fault in library.faults.values():
        say(str(fault), err=True)
    _list(request.format, library)


def _list(form: Format, library: Library) -> None:
    questions = library.questions.values()
    rows = [
        {
            "name": question.name,
            "title": question.title,
            "topic": question.header.topic,
            "engines": question.header.engines,
        }
        for question in questions
    ]

    def table(page: Page) -> None:
        for topic, questions_of_topic in library.topics().items():
            page.heading(topic)
            page.table(
                ("name", "question"),
                [(question.name, question.title) for question in questions_of_topic],
            )
        page.gap()
        page.text(
            f"{number_of(len(rows), 'question')}. `sightline query NAME` asks one; "
            "`sightline query NAME --help` describes what it shows.",
            style="dim",
        )

    document = output.Document(data_version=None, total=len(rows), results=rows)
    output.write_answer(form, document, table, ("name", "title", "topic", "engines"))


def _command(question: LibraryQuestion) -> click.Command:
    """Build the command that asks a question."""

    def ask(request: Request, limit: int, **given: Any) -> None:
        with request.open() as store:
            values = {
                parameter.name: _value(store, parameter, given[parameter.name])
                for parameter in question.header.parameters
            }
            rows = question(store, **values)
            answer = QueryAnswer(
                question,
                question.values(values),
                rows,
                store.version,
                store.by_hand(),
                rows_beyond(question, store, values, len(rows)),
            )
            answer.write(request.format, limit)

    header = question.header
    for decorate in (_LIMIT, *map(_option, reversed(header.parameters))):
        ask = decorate(ask)
    columns = "\n".join(f"  {column.name}: {column.meaning}" for column in header.columns)
    return click.command(
        question.name,
        short_help=f"{header.title}.",
        help=f"{header.title}.\n\n{header.explains}\n\nDoes not show: {header.does_not_show}",
        epilog=f"\b\nColumns:\n{columns}",
    )(options()(ask))


_LIMIT = click.option(
    "--limit",
    type=click.IntRange(min=1),
    metavar="N",
    default=1000,
    show_default=True,
    help="Maximum number of rows.",
)


def _option(parameter: Parameter) -> Callable[[Any], Any]:
    metavar = {"entity": "ID", "source": "ID", "contract": "ID", "date": "DAY"}
    metavar |= {"integer": "N", "hops": "N", "country": "CODE", "currency": "CODE"}
    default = "" if parameter.default is None else f" Default: {parameter.default}."
    return click.option(
        f"--{parameter.name.replace('_', '-')}",
        parameter.name,
        metavar=metavar.get(parameter.type, "TEXT"),
        help=f"{parameter.meaning[0].upper()}{parameter.meaning[1:]}.{default}",
    )


def _value(store: Store, parameter: Parameter, text: str | None) -> Any:
    """Return the value of an option; a name of an entity, or another spelling, becomes an id."""
    if text is None:
        return None
    if parameter.type == "entity":
        return entity_of(store, text).id
    return source_id_of(store, text) if parameter.type == "source" else text
