"""What the reader asks of a table's file, whichever format it has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from graph.validate import Fault


class Unreadable(Exception):  # noqa: N818 - never leaves this package
    """The file breaks off here: what is wrong, and in which row (0: from the start)."""

    def __init__(self, row: int, fault: Fault) -> None:
        super().__init__(row, fault)
        self.row = row
        self.fault = fault


class Sheet(Protocol):
    """A table's file, or its sheet in a workbook."""

    label: str

    def rows(self) -> Iterator[Sequence[str]]:
        """Yield the texts of each row, the header first, empty rows too.

        Raises
        ------
        Unreadable
            Where the file is broken.
        """
        ...
