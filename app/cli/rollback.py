"""`sightline rollback`: make another version the current version."""

from __future__ import annotations

import click

from app.cli.options import Request, examples, options
from app.cli.terminal_page import say


@click.command("rollback", epilog=examples("sightline rollback 3f2a"))
@click.argument("version", metavar="V")
@options(answers=False, writes=True)
def command(request: Request, version: str) -> None:
    """Make version V the current one. All other versions stay.

    V is the first digits of a version id (see `sightline versions`).
    """
    archive = request.writable()
    archive.rollback(version)
    say(f"The current version is {archive.current()[:12]}.")
