"""networkx: the work of the kernels with its own functions."""

from __future__ import annotations

from collections.abc import Iterable

import networkx as nx
import numpy as np
import pyarrow as pa

from tests.bench.peers.question import (
    CARRIED,
    Question,
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


def _paths(
    graph: nx.DiGraph[int], question: Question, exporter: int, ends: Iterable[int]
) -> list[list[int]]:
    source = int(question.sources[exporter])
    if source < 0:
        return []
    ends = set(ends) - {source}
    return list(nx.all_simple_paths(graph, source, ends, cutoff=question.max_hops))
