"""The layers of one exporter: exact where nothing but hops binds walks, else a bound from above."""

from __future__ import annotations

import random

import numpy as np
import pytest

from graph.exposure.path_sets import layers as layers_
from graph.exposure.path_sets.draws import Draws
from graph.exposure.path_sets.layers import (
    Layers,
    Usable,
    certain_layers,
    layers,
    only_hops_bind,
)
from graph.exposure.path_sets.reach import count_reached, of_tree, used_ways
from graph.network.build import Network, from_records
from graph.paths.kernels import columns as columns_
from graph.paths.kernels.list_walks import Allowed, list_walks
from graph.paths.kernels.prune import prune
from graph.paths.kernels.steps import Steps, steps
from graph.paths.kernels.tree import spelled, surely
from graph.probability.methods import LinkProbabilities
from graph.record.model import Claim, Entity, Source
from graph.record.vocabulary import Kind, Relation, SourceType, Status
from tests.graph.paths.kernels.test_list_walks import network_of

WORDS = 20


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
                contract=rng.choice([f"deal {n}", "deal a", "deal b"]), product="camera",
            )
            for n in range(links)
        ],
    )  # fmt: skip


def of_exporter(network: Network, exporter: str, hops: int) -> tuple[list[str], Steps, int]:
    columns = columns_.of_network(network)
    every = columns.numbers(network)
    (begin,) = columns.numbers([exporter])
    made = steps(columns, prune(columns, np.array([begin]), every, hops), every)
    return columns.link_ids.take(made.links).to_pylist(), made, int(begin)


def reached(made: Layers, number: int, bits: np.ndarray) -> np.ndarray:
    """Return in how many worlds each entity is reached, by its number."""
    counts = np.zeros(number, np.int64)
    counts[made.targets] = count_reached(made.states, bits)[0]
    return counts


@pytest.mark.parametrize("seed", range(30))
@pytest.mark.parametrize("restricted", [False, True])
def test_the_same_worlds_as_by_walks(seed: int, restricted: bool) -> None:
    rng = random.Random(seed)
    network = supplies(seed)
    ids, made, begin = of_exporter(network, "c0", 1 + seed % 6)
    assert only_hops_bind(made)
    first = np.array([not restricted or rng.random() < 0.5 for _ in ids], np.bool_)
    usable = Usable(np.array([rng.random() < 0.9 for _ in ids], np.bool_), first)
    bits = Draws(LinkProbabilities(network).chances().event, ids).bits(WORDS)
    every = np.arange(len(network), dtype=np.int32)
    listed = list_walks(made, np.array([begin], np.int32), Allowed(*usable))
    expected = count_reached(of_tree(listed, every), bits)[0]
    assert (reached(layers(made, begin, usable), len(network), bits) == expected).all()
    sure = count_reached(of_tree(surely(listed), every), bits)[0]
    assert (reached(certain_layers(made, begin, usable), len(network), bits) == sure).all()
    for target in np.unique(listed.target):
        alone = layers(made, begin, usable, int(target))
        assert alone.targets.tolist() == [target]
        assert count_reached(alone.states, bits)[0, 0] == expected[target]


@pytest.mark.parametrize("most_ways", [layers_.MOST_WAYS, 3])
def test_no_walk_is_missing(monkeypatch: pytest.MonkeyPatch, most_ways: int) -> None:
    monkeypatch.setattr(layers_, "MOST_WAYS", most_ways)
    compared = looser = 0
    for seed in range(60):
        network = network_of(seed, claims=18)
        ids, made, begin = of_exporter(network, "c0", 1 + seed % 6)
        every = np.ones(len(ids), np.bool_)
        bits = Draws(LinkProbabilities(network).chances().event, ids).bits(WORDS)
        listed = list_walks(made, np.array([begin], np.int32))
        numbers = np.arange(len(network), dtype=np.int32)
        expected = count_reached(of_tree(listed, numbers), bits)[0]
        found = layers(made, begin, Usable(every, every))
        counts = reached(found, len(network), bits)
        assert (counts >= expected).all(), seed
        assert set(listed.target.tolist()) <= set(found.targets.tolist())
        starts, links = spelled(listed)
        for walk, target in enumerate(listed.target.tolist()):
            place = int(np.searchsorted(found.targets, target))
            used = used_ways(found.states, place)
            assert set(links[starts[walk] : starts[walk + 1]]) <= set(found.states.link[used])
            assert listed.begins[walk] in found.states.link[used & found.begins]
        compared += len(listed.target)
        looser += int((counts > expected).any())
    assert compared > 100
    assert looser < 60  # many are exact all the same


def test_where_more_than_hops_bind_it_is_said() -> None:
    bound = [only_hops_bind(of_exporter(network_of(seed), "c0", 4)[1]) for seed in range(20)]
    assert not all(bound)
    assert not any(
        only_hops_bind(of_exporter(network_of(seed), "c0", 4)[1])
        for seed in range(20)
        if len(of_exporter(network_of(seed), "c0", 4)[0]) > 3
    )
