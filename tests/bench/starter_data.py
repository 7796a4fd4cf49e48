"""The commands that a first reader types, each as a cold process over the starter data."""

from __future__ import annotations

from pathlib import Path

from tests.bench.measure import Figure, best

TIMES = 5


def figures(room: Path) -> list[Figure]:
    """Measure in an empty folder."""
    data = room / "data"
    ingest = best(1, "ingest", data=data)
    find = best(TIMES, "find", "axis", data=data)
    paths = best(TIMES, "paths", "safran", "shanghai-psb", data=data)
    usage = best(TIMES, "--help", data=data)
    return [
        Figure("starter data: `sightline ingest`", ingest.seconds, "s", 5),
        Figure("starter data: `sightline find axis`", find.seconds, "s", 1.5),
        Figure("starter data: `sightline paths safran shanghai-psb`", paths.seconds, "s", 1.5),
        Figure("`sightline --help`", usage.cpu, "s of CPU", 0.3),
    ]
