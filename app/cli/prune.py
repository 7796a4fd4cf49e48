"""`sightline prune`: remove old versions that are not in use."""

from __future__ import annotations

import click

from app.cli.options import Request, examples, options
from app.cli.terminal_page import say


@click.command("prune", epilog=examples("sightline prune --keep 5"))
@click.option(
    "--keep",
    type=click.IntRange(min=1),
    metavar="N",
    default=3,
    show_default=True,
    help="Number of newest versions to keep.",
)
@options(answers=False, writes=True)
def command(request: Request, keep: int) -> None:
    """Remove old versions, except the current one and those in use."""
    gone = request.writable().prune(keep)
    for version in gone:
        say(f"Removed version {version[:12]}.")
    if not gone:
        say("Nothing to remove.")
