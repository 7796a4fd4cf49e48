"""What the reader needs of a table's file, whatever its format."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol

from graph.validate import Fault


class Unreadable(Exception):  # noqa: N818 - never leaves this package
    """The file breaks off here: the fault, and its row (0: the whole file)."""

    def __init__(self, row: int, fault: Fault) -> None:
        super().__init__(row, fault)
        self.row = row
        self.fault = fault


class CellFault(NamedTuple):
    """A cell whose text is not what a person sees in the sheet.

    Parameters
    ----------
    at : int
        Position of the cell in its row, from 0.
    fault : Fault
        The fault, with an empty column name.
    text_only : bool
        True if the cell is sound in a column of numbers.
    """

    at: int
    fault: Fault
    text_only: bool = False


class SheetRow(NamedTuple):
    """One row of a file.

    Parameters
    ----------
    number : int
        The row's number, as a spreadsheet program shows it.
    texts : sequence of str
        The texts of its cells.
    faults : tuple of CellFault
        Cells that cannot be read as they are shown.
    typed : frozenset of int
        Positions of cells that hold real numbers, whose digits need no reading.
    """

    number: int
    texts: Sequence[str]
    faults: tuple[CellFault, ...] = ()
    typed: frozenset[int] = frozenset()


class Sheet(Protocol):
    """A table's file, or its sheet in a workbook."""

    label: str

    def rows(self) -> Iterator[SheetRow]:
        """Yield the rows in order, the header first.

        Raises
        ------
        Unreadable
            Where the file is broken.
        """
        ...


def cell_name(at: int, row: int) -> str:
    """Return the name of a cell as spreadsheet programs show it.

    Parameters
    ----------
    at : int
        Position in the row, from 0.
    row : int
        Number of the row, from 1.

    Examples
    --------
    >>> cell_name(0, 1), cell_name(27, 3)
    ('A1', 'AB3')
    """
    letters = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row}"
