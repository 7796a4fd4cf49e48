"""Fixtures that the rooms share: the miniature and the starter data, as folders and archives."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from tests.tools.browser import in_ci

if TYPE_CHECKING:
    from graph.dataset import Archive

# How busy a machine is, is no fault (deadline). CI tries the same examples each time, others new.
settings.register_profile("sightline", deadline=None, derandomize=in_ci())
settings.register_profile("quick", deadline=None, max_examples=5)  # for `make quick`
settings.load_profile("sightline")

#: Of a test's many seeds, these run in `make quick`; the others are slow.
QUICK_SEEDS = range(3)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests of all further seeds as slow."""
    for item in items:
        if isinstance(item, pytest.Function) and hasattr(item, "callspec"):
            seed = item.callspec.params.get("seed", 0)
            if isinstance(seed, int) and seed not in QUICK_SEEDS:
                item.add_marker(pytest.mark.slow)


def pytest_xdist_auto_num_workers() -> int:
    """Return at least three: one for each release of Neo4j, which mostly wait, one for the rest."""
    return max(3, os.cpu_count() or 1)


@pytest.fixture(scope="session")
def miniature() -> Path:
    """The spreadsheet folder that tests/miniature/README.md describes. Read it, never write."""
    return Path(__file__).parent / "miniature"


@pytest.fixture(scope="session")
def ingested(miniature: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the miniature as its only set, built once. Read it, never write."""
    from graph.dataset import Archive
    from ingest.pipeline import ingest

    folder = tmp_path_factory.mktemp("ingested")
    ingest(Archive(folder), [miniature])
    return folder


@pytest.fixture
def archive(ingested: Path, tmp_path: Path) -> Archive:
    """An archive with the miniature as its only set; a copy of the test's own."""
    from graph.dataset import Archive

    return Archive(shutil.copytree(ingested, tmp_path / "data"))


@pytest.fixture(scope="session")
def starter(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the starter data, built once. Read it, never write."""
    from graph.dataset import Archive
    from ingest.pipeline import ingest

    folder = tmp_path_factory.mktemp("starter")
    ingest(Archive(folder))
    return folder


@pytest.fixture(scope="session")
def every_word(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder that has every word of the vocabulary. Read it, never write."""
    from graph.dataset import Archive
    from ingest.pipeline import ingest
    from tests.every_word import write

    folder = tmp_path_factory.mktemp("every_word")
    ingest(Archive(folder / "data"), [write(folder / "rows")])
    return folder / "data"


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder of names and texts that are markup and code (tests/hostile.py)."""
    from graph.dataset import Archive
    from ingest.pipeline import ingest
    from tests.hostile import write

    folder = tmp_path_factory.mktemp("hostile")
    ingest(Archive(folder / "data"), [write(folder / "rows")])
    return folder / "data"
