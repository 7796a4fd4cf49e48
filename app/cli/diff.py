"""`sightline diff`: what changed between two versions."""

from __future__ import annotations

from itertools import groupby

import click
import msgspec

from app.cli import output
from app.cli.options import Request, examples, options
from app.cli.terminal_page import Page, number_of
from graph import wording
from graph.dataset import ScoreEdit

COLUMNS = ("table", "change", "set", "id")


@click.command("diff", epilog=examples("sightline diff 3f2a"))
@click.argument("old", metavar="A")
@click.argument("new", metavar="[B]", required=False)
@options()
def command(request: Request, old: str, new: str | None) -> None:
    """Show which records came, went, or say something else, from version A to version B.

    A and B are first digits of ids, as `sightline versions` lists them. Without B: the current
    version. Of replies, the id is the claim's and the party's. Below stands which of the changes
    move scores: merged origins, other dates, merged or split entities, retracted sources.
    """
    archive = request.archive()
    before, after = archive.resolve(old), archive.resolve(new or request.version)
    changes = archive.diff(before, after)
    results = [
        {"table": table, "change": change, "set": key.set, "id": key.id}
        for table, found in changes.tables.items()
        for change in ("added", "removed", "changed")
        for key in getattr(found, change)
    ]

    def table(page: Page) -> None:
        number = number_of(len(results), "change")
        page.text(f"From version {before[:12]} to version {after[:12]}: {number}.")
        if results:
            page.gap()
            page.table(COLUMNS, [[row[column] for column in COLUMNS] for row in results])
        else:
            page.text("The two versions hold the same records.")
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
                    msgspec.structs.asdict(one) | {"effect": wording.MOVES[one.edit].effect}
                    for one in changes.moves
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
    page.heading("What moves scores without a new fact")
    for edit, same_edit in groupby(moves, lambda move: move.edit):
        group = list(same_edit)
        name, effect = wording.MOVES[edit]
        page.text(f"{name.capitalize()} ({len(group):,}). {effect}")
        for move in group:
            page.text(f"  {wording.move(move)}")
    page.gap()
    page.text(
        "Rows that came or went move scores as well, and so do a row's status, strength, role,"
        " contract and programme, and the type of a source: they are listed above by their ids."
    )
