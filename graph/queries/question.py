"""A question of the library: a typed function."""

from __future__ import annotations

import inspect
import re
import warnings
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from graph.errors import DataError, ServerError, SightlineWarning, UnknownIdError, UsageError
from graph.queries import guard, types
from graph.queries.depth import beyond
from graph.queries.header import QuestionHeader

if TYPE_CHECKING:
    from graph.stores.base import Store


#: Codes of the errors that a value of another type causes in a server.
_TYPE_ERRORS = ("Statement.TypeError", "Statement.ArgumentError", "Statement.SemanticError")


class UnreadableRowError(DataError):
    """A row of an answer holds a value that its column cannot hold."""


class UnreadableWarning(SightlineWarning):
    """A row of a server is missing in an answer, because somebody made it unreadable."""


class LibraryQuestion:
    """A question; call it with a store and its parameters to get the answer.

    Parameters
    ----------
    name : str
        Its name, which is the name of its file.
    header : QuestionHeader
        Its description, parameters and columns.
    statements : mapping of str to str
        The statement to run, by engine.
    path : Path
        Its file.
    text : str
        Its Cypher with the header, for pasting into Browser.

    Attributes
    ----------
    row : type
        Struct type of the rows of its answer.

    Examples
    --------
    >>> from graph.queries import library
    >>> question = library.questions()["who-supplied-whom"]
    >>> question.title
    'Who supplied whom'
    >>> [row.buyer for row in question(store, supplier="morpho")]  # doctest: +SKIP
    ['shanghai-psb']
    """

    def __init__(
        self,
        name: str,
        header: QuestionHeader,
        statements: Mapping[str, str],
        path: Path,
        text: str,
    ) -> None:
        self.name = name
        self.header = header
        self.title = header.title
        self.statements = statements
        self.path = path
        self.text = text
        self.row = msgspec.defstruct(
            "".join(part.title() for part in re.split(r"[-_]", name)),
            [(column.name, types.python_type(column.type)) for column in header.columns],
            frozen=True,
        )
        self.__name__ = name.replace("-", "_")
        self.__doc__ = _docstring(header)
        self.__signature__ = _signature(header)

    def __repr__(self) -> str:
        return f"Question({self.name!r})"

    def __call__(self, store: Store, **parameters: Any) -> list[Any]:
        """Ask the question.

        Parameters
        ----------
        store : Store
            A store with one of the question's engines.
        **parameters
            Values of its parameters; missing ones take their defaults.

        Returns
        -------
        list of Struct
            Rows of the type `row`.

        Raises
        ------
        UsageError
            If the store has another engine, or a parameter is unknown or has a wrong value.
        UnknownIdError
            If the record has no entity or source with a given id.
        """
        engine = getattr(store, "engine", "")
        if engine not in self.statements:
            raise UsageError(
                f"Only {' or '.join(self.statements)} can answer the question {self.name!r}. "
                f"Use --store {next(iter(self.statements))}."
            )
        values = self.values(parameters)
        self._check_ids(store, values)
        if engine == "neo4j":
            return self._ask_server(store, values)
        rows = store.ask(self.statements[engine], values)  # type: ignore[attr-defined]
        return [self._row(row) for row in rows]

    def beyond(self, store: Store, **parameters: Any) -> int:
        """Return how many entities lie further than the question goes; 0 if it has no depth.

        Parameters
        ----------
        store : Store
            A store with one of the question's engines.
        **parameters
            Values of its parameters, as for the answer.
        """
        if (depth := self.header.depth) is None:
            return 0
        start = self.values(parameters)[depth.parameter]
        return beyond(store, depth, start)  # type: ignore[arg-type]

    def _ask_server(self, store: Any, values: Mapping[str, Any]) -> list[Any]:
        """Return the rows of a server; warn of those that somebody made unreadable."""
        statement = self.statements["neo4j"]
        try:
            rows = store.ask(statement, values)
        except ServerError as error:
            if not any(code in str(error) for code in _TYPE_ERRORS):
                raise
            rows = store.ask(guard.guarded(statement), values)
            warnings.warn(
                f"{self.name}: somebody wrote values of another type than the schema's in the "
                "server, and they are left out. `sightline neo4j status` lists the rows.",
                UnreadableWarning,
                stacklevel=3,
            )
        readable = []
        for row in rows:
            try:
                readable.append(self._row(row))
            except UnreadableRowError as error:
                warnings.warn(f"Left out of the answer: {error}", UnreadableWarning, stacklevel=3)
        return readable

    def values(self, parameters: Mapping[str, Any]) -> dict[str, Any]:
        """Return the values of all parameters for a statement, with dates as ISO texts.

        Raises
        ------
        UsageError
            If the question has no such parameter, or the value has another type.
        """
        declared = {parameter.name: parameter for parameter in self.header.parameters}
        for name in parameters.keys() - declared.keys():
            known = ", ".join(declared) or "none"
            raise UsageError(
                f"The question {self.name!r} has no parameter {name!r}. Its parameters: {known}."
            )
        values = {}
        for name, parameter in declared.items():
            given = parameters.get(name)
            try:
                value = parameter.default if given is None else types.convert(given, parameter.type)
            except ValueError as error:
                raise UsageError(f"{name}: {error}. Meaning: {parameter.meaning}.") from None
            values[name] = value.isoformat() if isinstance(value, date) else value
        self._check_period(values)
        return values

    def _check_period(self, values: Mapping[str, Any]) -> None:
        """Refuse a period that ends before it begins: nothing could lie in it."""
        since, until = values.get("since"), values.get("until")
        if since and until and since > until:
            raise UsageError(
                f"The period ends on {until}, before it begins on {since}. Change since or until."
            )

    def _check_ids(self, store: Store, values: Mapping[str, Any]) -> None:
        for parameter in self.header.parameters:
            value = values[parameter.name]
            if value is None:
                continue
            if parameter.type == "entity" and value not in store.entities([value]):
                store.entity(value)  # raises, with ids that are near
            elif parameter.type == "source" and value not in store.sources([value]):
                raise UnknownIdError("source", value)

    def _row(self, row: Mapping[str, Any]) -> Any:
        names = [column.name for column in self.header.columns]
        if list(row) != names:
            raise DataError(
                f"{self.path.name}: the answer has the columns {', '.join(row)} instead of "
                f"{', '.join(names)}. Make the statement return the columns of the header."
            )
        filled = {
            column.name: types.arranged(value, column.type)
            for column, value in zip(self.header.columns, row.values(), strict=True)
        }
        try:
            return msgspec.convert(filled, self.row, strict=False)
        except msgspec.ValidationError as error:
            raise UnreadableRowError(
                f"{self.path.name}: a value of the answer does not fit its column ({error}): "
                f"{filled}. If somebody wrote it in the server, correct it there."
            ) from None


def _docstring(header: QuestionHeader) -> str:
    parameters = "\n".join(
        f"{p.name} : {p.type}, default {types.as_cypher(p.default)}\n    {p.meaning}."
        for p in header.parameters
    )
    columns = "\n".join(f"{c.name} : {c.type}\n    {c.meaning}." for c in header.columns)
    return (
        f"{header.title}.\n\n{header.explains}\n\nParameters\n----------\n"
        f"store : Store\n    Where to ask.\n{parameters}\n\nReturns\n-------\nrows\n    {columns}"
        f"\n\nNotes\n-----\nDoes not show: {header.does_not_show}"
    )


def _signature(header: QuestionHeader) -> inspect.Signature:
    ahead = inspect.Parameter("store", inspect.Parameter.POSITIONAL_OR_KEYWORD)
    named = [
        inspect.Parameter(
            parameter.name,
            inspect.Parameter.KEYWORD_ONLY,
            default=parameter.default,
            annotation=types.python_type(parameter.type),
        )
        for parameter in header.parameters
    ]
    return inspect.Signature([ahead, *named])
