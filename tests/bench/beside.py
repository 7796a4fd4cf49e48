"""A question that is ready, asked of us and of the other libraries: times, and equal answers."""

from __future__ import annotations

from itertools import groupby
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from graph.exposure.path_sets.draws import Bits
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
SAMPLE_PAIRS, SAMPLE_WORLDS = 40, 4
WORDS = 289


class Walked(NamedTuple):
    """What a library takes for its graph of the pruned steps, and for all walks in it."""

    number: int
    making: float
    walking: float


def walks(of: Ready, question: Question) -> tuple[float, dict[str, Walked]]:
    """Find all walks; return the seconds that we take, and what the others take."""
    walking, tree = timed(lambda: all_walks(of), 9)
    found = {}
    for name, peer in PEERS.items():
        making, graph = timed(lambda: peer.graph(question), 1)  # noqa: B023
        took, number = timed(
            lambda: peer.walks(graph, question, range(len(of.begin))),  # noqa: B023
            2 if name == "networkx" else 9,  # it takes seconds, and the others parts of one
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
    """Sample all pairs; `sampled`: also ask those that need hours, a few worlds of them.

    Whoever passes worlds through a graph has to draw them first. To have the same answers, the
    others get our worlds; what drawing as many takes with numpy is added where it says so.
    """
    took, bits = timed(lambda: draws(found))
    passing, ours = timed(lambda: all_pairs(of, bits))
    graph = graphblas_.graph(question)
    whole, theirs = timed(lambda: graphblas_.all_pairs(graph, question, bits, range(WORDS)), 1)
    np.testing.assert_array_equal(theirs, ours)
    drawing, _ = timed(lambda: drawn(question.chance, WORDS))
    many = f"{64 * WORDS:,} worlds (± 0.01 each)"
    rows = [
        Figure(f"all pairs, {many}: drawing them, {THREADS} threads", took, "s"),
        Figure(f"all pairs, {many}: walks and passing the worlds through", passing, "s"),
        Figure("the same, worlds drawn: GraphBLAS", whole / passing, "×", least=10),
        Figure(
            "the same, and drawing the worlds: GraphBLAS and numpy",
            (drawing + whole) / (took + passing),
            "×",
        ),
    ]
    for name, peer in PEERS.items() if sampled else ():
        made = peer.graph(question)
        each, _ = timed(
            lambda: peer.all_pairs(made, question, bits, range(SAMPLE_WORLDS)),  # noqa: B023
            1,
        )
        rows.append(
            Figure(
                f"the same, worlds drawn: {name} (extrapolated from {SAMPLE_WORLDS} worlds)",
                each / SAMPLE_WORLDS * 64 * WORDS / passing,
                "×",
            )
        )
    return rows


def drawn(chances: NDArray[np.float64], words: int, digits: int = 16, rows: int = 16) -> Bits:
    """Draw worlds of independent links with numpy, 64 to a word.

    A random word holds a digit of 64 numbers; from the lowest digit of the chance to the highest,
    `or` where it is 1, and `and` where it is 0. Comparing floats, or 16 random bits a world, and
    packing what comes out took 1.2 to 2 times as long.
    """
    chance = np.random.Generator(np.random.SFC64(1))
    limits = np.round(chances * 2**digits).astype(np.int64)
    made = np.empty((len(chances), words), np.uint64)
    for at in range(0, len(chances), rows):
        some = limits[at : at + rows, None]
        held = np.zeros((len(some), words), np.uint64)
        for digit in range(digits):
            word = chance.integers(0, 2**64, size=held.shape, dtype=np.uint64)
            held = np.where(some >> digit & 1, held | word, held & word)
        made[at : at + rows] = np.where(some >> digits, ~np.uint64(0), held)
    return made
