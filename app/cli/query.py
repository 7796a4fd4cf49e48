"""`sightline query`: one command for each question of the library."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click
import msgspec

from app.cli import output
from app.cli.entities import entity_of
from app.cli.options import Format, Request, examples, options
from app.cli.terminal_page import Page, number_of, say
from graph import settings

if TYPE_CHECKING:
    from graph.queries.header import Column, Parameter
    from graph.queries.library import Library
    from graph.queries.question import LibraryQuestion
    from graph.stores.base import Store


#: A text of more letters is no cell of a table.
_SENTENCE = 60


class Questions(click.Group):
    """A command for each question, read from the library when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the questions."""
        return list(_library(ctx).questions)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Make the command of a question."""
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
        """Find a question; a data folder that is named after it may hold it."""
        for at, arg in enumerate(args[1:], 1):
            if arg == "--data" and at + 1 < len(args):
                ctx.params["data"] = Path(args[at + 1]).expanduser()
            elif arg.startswith("--data="):
                ctx.params["data"] = Path(arg.partition("=")[2]).expanduser()
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the questions, a topic at a time."""
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
    """Ask a question of the library; without a name, list them.

    Each question is a file of Cypher that can be pasted into Neo4j Browser as well
    (docs/queries.md). A file of your own, in the folder SIGHTLINE_QUERIES or in `queries` in the
    data folder, joins them.
    """
    if ctx.invoked_subcommand:
        typed = click.core.ParameterSource.COMMANDLINE
        told = {n: v for n, v in ctx.params.items() if ctx.get_parameter_source(n) is typed}
        ctx.default_map = {ctx.invoked_subcommand: told}
        return
    library = _library(ctx)
    for fault in library.faults.values():
        say(str(fault), err=True)
    _list(request.format, library)


def _list(form: Format, library: Library) -> None:
    found = library.questions.values()
    rows = [
        {
            "name": question.name,
            "title": question.title,
            "topic": question.header.topic,
            "engines": question.header.engines,
        }
        for question in found
    ]

    def table(page: Page) -> None:
        for topic, some in library.topics().items():
            page.heading(topic)
            page.table(("name", "question"), [(one.name, one.title) for one in some])
        page.gap()
        page.text(
            f"{number_of(len(rows), 'question')}. `sightline query NAME` asks one, "
            "`sightline query NAME --help` says what it shows and does not show.",
            style="dim",
        )

    document = output.Document(data_version=None, total=len(rows), results=rows)
    output.write_answer(form, document, table, ("name", "title", "topic", "engines"))


def _command(question: LibraryQuestion) -> click.Command:
    """Make the command that asks a question."""

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
                question.beyond(store, **values),
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
    help="Most rows shown.",
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
    """Return the value of an option; users may name an entity instead of giving its id."""
    if text is not None and parameter.type == "entity":
        return entity_of(store, text).id
    return text


class QueryAnswer(NamedTuple):
    """The answer to a question, with what it rests on."""

    question: LibraryQuestion
    values: Mapping[str, Any]
    rows: Sequence[Any]
    version: str
    by_hand: int
    beyond: int = 0

    def write(self, form: Format, limit: int) -> None:
        """Write it to standard output, of its rows so many."""
        shown = [msgspec.structs.asdict(row) for row in self.rows[:limit]]
        more = len(self.rows) - len(shown)
        header = self.question.header

        def table(page: Page) -> None:
            if shown:
                _rows(page, self.question, shown)
            else:
                page.text("The record holds nothing of the kind.")
            page.gap()
            if more:
                page.text(f"{more:,} more: --limit {len(self.rows)} shows them all.")
            if self.beyond and header.depth:
                steps = f"{header.depth.steps} steps of {header.depth.type}"
                page.text(f"{self.beyond:,} more lie beyond {steps}, and are not shown.")
            page.text(f"Does not show: {header.does_not_show}", style="dim")
            page.text(
                f"{number_of(len(self.rows), 'row')}. {data(self.version, self.by_hand)}",
                style="dim",
            )

        output.write_answer(
            form,
            output.Document(
                data_version=self.version,
                filters={"question": self.question.name, **self.values},
                total=len(self.rows),
                left_out=_left_out(limit=more, depth=self.beyond),
                results=shown,
                beside={"by_hand": self.by_hand} if self.by_hand else {},
            ),
            table,
            [column.name for column in header.columns],
        )


def _left_out(**counts: int) -> dict[str, int]:
    return {reason: count for reason, count in counts.items() if count}


def data(version: str, by_hand: int) -> str:
    """Describe the data behind an answer: the version, and the manual edits in a server."""
    if not by_hand:
        return f"Data {version[:12]}."
    return (
        f"Data {version[:12]} + {by_hand:,} made by hand, which are no part of the record: "
        "`sightline neo4j read` brings in what has a source."
    )


def _rows(page: Page, question: LibraryQuestion, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write rows as a table or, where they hold sentences, one below the other."""
    names = {f"{column.name}_name" for column in question.header.columns}
    cells = {
        column: [_cell(row, column) for row in rows]
        for column in question.header.columns
        if column.name not in names and not column.type.endswith("link")  # for JSON and CSV alone
    }
    filled = [column for column in cells if any(cells[column])]
    long = [c for c in filled if c.type == "text" and max(map(len, cells[c])) > _SENTENCE]
    short = [column for column in filled if column not in long]
    if not long:
        page.table(
            [_label(column) for column in short],
            list(zip(*(cells[column] for column in short), strict=True)),
            right=[n for n, c in enumerate(short) if c.type in ("integer", "number")],
        )
        return
    for number in range(len(rows)):
        said = [f"{_label(c)}: {cells[c][number]}" for c in short if cells[c][number]]
        page.text(page.glyph(" · ", "; ").join(said), hang="  ")
        for column in long:
            page.text(f"{_label(column)}: {cells[column][number]}", indent="    ")


def _label(column: Column) -> str:
    return column.name.replace("_", " ")


def _cell(row: Mapping[str, Any], column: Column) -> str:
    match row[column.name]:
        case None:
            return ""
        case bool(yes):
            return "yes" if yes else "no"
        case float(number):
            return f"{number:,.2f}".removesuffix(".00")
        case list(several):
            text = ", ".join(str(one) for one in several if one is not None)
        case value:
            text = str(value)
    if column.type.endswith("word"):
        return text.replace("_", " ")
    name = row.get(f"{column.name}_name")
    return f"{name} ({text})" if name else text
