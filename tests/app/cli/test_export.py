"""`sightline export`: files by suffix, whole or not there."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path
from xml.etree import ElementTree

import pytest

from graph import export
from tests.app.cli.conftest import Run

ENDS = ("--from", "kamera-ab", "--to", "open-eye")
MAGIC = {
    ".svg": b"<?xml",
    ".pdf": b"%PDF-",
    ".png": b"\x89PNG",
    ".html": b"<!DOCTYPE html>",
    ".csv": b"\xef\xbb\xbf",
}


def test_formats_are_the_modules_of_graph_export() -> None:
    assert set(MAGIC) == {f".{name}" for name in export.formats()}


@pytest.mark.parametrize("suffix", MAGIC)
def test_a_path_in_each_format(suffix: str, run: Run, tmp_path: Path) -> None:
    file = tmp_path / f"path{suffix}"
    result = run("export", str(file), *ENDS, "--top", "2")
    assert (result.exit_code, result.stderr) == (0, "")
    message = f"Wrote {file}: 2 paths. 1 further path is not shown."
    assert result.stdout.strip() == message
    assert file.read_bytes().lstrip().lower().startswith(MAGIC[suffix].lower())
    assert [written.name for written in tmp_path.iterdir()] == [file.name]


def test_a_picture_carries_names_version_and_filters(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "path.svg"
    run("export", str(file), *ENDS, "--on", "2016-01-01")
    text = " ".join(" ".join(ElementTree.parse(file).getroot().itertext()).split())
    for part in ("Kamera AB", "Clear Sky", "on 2016-01-01", "data version", "weights 2026-11"):
        assert part in text


def test_json_is_the_answer_of_paths(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "path.JSON"
    run("export", str(file), *ENDS)
    assert json.loads(file.read_bytes()) == json.loads(
        run("paths", *ENDS[1::2], "--format", "json").stdout
    )


@pytest.mark.parametrize("suffix", MAGIC)
def test_the_links_around_an_entity_in_each_format(suffix: str, run: Run, tmp_path: Path) -> None:
    file = tmp_path / f"around{suffix}"
    result = run("export", str(file), "--around", "kamera-ab", "--hops", "2")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith(f"Wrote {file}: ")
    assert file.read_bytes().lstrip().lower().startswith(MAGIC[suffix].lower())


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (
            ("a.svg", "--around", "kamera-ab", "--on", "2015-01-01"),
            "Omit the options of paths",
        ),
        (("a.svg", "--around", "kamera-ab", *ENDS), "Omit the options of paths"),
        (("a.json", "--around", "kamera-ab"), "a picture or a .csv file"),
        (("a.svg", "--hops", "2"), "--hops goes with --around ID"),
        (("a.xlsx", "--around", "kamera-ab"), "Spreadsheets hold whole sets"),
        (("a.svg", "--around", "nobody-at-all"), "nobody-at-all"),
    ],
)
def test_around_with_what_does_not_go_with_it(
    words: tuple[str, ...], message: str, run: Run, tmp_path: Path
) -> None:
    result = run("export", str(tmp_path / words[0]), *words[1:])
    assert result.exit_code in (1, 2)
    assert message in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_force_writes_over(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "path.csv"
    file.write_text("mine")
    assert run("export", str(file), *ENDS, "--force").exit_code == 0
    assert list(csv.DictReader(file.read_text("utf-8-sig").splitlines()))


def test_a_full_disk_leaves_the_old_file(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "path.json"
    file.write_text("mine")

    def half(path: Path, content: bytes) -> int:
        path.write_text("ha")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", half)
    result = run("export", str(file), *ENDS, "--force")
    assert result.exit_code == 1
    assert "No space left on device" in result.stderr
    assert file.read_text() == "mine"
    assert [left.name for left in tmp_path.iterdir()] == [file.name]


def test_no_path_is_no_picture(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "none.svg"
    result = run("export", str(file), "--from", "kanon-kk", "--to", "clear-sky")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "Nothing was written" in result.stdout
    assert not file.exists()


def test_a_lead_alone_is_a_picture(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "lead.svg"
    result = run("export", str(file), "--from", "observa-bv", "--to", "open-eye")
    assert result.stdout.startswith(f"Wrote {file}: 0 paths, 1 lead.")
    text = " ".join(" ".join(ElementTree.parse(file).getroot().itertext()).split())
    assert "no source says that this supply serves it" in text
    assert "No supply path from Observa B.V. to Open Eye: leads only" in text
    assert "Supply paths from" not in text


@pytest.mark.parametrize("suffix", [".html", ".csv"])
def test_a_charge_is_told_as_one_with_who_says_so(
    suffix: str, run: Run, starter: Path, tmp_path: Path
) -> None:
    file = tmp_path / f"charge{suffix}"
    run("export", str(file), "--from", "finfisher-group", "--to", "mit-turkey", data=starter)
    text = file.read_text("utf-8-sig")
    assert "a charge, no finding" in text
    assert "Munich public prosecutor (indictment)" in text


@pytest.mark.parametrize("name", ["folder", "book.xlsx"])
def test_spreadsheets_load_as_the_same_version(
    name: str, run: Run, ingested: Path, tmp_path: Path
) -> None:
    place = tmp_path / name
    written = run("export", str(place))
    assert written.exit_code == 0
    assert all(line.startswith("Wrote ") for line in written.stdout.splitlines())
    assert run("export", str(place)).exit_code == 2
    assert run("export", str(place), "--force").exit_code == 0
    loaded = run("ingest", str(place), "--as", "miniature", data=tmp_path / "data")
    version = (ingested / "current").read_text().strip()
    assert f"Version {version[:12]} is the current one." in loaded.stdout


def test_a_set_is_chosen(run: Run, ingested: Path, tmp_path: Path) -> None:
    data = shutil.copytree(ingested, tmp_path / "data")
    run("new", str(tmp_path / "own"))
    run("ingest", str(tmp_path / "own"), data=data)
    several = run("export", str(tmp_path / "a.xlsx"), data=data)
    assert several.exit_code == 2
    assert "own" in several.stderr
    assert run("export", str(tmp_path / "a.xlsx"), "--set", "own", data=data).exit_code == 0
    assert run("export", str(tmp_path / "all"), data=data).exit_code == 0
    assert {path.name for path in (tmp_path / "all").iterdir()} == {"own", "miniature"}


@pytest.mark.parametrize("suffix", MAGIC)
def test_a_party_without_links_is_a_picture_of_its_card(
    suffix: str, run: Run, every_word: Path, tmp_path: Path
) -> None:
    file = tmp_path / f"alone{suffix}"
    result = run("export", str(file), "--around", "product-1", data=every_word)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == (
        f"Wrote {file}: 1 entity. No link within 1 hop of product 1 is on record.\n"
    )
    assert file.read_bytes().lower().startswith(MAGIC[suffix].lower())
