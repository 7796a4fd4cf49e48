"""JSON and CSV: one document, one row a result, UTF-8 whatever the terminal."""

from __future__ import annotations

import csv
import io
import json

from app.cli.output import Document, document_as_json, rows_as_csv
from tests.app.cli.conftest import Run


def test_json_has_the_contracts_keys_and_what_stands_beside() -> None:
    answer = Document(data_version="v", total=1, results=[{"a": "é"}], beside={"leads": []})
    assert json.loads(document_as_json(answer)) == {
        "data_version": "v",
        "weights_version": None,
        "filters": {},
        "total": 1,
        "left_out": {},
        "results": [{"a": "é"}],
        "leads": [],
    }


def test_csv_reads_back() -> None:
    rows = [{"a": 'x, "y"\nz', "b": ("p", "q"), "c": None}, {"a": "", "b": True, "c": 0.5}]
    read = list(
        csv.DictReader(io.StringIO(rows_as_csv(["a", "b", "c"], rows).decode(), newline=""))
    )
    assert read == [{"a": 'x, "y"\nz', "b": "p;q", "c": ""}, {"a": "", "b": "yes", "c": "0.5"}]


def test_data_formats_are_utf_8(run: Run) -> None:
    answer = run("find", "وزارة", "--format", "csv")
    assert "وزارة الداخلية" in answer.stdout_bytes.decode("utf-8")
