"""`sightline new`: write an example spreadsheet folder, or a copy of the weights."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import click

from app.cli.options import Request, examples, options
from app.cli.terminal_page import say
from graph.errors import UsageError


@click.command(
    "new",
    epilog=examples(
        "sightline new my-leads", "sightline ingest my-leads", "sightline new my-weights.toml"
    ),
)
@click.argument("place", metavar="FOLDER", type=click.Path(file_okay=True, path_type=Path))
@options(answers=False)
def command(request: Request, place: Path) -> None:
    """Write a spreadsheet folder with a worked example row in each of its four files.

    Fill it in with any spreadsheet program, and load it with `sightline ingest FOLDER`. A name that
    ends in .toml gets a copy of the weights instead, for --weights. The command neither reads nor
    changes the data folder.
    """
    del request
    from ingest.spreadsheet import new

    if place.suffix == ".toml":
        _write_weights(place.expanduser())
        return
    for file in new(place.expanduser()):
        say(f"Wrote {file}")
    say(f"Fill them in, then load them: sightline ingest {place}")


def _write_weights(file: Path) -> None:
    weights = resources.files("graph.network").joinpath("weights.toml").read_bytes()
    try:
        with file.open("xb") as stream:
            stream.write(weights)
    except FileExistsError:
        raise UsageError(f"{file} already exists. Choose another name.") from None
    say(f"Wrote {file}")
    say(f"Change its numbers and its name, then use it: sightline exposure --weights {file}")
