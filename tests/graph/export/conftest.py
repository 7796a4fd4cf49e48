"""Scenes of the miniature and of the hostile record, to be drawn in every format."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from graph.dataset import Archive
from graph.export.scene import Scene, Stamp
from graph.export.scene_from_answer import scene_from
from graph.paths.find import ask
from graph.paths.question import Question
from graph.stores import open_store
from ingest.pipeline import ingest

SceneOf: TypeAlias = Callable[..., Scene]


def make(folder: Path, exporter: str, target: str | None, **options: Any) -> Scene:
    with open_store(Archive(folder)) as store:
        found = ask(store, Question.between(exporter, target))
        names = {
            id_: entity.name for id_, entity in store.entities([exporter, target or ""]).items()
        }
        title = f"Supply paths from {names[exporter]} to {names.get(target or '', 'anybody')}"
        stamp = Stamp(
            title=title, data_version="2026-11-20 · 7f3a", weights_version="2026-11 · b1ec"
        )
        return scene_from(store, found, stamp, **options)


def with_claim(miniature: Path, folder: Path, row: str) -> Path:
    """Ingest the miniature with one more claim: id, ends, status, source, beginning, stage."""
    rows = folder / "rows"
    rows.mkdir()
    columns = [
        "id",
        "subject",
        "relation",
        "object",
        "status",
        "sources",
        "valid_from",
        "stage",
        "programme",
    ]
    cells = row.split(",")
    lines = (",".join(columns[: len(cells)]), row, "")
    (rows / "claims.csv").write_text("\n".join(lines), "utf-8")
    ingest(Archive(folder / "data"), [miniature, rows])
    return folder / "data"


@pytest.fixture(scope="session")
def scene_of_miniature(ingested: Path) -> SceneOf:
    """Make a scene of paths through the miniature: exporter, target, options."""
    return lambda exporter, target, **options: make(ingested, exporter, target, **options)


@pytest.fixture(scope="session")
def chain(scene_of_miniature: SceneOf) -> Scene:
    """Kamera Systems to Open Eye: parallel links, a reseller, a stand-in, two programmes."""
    return scene_of_miniature("kamera-systems", "open-eye")


@pytest.fixture(scope="session")
def open_ended(scene_of_miniature: SceneOf) -> Scene:
    """Visiolux to the bureau of Northport: a succession, and no programme."""
    return scene_of_miniature("visiolux", "northport-psb")


@pytest.fixture(scope="session")
def lead(scene_of_miniature: SceneOf) -> Scene:
    """Observa to Open Eye: no path, a lead."""
    return scene_of_miniature("observa-bv", "open-eye")


@pytest.fixture(scope="session")
def evil(hostile: Path) -> Scene:
    """A path among names that are markup and code."""
    return make(hostile, "evil-seller", "evil-programme")
