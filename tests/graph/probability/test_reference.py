"""The reference, against a list of all worlds."""

from __future__ import annotations

import pytest

from graph.network.weights import load_weights
from tests.graph import bruteforce
from tests.graph.exposure.test_axioms import HOPS, scored
from tests.graph.random_records import random_record


def test_score_is_the_share_of_worlds_with_a_walk() -> None:
    weights, compared, shared = load_weights(), 0, 0
    for seed in range(500):
        record = random_record(seed, claims=8)
        for goal in ("b0", "p0"):
            walks = [walk for walk in bruteforce.walks(record, "c0", goal, HOPS) if walk.possible]
            link_sets = [frozenset(walk.links) for walk in walks]
            latents = sum(len(c.sources) for c in record.claims)
            if len(walks) < 2 or latents > 13:
                continue
            score = scored(record, goal)
            assert score.score == pytest.approx(
                bruteforce.probability(record, link_sets, weights), abs=1e-12
            ), seed
            sure = [frozenset(walk.links) for walk in walks if walk.certain]
            if sure:
                assert score.certain == pytest.approx(
                    bruteforce.probability(record, sure, weights), abs=1e-12
                )
            ends = [tuple(link[:3]) for link in frozenset().union(*link_sets)]
            shared += len(ends) > len(set(ends))
            compared += 1
    assert compared > 40
    assert shared > 5  # links of one pair of ends, whose words stand or fall together
