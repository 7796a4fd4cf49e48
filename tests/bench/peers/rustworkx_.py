"""rustworkx: the work of the kernels with its own functions."""

from __future__ import annotations

from collections.abc import Iterable

import pyarrow as pa
import rustworkx as rx

from tests.bench.peers.question import (
    CARRIED,
    Question,
    numbered,
    uncollected,
)


def graph(question: Question) -> rx.PyDiGraph:
    """Make the graph of a question's steps; edges carry nothing, because no function here asks."""
    made = rx.PyDiGraph()
    made.add_nodes_from(range(question.places))
    made.add_edges_from_no_data(_ends(question))
    return made


def from_links(table: pa.Table) -> rx.PyDiGraph:
    """Make the graph of all links, each edge with its columns as a tuple.

    Parameters
    ----------
    table : pyarrow.Table
        With `tail`, `head` and the columns of `CARRIED`.

    Notes
    -----
    `add_edges_from` of numbers, which Arrow makes of the ids: rustworkx knows nodes by number.
    """
    made = rx.PyDiGraph()
    with uncollected():
        ids, tails, heads = numbered(table)
        made.add_nodes_from(ids)
        carried = zip(*(table[name].to_pylist() for name in CARRIED), strict=True)
        made.add_edges_from(list(zip(tails, heads, carried, strict=True)))
    return made


def walks(graph: rx.PyDiGraph, question: Question, exporters: Iterable[int]) -> int:
    """List all walks of some exporters to any target, and count them.

    Parameters
    ----------
    graph : rustworkx.PyDiGraph
        From `graph`.
    question : Question
        The same.
    exporters : iterable of int
        Places in `Question.sources`.

    Notes
    -----
    `digraph_all_simple_paths` with all targets at once: on 300,000 links 7 ms of CPU for all
    walks of 100 exporters. One call for each pair took 91 and left out the walks of one hop;
    `all_pairs_all_simple_paths`, which begins at every place, took 24 on two cores and left them
    out too.
    """
    ends = list(question.targets)
    return sum(len(_paths(graph, question, one, ends)) for one in exporters)


def _ends(question: Question) -> list[tuple[int, int]]:
    return list(zip(question.tail.tolist(), question.head.tolist(), strict=True))


def _paths(
    graph: rx.PyDiGraph, question: Question, exporter: int, ends: list[int]
) -> list[list[int]]:
    source = int(question.sources[exporter])
    if source < 0:
        return []
    ends = [one for one in ends if one != source]
    paths: list[list[int]] = rx.digraph_all_simple_paths(
        graph, source, ends, cutoff=question.max_hops
    )
    return paths
