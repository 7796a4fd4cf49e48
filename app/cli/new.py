"""`sightline new`: write an example spreadsheet folder."""

from __future__ import annotations

from pathlib import Path

import click

from app.cli.options import Request, examples, options
from app.cli.terminal_page import say


@click.command("new", epilog=examples("sightline new my-leads", "sightline ingest my-leads"))
@click.argument("folder", type=click.Path(file_okay=True, path_type=Path))
@options(answers=False)
def command(request: Request, folder: Path) -> None:
    """Write a spreadsheet folder with a worked example row in each of its four files.

    Fill it in with any spreadsheet program, and load it with `sightline ingest FOLDER`. The command
    neither reads nor changes the data folder.
    """
    del request
    from ingest.spreadsheet import new

    for file in new(folder.expanduser()):
        say(f"Wrote {file}")
    say(f"Fill them in, then load them: sightline ingest {folder}")
