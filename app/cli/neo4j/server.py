"""The server that `load`, `status` and `read` talk to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.cli.options import Request

if TYPE_CHECKING:
    from graph.server.connection import Connection


def connect(request: Request) -> Connection:
    """Open a connection to the server of NEO4J_URI, else to the one that `start` started."""
    from graph import settings
    from graph.server.connection import Connection
    from graph.server.local import run

    return Connection(run.settings(settings.read(), request.folder))
