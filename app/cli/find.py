"""`sightline find`: find entities by any of their names."""

from __future__ import annotations

import click

from app.cli import output
from app.cli.options import Request, examples, options
from app.cli.terminal_page import Page
from graph import wording
from graph.errors import UsageError
from graph.record.spellings import known_spelling, spellings_of

COLUMNS = ("id", "kind", "name", "country", "matched")


@click.command(
    "find", epilog=examples('sightline find "public security bureau"', "sightline find 天网")
)
@click.argument("text")
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    metavar="N",
    default=20,
    show_default=True,
    help="Maximum number of results.",
)
@options()
def command(request: Request, text: str, limit: int) -> None:
    """Find entities by id, name, alias, transliteration or identifier, in any script."""
    if not text.strip():
        raise UsageError("The search text is empty. Type an id, or part of a name.")
    with request.open() as store:
        known = store.entities(spellings_of(text))
        answer = store.find(known_spelling(text, known), limit)
        version = store.version
    results = [
        {
            "id": match.id,
            "kind": match.kind,
            "name": match.name,
            "country": list(match.country),
            "matched": match.matched,
        }
        for match in answer.matches
    ]
    more = answer.total - len(results)

    def table(page: Page) -> None:
        if not results:
            page.text(f"Nothing in the record has the name {text!r} or a similar one.")
            return
        page.table(
            COLUMNS,
            [
                (
                    page.identifier(m.id),
                    wording.kind(m.kind),
                    m.name,
                    ", ".join(m.country),
                    "" if m.matched == m.name else m.matched,
                )
                for m in answer.matches
            ],
        )
        if more:
            page.gap()
            page.text(f"{more:,} more; --limit {answer.total} shows all.")

    output.write_answer(
        request.format,
        output.Document(
            data_version=version,
            filters={"text": text, "limit": limit},
            total=answer.total,
            left_out={"limit": more} if more else {},
            results=results,
        ),
        table,
        COLUMNS,
    )
