"""Where nothing but hops binds walks, layers of places reach what the walks one by one reach."""

from __future__ import annotations

import random

import numpy as np
import pytest

from graph.exposure.path_sets.draws import Draws
from graph.exposure.path_sets.reach import count_reached, of_tree
from graph.network.build import Network, from_records
from graph.paths.kernels import columns as columns_
from graph.paths.kernels.list_walks import list_walks
from graph.paths.kernels.prune import prune
from graph.paths.kernels.steps import Steps, steps
from graph.probability.methods import LinkProbabilities
from graph.record.model import Claim, Entity, Source
from graph.record.vocabulary import Kind, Relation, SourceType, Status
from tests.bench.kernels.layers import of_steps, unbound
from tests.graph.paths.kernels.test_list_walks import network_of


def supplies(seed: int, number: int = 9, links: int = 22) -> Network:
    """Companies that supply one another, in cycles, with parallel links and self-loops."""
    rng = random.Random(seed)
    names = [f"c{n}" for n in range(number)]
    return from_records(
        [Entity(set="t", id=name, kind=Kind.COMPANY, name=name) for name in names],
        [
            Source(set="t", id=f"s{n}", title="t", publisher="p", type=SourceType.PRESS)
            for n in range(links)
        ],
        [
            Claim(
                set="t", id=f"k{n:02}", subject=rng.choice(names), relation=Relation.SUPPLIES,
                object=rng.choice(names), status=Status.REPORTED, sources=(f"s{n}",),
                contract=f"deal {n}", product="camera",
            )
            for n in range(links)
        ],
    )  # fmt: skip


def of_network(network: Network, hops: int) -> tuple[columns_.Columns, Steps, columns_.Codes]:
    columns = columns_.of_network(network)
    every = columns.numbers(network)
    return columns, steps(columns, prune(columns, every, every, hops), every), every


@pytest.mark.parametrize("seed", range(30))
def test_the_same_worlds_as_by_walks(seed: int) -> None:
    hops = 1 + seed % 6
    network = supplies(seed)
    columns, made, every = of_network(network, hops)
    assert unbound(made)
    event = LinkProbabilities(network).chances().event
    bits = Draws(event, columns.link_ids.take(made.links).to_pylist()).bits(20)
    begin = np.array([made.start(int(one)) for one in every], np.int64)
    listed = count_reached(of_tree(list_walks(made, every), every), bits)
    layers = [of_steps(made, begin, every, threads) for threads in (1, 2, 5)]
    assert listed.any()
    for one in layers:
        assert (count_reached(one, bits) == listed).all()
        assert all((a == b).all() for a, b in zip(one[:-1], layers[0][:-1], strict=True))
        assert (np.diff(one.first) >= 1).all()


def test_where_more_than_hops_bind_it_does_not_answer() -> None:
    bound = [unbound(of_network(network_of(seed), 4)[1]) for seed in range(20)]
    assert not any(bound)
