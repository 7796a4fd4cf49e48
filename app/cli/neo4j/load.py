"""`sightline neo4j load`: load a version of the data into the server."""

from __future__ import annotations

from pathlib import Path

import click

from app.cli.neo4j.bulk import fill
from app.cli.neo4j.folder import FOLDER
from app.cli.neo4j.load_report import load_report
from app.cli.neo4j.server import connect
from app.cli.options import Request, examples, options
from app.cli.terminal_page import say


@click.command("load", epilog=examples("sightline neo4j load", "sightline neo4j load --force"))
@click.option("--force", is_flag=True, help="Overwrite manual edits of the record.")
@click.option(
    "--into-existing",
    is_flag=True,
    help="Load into a database that holds other nodes with the same labels.",
)
@click.option(
    "--bulk",
    is_flag=True,
    help="First load of a large record: use Neo4j's own importer.",
)
@FOLDER
@options(answers=False)
def command(
    request: Request, folder: Path | None, force: bool, into_existing: bool, bulk: bool
) -> None:
    """Load the whole record into the server, for Cypher, Browser and Bloom.

    You can run it again at any time: it writes missing rows, removes rows that left the record,
    and continues an interrupted load. It never changes what people added. Manual edits of the
    record's own properties are listed, and stay unless you use --force.

    With --bulk, Neo4j's importer fills an empty server many times faster: the server that `start`
    started, or a stopped server on this machine whose program neo4j-admin is in NEO4J_ADMIN or on
    the PATH. Counts and a sample are checked afterwards.
    """
    from graph.neo4j_server import state
    from graph.neo4j_server.load import load_version

    if bulk:
        fill(request, folder, force=force)
        return
    with connect(request, folder) as connection, request.archive().open(request.version) as dataset:
        loaded = load_version(
            connection,
            dataset,
            force=force,
            into_existing=into_existing,
            notes=request.folder / state.NOTES,
        )
        for line in load_report(str(connection.place), loaded, force=force):
            say(line)
