"""The spreadsheet folder: four CSV files or one XLSX workbook, in and out (docs/formats.md).

columns.py  which columns a file has         cells.py    a cell's text, both ways
as_csv.py   CSV files, both ways             as_xlsx.py  a workbook, both ways
reader.py   rows to records                  writer.py   records to a folder or workbook
example.py  the folder of `sightline new`
"""

from __future__ import annotations

from ingest.spreadsheet.example import new
from ingest.spreadsheet.reader import Spreadsheet, open_spreadsheet
from ingest.spreadsheet.writer import write_spreadsheets

__all__ = ["Spreadsheet", "new", "open_spreadsheet", "write_spreadsheets"]
