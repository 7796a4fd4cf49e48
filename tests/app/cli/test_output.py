"""JSON and CSV: one document, one row a result, UTF-8 whatever the terminal."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest

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
    rows: list[dict[str, Any]] = [
        {"a": 'x, "y"\nz', "b": ("p", "q"), "c": None},
        {"a": "", "b": True, "c": 0.5},
    ]
    read = list(
        csv.DictReader(io.StringIO(rows_as_csv(["a", "b", "c"], rows).decode(), newline=""))
    )
    assert read == [{"a": 'x, "y"\nz', "b": "p;q", "c": ""}, {"a": "", "b": "yes", "c": "0.5"}]


STEERING = "\x1b[31m\x07\x7f\x9b2J\u202e\u2066\u061c\u200f\ufeff\U000e0041"


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
@pytest.mark.parametrize("several", [False, True])
def test_no_cell_runs_as_a_formula(begin: str, several: bool) -> None:
    text = f"{begin}cmd|'/c calc'!A1"
    written = rows_as_csv(["a"], [{"a": ("x", text) if several else text}]).decode()
    (row,) = csv.DictReader(io.StringIO(written, newline=""))
    cells = row["a"].split(";") if several else [row["a"]]
    assert not any(cell.startswith(begin) for cell in cells)
    assert cells[-1].startswith("'")


def test_no_heading_and_no_key_runs_as_a_formula() -> None:
    written = rows_as_csv(["=a"], [{"=a": {"=b": "=c"}}]).decode()
    assert written == "'=a\n'=b='=c\n"


def test_negative_numbers_stay_numbers() -> None:
    assert rows_as_csv(["a"], [{"a": -0.5}]) == b"a\n-0.5\n"


def test_csv_steers_no_terminal() -> None:
    written = rows_as_csv(["a"], [{"a": f"x{STEERING}\ty\r\nz"}]).decode()
    assert not set(written) & set(STEERING) - set("[31m2J")
    assert "\ty\nz" in written


def test_json_steers_no_terminal_and_loses_nothing() -> None:
    text = f"x{STEERING}\u2028\ty\r\nz"
    answer = Document(data_version="v", total=1, results=[{"a": text, text: 1}])
    written = document_as_json(answer).decode()
    assert not set(written) & set(STEERING + "\u2028") - set("[31m2J")
    assert json.loads(written)["results"] == [{"a": text, text: 1}]


#: Commands over the hostile record, in every format.
HOSTILE = [
    ("find", "evil"),
    ("show", "evil-programme"),
    ("paths", "evil-seller", "evil-programme"),
    ("exposure", "--targets", "all"),
    ("ranking", "--by", "programmes"),
    ("explain", "evil-seller", "evil-programme"),
    ("look-next", "evil-buyer"),
    ("query", "claims-about", "--entity", "evil-programme"),
]


@pytest.mark.parametrize("words", HOSTILE, ids=lambda words: words[0])
def test_hostile_records_are_inert_in_every_format(
    words: tuple[str, ...], run: Run, hostile: Path
) -> None:
    for form in ("csv", "json", "table"):
        shown = run(*words, "--format", form, data=hostile)
        assert shown.exit_code == 0
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", shown.stdout)
        if form == "csv":
            for row in csv.reader(io.StringIO(shown.stdout, newline="")):
                assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row)


def test_data_formats_are_utf_8(run: Run) -> None:
    answer = run("find", "وزارة", "--format", "csv")
    assert "وزارة الداخلية" in answer.stdout_bytes.decode("utf-8")
