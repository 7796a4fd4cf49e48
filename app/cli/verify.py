"""`sightline verify`: check whether a version changed after it was written."""

from __future__ import annotations

import click

from app.cli.options import Request, examples, options
from app.cli.terminal_page import say
from graph.errors import DamagedError


@click.command("verify", epilog=examples("sightline verify"))
@options(answers=False)
def command(request: Request) -> None:
    """Check the files of a version against their sha256, and its records against its id.

    The exit code is 1 if anything differs.
    """
    archive = request.archive()
    version = archive.resolve(request.version)
    faults = archive.verify(version, progress=True)
    for fault in faults:
        say(fault)
    if faults:
        raise DamagedError(
            f"Version {version[:12]} is damaged. Roll back to another version, or ingest its "
            "sources again."
        )
    say(f"Version {version[:12]} is sound.")
