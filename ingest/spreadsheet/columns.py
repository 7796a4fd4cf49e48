"""The columns of a file: those of its table, and those of its own."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from graph.validate import Fault
from graph.validate.layout import LAYOUTS


class Header(NamedTuple):
    """The columns of a file.

    Parameters
    ----------
    columns : list of (int, str)
        Position and name of each column that the format has.
    own : list of (int, str)
        Position and name of each other column; these become properties.
    width : int
        How many cells a row has.
    faults : list of Fault
        Errors and warnings about the header. The file can be read unless there is an error.
    """

    columns: list[tuple[int, str]]
    own: list[tuple[int, str]]
    width: int
    faults: list[Fault]


def fold(name: str) -> str:
    """Return the form in which column and sheet names are compared."""
    return name.strip().casefold()


def header(table: str, names: Sequence[str]) -> Header:
    """Match the first row of a file with the columns of its table.

    Parameters
    ----------
    table : str
        Name of the table.
    names : sequence of str
        The cells of the first row, in NFC and without white space around them.

    Returns
    -------
    Header
        The columns with their positions.

    Examples
    --------
    >>> columns, own, *_ = header("replies", ["Claim", "party", "KIND", "seen by"])
    >>> columns, own
    ([(0, 'claim'), (1, 'party'), (2, 'kind')], [(3, 'seen by')])
    """
    layout = LAYOUTS[table]
    columns, own, faults, seen = [], [], [], set()
    for at, name in enumerate(names):
        if not name:
            continue
        known = fold(name) in layout.types
        word = fold(name) if known else name
        if word in seen:
            faults.append(Fault(word, word, "each column once", "Delete or rename one of the two."))
        seen.add(word)
        if known:
            columns.append((at, word))
        else:
            own.append((at, word))
            faults.append(_own(word, layout.types))
    if own and not columns:
        cure = "Delete the lines above the header, such as a title or the `sep=` line of Excel."
        fault = Fault("", own[0][1], f"the column names of {table} in the first row", cure)
        return Header(columns, own, len(names), [fault])
    faults.extend(_missing(word, names) for word in layout.required if word not in seen)
    return Header(columns, own, len(names), faults)


def _own(name: str, known: Iterable[str]) -> Fault:
    near = difflib.get_close_matches(fold(name), list(known), 1, 0.75)
    kept = "Its cells load as a property; nothing is lost."
    cure = f"Did you mean {near[0]}? {kept}" if near else kept
    return Fault(name, name, "the columns of the format, or columns of your own", cure, True)


def _missing(word: str, names: Sequence[str]) -> Fault:
    near = difflib.get_close_matches(word, [fold(name) for name in names], 1, 0.6)
    cure = f"Rename the column {near[0]!r}, if it is meant." if near else "Add the column."
    return Fault(word, "", "a column of this name in the first row", cure)


def known_names(table: str, names: Iterable[str]) -> int:
    """Count the names that are columns of the table."""
    return sum(fold(name) in LAYOUTS[table].types for name in names)
