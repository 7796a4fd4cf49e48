"""For notebooks: answers as data frames, and py2neo on the same settings.

py2neo calls itself at the end of its life. It still reads and merges on today's servers; what no
longer works, and the way to the official driver, stands in docs/neo4j.md.
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
    """Ask a question of the library, and return its answer as a data frame.

    Parameters
    ----------
    question : LibraryQuestion
        The question.
    store : Store or Py2neo
        Where to ask.
    **parameters
        Its parameters.

    Returns
    -------
    pandas.DataFrame
        A row each; the question's columns, also where there is no row.
    """
    import pandas as pd

    rows = question(store, **parameters)
    names = [column.name for column in question.header.columns]
    return pd.DataFrame([msgspec.structs.asdict(row) for row in rows], columns=names)


def graph(settings: Settings | None = None) -> py2neo.Graph:
    """Return py2neo's `Graph` on the server of the settings.

    Parameters
    ----------
    settings : Settings, optional
        Address and user; default: those of the environment, else the server that
        `sightline neo4j start` started.

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
            "py2neo is not installed. Say `pip install 'sightline[py2neo]'`, or use the official "
            "driver, which is there."
        ) from None
    from graph.neo4j_server.connection import Connection
    from graph.neo4j_server.local import run

    here = settings
    if here is None:
        from graph import settings as environment

        here = run.settings(environment.read_settings())
    Connection(here).close()  # says what is wrong; py2neo would say that it has been disconnected
    auth = (here.neo4j_username, here.neo4j_password) if here.neo4j_password else None
    return py2neo.Graph(here.neo4j_uri, auth=auth, name=here.neo4j_database or None)


class Py2neo:
    """Where the library's questions are asked through py2neo.

    Parameters
    ----------
    graph : py2neo.Graph
        The graph.

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
        """Return the rows of a statement that only reads, with the values of plain Python."""
        rows = self.graph.query(statement, dict(parameters)).data()
        return [{name: _plain(value) for name, value in row.items()} for row in rows]

    def entities(self, ids: Iterable[str]) -> set[str]:
        """Return those ids that are an entity's."""
        return self._known("Entity", ids)

    def sources(self, ids: Iterable[str]) -> set[str]:
        """Return those ids that are a source's."""
        return self._known("Source", ids)

    def entity(self, identifier: str) -> str:
        """Return the id.

        Raises
        ------
        UnknownIdError
            If no entity has it.
        """
        if identifier not in self.entities([identifier]):
            raise UnknownIdError("entity", identifier)
        return identifier

    def _known(self, label: str, ids: Iterable[str]) -> set[str]:
        statement = f"MATCH (n:{label}) WHERE n.id IN $ids RETURN n.id AS id"
        return {row["id"] for row in self.ask(statement, {"ids": list(ids)})}


def _plain(value: Any) -> Any:
    """Return a value without py2neo's own types of dates."""
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return value.to_native() if hasattr(value, "to_native") else value
