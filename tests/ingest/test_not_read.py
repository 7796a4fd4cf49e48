"""What stands beside the tables is named where it is not read, and refused where it may be one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from graph.dataset import Archive
from graph.errors import DataError
from ingest.spreadsheet import open_spreadsheet
from tests.ingest.folders import folder, tables, workbook
from tests.ingest.loading import load


def test_what_is_not_read_is_named(tmp_path: Path) -> None:
    path = workbook(tmp_path / "mine.xlsx", {**tables(), "notes": [["x"]], "Chart": [["y"]]})
    assert load(Archive(tmp_path / "data"), path).skipped == ("sheet notes", "sheet Chart")
    csv = folder(tmp_path / "csv")
    (csv / "outcomes.csv").write_text("claim,about\n")
    (csv / "README.md").write_text("about it\n")
    (csv / "left_out.csv").write_text("ref,reason\n")
    assert load(Archive(tmp_path / "more"), csv).skipped == ("outcomes.csv",)


@pytest.mark.parametrize("name", ["claim", "Claims (2)", "calims", "claims copy", "Claims_old"])
@pytest.mark.parametrize("beside", [True, False])
def test_what_is_nearly_a_table_is_an_error(tmp_path: Path, name: str, beside: bool) -> None:
    sheets = tables()
    sheets[name] = sheets["claims"] if beside else sheets.pop("claims")
    with pytest.raises(DataError, match=re.escape(name)):
        open_spreadsheet(workbook(tmp_path / "mine.xlsx", sheets), "mine")
    csv = folder(tmp_path / "csv")
    text = (csv / "claims.csv").read_text("utf-8")
    (csv / f"{name}.csv").write_text(text, "utf-8")
    if not beside:
        (csv / "claims.csv").unlink()
    with pytest.raises(DataError, match=re.escape(name)):
        open_spreadsheet(csv, "mine")
