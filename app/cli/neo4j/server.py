"""The server that `load`, `status` and `read` talk to."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from app.cli.options import Request

if TYPE_CHECKING:
    from graph.neo4j_server.connection import Connection
    from graph.settings import Settings


def settings_of_server(request: Request, folder: Path | None) -> Settings:
    """Return the settings; a folder that was asked for goes before the server of NEO4J_URI.

    Raises
    ------
    ServerError
        If no server runs in the folder.
    """
    import msgspec

    from graph import settings
    from graph.errors import ServerError
    from graph.neo4j_server.local import run

    given = settings.read_settings()
    if folder is None:
        return run.settings(given, request.folder)
    own = run.settings(msgspec.structs.replace(given, neo4j_uri="", neo4j_folder=folder))
    if not own.neo4j_uri:
        raise ServerError(
            f"No server runs in {folder}. Start it with `sightline neo4j start --folder {folder}`."
        )
    return own


def connect(request: Request, folder: Path | None) -> Connection:
    """Open a connection to the server in a folder, of NEO4J_URI, or that `start` started."""
    from graph.neo4j_server.connection import Connection

    return Connection(settings_of_server(request, folder))
