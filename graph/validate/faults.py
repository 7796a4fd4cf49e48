"""Faults and places of rows, which together become problems."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, TypeAlias

from graph.problems import Problem

_SHOWN = 80


class RowLocation(NamedTuple):
    """Where a row stands: its set and table, the file as the user named it, the row in it."""

    set: str
    table: str
    file: str
    row: int


class Fault(NamedTuple):
    """An error in a row.

    Parameters
    ----------
    column, found, allowed, cure : str
        As in `graph.problems.Problem`.
    warning : bool
        True for what is reported and loaded all the same.
    """

    column: str
    found: str
    allowed: str
    cure: str
    warning: bool = False

    def at(self, place: RowLocation) -> Problem:
        """Return the fault as a problem of the row in this place."""
        value = str(self.found)
        if len(value) > _SHOWN:
            value = f"{value[: _SHOWN - 1]}…"
        return Problem(
            place.file, place.row, self.column, value, self.allowed, self.cure, self.warning
        )


#: Where the judges of this package say what they find.
Report: TypeAlias = Callable[[RowLocation, Fault], None]
