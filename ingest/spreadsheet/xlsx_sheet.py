"""One sheet of a workbook, row by row: each cell as it is shown, or a fault that names it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from openpyxl.cell.read_only import ReadOnlyCell
from openpyxl.utils import range_boundaries
from openpyxl.worksheet._reader import FORMULA_TAG, VALUE_TAG, WorkSheetParser

from graph.validate import Fault
from ingest.spreadsheet.sheets import CellFault, SheetRow, Unreadable, cell_name
from ingest.spreadsheet.shown import shows_more, text_shown

MOST_ROWS = 1_048_576
_MOST_COLUMNS = 16_384
_MOST_MERGED = 10_000
_CHUNK = 1 << 20
_OVERLAP = 4_096  # bytes of a chunk that are searched again, so that no tag is cut
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref\s*=\s*[\"']([^\"']+)[\"']")


class _Area(NamedTuple):
    """Cells that are merged: their positions and rows, from the first to the last."""

    first_at: int
    first_row: int
    last_at: int
    last_row: int


class _Parser(WorkSheetParser):  # type: ignore[misc, unused-ignore]
    """The parser of openpyxl, which also marks formulas without a stored value."""

    def parse_cell(self, element: Any) -> Any:
        cell = super().parse_cell(element)
        formula = element.find(FORMULA_TAG)
        if cell["value"] is None and formula is not None:
            is_empty_text = element.get("t") == "str" and element.find(VALUE_TAG) is not None
            if not is_empty_text:
                cell["data_type"] = "f"
                cell["value"] = f"={formula.text or ''}"
        return cell


def sheet_rows(book: Any, title: str) -> Iterator[SheetRow]:
    """Read a sheet.

    Parameters
    ----------
    book : openpyxl workbook
        Opened read-only, with the values of its formulas.
    title : str
        Name of the sheet.

    Yields
    ------
    SheetRow
        The rows that the file holds; rows without any cell may be missing.

    Raises
    ------
    Unreadable
        If rows or cells are out of order, or more than a sheet holds.
    """
    sheet = book[title]
    areas = _merged_areas(sheet)
    shown: dict[_Area, str] = {}
    last = 0
    with sheet._get_source() as source:
        parser = _Parser(
            source,
            sheet._shared_strings,
            data_only=True,
            epoch=book.epoch,
            date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
        )
        for number, cells in parser.parse():
            _check_row(number, last, cells)
            yield from _rows_between(last, number, areas, shown)
            last = number
            row = _row(sheet, number, cells)
            yield _with_merged(row, areas, shown)
    yield from _rows_between(last, MOST_ROWS + 1, areas, shown)


def _check_row(number: int, last: int, cells: Sequence[Any]) -> None:
    cure = "Open the workbook in a spreadsheet program and save it again."
    if not 0 < number <= MOST_ROWS:
        allowed = f"at most {MOST_ROWS:,} rows"
        raise Unreadable(last + 1, Fault("", f"a row numbered {number}", allowed, cure))
    if number <= last:
        fault = Fault("", f"row {number} after row {last}", "rows in order, each once", cure)
        raise Unreadable(number, fault)
    columns = [cell["column"] for cell in cells]
    if len(set(columns)) < len(columns) or any(cell["row"] != number for cell in cells):
        raise Unreadable(number, Fault("", "a cell twice", "each cell once, in its row", cure))
    if columns and not 0 < max(columns) <= _MOST_COLUMNS:
        allowed = f"at most {_MOST_COLUMNS:,} columns"
        raise Unreadable(number, Fault("", f"column {max(columns):,}", allowed, cure))


def _row(sheet: Any, number: int, cells: Sequence[Any]) -> SheetRow:
    texts = [""] * max((cell["column"] for cell in cells), default=0)
    faults: list[CellFault] = []
    typed = set()
    for raw in cells:
        at = raw["column"] - 1
        name = cell_name(at, number)
        if raw["data_type"] == "f":
            texts[at] = raw["value"]
            shown = f"the formula {raw['value']} in {name}, without a stored value"
            cure = (
                f"Save the workbook in a spreadsheet program, or write the value itself in {name}."
            )
            faults.append(CellFault(at, Fault("", shown, "a value, or an empty cell", cure)))
            continue
        cell = ReadOnlyCell(sheet, **raw)
        texts[at] = text_shown(cell)
        if isinstance(cell.value, int | float) and not isinstance(cell.value, bool):
            typed.add(at)
        if shows_more(cell):
            shown = f"{texts[at]} in {name}, which its number format shows otherwise"
            cure = f"Write in {name}, as text, what it shows."
            fault = Fault("", shown, "a text, or a number shown by its digits", cure)
            faults.append(CellFault(at, fault, text_only=True))
    return SheetRow(number, texts, tuple(faults), frozenset(typed))


def _merged_areas(sheet: Any) -> list[_Area]:
    """Find the merged cells of a sheet. They stand behind its rows, and so are read first."""
    areas = []
    rest = b""
    with sheet._get_source() as source:
        while chunk := source.read(_CHUNK):
            text = rest + chunk
            end = 0
            for match in _MERGED.finditer(text):
                end = match.end()
                first_column, first_row, last_column, last_row = range_boundaries(
                    match[1].decode("ascii")
                )
                areas.append(_Area(first_column - 1, first_row, last_column - 1, last_row))
            if len(areas) > _MOST_MERGED:
                cure = "Unmerge them, and write each value into each of its cells."
                allowed = f"at most {_MOST_MERGED:,} merged areas"
                raise Unreadable(0, Fault("", f"{len(areas):,} merged areas", allowed, cure))
            rest = text[max(end, len(text) - _OVERLAP) :]
    return sorted(areas, key=lambda area: area.first_row)


def _rows_between(
    last: int, number: int, areas: list[_Area], shown: dict[_Area, str]
) -> Iterator[SheetRow]:
    """Yield the first row that the file leaves out although merged cells show a value there.

    Its faults name the merged areas whole: one row of a gap is enough, however long it is.
    """
    covered = max((area.last_row for area in shown), default=0)
    for missing in range(last + 1, min(number, covered + 1)):
        row = _with_merged(SheetRow(missing, []), areas, shown)
        if row.faults:
            yield row
            return


def _with_merged(row: SheetRow, areas: list[_Area], shown: dict[_Area, str]) -> SheetRow:
    """Add a fault for each merged area that shows a value in cells that do not hold it."""
    while areas and areas[0].first_row <= row.number:
        area = areas.pop(0)
        text = row.texts[area.first_at] if area.first_at < len(row.texts) else ""
        if area.first_row == row.number and text.strip():
            shown[area] = text
    faults = list(row.faults)
    for area, text in list(shown.items()):
        if area.last_row < row.number:
            del shown[area]
            continue
        at = area.first_at + (area.first_row == row.number)
        if at > area.last_at:
            continue  # the value itself, above the cells that are merged with it
        first = cell_name(area.first_at, area.first_row)
        what = f"{text} in the merged cells {first}:{cell_name(area.last_at, area.last_row)}"
        cure = "Unmerge them, and write the value into each cell that it is meant for."
        faults.append(CellFault(at, Fault("", what, "one cell a value", cure)))
    return row._replace(faults=tuple(faults))
