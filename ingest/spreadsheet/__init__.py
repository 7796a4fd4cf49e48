"""The spreadsheet folder: four CSV files or one XLSX workbook, in and out (docs/formats.md).

reader.py       rows to records                writer.py     records to a folder or workbook
as_csv.py       CSV files, both ways           as_xlsx.py    a workbook, both ways
xlsx_sheet.py   the rows of one sheet          shown.py      a workbook's cell, as it is shown
table_names.py  names of files and sheets      columns.py    the columns of a file
cells.py        a cell's text, both ways       numbers.py    numbers with one reading
escapes.py      texts that would act           sheets.py     what the reader needs of a file
example.py      the folder of `sightline new`
"""

from __future__ import annotations

from ingest.spreadsheet.example import new
from ingest.spreadsheet.reader import Spreadsheet, open_spreadsheet
from ingest.spreadsheet.writer import write_spreadsheets

__all__ = ["Spreadsheet", "new", "open_spreadsheet", "write_spreadsheets"]
