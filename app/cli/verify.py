"""`sightline verify`: check whether a version changed after it was written."""

from __future__ import annotations

import click

from app.cli.options import Request, examples, options
from app.cli.terminal_page import say
from graph.errors import DamagedError


@click.command("verify", epilog=examples("sightline verify"))
@options(answers=False)
def command(request: Request) -> None:
    """Read a version anew: its files against their sha256, its records against its id.

    Exit code 1 where something does not agree.
    """
    archive = request.archive()
    version = archive.resolve(request.version)
    faults = archive.verify(version, progress=True)
    for fault in faults:
        say(fault)
    if faults:
        raise DamagedError(
            f"Version {version[:12]} is damaged. Roll back to another one, or ingest its sources "
            "again."
        )
    say(f"Version {version[:12]} is sound.")
