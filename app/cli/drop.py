"""`sightline drop`: remove a set from the record."""

from __future__ import annotations

import click

from app.cli.options import Request, examples, options
from app.cli.terminal_page import say


@click.command("drop", epilog=examples("sightline drop my-leads"))
@click.argument("name")
@options(answers=False, writes=True)
def command(request: Request, name: str) -> None:
    """Write a new version without a set; `sightline versions` lists the sets.

    Older versions keep the set; `sightline rollback` restores one of them.
    """
    from ingest.pipeline import drop

    version = drop(request.writable(), name)
    say(f"Dropped {name}. Version {version[:12]} is the current one.")
