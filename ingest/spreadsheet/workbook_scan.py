"""What a sheet of a workbook shows and a fast reader passes over, read from its XML.

Merged cells, rows out of order and formulas without a stored value would be lost in silence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO, NamedTuple

from openpyxl.utils.cell import range_boundaries

#: The most rows that a sheet holds.
ROWS = 1_048_576
_CHUNK = 1 << 20
#: No tag of interest is longer: so much of a chunk is looked at again with the next one.
_LONGEST = 4_096
_TAGS = re.compile(
    rb"<(?:\w+:)?(?:(?P<formula>f)[\s/>]"
    rb"|row\s(?:[^>]*?\s)?r=[\"'](?P<row>\d+)[\"']"
    rb"|mergeCell\s(?:[^>]*?\s)?ref=[\"'](?P<merged>[A-Z]+\d+:[A-Z]+\d+)[\"'])"
)


class Scan(NamedTuple):
    """What the XML of a sheet holds.

    Parameters
    ----------
    formulas : bool
        Whether there are formulas.
    merged : list of str
        The merged ranges that hold more than one row or column, such as `A2:A4`.
    misplaced : int
        The number of the first row that is out of order, or beyond the last row of a sheet; 0 if
        all stand in their place.
    """

    formulas: bool
    merged: list[str]
    misplaced: int


def scan_sheet(xml: IO[bytes]) -> Scan:
    """Scan the XML of a sheet, in one pass and in bounded memory.

    Parameters
    ----------
    xml : binary file
        The part of the workbook that holds the sheet.

    Examples
    --------
    >>> import io
    >>> scan_sheet(io.BytesIO(b'<row r="2"/><row r="1"/><mergeCell ref="A1:A3"/>'))
    Scan(formulas=False, merged=['A1:A3'], misplaced=1)
    """
    formulas, merged, misplaced, last = False, [], 0, 0
    for tag in _tags(xml):
        if tag["row"]:
            row = int(tag["row"][:12])
            misplaced = misplaced or (0 if last < row <= ROWS else row)
            last = row
        elif tag["merged"]:
            merged.append(tag["merged"].decode())
        else:
            formulas = True
    return Scan(formulas, merged, misplaced)


def first_row(merged: str) -> int:
    """Return the first row of a merged range.

    Examples
    --------
    >>> first_row("A2:A4")
    2
    """
    return int(range_boundaries(merged)[1] or 1)


def _tags(xml: IO[bytes]) -> Iterator[re.Match[bytes]]:
    """Yield the tags of interest, also those that a chunk cuts in two."""
    rest = b""
    while True:
        chunk = xml.read(_CHUNK)
        text, end = rest + chunk, 0
        last = len(text) - _LONGEST if chunk else len(text)
        for tag in _TAGS.finditer(text):
            if tag.start() >= last:
                break
            yield tag
            end = tag.end()
        if not chunk:
            return
        rest = text[max(end, last, 0) :]
