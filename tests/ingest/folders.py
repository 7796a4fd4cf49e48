"""Spreadsheet folders for tests: rows in, files out."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

import openpyxl

Row = Mapping[str, str]

ENTITIES: list[Row] = [
    {"id": "a", "kind": "company", "name": "A"},
    {"id": "b", "kind": "public_body", "name": "B"},
]
SOURCES: list[Row] = [{"id": "s", "title": "S", "publisher": "P", "type": "press"}]
CLAIM: Row = {
    "id": "c",
    "subject": "a",
    "relation": "supplies",
    "object": "b",
    "status": "reported",
    "sources": "s",
    "valid_from": "2015",
}
REPLY: Row = {"claim": "c", "party": "a", "kind": "none_readable"}


def tables(
    *,
    entities: Sequence[Row] = ENTITIES,
    sources: Sequence[Row] = SOURCES,
    claims: Sequence[Row] = (CLAIM,),
    replies: Sequence[Row] = (REPLY,),
) -> dict[str, list[list[str]]]:
    """The four tables as rows of texts: sound ones, but for what is given."""
    sheets = {}
    given = {"entities": entities, "sources": sources, "claims": claims, "replies": replies}
    for table, rows in given.items():
        header = list(dict.fromkeys(column for row in rows for column in row))
        sheets[table] = [header, *([row.get(column, "") for column in header] for row in rows)]
    return sheets


def folder(
    path: Path, separator: str = ",", encoding: str = "utf-8", **rows: Sequence[Row]
) -> Path:
    """Write the tables as a folder of CSV files."""
    path.mkdir(parents=True, exist_ok=True)
    for table, lines in tables(**rows).items():
        file = path / f"{table}.csv"
        file.unlink(missing_ok=True)
        if lines != [[]]:
            with file.open("w", encoding=encoding, newline="") as out:
                csv.writer(out, delimiter=separator).writerows(lines)
    return path


def workbook(path: Path, sheets: Mapping[str, Sequence[Sequence[object]]]) -> Path:
    """Write sheets as a workbook, cells of any type."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return path
