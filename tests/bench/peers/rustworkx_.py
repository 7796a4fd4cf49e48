"""rustworkx: the work of the kernels with its own functions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import pyarrow as pa
import rustworkx as rx

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


def top_listed(
    graph: rx.PyDiGraph, question: Question, pairs: Sequence[tuple[int, int]], k: int = 10
) -> list[list[float]]:
    """Return the probabilities of the best walks of some pairs, falling, from all walks listed.

    rustworkx has no search for the k shortest paths themselves, only for their lengths, over
    walks that may meet a place twice.

    Parameters
    ----------
    graph : rustworkx.PyDiGraph
        From `graph`.
    question : Question
        The same.
    pairs : sequence of (int, int)
        Places in `Question.sources`, numbers of targets.
    k : int
        How many walks of a pair.
    """
    found: dict[tuple[int, int], list[float]] = {}
    for exporter, targets in by_exporter(pairs).items():
        ends = [place for place, number in question.targets.items() if number in targets]
        listed = _paths(graph, question, exporter, ends)
        for target, values in best(question, listed, k).items():
            found[exporter, target] = values
    return [found.get(pair, []) for pair in pairs]


def all_pairs(graph: rx.PyDiGraph, question: Question, bits: Bits, worlds: range) -> Numbers:
    """Count the worlds in which each exporter reaches each target, world by world.

    Parameters
    ----------
    graph : rustworkx.PyDiGraph
        From `graph`; not used: see the notes.
    question : Question
        The same; bounded.
    bits : uint64 array (links, words)
        In which worlds each link holds.
    worlds : range
        Numbers of worlds.

    Returns
    -------
    int64 array (exporters, targets)

    Raises
    ------
    ValueError
        If walks can be longer than the hops.

    Notes
    -----
    A new graph of the steps that hold, and `descendants` of each exporter. On 300,000 links, 0.4
    and 0.7 ms of CPU a world; a copy without the steps that do not hold took 1.6,
    `digraph_num_shortest_paths_unweighted` and `digraph_distance_matrix` (of all places, on two
    cores) more than `descendants`.
    """
    question.must_be_bounded()
    every = _ends(question)
    ends = question.targets.keys()
    found = np.zeros((len(question.sources), question.wanted), np.int64)
    for world in worlds:
        held = rx.PyDiGraph()
        steps = np.flatnonzero(holding(question, bits, world))
        held.add_nodes_from(range(question.places))
        held.add_edges_from_no_data([every[one] for one in steps.tolist()])
        met = np.zeros((len(question.sources), question.places), np.bool_)
        for row, source in zip(met, question.sources.tolist(), strict=True):
            if source >= 0:
                row[list(ends & rx.descendants(held, source))] = True
        found += at_targets(question, met)
    return found


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
