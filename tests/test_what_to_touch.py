"""CONTRIBUTING.md says what a change touches: a relation for reading is one entry in one file."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.ingest.folders import CLAIM, folder

ROOT = Path(__file__).parents[1]
ENTRY = """
    TRAINS = (
        "trains",
        RelationEntry(
            ends=_pairs([Kind.COMPANY], _PARTIES),
            meaning="trains the staff of somebody",
            noun="training",
            verb=Verb("trains", "trained by", past="trained"),
            pen=Pen.THIN,
            sections=(Section.SUPPLIES, Section.SUPPLIES),
        ),
    )
"""
RUN = """
import json, sys
from click.testing import CliRunner
from app.cli import main
for arguments in json.loads(sys.argv[1]):
    result = CliRunner().invoke(main, arguments, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    print(result.output)
"""


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the packages with one relation more."""
    ignored = shutil.ignore_patterns("__pycache__")
    for package in ("graph", "ingest", "app", "cypher"):
        shutil.copytree(ROOT / package, tmp_path / package, ignore=ignored)
    file = tmp_path / "graph" / "record" / "vocabulary" / "relations.py"
    table, end, rest = file.read_text("utf-8").partition("\n\n\n#: The entries by relation")
    assert end
    file.write_text(f"{table}\n{ENTRY}{end}{rest}", "utf-8")
    return tmp_path


def test_a_relation_for_reading_is_one_entry(copy: Path) -> None:
    claim = {**CLAIM, "relation": "trains", "valid_from": ""}
    rows = folder(copy / "rows", claims=[claim], replies=[])
    commands = [
        ["ingest", str(rows)],
        ["show", "a"],
        ["export", "a.svg", "--around", "a"],
        ["export", "a.csv", "--around", "a"],
        ["query", "links-without-a-date", "--relation", "trains", "--format", "csv"],
    ]
    done = subprocess.run(
        [sys.executable, "-c", RUN, json.dumps(commands)],
        cwd=copy,
        env={**os.environ, "PYTHONPATH": str(copy), "SIGHTLINE_DATA": str(copy / "data")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "A trains B, undated (reported)" in done.stdout
    assert "trains,a,A,b,B,documented," in done.stdout
    picture = (copy / "a.svg").read_text("utf-8")
    assert "trains, undated" in picture
    assert "thin line: training" in picture
    assert ",trains,a,A,b,B," in (copy / "a.csv").read_text("utf-8")
