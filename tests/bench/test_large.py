"""The large bench runs whole on a small record."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.bench.big_record import write

# They need the libraries of the extra `bench`.
beside = pytest.importorskip("tests.bench.beside")
exposure_large = pytest.importorskip("tests.bench.exposure_large")
exposure_topologies = pytest.importorskip("tests.bench.exposure_topologies")


@pytest.mark.slow
def test_every_row_of_a_small_record(tmp_path: Path) -> None:
    archives = {links: write(tmp_path / str(links), links) for links in (1_000, 3_000)}
    rows = exposure_large.sizes(archives) + exposure_large.peers(archives[3_000], 3_000)
    assert len({row.what for row in rows}) >= 20
    assert all(row.value > 0 for row in rows)
    (solved,) = [row for row in rows if "solved exactly" in row.what and row.unit == "%"]
    assert solved.value == 100
    asked = [row for row in rows if row.asked]
    assert {row.unit for row in asked} == {"×", "%", "GiB"}


@pytest.mark.slow
def test_every_row_of_a_small_topology(tmp_path: Path) -> None:
    chance = np.random.default_rng(1)
    pairs = "\n".join(f"{a}\t{b}" for a, b in chance.integers(0, 60, size=(150, 2)))
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "p2p-Gnutella08.txt").write_text(f"# a list\n{pairs}\n", "utf-8")
    rows = exposure_topologies.figures(tmp_path / "room", tmp_path / "files")
    assert len(rows) == 4
    assert all(row.value > 0 for row in rows)
