"""`sightline diff`: what changed between two versions."""

from __future__ import annotations

from itertools import groupby

import click
import msgspec

from app.cli import output
from app.cli.options import Request, examples, options
from app.cli.terminal_page import Page
from graph import wording
from graph.dataset import ScoreEdit
from graph.wording import number_of

#: Maximum number of changes that the table shows.
MOST_ROWS = 500

COLUMNS = ("table", "change", "set", "id")


@click.command("diff", epilog=examples("sightline diff 3f2a"))
@click.argument("old", metavar="A")
@click.argument("new", metavar="[B]", required=False)
@options()
def command(request: Request, old: str, new: str | None) -> None:
    """Show which records were added, removed or changed from version A to version B.

    A and B are the first digits of version ids (see `sightline versions`). B defaults to the
    current version. The id of a reply combines its claim and its party. The last part lists the
    changes that move scores: merged origins, changed dates, merged or split entities, retracted
    sources.
    """
    archive = request.archive()
    before, after = archive.resolve(old), archive.resolve(new or request.version)
    changes = archive.diff(before, after)
    results = [
        {"table": table, "change": change, "set": key.set, "id": key.id}
        for table, table_changes in changes.tables.items()
        for change in ("added", "removed", "changed")
        for key in getattr(table_changes, change)
    ]

    def table(page: Page) -> None:
        number = number_of(len(results), "change")
        page.text(f"From version {before[:12]} to version {after[:12]}: {number}.")
        if results:
            page.gap()
            rows = ([row[column] for column in COLUMNS] for row in results[:MOST_ROWS])
            page.table(COLUMNS, [list(map(page.identifier, row)) for row in rows])
        else:
            page.text("The two versions hold the same records.")
        if (more := len(results) - MOST_ROWS) > 0:
            are = number_of(more, "further change is", "further changes are")
            page.gap()
            page.text(f"{are} not shown; --format csv lists all.")
        show_score_edits(page, changes.moves)

    output.write_answer(
        request.format,
        output.Document(
            data_version=after,
            filters={"old": before, "new": after},
            total=len(results),
            results=results,
            beside={
                "moves": [
                    msgspec.structs.asdict(move) | {"effect": wording.MOVES[move.edit].effect}
                    for move in changes.moves
                ]
            },
        ),
        table,
        COLUMNS,
    )


def show_score_edits(page: Page, moves: list[ScoreEdit]) -> None:
    """List the changes that move scores, with their effect."""
    if not moves:
        return
    page.gap()
    page.heading("Changes that move scores without a new fact")
    for edit, same_edit in groupby(moves, lambda move: move.edit):
        group = list(same_edit)
        name, effect = wording.MOVES[edit]
        page.text(f"{name.capitalize()} ({len(group):,}). {effect}")
        for move in group[:MOST_ROWS]:
            page.text(f"  {wording.move(move)}")
        if (more := len(group) - MOST_ROWS) > 0:
            page.text(f"  {more:,} more; --format json lists all.")
    page.gap()
    page.text(
        "Added and removed rows move scores as well, and so do changes of a row's status, strength,"
        " role, contract or programme, or of a source's type. The table above lists them by id."
    )
