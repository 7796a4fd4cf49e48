"""Stores: engines that answer questions about one dataset version.

`open_store` opens a store by name; `graph.stores.base` defines what all stores answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.errors import UsageError

if TYPE_CHECKING:
    from graph.dataset import Archive
    from graph.stores.base import Store

#: Names that `open_store` knows; the first is the default.
NAMES = ("embedded", "neo4j")


def open_store(archive: Archive, name: str = NAMES[0], version: str | None = None) -> Store:
    """Open a dataset version in a store.

    Parameters
    ----------
    archive : Archive
        The data folder.
    name : str
        Name of the store.
    version : str, optional
        Id of the version or its first digits; default: the current version.

    Returns
    -------
    Store
        A context manager; leaving or closing it releases the version.

    Raises
    ------
    UsageError
        If no store has the name.
    NoDataError
        If nothing has been ingested yet.
    VersionError
        If the archive cannot open the version, or the server holds another one.
    ServerError
        If the server cannot be reached (`neo4j`; the settings are in the environment).

    Examples
    --------
    >>> with open_store(archive) as store:  # doctest: +SKIP
    ...     store.find("safran")
    """
    if name not in NAMES:
        raise UsageError(f"There is no store {name!r}. Choose one of: {', '.join(NAMES)}.")
    if name == "neo4j":
        return _server_store(archive, version)
    from graph.stores.embedded import EmbeddedStore  # here: importing an engine takes its time

    return EmbeddedStore(archive.open(version))


def _server_store(archive: Archive, version: str | None) -> Store:
    from graph import settings
    from graph.neo4j_server import state
    from graph.neo4j_server.connection import Connection
    from graph.neo4j_server.local import run
    from graph.stores.neo4j_store import ServerStore

    dataset = archive.open(version)
    try:
        connection = Connection(run.settings(settings.read_settings(), archive.folder))
    except BaseException:
        dataset.close()
        raise
    return ServerStore(connection, dataset, archive.folder / state.NOTES)
