"""Raw files to records, and records to a dataset version. Uses graph, never app."""

from __future__ import annotations

from pathlib import Path

#: The starter data: a spreadsheet folder inside the package.
STARTER = Path(__file__).parent / "starter"
