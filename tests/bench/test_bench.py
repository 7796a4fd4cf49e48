"""The benches' own parts: what is measured is real, and a broken limit is said."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from graph.dataset import Archive
from ingest.pipeline import ingest
from tests.bench import __main__ as bench
from tests.bench import large_folder
from tests.bench.measure import Figure, sightline


def test_what_measures_is_found() -> None:
    assert {"large_folder", "starter_data"} <= set(bench.modules())
    assert "measure" not in bench.modules()


def test_the_large_folder_is_sound(tmp_path: Path) -> None:
    large_folder.write(tmp_path / "folder", 600)
    report = ingest(Archive(tmp_path / "data"), [tmp_path / "folder"])
    assert report.counts["claims"] == 600


def test_a_broken_limit_is_said() -> None:
    shown = bench.table(
        [
            Figure("slow", 3, "s", 2),
            Figure("quick", 1, "s", 2),
            Figure("free", 9, "s"),
            Figure("small", 3, "×", least=4),
            Figure("large", 3, "×", least=2),
        ]
    )
    assert [line.split(" | ")[-1].strip(" |") for line in shown.splitlines()[2:]] == [
        "**broken**",
        "holds",
        "",
        "**broken**",
        "holds",
    ]


def test_a_command_that_fails_is_no_figure(tmp_path: Path) -> None:
    with pytest.raises(subprocess.CalledProcessError):
        sightline("find", "nobody", data=tmp_path / "data")


def test_a_process_has_costs(tmp_path: Path) -> None:
    cost = sightline("--help", data=tmp_path / "data")
    assert 0 < cost.cpu < 30
    assert 5e6 < cost.peak < 2e9
