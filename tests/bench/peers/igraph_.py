"""igraph: the work of the kernels with its own functions."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Sequence

import igraph
import numpy as np
import pyarrow as pa

from graph.exposure.path_sets.draws import Bits
from tests.bench.peers.question import (
    CARRIED,
    Numbers,
    Question,
    at_targets,
    best,
    by_exporter,
    holding,
    numbered,
    uncollected,
)


def graph(question: Question) -> igraph.Graph:
    """Make the graph of a question's steps, from a list; an edge's number is its step's."""
    ends = list(zip(question.tail.tolist(), question.head.tolist(), strict=True))
    made = igraph.Graph(question.places, ends, directed=True)
    made.es["weight"] = (-np.log(question.chance[question.link])).tolist()
    return made


def from_links(table: pa.Table) -> igraph.Graph:
    """Make the graph of all links, their columns as attributes of edges.

    Parameters
    ----------
    table : pyarrow.Table
        With `tail`, `head` and the columns of `CARRIED`.

    Notes
    -----
    From a list of numbers, which Arrow makes of the ids. For 300,000 links the list took 0.10 s of
    CPU, the same as an array 0.26, and `Graph.TupleList`, which numbers ids in Python, 0.40.
    """
    with uncollected():
        ids, tails, heads = numbered(table)
        made = igraph.Graph(len(ids), list(zip(tails, heads, strict=True)), directed=True)
        made.vs["name"] = ids
        for name in CARRIED:
            made.es[name] = table[name].to_pylist()
    return made


def walks(graph: igraph.Graph, question: Question, exporters: Iterable[int]) -> int:
    """List all walks of some exporters to any target, and count them.

    Parameters
    ----------
    graph : igraph.Graph
        From `graph`.
    question : Question
        The same.
    exporters : iterable of int
        Places in `Question.sources`.

    Notes
    -----
    `get_all_simple_paths` with all targets at once: it searches all that an exporter reaches,
    whatever the targets, and keeps what ends at one.
    """
    ends = list(question.targets)
    return sum(len(_paths(graph, question, one, ends)) for one in exporters)


def top(
    graph: igraph.Graph, question: Question, pairs: Iterable[tuple[int, int]], k: int = 10
) -> list[list[float]]:
    """Return the probabilities of the best walks of some pairs, falling, by `get_k_shortest_paths`.

    Parameters
    ----------
    graph : igraph.Graph
        From `graph`.
    question : Question
        The same; bounded.
    pairs : iterable of (int, int)
        Places in `Question.sources`, numbers of targets.
    k : int
        How many walks of a pair.

    Raises
    ------
    ValueError
        If walks can be longer than the hops.

    Notes
    -----
    Yen's search by length -log p. Weights are an attribute of the edges: given as an array they
    are turned into numbers of C anew for each pair, more slowly. Where pairs have few walks,
    `top_listed` takes less time.
    """
    question.must_be_bounded()
    chance, ends = question.chance[question.link], question.ends
    found = []
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Couldn't reach some vertices", RuntimeWarning)
        for exporter, target in pairs:
            source, end = int(question.sources[exporter]), ends.get(target, -1)
            ways: list[list[int]] = []
            if source >= 0 and end not in (-1, source):
                ways = graph.get_k_shortest_paths(source, end, k, "weight", output="epath")
            found.append(sorted((float(chance[way].prod()) for way in ways if way), reverse=True))
    return found


def top_listed(
    graph: igraph.Graph, question: Question, pairs: Sequence[tuple[int, int]], k: int = 10
) -> list[list[float]]:
    """Return what `top` does, from the list of all walks, whatever their length."""
    found: dict[tuple[int, int], list[float]] = {}
    for exporter, targets in by_exporter(pairs).items():
        ends = [place for place, number in question.targets.items() if number in targets]
        listed = _paths(graph, question, exporter, ends)
        for target, values in best(question, listed, k).items():
            found[exporter, target] = values
    return [found.get(pair, []) for pair in pairs]


def all_pairs(graph: igraph.Graph, question: Question, bits: Bits, worlds: range) -> Numbers:
    """Count the worlds in which each exporter reaches each target, world by world.

    Parameters
    ----------
    graph : igraph.Graph
        From `graph`.
    question : Question
        The same.
    bits : uint64 array (links, words)
        In which worlds each link holds.
    worlds : range
        Numbers of worlds.

    Returns
    -------
    int64 array (exporters, targets)

    Notes
    -----
    A copy without the steps that do not hold, and `neighborhood` up to the hops for all exporters
    in one call. On 300,000 links, 0.4 and 0.4 ms of CPU a world; a new graph from a list took 0.6,
    from an array 2.7, `subgraph_edges` 0.6; `subcomponent` for each exporter 0.5, `distances` of
    all pairs in one call 10.
    """
    there = np.flatnonzero(question.sources >= 0)
    sources = question.sources[there].tolist()
    found = np.zeros((len(question.sources), question.wanted), np.int64)
    for world in worlds:
        held = graph.copy()
        held.delete_edges(np.flatnonzero(~holding(question, bits, world)).tolist())
        near = held.neighborhood(sources, order=question.max_hops, mode="out", mindist=1)
        met = np.zeros((len(there), question.places), np.bool_)
        for row, places in zip(met, near, strict=True):
            row[places] = True
        found[there] += at_targets(question, met)
    return found


def _paths(
    graph: igraph.Graph, question: Question, exporter: int, ends: list[int]
) -> list[list[int]]:
    source = int(question.sources[exporter])
    if source < 0:
        return []
    paths: list[list[int]] = graph.get_all_simple_paths(
        source, to=ends, minlen=1, maxlen=question.max_hops
    )
    return paths
