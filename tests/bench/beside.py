"""A question that is ready, asked of us and of the other libraries: times, and equal answers."""

from __future__ import annotations

from itertools import groupby
from typing import Any, NamedTuple

import numpy as np

from tests.bench.large_scoring import (
    THREADS,
    TOP,
    Chances,
    Ready,
    all_pairs,
    all_walks,
    draws,
)
from tests.bench.large_scoring import top as best
from tests.bench.measure import Figure, timed
from tests.bench.peers import graphblas_, igraph_, networkx_, rustworkx_
from tests.bench.peers.question import Question

PEERS: dict[str, Any] = {"networkx": networkx_, "igraph": igraph_, "rustworkx": rustworkx_}
#: What would take others hours is asked of a part, and multiplied.
SAMPLE_PAIRS, SAMPLE_WORLDS = 100, 4
WORDS = 289


class Walked(NamedTuple):
    """What a library takes for its graph of the pruned steps, and for all walks in it."""

    number: int
    making: float
    walking: float


def walks(of: Ready, question: Question) -> tuple[float, dict[str, Walked]]:
    """Find all walks; return the seconds that we take, and what the others take."""
    walking, tree = timed(lambda: all_walks(of))
    found = {}
    for name, peer in PEERS.items():
        making, graph = timed(lambda: peer.graph(question), 1)  # noqa: B023
        took, number = timed(
            lambda: peer.walks(graph, question, range(len(of.begin))),  # noqa: B023
            2 if name == "rustworkx" else 1,
        )
        assert number == len(tree.node), name
        found[name] = Walked(number, making, took)
    return walking, found


def top(of: Ready, found: Chances, question: Question) -> list[Figure]:
    """Find the best paths of each pair."""
    took, (tree, kept, probable) = timed(lambda: best(of, found.alone))
    owner = np.repeat(np.arange(len(tree.total)), np.diff(tree.end_first))[kept]
    number = np.searchsorted(of.targets, tree.target[kept])
    ours = {
        pair: [float(probable[row]) for row in rows]
        for pair, rows in groupby(
            range(len(kept)), key=lambda row: (int(owner[row]), int(number[row]))
        )
    }
    rows = [Figure(f"the {TOP} best of {len(ours):,} pairs", took, "s")]
    chosen = np.random.default_rng(1).permutation(len(ours))[:SAMPLE_PAIRS]
    pairs = [list(ours)[one] for one in chosen]
    for name, wanted in (("networkx", 100), ("igraph", 500)):
        peer = PEERS[name]
        graph = peer.graph(question)
        each, theirs = timed(lambda: peer.top(graph, question, pairs, TOP), 1)  # noqa: B023
        for pair, values in zip(pairs, theirs, strict=True):
            np.testing.assert_allclose(values, ours[pair], rtol=1e-9)
        rows.append(
            Figure(
                f"the same, index ready: {name} (extrapolated from {len(pairs)} pairs;"
                f" to reach: {wanted} ×)",
                each / len(pairs) * len(ours) / took,
                "×",
            )
        )
    for name, peer in PEERS.items():
        graph = peer.graph(question)
        each, _ = timed(lambda: peer.top_listed(graph, question, list(ours), TOP), 1)  # noqa: B023
        rows.append(Figure(f"the same, from a list of all walks: {name}", each / took, "×"))
    return rows


def worlds(of: Ready, found: Chances, question: Question, *, sampled: bool = True) -> list[Figure]:
    """Sample all pairs; `sampled`: also ask those that need hours, a few worlds of them."""
    took, ours = timed(lambda: all_pairs(of, found))
    bits = draws(found)
    graph = graphblas_.graph(question)
    whole, theirs = timed(lambda: graphblas_.all_pairs(graph, question, bits, range(WORDS)), 1)
    np.testing.assert_array_equal(theirs, ours)
    rows = [
        Figure(f"all pairs, {64 * WORDS:,} worlds (± 0.01 each), {THREADS} threads", took, "s"),
        Figure("the same: GraphBLAS", whole / took, "×", least=10),
    ]
    for name, peer in PEERS.items() if sampled else ():
        made = peer.graph(question)
        each, _ = timed(
            lambda: peer.all_pairs(made, question, bits, range(SAMPLE_WORLDS)),  # noqa: B023
            1,
        )
        rows.append(
            Figure(
                f"the same: {name} (extrapolated from {SAMPLE_WORLDS} worlds)",
                each / SAMPLE_WORLDS * 64 * WORDS / took,
                "×",
            )
        )
    return rows
