"""The server that `load`, `status` and `read` use."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from app.cli.options import Request

if TYPE_CHECKING:
    from graph.neo4j_server.connection import Connection
    from graph.settings import Settings


def settings_of_server(request: Request, folder: Path | None) -> Settings:
    """Return the settings of the server; a given folder takes precedence over NEO4J_URI.

    Raises
    ------
    ServerError
        If no server runs in the folder.
    """
    import msgspec

    from graph import settings
    from graph.errors import ServerError
    from graph.neo4j_server.local import run

    environment = settings.read_settings()
    if folder is None:
        return run.settings(environment, request.folder)
    own = run.settings(msgspec.structs.replace(environment, neo4j_uri="", neo4j_folder=folder))
    if not own.neo4j_uri:
        raise ServerError(
            f"No server runs in {folder}. Start one with `sightline neo4j start --folder {folder}`."
        )
    return own


def connect(request: Request, folder: Path | None) -> Connection:
    """Connect to the server in a folder, else that of NEO4J_URI, else the one that was started."""
    from graph.neo4j_server.connection import Connection

    return Connection(settings_of_server(request, folder))
