"""All walks and all scores on real networks, beside other libraries: of the files there are."""

from __future__ import annotations

from pathlib import Path

from graph.paths.kernels.columns import of_dataset
from tests.bench import beside
from tests.bench.large_scoring import chances, ready
from tests.bench.measure import ROOT, Figure
from tests.bench.peers.question import of_steps
from tests.bench.topologies import topologies, write

FILES = ROOT.parent / "shared" / "data" / "snap_topology"
LEAST = {"networkx": 200, "rustworkx": 5}


def figures(room: Path, files: Path = FILES) -> list[Figure]:
    """Measure each network that is there."""
    rows = []
    for topology in topologies(files):
        archive = write(room / topology.name, topology)
        with archive.open() as dataset:
            columns = of_dataset(dataset)
        of = ready(columns, topology.exporters, topology.targets, topology.max_hops)
        found = chances(archive, columns, of)
        question = of_steps(of.steps, of.exporters, of.targets, found.alone)
        walking, others = beside.walks(of, question)
        name = f"{topology.name}, {len(topology.links):,} links"
        number = next(iter(others.values())).number
        what = f"{name}: all {number:,} walks of at most {topology.max_hops} hops, index ready"
        rows.append(Figure(what, walking, "s"))
        rows += [
            Figure(f"the same: {other}", took.walking / walking, "×", least=LEAST.get(other))
            for other, took in others.items()
        ]
    return rows
