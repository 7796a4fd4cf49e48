"""`sightline neo4j load --bulk`: write files, run Neo4j's importer, check the result."""

from __future__ import annotations

import shlex
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from app.cli.neo4j.folder import server_folder
from app.cli.neo4j.load_report import load_report
from app.cli.neo4j.server import connect
from app.cli.options import Request
from app.cli.terminal_page import say
from graph.errors import MissingToolError, ServerError

if TYPE_CHECKING:
    from graph.dataset import Dataset
    from graph.neo4j_server.bulk import Files

#: Folder of the files, in the data folder.
FILES = "neo4j-files"


def fill(request: Request, folder: Path | None, *, force: bool) -> None:
    """Fill an empty server and check it.

    Parameters
    ----------
    request : Request
        The options of the command.
    folder : Path or None
        Folder of the server that `start` started, if given.
    force : bool
        Whether to replace the database of a stopped server.
    """
    from graph import settings

    with request.archive().open(request.version) as dataset:
        if settings.read_settings().neo4j_uri and folder is None:
            _given(request, dataset, force=force)
        else:
            _own(request, folder, dataset)
    shutil.rmtree(request.folder / FILES, ignore_errors=True)


def _own(request: Request, folder: Path | None, dataset: Dataset) -> None:
    """Fill the server that `start` started."""
    from graph.neo4j_server import importer

    with connect(request, folder) as connection:
        importer.refuse_filled(connection)
    files = _files(request, dataset)
    importer.into_own(server_folder(request, folder), files, lambda words: say(words, err=True))
    _check(request, folder, dataset)


def _given(request: Request, dataset: Dataset, *, force: bool) -> None:
    """Fill the server of NEO4J_URI while it is stopped; check it when it runs."""
    from graph import settings
    from graph.neo4j_server import importer, state

    given = settings.read_settings()
    try:
        with connect(request, None) as connection:
            mark = state.read_load_state(connection)
            if mark is None or mark.complete or mark.version != dataset.id:
                importer.refuse_filled(connection)
                raise ServerError(
                    f"Neo4j's importer needs a stopped server. Stop the one at {connection.place}, "
                    "then run this command again."
                )
    except ServerError as error:
        if not error.unreachable:
            raise
        files, program = _files(request, dataset), importer.tool()
        if program is None or not importer.is_here(given.neo4j_uri):
            arguments = importer.command("neo4j-admin", files, given.neo4j_database, force=force)
            raise MissingToolError(
                "The files are written, but Neo4j's importer was not found on this machine. Set "
                "NEO4J_ADMIN to the neo4j-admin program of the stopped server, or run on its "
                f"machine: {shlex.join(arguments)}"
            ) from None
        importer.into_installed(program, files, given.neo4j_database, force=force)
        say("Imported. Start the server, then run this command again to check the result.")
        return
    _check(request, None, dataset)


def _files(request: Request, dataset: Dataset) -> Files:
    from graph.neo4j_server import bulk

    say("Writing the files for Neo4j's importer.", err=True)
    return bulk.write_import_files(dataset, request.folder / FILES)


def _check(request: Request, folder: Path | None, dataset: Dataset) -> None:
    from graph.neo4j_server import check, state

    with connect(request, folder) as connection:
        loaded = check.complete(connection, dataset, request.folder / state.NOTES)
        for line in load_report(str(connection.place), loaded, force=False):
            say(line)
