"""The worlds of the kernels are those of `Worlds`, bit for bit; so are the counts."""

from __future__ import annotations

import numpy as np
import pytest

from graph.exposure.path_sets.draws import Draws
from graph.exposure.path_sets.reach import count_reached, of_tree
from graph.network.build import Network
from graph.paths.kernels import columns as columns_
from graph.paths.kernels.list_walks import list_walks
from graph.paths.kernels.prune import prune
from graph.paths.kernels.steps import Steps, steps
from graph.paths.kernels.tree import Tree, spelled
from graph.probability.methods import LinkProbabilities
from graph.probability.monte_carlo import Worlds
from tests.graph.paths.kernels.test_list_walks import network_of


def everything(network: Network) -> tuple[columns_.Columns, Steps, Tree, list[str]]:
    cols = columns_.of_network(network)
    every = cols.numbers(network)
    made = steps(cols, prune(cols, every, every), every)
    return cols, made, list_walks(made, every), cols.link_ids.take(made.links).to_pylist()


@pytest.mark.parametrize("seed", range(25))
def test_the_bits_are_those_of_worlds(seed: int) -> None:
    network = network_of(seed, claims=25)
    event = LinkProbabilities(network).chances().event
    ids = sorted(event.pro)
    bits = Draws(event, ids, seed=seed).bits(7, first=3)
    plain = Worlds(event, seed=seed, words=7, first=3)
    for row, link in enumerate(ids):
        assert (bits[row] == plain._link(link)).all()


@pytest.mark.parametrize("seed", range(15))
def test_counts_are_those_of_worlds_in_any_partition(seed: int) -> None:
    network = network_of(seed, claims=25)
    event = LinkProbabilities(network).chances().event
    cols, _, tree, ids = everything(network)
    every = cols.numbers(network)
    states = of_tree(tree, every)
    draws = Draws(event, ids)
    whole = count_reached(states, draws.bits(40))
    for threads, block in ((1, 7), (2, 40), (3, 16)):
        parts = (
            count_reached(states, draws.bits(min(block, 40 - first), first, threads), threads)
            for first in range(0, 40, block)
        )
        assert np.array_equal(sum(parts), whole)
    assert (draws.bits(40, threads=3) == draws.bits(40)).all()
    plain = Worlds(event, words=40)
    starts, links = spelled(tree)
    for x in range(len(every)):
        by_target: dict[int, list[frozenset[str]]] = {}
        for walk in range(tree.end_first[x], tree.end_first[x + 1]):
            used = frozenset(ids[link] for link in links[starts[walk] : starts[walk + 1]])
            by_target.setdefault(int(tree.target[walk]), []).append(used)
        for place, target in enumerate(every):
            assert whole[x, place] == plain.count(by_target.get(int(target), []))
