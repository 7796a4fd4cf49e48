"""networkx: the work of the kernels with its own functions."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from contextlib import suppress
from itertools import islice, pairwise

import networkx as nx
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
    uncollected,
)


def graph(question: Question) -> nx.DiGraph[int]:
    """Make the graph of a question's steps: a DiGraph, because no two join the same places."""
    made: nx.DiGraph[int] = nx.DiGraph()
    made.add_nodes_from(range(question.places))
    lengths = (-np.log(question.chance[question.link])).tolist()
    made.add_weighted_edges_from(
        zip(question.tail.tolist(), question.head.tolist(), lengths, strict=True)
    )
    return made


def from_links(table: pa.Table) -> nx.MultiDiGraph[str]:
    """Make the graph of all links, keyed by link id as that of `graph.network.build` is.

    Parameters
    ----------
    table : pyarrow.Table
        With `tail`, `head` and the columns of `CARRIED`.

    Notes
    -----
    `add_edge`, without Python's collector: `add_edges_from` takes as long, and longer than with it.
    """
    made: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    with uncollected():
        columns = (table[name].to_pylist() for name in ("tail", "head", *CARRIED))
        for tail, head, key, relation, first, last in zip(*columns, strict=True):
            made.add_edge(tail, head, key, relation=relation, outer_from=first, outer_to=last)
    return made


def walks(graph: nx.DiGraph[int], question: Question, exporters: Iterable[int]) -> int:
    """List all walks of some exporters to any target, and count them.

    Parameters
    ----------
    graph : networkx.DiGraph
        From `graph`.
    question : Question
        The same.
    exporters : iterable of int
        Places in `Question.sources`.

    Notes
    -----
    `all_simple_paths` with all targets at once: one search of an exporter instead of one of each
    pair.
    """
    return sum(len(_paths(graph, question, one, question.targets)) for one in exporters)


def top(
    graph: nx.DiGraph[int], question: Question, pairs: Iterable[tuple[int, int]], k: int = 10
) -> list[list[float]]:
    """Return the probabilities of the best walks of some pairs: `shortest_simple_paths`.

    Parameters
    ----------
    graph : networkx.DiGraph
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
    Yen's search by length -log p, which stops after k paths. Where pairs have few walks,
    `top_listed` takes less time.
    """
    question.must_be_bounded()
    ends = question.ends
    found = []
    for exporter, target in pairs:
        source, end = int(question.sources[exporter]), ends.get(target, -1)
        mine: list[float] = []
        if source >= 0 and end not in (-1, source):
            ways = nx.shortest_simple_paths(graph, source, end, weight="weight")
            with suppress(nx.NetworkXNoPath):
                for path in islice(ways, k):
                    mine.append(math.exp(-sum(graph[a][b]["weight"] for a, b in pairwise(path))))
        found.append(sorted(mine, reverse=True))
    return found


def top_listed(
    graph: nx.DiGraph[int], question: Question, pairs: Sequence[tuple[int, int]], k: int = 10
) -> list[list[float]]:
    """Return what `top` does, from the list of all walks, whatever their length."""
    found: dict[tuple[int, int], list[float]] = {}
    for exporter, targets in by_exporter(pairs).items():
        ends = [place for place, number in question.targets.items() if number in targets]
        listed = _paths(graph, question, exporter, ends)
        for target, values in best(question, listed, k).items():
            found[exporter, target] = values
    return [found.get(pair, []) for pair in pairs]


def all_pairs(graph: nx.DiGraph[int], question: Question, bits: Bits, worlds: range) -> Numbers:
    """Count the worlds in which each exporter reaches each target, world by world.

    Parameters
    ----------
    graph : networkx.DiGraph
        From `graph`; not used: see the notes.
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
    A new DiGraph of the steps that hold, and `single_source_shortest_path_length` up to the hops
    for each exporter. On 300,000 links that took 6.5 ms of CPU a world; `descendants` 7.5, its
    search being a generator; `bfs_layers` 7.7; the view `edge_subgraph` 27; one
    `transitive_closure_dag` 36.
    """
    tails, heads = question.tail.tolist(), question.head.tolist()
    ends = question.targets.keys()
    found = np.zeros((len(question.sources), question.wanted), np.int64)
    for world in worlds:
        held: nx.DiGraph[int] = nx.DiGraph()
        held.add_nodes_from(range(question.places))
        steps = np.flatnonzero(holding(question, bits, world)).tolist()
        held.add_edges_from((tails[step], heads[step]) for step in steps)
        met = np.zeros((len(question.sources), question.places), np.bool_)
        for row, source in zip(met, question.sources.tolist(), strict=True):
            if source >= 0:
                hops = nx.single_source_shortest_path_length(held, source, cutoff=question.max_hops)
                row[list(ends & hops.keys() - {source})] = True
        found += at_targets(question, met)
    return found


def _paths(
    graph: nx.DiGraph[int], question: Question, exporter: int, ends: Iterable[int]
) -> list[list[int]]:
    source = int(question.sources[exporter])
    if source < 0:
        return []
    ends = set(ends) - {source}
    return list(nx.all_simple_paths(graph, source, ends, cutoff=question.max_hops))
