"""Fixtures of the tests of ingestion."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.dataset import Archive


@pytest.fixture
def empty(tmp_path: Path) -> Archive:
    """An archive without a version."""
    return Archive(tmp_path / "data")
