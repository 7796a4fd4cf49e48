"""The answer of `sightline query`: rows for readers and programs, and what lies deeper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from app.cli import output
from app.cli.options import Format
from app.cli.terminal_page import Page
from graph.errors import UsageError
from graph.wording import number_of

if TYPE_CHECKING:
    from graph.queries.header import Column
    from graph.queries.question import LibraryQuestion
    from graph.stores.base import Store

#: Longer texts are shown below each other instead of in a table.
_SENTENCE = 60
#: Parameters that limit how many links an answer follows.
_DEPTHS = ("depth", "hops")


class Beyond(NamedTuple):
    """What lies deeper than an answer.

    Parameters
    ----------
    rows : int
        Number of rows that are known to lie deeper.
    in_words : str
        A sentence with that number, and the way to them.
    """

    rows: int
    in_words: str


def rows_beyond(
    question: LibraryQuestion, store: Store, values: Mapping[str, Any], rows: int
) -> Beyond | None:
    """Return what lies deeper than an answer; None if it has no depth or nothing is there.

    Parameters
    ----------
    question : LibraryQuestion
        The question.
    store : Store
        The store that answered.
    values : mapping
        Values of its parameters.
    rows : int
        Number of rows of the answer.
    """
    if (fixed := question.header.depth) is not None:
        left = question.beyond(store, **values)
        lie = "1 more lies" if left == 1 else f"{left:,} more lie"
        sentence = f"{lie} beyond {fixed.steps} steps of {fixed.type}: not shown."
        return Beyond(left, sentence) if left else None
    names = {parameter.name for parameter in question.header.parameters}
    name = next((name for name in _DEPTHS if name in names), None)
    depth = question.values(values)[name] if name else None
    if name is None or not isinstance(depth, int):
        return None
    try:
        deeper = len(question(store, **{**values, name: depth + 1})) - rows
    except UsageError:  # the question goes no deeper
        return None
    if deeper <= 0:
        return None
    lie = "1 further row lies" if deeper == 1 else f"{deeper:,} further rows lie"
    further = f"--{name} {depth + 1} goes one step further."
    return Beyond(deeper, f"At least {lie} deeper than {depth}: {further}")


class QueryAnswer(NamedTuple):
    """The answer to a question, with the version of the data behind it."""

    question: LibraryQuestion
    values: Mapping[str, Any]
    rows: Sequence[Any]
    version: str
    by_hand: int
    beyond: Beyond | None = None

    def write(self, form: Format, limit: int) -> None:
        """Print the answer, up to a number of rows."""
        shown = [msgspec.structs.asdict(row) for row in self.rows[:limit]]
        more = len(self.rows) - len(shown)
        header = self.question.header

        notices = [self.beyond.in_words] if self.beyond else []
        left_out = {"limit": more} if more else {}
        if self.beyond:
            left_out["depth"] = self.beyond.rows

        def table(page: Page) -> None:
            if shown:
                _rows(page, self.question, shown)
            else:
                page.text("No rows: nothing in the record matches.")
            page.gap()
            if more:
                page.text(f"{more:,} more; --limit {len(self.rows)} shows all.")
            for sentence in notices:
                page.text(sentence)
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
                left_out=left_out,
                notices=notices,
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
