"""`sightline neo4j load`: load a version of the data into the server."""

from __future__ import annotations

from pathlib import Path

import click

from app.cli.neo4j.bulk import fill
from app.cli.neo4j.folder import FOLDER
from app.cli.neo4j.load_report import NOTES, load_report
from app.cli.neo4j.server import connect
from app.cli.options import Request, examples, options
from app.cli.terminal_page import say


@click.command("load", epilog=examples("sightline neo4j load", "sightline neo4j load --force"))
@click.option("--force", is_flag=True, help="Overwrite what was edited by hand in the record.")
@click.option(
    "--into-existing",
    is_flag=True,
    help="Load into a database that holds other nodes of the same labels.",
)
@click.option(
    "--bulk",
    is_flag=True,
    help="First load of a large record: write files, and run Neo4j's own importer on them.",
)
@FOLDER
@options(answers=False)
def command(
    request: Request, folder: Path | None, force: bool, into_existing: bool, bulk: bool
) -> None:
    """Load the whole record into the server, for Cypher, Browser and Bloom.

    It may be said again at any time: what is there stays, what is missing comes, what left the
    record is taken out. A load that was cut off goes on from there. What people added by hand is
    never touched; what they edited in the record's own properties is shown, and left as it is
    without --force.

    With --bulk, an empty server is filled by Neo4j's importer, which is many times faster: the one
    that `start` started, or one on this machine to which NEO4J_ADMIN (or the PATH) has the program
    neo4j-admin, and which does not run meanwhile. Counts and a sample are checked afterwards.
    """
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
            notes=request.folder / NOTES,
        )
        for line in load_report(str(connection.place), loaded, force=force):
            say(line)
