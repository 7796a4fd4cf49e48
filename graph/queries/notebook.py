"""For notebooks: answers as data frames, and py2neo with the same settings.

Its authors no longer maintain py2neo. It still reads and merges on current servers; docs/neo4j.md
lists what no longer works, and how to move to the official driver.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import msgspec

from graph.errors import MissingToolError, UnknownIdError

if TYPE_CHECKING:
    import pandas as pd
    import py2neo

    from graph.queries.question import LibraryQuestion
    from graph.settings import Settings


def frame(question: LibraryQuestion, store: Any, **parameters: Any) -> pd.DataFrame:
    """Return the answer to a question of the library as a data frame.

    Parameters
    ----------
    question : LibraryQuestion
        The question to ask.
    store : Store or Py2neo
        The store that answers.
    **parameters
        Parameters of the question.

    Returns
    -------
    pandas.DataFrame
        The question's columns, even if there are no rows.
    """
    import pandas as pd

    rows = question(store, **parameters)
    names = [column.name for column in question.header.columns]
    return pd.DataFrame([msgspec.structs.asdict(row) for row in rows], columns=names)


def graph(settings: Settings | None = None) -> py2neo.Graph:
    """Return py2neo's `Graph`, connected to the server of the settings.

    Parameters
    ----------
    settings : Settings, optional
        Address and user; default: the environment, else the server that `sightline neo4j start`
        started.

    Raises
    ------
    MissingToolError
        If py2neo is not installed.
    ServerError
        If the server cannot be reached, refuses the user or the password, or is too old.

    Examples
    --------
    >>> graph().evaluate("MATCH (c:Company) RETURN count(c)")  # doctest: +SKIP
    107
    """
    try:
        import py2neo
    except ImportError:
        raise MissingToolError(
            "py2neo is not installed. Run `pip install 'sightline[py2neo]'`, or use the official "
            "driver, which is installed."
        ) from None
    from graph.neo4j_server.connection import Connection
    from graph.neo4j_server.local import run

    given = settings
    if given is None:
        from graph import settings as environment

        given = run.settings(environment.read_settings())
    Connection(given).close()  # raises a clear error; py2neo would only report a lost connection
    auth = (given.neo4j_username, given.neo4j_password) if given.neo4j_password else None
    return py2neo.Graph(given.neo4j_uri, auth=auth, name=given.neo4j_database or None)


class Py2neo:
    """A store that answers the library's questions through py2neo.

    Parameters
    ----------
    graph : py2neo.Graph
        A py2neo graph.

    Examples
    --------
    >>> from graph.queries import library
    >>> question = library.questions()["who-supplied-whom"]
    >>> question(Py2neo(graph()), supplier="morpho")  # doctest: +SKIP
    [WhoSuppliedWhom(supplier='morpho', …)]
    """

    engine = "neo4j"

    def __init__(self, graph: py2neo.Graph) -> None:
        self.graph = graph

    def ask(self, statement: str, parameters: Mapping[str, Any]) -> list[dict[str, Any]]:
        """Return the rows of a reading statement with plain Python values."""
        rows = self.graph.query(statement, dict(parameters)).data()
        return [{name: _plain(value) for name, value in row.items()} for row in rows]

    def entities(self, ids: Iterable[str]) -> set[str]:
        """Return the ids that belong to an entity."""
        return self._known("Entity", ids)

    def sources(self, ids: Iterable[str]) -> set[str]:
        """Return the ids that belong to a source."""
        return self._known("Source", ids)

    def entity(self, identifier: str) -> str:
        """Return the id of an entity after checking that it exists.

        Raises
        ------
        UnknownIdError
            If no entity has the id.
        """
        if identifier not in self.entities([identifier]):
            raise UnknownIdError("entity", identifier)
        return identifier

    def _known(self, label: str, ids: Iterable[str]) -> set[str]:
        statement = f"MATCH (n:{label}) WHERE n.id IN $ids RETURN n.id AS id"
        return {row["id"] for row in self.ask(statement, {"ids": list(ids)})}


def _plain(value: Any) -> Any:
    """Convert py2neo's own date types to Python's."""
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value.to_native() if hasattr(value, "to_native") else value
