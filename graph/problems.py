"""Problems: the error in a row, and how to fix it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

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
        return f"{place}: {value}; allowed: {self.allowed}. {self.cure}".rstrip()


#: How many kinds of problem are shown.
MOST = 20
#: How many problems of a kind are shown in full, and of how many more the rows are named.
_EACH, _ROWS = 2, 8


def listing(problems: Sequence[Problem], most: int = MOST) -> str:
    """Write problems for a reader, by kind, so that many of one kind do not hide another.

    Parameters
    ----------
    problems : sequence of Problem
        In any order; errors are shown before warnings.
    most : int
        How many kinds at most.

    Examples
    --------
    >>> rows = [Problem("claims.csv", n, "value", f"{n}.000", "a number", "") for n in range(2, 9)]
    >>> other = Problem("claims.csv", 7, "status", "proven", "alleged, reported", "Choose one.")
    >>> print(listing([*rows, other]).replace("; allowed", ""))
    claims.csv, row 2, column value: found '2.000': a number.
    claims.csv, row 3, column value: found '3.000': a number.
      … and 5 more of this kind, in rows 4, 5, 6, 7, 8
    claims.csv, row 7, column status: found 'proven': alleged, reported. Choose one.
    """
    kinds: dict[tuple[bool, str, str, str], list[Problem]] = {}
    for problem in problems:
        kind = (problem.warning, problem.file, problem.column, problem.allowed)
        kinds.setdefault(kind, []).append(problem)
    ordered = sorted(kinds.values(), key=lambda alike: alike[0].warning)
    lines = [line for alike in ordered[:most] for line in _of_kind(alike)]
    if left := ordered[most:]:
        lines.append(
            f"… and {sum(map(len, left)):,} more, of {len(left):,} more "
            f"{'kind' if len(left) == 1 else 'kinds'}"
        )
    return "\n".join(lines)


def _of_kind(alike: Sequence[Problem]) -> Iterator[str]:
    shown = len(alike) if len(alike) == _EACH + 1 else _EACH
    yield from map(str, alike[:shown])
    if more := alike[shown:]:
        rows = ", ".join(str(problem.row) for problem in more[:_ROWS])
        beyond = " …" if len(more) > _ROWS else ""
        yield f"  … and {len(more):,} more of this kind, in rows {rows}{beyond}"
