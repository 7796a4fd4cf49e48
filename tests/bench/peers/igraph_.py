"""igraph: the work of the kernels with its own functions."""

from __future__ import annotations

from collections.abc import Iterable

import igraph
import numpy as np
import pyarrow as pa

from tests.bench.peers.question import (
    CARRIED,
    Question,
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
