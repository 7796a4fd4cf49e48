"""All walks and all scores of 3 million links, beside what other libraries take.

The record is undated, with an origin each, because no other library knows of dates or of origins
in common. The others get the pruned steps for nothing. What would take hours is measured on a
sample: its row says which, and nothing has to hold of it.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import psutil
import pyarrow.parquet as pq

from graph.dataset import Archive
from graph.paths.kernels.columns import Columns, of_dataset, of_tables
from graph.probability.reference import prepare
from tests.bench import beside
from tests.bench.big_record import dated, ends, write
from tests.bench.large_scoring import (
    Chances,
    Ready,
    all_walks,
    by_pair,
    chances,
    measured,
    ready,
    solved,
)
from tests.bench.measure import Figure, timed
from tests.bench.peers.question import CARRIED, of_steps

SIZES = SMALL, _, LARGE = 30_000, 300_000, 3_000_000
ROOTS = 30
SHARING = 2_000  # pairs that are solved with and without origins in common


def figures(room: Path) -> list[Figure]:
    """Measure three sizes, and the largest beside the others."""
    archives = {links: write(room / str(links), links) for links in SIZES}
    found = sizes(archives)
    return found + peers(archives[LARGE], LARGE)


def sizes(archives: dict[int, Archive]) -> list[Figure]:
    """Measure each size in a process of its own."""
    taken = {links: measured(archive.folder, links) for links, archive in archives.items()}
    whole = {links: sum(taken[links]["seconds"].values()) for links in taken}
    last = taken[max(taken)]
    many = f"{max(taken):,} links"
    least, most = min(taken), max(taken)
    return [
        *(
            Figure(f"{many}, {last['walks']:,} walks: {stage}", seconds, "s")
            for stage, seconds in last["seconds"].items()
        ),
        Figure(f"{many}: all of it, peak memory", last["peak"] / 2**30, "GiB", 3),
        Figure(
            f"{least:,} to {most:,} links: time for a link, as a multiple",
            whole[most] / most / (whole[least] / least),
            "×",
            1,
        ),
        Figure(
            f"{last['pairs']:,} pairs: solved exactly", 100 * last["solved"] / last["pairs"], "%",
            least=99,
        ),
        Figure(
            "pass over the states: copying memory moves so many times as much",
            last["distance"],
            "×",
            3,
        ),
    ]  # fmt: skip


def peers(archive: Archive, links: int) -> list[Figure]:
    """Measure a record beside the other libraries; their answers have to be the same."""
    reading, columns = timed(lambda: of_dataset(archive.open()))
    pruning, of = timed(lambda: ready(columns, *ends(links)))
    found = chances(archive, columns, of)
    question = of_steps(of.steps, of.exporters, of.targets, found.alone)
    walking, of_peers = beside.walks(of, question)
    built, building = _building(archive, links, reading, columns)
    for name, took in of_peers.items():
        whole = (building[name] + took.making + took.walking) / (reading + pruning + walking)
        cold, warm = {"networkx": (20, 200), "rustworkx": (2, 5)}.get(name, (None, None))
        what = f"all {took.number:,} walks, from Parquet to answer: {name}"
        built.append(Figure(what, whole, "×", least=cold))
        built.append(
            Figure(f"the same, index ready: {name}", took.walking / walking, "×", least=warm)
        )
    return [
        *built,
        *_dates(archive, links, walking),
        _shared(of, found),
    ]


def _built(peer: Any, file: Path) -> Any:
    return peer.from_links(pq.read_table(file, columns=["tail", "head", *CARRIED]))


def _building(
    archive: Archive, links: int, reading: float, columns: Columns
) -> tuple[list[Figure], dict[str, float]]:
    """Measure what it takes to have a graph of all links, in time and in memory."""
    file = archive.open().file("links")
    building, rows = {}, []
    process = psutil.Process()
    for name, peer in beside.PEERS.items():
        before = process.memory_info().rss
        took, graph = timed(partial(_built, peer, file), 1)
        size = process.memory_info().rss - before
        del graph
        building[name] = took
        least = 20 if name == "networkx" else None
        what = f"Parquet to a graph of {links:,} links: {name}"
        rows.append(Figure(what, took / reading, "×", least=least))
        if name == "networkx":
            held = sum(v.nbytes for v in columns if isinstance(v, np.ndarray))
            held += columns.link_ids.nbytes + columns.entities.nbytes
            rows.append(
                Figure("the same, memory: networkx.MultiDiGraph", size / held, "×", least=10)
            )
    return [*rows, Figure("bytes a link: columns", held / links, "B")], building


def _dates(archive: Archive, links: int, walking: float) -> list[Figure]:
    """Measure what dates cost: the walks of the same links, and what is cut of them."""
    dataset = archive.open()
    table = dated(pq.read_table(dataset.file("links")))
    columns = of_tables(table, pq.read_table(dataset.file("entities")))
    of = ready(columns, *ends(links))
    took, tree = timed(lambda: all_walks(of))
    return [
        Figure(
            f"with dates on nine links of ten ({int(tree.total.sum()):,} walks are left):"
            " all walks, as a multiple of the same without",
            took / walking,
            "×",
        )
    ]


def _shared(of: Ready, found: Chances) -> Figure:
    """Measure what origins in common cost: the same pairs, with a tenth of the links on few."""
    pairs = by_pair(all_walks(of), found.ids)
    chance = np.random.default_rng(1)
    chosen = [list(pairs)[one] for one in chance.permutation(len(pairs))[:SHARING]]
    asked = {pair: pairs[pair] for pair in chosen}
    roots = sorted(found.weighed.network.graph["origins"])[:ROOTS]
    links = dict(found.weighed.links)
    for number in chance.permutation(len(found.ids))[: len(found.ids) // 10]:
        link = links[found.ids[number]]
        root = roots[chance.integers(ROOTS)]
        rows = tuple(msgspec.structs.replace(row, origins=(root,)) for row in link.rows)
        links[link.link_id] = msgspec.structs.replace(link, rows=rows)
    common = prepare(found.weighed.network.graph["origins"], links.values())
    apart, _ = timed(lambda: solved(found.event, asked), 1)
    shared, number = timed(lambda: solved(common, asked), 1)
    return Figure(
        f"{len(asked):,} pairs, a tenth of the links on {ROOTS} origins in common, {number:,} of"
        " them solved exactly: time as a multiple of the same with an origin each",
        shared / apart,
        "×",
    )
