"""`sightline neo4j stop`: the server that `start` started."""

from __future__ import annotations

from pathlib import Path

import click

from app.cli.neo4j.folder import FOLDER, server_folder
from app.cli.options import Request, examples, options
from app.cli.terminal_page import say


@click.command("stop", epilog=examples("sightline neo4j stop"))
@FOLDER
@options(answers=False)
def command(request: Request, folder: Path | None) -> None:
    """Stop the server that `sightline neo4j start` started and keep its data.

    A server of NEO4J_URI keeps running.
    """
    from graph.neo4j_server.local import run

    home = server_folder(request, folder)
    state = run.stop(home)
    if state is None:
        say(f"No server runs in {home.folder}.")
    else:
        say(f"Neo4j {state.version} has stopped. Its data stay in {home.folder}.")
