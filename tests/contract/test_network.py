"""The networkx graph of a store is that of its records, and pruning changes no answer."""

from __future__ import annotations

import pytest

from graph.network.build import from_records, links_by_id
from graph.paths.find import supply_paths
from graph.paths.question import Question
from graph.paths.subgraph import of_store
from graph.stores.base import Store
from tests.contract.conftest import StoreOf
from tests.graph.random_records import Record, random_record


def held(store_of: StoreOf, record: Record) -> Store:
    return store_of(*record.entities, *record.sources, *record.claims)


@pytest.mark.parametrize("seed", range(12))
def test_links_are_those_of_the_records(store_of: StoreOf, seed: int) -> None:
    record = random_record(seed)
    store = held(store_of, record)
    expected = links_by_id(from_records(*record))
    table = {row["link_id"]: row for row in store.links(sorted(expected)).to_pylist()}
    assert set(table) == set(expected)
    for key, link in expected.items():
        row = table[key]
        assert (row["relation"], row["tail"], row["head"]) == (link.relation, link.tail, link.head)
        assert (row["outer_from"], row["outer_to"]) == tuple(link.readings.outer)
        assert (row["inner_from"], row["inner_to"]) == tuple(link.readings.inner)
        assert (row["contract"], row["programme"]) == (link.contract, link.programme)
        assert (row["product"], row["lasting"]) == (link.product, link.lasting)
        assert row["statuses"] == list(link.statuses)
        assert row["claim_ids"] == list(link.claim_ids)
        assert row["refuting_ids"] == list(link.refuting_ids)


@pytest.mark.parametrize("seed", range(12))
def test_paths_and_leads_are_the_same_on_the_pruned_part(store_of: StoreOf, seed: int) -> None:
    record = random_record(seed, claims=14)
    store = held(store_of, record)
    whole = from_records(*record)
    for target in ("b0", "p0", "c2"):
        pruned = of_store(store, Question.between("c0", target, max_hops=4))
        expected = supply_paths(whole, Question.between("c0", target, max_hops=4))
        answer = supply_paths(pruned, Question.between("c0", target, max_hops=4))
        assert answer.paths == expected.paths
        assert answer.leads == expected.leads
