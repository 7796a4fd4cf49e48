"""Problems: the error in a row, and how to fix it."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec


class Problem(msgspec.Struct, frozen=True, order=True):
    """One fault of one cell: where it is, what stands there, what may stand there, what to do.

    Parameters
    ----------
    file : str
        File or sheet, as the user named it.
    row : int
        Row as a spreadsheet counts it: the header is row 1. 0 where the fault is the file's.
    column : str
        Column name; empty where the fault is the row's or the file's.
    found : str
        What was found.
    allowed : str
        What is allowed there.
    cure : str
        What to do.
    warning : bool
        True for what is reported and loaded all the same.

    Examples
    --------
    >>> print(Problem("claims.csv", 7, "status", "proven", "alleged, reported", "Choose one."))
    claims.csv, row 7, column status: found 'proven'; allowed: alleged, reported. Choose one.
    """

    file: str
    row: int
    column: str
    found: str
    allowed: str
    cure: str
    warning: bool = False

    def __str__(self) -> str:
        place = self.file
        if self.row:
            place += f", row {self.row}"
        if self.column:
            place += f", column {self.column}"
        value = f"found {self.found!r}" if self.found else "found nothing"
        return f"{place}: {value}; allowed: {self.allowed}. {self.cure}"


#: How many problems are shown.
MOST = 20


def listing(problems: Sequence[Problem], most: int = MOST) -> str:
    """Write problems for a reader, a line each, and say how many are not shown.

    Parameters
    ----------
    problems : sequence of Problem
        In the order in which they are shown.
    most : int
        How many lines at most.

    Examples
    --------
    >>> one = Problem("claims.csv", 7, "status", "proven", "alleged, reported", "Choose one.")
    >>> print(listing([one, one, one], most=1))
    claims.csv, row 7, column status: found 'proven'; allowed: alleged, reported. Choose one.
    … and 2 more
    """
    lines = [str(problem) for problem in problems[:most]]
    if len(problems) > most:
        lines.append(f"… and {len(problems) - most:,} more")
    return "\n".join(lines)
