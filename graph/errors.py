"""The error tree. Each message is one sentence: the object, the cause, the cure.

SightlineError
├── UsageError            wrong words on the command line (exit 2)
├── UnknownIdError        an id that the record does not hold
├── DataError             rows that break the rules; carries the problems
├── VersionError          a dataset version that cannot be used
│   ├── NoDataError       nothing has been ingested yet
│   ├── SchemaError       written by another schema
│   └── DamagedError      bytes or ids that do not agree with the manifest
├── BusyError             somebody else is writing
├── StorageError          disk full, read-only folder, vanished file
├── ServerError           a database server that cannot be reached, or that refuses a request
└── MissingToolError      a program or an optional library that is not installed

SightlineWarning          a warning about an answer
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph.problems import Problem


class SightlineError(Exception):
    """Base of all errors that a user may see; `str(error)` is the whole message."""

    exit_code = 1


class SightlineWarning(UserWarning):
    """Base of the warnings beside an answer; `str(warning)` is the whole message."""


class UsageError(SightlineError):
    """The request itself is malformed."""

    exit_code = 2


class UnknownIdError(SightlineError):
    """An id that the record does not hold.

    Parameters
    ----------
    what : str
        What it should be the id of.
    identifier : str
        The id.
    near : sequence of str
        Ids that may be meant.
    """

    def __init__(self, what: str, identifier: str, near: Sequence[str] = ()) -> None:
        searched = what not in ("source", "claim")  # `find` knows entities only
        cure = "Look it up with `sightline find`." if searched else "Check the spelling."
        if near:
            cure = f"Did you mean {', '.join(near)}?"
        super().__init__(f"No {what} has the id {identifier!r}. {cure}")
        self.identifier = identifier


class DataError(SightlineError):
    """Rows that break the rules of the record; nothing was loaded."""

    def __init__(self, message: str, problems: Sequence[Problem] = ()) -> None:
        super().__init__(message)
        self.problems = list(problems)


class VersionError(SightlineError):
    """A dataset version that cannot be used."""


class NoDataError(VersionError):
    """Nothing has been ingested yet."""


class SchemaError(VersionError):
    """A version written under another schema number."""


class DamagedError(VersionError):
    """A version whose files or records do not agree with its manifest."""


class BusyError(SightlineError):
    """Somebody else holds the writer's lock."""


class StorageError(SightlineError):
    """The file system refused: full, read-only, or gone."""


class ServerError(SightlineError):
    """A database server that cannot be reached, or that refuses a request."""

    #: Whether nothing answered at all.
    unreachable = False


class MissingToolError(SightlineError):
    """A program or an optional library that is not installed."""
