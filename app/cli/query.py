"""`sightline query`: a command for each question of the library."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click
import msgspec

from app.cli import output
from app.cli.entities import entity_of, source_id_of
from app.cli.options import Format, Request, examples, options
from app.cli.terminal_page import Page, number_of, say
from graph import settings

if TYPE_CHECKING:
    from graph.queries.header import Column, Parameter
    from graph.queries.library import Library
    from graph.queries.question import LibraryQuestion
    from graph.stores.base import Store


#: Longer texts are shown below each other instead of in a table.
_SENTENCE = 60


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
                question, question.values(values), rows, store.version, store.by_hand()
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
    metavar = {"entity": "ID", "source": "ID", "contract": "ID", "date": "DAY", "integer": "N"}
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


class QueryAnswer(NamedTuple):
    """The answer to a question, with the version of the data behind it."""

    question: LibraryQuestion
    values: Mapping[str, Any]
    rows: Sequence[Any]
    version: str
    by_hand: int

    def write(self, form: Format, limit: int) -> None:
        """Print the answer, up to a number of rows."""
        shown = [msgspec.structs.asdict(row) for row in self.rows[:limit]]
        more = len(self.rows) - len(shown)
        header = self.question.header

        def table(page: Page) -> None:
            if shown:
                _rows(page, self.question, shown)
            else:
                page.text("No rows: nothing in the record matches.")
            page.gap()
            if more:
                page.text(f"{more:,} more; --limit {len(self.rows)} shows all.")
            page.text(f"Does not show: {header.does_not_show}", style="dim")
            page.text(
                f"{number_of(len(self.rows), 'row')}. {data_in_words(self.version, self.by_hand)}",
                style="dim",
            )

        output.write_answer(
            form,
            output.Document(
                data_version=self.version,
                filters={"question": self.question.name, **self.values},
                total=len(self.rows),
                left_out={"limit": more} if more else {},
                results=shown,
                beside={"by_hand": self.by_hand} if self.by_hand else {},
            ),
            table,
            [column.name for column in header.columns],
        )


def data_in_words(version: str, by_hand: int) -> str:
    """Describe the data behind an answer: the version, and the manual edits in a server."""
    if not by_hand:
        return f"Data {version[:12]}."
    return (
        f"Data {version[:12]} + {by_hand:,} made by hand, which are not part of the record; "
        "`sightline neo4j read` imports those with a source."
    )


def _rows(page: Page, question: LibraryQuestion, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write rows as a table or, if they contain long texts, one below the other."""
    names = {f"{column.name}_name" for column in question.header.columns}
    cells = {
        column: [_cell(page, row, column) for row in rows]
        for column in question.header.columns
        if column.name not in names and not column.type.endswith("link")  # only in JSON and CSV
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
        facts = [f"{_label(c)}: {cells[c][number]}" for c in short if cells[c][number]]
        page.text(page.glyph(" · ", "; ").join(facts), hang="  ")
        for column in long:
            page.text(f"{_label(column)}: {cells[column][number]}", indent="    ")


def _label(column: Column) -> str:
    return column.name.replace("_", " ")


def _cell(page: Page, row: Mapping[str, Any], column: Column) -> str:
    from graph.queries.types import IDS  # imported here: the list of questions needs none

    match row[column.name]:
        case None:
            return ""
        case bool(yes):
            return "yes" if yes else "no"
        case float(number):
            return f"{number:,.2f}".removesuffix(".00")
        case list(items):
            text = ", ".join(str(item) for item in items if item is not None)
        case value:
            text = str(value)
    if column.type.endswith("word"):
        return text.replace("_", " ")
    name = row.get(f"{column.name}_name")
    if column.type.removeprefix("list of ").removeprefix("set of ") in IDS:
        text = page.identifier(text)
    return f"{name} ({text})" if name else text
