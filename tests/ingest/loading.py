"""Load sources in tests, and look at the result."""

from __future__ import annotations

import csv
from pathlib import Path

from graph.dataset import Archive
from graph.record.model import Claim
from ingest.pipeline import ingest
from ingest.report import Report


def load(archive: Archive, *sources: str | Path, **options: object) -> Report:
    return ingest(archive, sources, **options)  # type: ignore[arg-type]


def sets(archive: Archive) -> dict[str, list[str]]:
    """Set -> the ids of its claims, in the current version."""
    with archive.open() as dataset:
        return {
            name: [
                claim.id for claim in dataset.records("claims", name) if isinstance(claim, Claim)
            ]
            for name in dataset.manifest.sets
        }


def table(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def files_below(path: Path) -> set[Path]:
    return {file for file in path.rglob("*") if file.is_file()} if path.exists() else set()
