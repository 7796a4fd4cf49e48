"""The option for the folder of the server that `start` starts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from app.cli.options import Request

if TYPE_CHECKING:
    from graph.neo4j_server.local.home import Home


def _folder(ctx: click.Context, param: click.Parameter, value: str | None) -> Path | None:
    if value == "":
        raise click.BadParameter("the name of the folder is empty.", ctx, param)
    return None if value is None else Path(value).expanduser()


FOLDER = click.option(
    "--folder",
    metavar="FOLDER",
    callback=_folder,
    help="Folder of the server that `start` starts. Default: SIGHTLINE_NEO4J, else neo4j in the "
    "data folder.",
)


def server_folder(request: Request, folder: Path | None) -> Home:
    """Return the folder of the server: the given one, else that of the settings."""
    from graph import settings
    from graph.neo4j_server.local import run
    from graph.neo4j_server.local.home import Home

    return Home(folder) if folder else run.server_home(settings.read_settings(), request.folder)
