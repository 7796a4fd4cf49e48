"""A question that is ready, asked of us and of the other libraries: times, and equal answers."""

from __future__ import annotations

from typing import Any, NamedTuple

from tests.bench.large_scoring import (
    Ready,
    all_walks,
)
from tests.bench.measure import timed
from tests.bench.peers import igraph_, networkx_, rustworkx_
from tests.bench.peers.question import Question

PEERS: dict[str, Any] = {"networkx": networkx_, "igraph": igraph_, "rustworkx": rustworkx_}


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
