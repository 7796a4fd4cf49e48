"""Reading in tests: the records of a folder, the rows and the faults of a table."""

from __future__ import annotations

from pathlib import Path

from graph.record.model import AnyRecord
from graph.validate import TABLES, Fault
from ingest.feed import RawRow
from ingest.spreadsheet import open_spreadsheet


def records(path: Path) -> list[AnyRecord]:
    loaded = []
    sheet = open_spreadsheet(path, "mine")
    for table in TABLES:
        for row in sheet.rows(table):
            if row.record is None:
                assert all(fault.warning for fault in row.faults), row.faults
            else:
                loaded.append(row.record)
    return loaded


def rows(path: Path, table: str) -> list[RawRow]:
    return list(open_spreadsheet(path, "mine").rows(table))


def faults(path: Path, table: str) -> list[tuple[int, Fault]]:
    return [(row.number, fault) for row in rows(path, table) for fault in row.faults]
