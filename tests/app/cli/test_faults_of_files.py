"""Files that libraries stumble over get one sentence; none is reported as an internal error."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from tests.app.cli.conftest import Run

DEEP = "[" * 5000 + "]" * 5000


def test_weights_nested_too_deeply(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "deep.toml"
    file.write_text(f"a = {DEEP}")
    result = run("exposure", "--weights", str(file))
    assert result.exit_code == 1
    assert "cannot be read" in result.stderr


def test_a_parameter_nested_too_deeply(run: Run) -> None:
    result = run("cypher", "RETURN $x", "--param", f"x:={DEEP}")
    assert result.exit_code == 2
    assert "nested too deeply" in result.stderr


@pytest.mark.parametrize("fault", ["encrypted", "compressed in an unknown way"])
def test_workbooks_that_zipfile_refuses(fault: str, run: Run, tmp_path: Path) -> None:
    file = tmp_path / "leads.xlsx"
    with zipfile.ZipFile(file, "w") as archive:
        for name in ("[Content_Types].xml", "xl/workbook.xml"):
            archive.writestr(name, "<a/>" * 10)
    content = bytearray(file.read_bytes())
    for signature, flags, method in ((b"PK\x03\x04", 6, 8), (b"PK\x01\x02", 8, 10)):
        at = content.find(signature)
        while at >= 0:
            if fault == "encrypted":
                content[at + flags] |= 1
            else:
                content[at + method] = 99
            at = content.find(signature, at + 4)
    file.write_bytes(content)
    result = run("ingest", str(file), data=tmp_path / "data")
    assert result.exit_code == 1
    assert "readable XLSX workbook" in result.stderr


def test_new_writes_weights_to_change(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    written = run("new", str(file))
    assert (written.exit_code, written.stderr) == (0, "")
    assert run("exposure", "--weights", str(file)).exit_code == 0
    again = run("new", str(file))
    assert again.exit_code == 2
    assert "already exists" in again.stderr


def test_help_names_no_file_of_the_repository(run: Run) -> None:
    """An installed program has no folder docs/, and its weights are not below the reader's."""
    from app.cli import COMMANDS

    for name in COMMANDS:
        shown = " ".join(run(name, "--help").stdout.split())
        assert "docs/" not in shown, name
        assert "graph/" not in shown, name
