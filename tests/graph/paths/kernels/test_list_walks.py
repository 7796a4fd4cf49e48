"""The walks of the kernels are those of the plain search, with the same dates and counts."""

from __future__ import annotations

import functools
import random
from collections import Counter

import numpy as np
import pytest

from graph.network.build import Network, from_records
from graph.network.walks import Ways, Within
from graph.paths.kernels import columns as columns_
from graph.paths.kernels import list_walks as walks_
from graph.paths.kernels.list_walks import Allowed, list_walks
from graph.paths.kernels.prune import prune, relevant
from graph.paths.kernels.steps import Steps, steps
from graph.paths.kernels.tree import Tree, spelled
from graph.paths.kernels.walk_input import (
    DATES,
    DAY,
    ROUND_TRIPS,
    WEIGHTS,
    Wanted,
)
from graph.paths.question import Question
from graph.paths.search import Search
from graph.probability.methods import LinkProbabilities
from graph.record.grammar import PARTS, Part
from graph.record.vocabulary import Kind
from tests.graph.random_records import DAYS, random_record


def network_of(seed: int, *, claims: int = 14, dated: bool = True) -> Network:
    record = random_record(seed, claims=claims, dated=dated)
    return from_records(record.entities, record.sources, record.claims)


def goals_of(network: Network, target: str | None) -> frozenset[str] | None:
    return Search(network, Question.between(min(network), target), LinkProbabilities(network)).goals


def walked(
    network: Network, exporter: str, target: str | None, on: int | None, hops: int
) -> tuple[columns_.Columns, Steps, Tree]:
    cols = columns_.of_network(network)
    goals = goals_of(network, target)
    every = cols.numbers(network if goals is None else goals)
    ends = cols.numbers(network if target is None else [target])
    reach = prune(cols, cols.numbers([exporter]), every, hops)
    made = steps(cols, reach, ends, on)
    chances = LinkProbabilities(network).chances()
    ids = cols.link_ids.take(made.links).to_pylist()
    alive = np.array([chances.estimate([frozenset([id_])]).value > 0 for id_ in ids], bool)
    only = -1 if target is None else int(ends[0])
    allowed, wanted = Allowed(alive, target=only), Wanted(leads=True)
    tree = list_walks(made, cols.numbers([exporter]), allowed, wanted)
    return cols, made, tree


@pytest.mark.parametrize("seed", range(60))
def test_the_same_walks_as_the_plain_search(seed: int) -> None:
    rng = random.Random(seed)
    network = network_of(seed)
    exporter = rng.choice([n for n in network if network.nodes[n]["kind"] is Kind.COMPANY])
    target = rng.choice([None, *network])
    on = rng.choice([None, None, *DAYS])
    hops = rng.choice([1, 3, 6])
    if target == exporter:
        target = None
    question = Question.between(exporter, target, max_hops=hops, on=on)
    search = Search(network, question, LinkProbabilities(network))
    plain = Counter(
        (
            tuple(step.link.link_id for step in walk.steps),
            walk.place.entity,
            walk.timeline.certain,
            search.path(walk).supplier,
        )
        for complete, walk in search.walks()
        if complete
    )
    cols, made, tree = walked(network, exporter, target, on, hops)
    ids = cols.link_ids.take(made.links).to_pylist()
    starts, links = spelled(tree)
    fast = Counter(
        (
            tuple(ids[link] for link in links[starts[w] : starts[w + 1]]),
            cols.entities[int(tree.target[w])].as_py(),
            bool(tree.certain[w]),
            cols.entities[int(cols.ends[0, made.links[tree.begins[w]]])].as_py(),
        )
        for w in range(len(tree.node))
    )
    assert fast == plain
    cut = tree.cut[0]
    assert (cut[ROUND_TRIPS], cut[DATES], cut[DAY], cut[WEIGHTS]) == (
        search.cut["round_trips"],
        search.cut["dates"],
        search.cut["day"],
        search.cut["weights"],
    )
    assert tree.whole.all()
    reached = {
        (cols.entities[int(made.places[place]) // PARTS].as_py(), ids[link])
        for place, link, _ in tree.leads.tolist()
        if made.places[place] % PARTS == Part.SUPPLY
    }
    assert {(lead.buyer, lead.supply_link_id) for lead in search.leads.all()} <= reached


@pytest.mark.parametrize("seed", range(20))
def test_the_pruned_part_is_that_of_the_plain_walks(seed: int) -> None:
    network = network_of(seed, claims=20)
    cols = columns_.of_network(network)
    every = cols.numbers(network)
    for exporter in sorted(network):
        reach = prune(cols, cols.numbers([exporter]), every, 3)
        ways = Ways(network)
        need = Within(ways, exporter, 3).hops_left(None)
        for place, hops in need.items():
            number = PARTS * int(cols.numbers([place.entity])[0]) + int(place.part)
            assert reach.back[number] == hops
        links = set(cols.link_ids.take(relevant(cols, reach)).to_pylist())
        fits = {
            step.link.link_id
            for place in need
            for step in ways.steps_from(place)
            if step.place in need
            and reach.fore[PARTS * int(cols.numbers([place.entity])[0]) + int(place.part)]
            + step.hops
            + need[step.place]
            <= 3
        }
        assert links == fits


def test_a_budget_that_ends_lists_nothing_and_says_so() -> None:
    network = network_of(3, claims=30)
    cols = columns_.of_network(network)
    every = cols.numbers(network)
    companies = cols.numbers(n for n in network if network.nodes[n]["kind"] is Kind.COMPANY)
    made = steps(cols, prune(cols, companies, every), every)
    full = list_walks(made, companies)
    short = list_walks(made, companies, wanted=Wanted(3))
    assert full.whole.all()
    assert not short.whole.all()
    for x in range(len(companies)):
        listed = short.end_first[x + 1] - short.end_first[x]
        assert listed == (full.total[x] if short.whole[x] else 0)
    counted = list_walks(made, companies, wanted=Wanted(listed=False))
    assert (counted.total == full.total).all()
    assert len(counted.node) == 0


@pytest.mark.parametrize("listed", [True, False])
def test_threads_change_nothing(listed: bool) -> None:
    for seed in range(5):
        network = network_of(seed, claims=40)
        cols = columns_.of_network(network)
        every = cols.numbers(network)
        made = steps(cols, prune(cols, every, every, 4), every)
        one, *others = (
            list_walks(made, every, wanted=Wanted(listed=listed, leads=True), threads=threads)
            for threads in (1, 2, 99)
        )
        assert one.total.sum() > 0
        for other in others:
            for name, field in zip(Tree._fields, one, strict=True):
                np.testing.assert_array_equal(field, getattr(other, name), err_msg=name)


def test_room_is_made_while_walking(monkeypatch: pytest.MonkeyPatch) -> None:
    network = network_of(3, claims=40)
    cols = columns_.of_network(network)
    every = cols.numbers(network)
    made = steps(cols, prune(cols, every, every, 4), every)
    whole = list_walks(made, every)
    monkeypatch.setattr(walks_, "_buffers", functools.partial(walks_._buffers, size=1))
    for field, other in zip(whole, list_walks(made, every), strict=True):
        np.testing.assert_array_equal(field, other)
