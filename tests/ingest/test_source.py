"""How sources are found and sets are named."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.dataset import Archive
from graph.errors import SightlineError, StorageError, UsageError
from ingest.pipeline import ingest
from ingest.source import named_sources, open_source, slug
from ingest.spreadsheet import new
from tests.ingest.folders import folder
from tests.ingest.loading import load


def test_a_source_is_found_by_name_before_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    folder(tmp_path / "starter")
    assert open_source("starter").labels["claims"] == "starter/claims.csv"
    assert sum(1 for _ in open_source("starter").rows("claims")) > 100
    assert sum(1 for _ in open_source("./starter").rows("claims")) == 1
    assert sum(1 for _ in open_source(Path("starter")).rows("claims")) == 1
    assert set(named_sources()) == {"starter"}


def test_an_unknown_source_names_those_that_are_known() -> None:
    with pytest.raises(UsageError, match=r"no source and no folder 'nowhere'. Sources: starter;"):
        open_source("nowhere")
    with pytest.raises(UsageError, match="Did you mean 'starter'"):
        open_source("startr")


def test_a_set_needs_a_name_of_its_own(empty: Archive, tmp_path: Path) -> None:
    one, two = folder(tmp_path / "x" / "mine"), folder(tmp_path / "y" / "mine")
    with pytest.raises(UsageError, match="would be the set 'mine'"):
        load(empty, one, two)
    with pytest.raises(UsageError, match="names one source"):
        load(empty, one, two, as_name="z")
    with pytest.raises(UsageError, match="--as my-set"):
        load(empty, one, as_name="My Set")
    with pytest.raises(UsageError, match="cannot be the name of a set"):
        load(empty, folder(tmp_path / "---"))
    assert slug(" Überwachung/№ 7 ") == "überwachung-7"


def test_a_folder_given_as_a_dot_has_its_own_name(
    empty: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder(tmp_path / "mine"))
    report = load(empty, ".", tolerate={"rejects"})
    assert report.sets == ("mine",)


def test_every_failure_is_of_the_error_tree(empty: Archive, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    (tmp_path / "x.xlsx").write_bytes(b"PK")
    for what in ("nowhere", tmp_path / "file", tmp_path / "x.xlsx", tmp_path / "no" / "where"):
        with pytest.raises(SightlineError) as caught:
            load(empty, what)
        assert "\n" not in str(caught.value)


def test_a_folder_that_may_not_be_read(
    empty: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = folder(tmp_path / "mine")

    def refuse(self: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", refuse)
    with pytest.raises(StorageError, match=r"mine cannot be read \(Permission denied\)"):
        load(empty, path)
    with pytest.raises(StorageError, match="cannot be read"):
        load(empty, "x" * 5000)


def test_progress_stays_off_where_nobody_watches(
    empty: Archive, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    new(tmp_path / "mine")
    ingest(empty, [tmp_path / "mine"])
    assert capfd.readouterr() == ("", "")
