"""A folder or workbook is written whole, or not at all."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

import openpyxl
import pytest

from graph.dataset import Archive
from graph.errors import DataError, StorageError, UsageError
from graph.validate import TABLES
from ingest.spreadsheet import as_csv, open_spreadsheet, write_spreadsheets


class Interrupted(BaseException):
    """What stops a program between two writes."""


def _interrupt_at(monkeypatch: pytest.MonkeyPatch, number: int, error: BaseException) -> None:
    """Raise in the middle of the writing of the table of this number."""
    write, calls = as_csv.write_csv, iter(range(99))

    def interrupted(path: Path, rows: Iterable[Sequence[str]]) -> None:
        if next(calls) == number:
            path.write_text("id")
            raise error
        write(path, rows)

    monkeypatch.setattr(as_csv, "write_csv", interrupted)


@pytest.mark.parametrize("number", range(4))
@pytest.mark.parametrize("error", [Interrupted(), OSError(28, "No space left on device")])
def test_an_interrupted_export_leaves_nothing(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int,
    error: BaseException,
) -> None:  # fmt: skip
    (tmp_path / "room").mkdir()
    _interrupt_at(monkeypatch, number, error)
    expected = StorageError if isinstance(error, OSError) else Interrupted
    with archive.open() as dataset, pytest.raises(expected):
        write_spreadsheets(dataset, tmp_path / "room" / "out")
    assert list((tmp_path / "room").iterdir()) == []


def test_an_interrupted_export_changes_no_folder(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with archive.open() as dataset:
        write_spreadsheets(dataset, tmp_path / "out")
        (tmp_path / "out" / "notes.txt").write_text("mine")
        before = {file.name: file.read_bytes() for file in (tmp_path / "out").iterdir()}
        with monkeypatch.context() as patched:
            _interrupt_at(patched, 2, Interrupted())
            with pytest.raises(Interrupted):
                write_spreadsheets(dataset, tmp_path / "out", force=True)
        assert {file.name: file.read_bytes() for file in (tmp_path / "out").iterdir()} == before
        write_spreadsheets(dataset, tmp_path / "out", force=True)
        assert {file.name: file.read_bytes() for file in (tmp_path / "out").iterdir()} == before


@pytest.mark.parametrize("number", range(4))
def test_a_folder_whose_files_do_not_belong_together_does_not_load(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    replace, calls = Path.replace, iter(range(99))

    def interrupted(self: Path, target: Path) -> Path:
        if next(calls) == number:
            raise Interrupted
        return replace(self, target)

    with archive.open() as dataset:
        write_spreadsheets(dataset, tmp_path / "out")
        with monkeypatch.context() as patched:
            patched.setattr(Path, "replace", interrupted)
            with pytest.raises(Interrupted):
                write_spreadsheets(dataset, tmp_path / "out", force=True)
        with pytest.raises(DataError, match="was interrupted"):
            open_spreadsheet(tmp_path / "out", "miniature")
        write_spreadsheets(dataset, tmp_path / "out", force=True)
        open_spreadsheet(tmp_path / "out", "miniature")


@pytest.mark.parametrize("name", ["out", "out.xlsx"])
def test_what_a_killed_export_left_goes_with_the_next(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    room = tmp_path / "room"
    (room / f".{name}.part" / "deep").mkdir(parents=True)
    (room / f".{name}.part" / "deep" / "openpyxl.x").write_text("x")
    with archive.open() as dataset:
        write_spreadsheets(dataset, room / name)
    assert [path.name for path in room.iterdir()] == [name]
    assert list((tmp_path / "temporary").iterdir()) == []


def test_a_workbook_keeps_its_temporary_files_beside_it(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A killed program removes nothing; what it left has to be where the next one looks."""
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    seen: list[Path] = []

    def fail(_book: object, _path: Path) -> None:
        seen.extend(path for path in tmp_path.rglob("*") if path.is_file())
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(openpyxl.workbook.Workbook, "save", fail)
    with archive.open() as dataset, pytest.raises(StorageError, match="No space left"):
        write_spreadsheets(dataset, tmp_path / "room" / "out.xlsx")
    sheets = [path for path in seen if path.name in TABLES]
    assert len(sheets) == 4
    assert all(".out.xlsx.part" in str(path) for path in sheets)
    assert list((tmp_path / "temporary").iterdir()) == []
    assert list((tmp_path / "room").iterdir()) == []


@pytest.mark.parametrize(
    "where", ["openpyxl.worksheet._writer.WorksheetWriter.write_row", "zipfile.ZipFile.write"]
)
def test_a_disk_that_fills_up_in_a_workbook_is_one_sentence(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    """The first error is the one to report, not that a sheet is closed twice."""

    def full(_self: object, *_args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(where, full)
    with archive.open() as dataset, pytest.raises(StorageError, match="No space left"):
        write_spreadsheets(dataset, tmp_path / "out.xlsx")


def test_a_folder_is_not_written_over_a_file(archive: Archive, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("x")
    with archive.open() as dataset, pytest.raises(UsageError, match="is a file"):
        write_spreadsheets(dataset, tmp_path / "out", force=True)
