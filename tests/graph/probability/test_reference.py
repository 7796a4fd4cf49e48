"""The reference, against a list of all worlds."""

from __future__ import annotations

import pytest

from graph.network.build import from_records, links_by_id
from graph.network.weights import load_weights
from graph.probability.reference import Band, prepare
from tests.graph import bruteforce
from tests.graph.exposure.test_axioms import HOPS, scored
from tests.graph.random_records import random_record


def test_score_is_the_share_of_worlds_with_a_walk() -> None:
    weights, compared, shared = load_weights(), 0, 0
    for seed in range(500):
        record = random_record(seed, claims=8)
        for goal in ("b0", "p0"):
            possible = [w for w in bruteforce.walks(record, "c0", goal, HOPS) if w.possible]
            walks = [frozenset(w.links) for w in possible]
            latents = sum(len(c.sources) for c in record.claims)
            if len(walks) < 2 or latents > 13:
                continue
            score = scored(record, goal)
            assert score.score == pytest.approx(
                bruteforce.probability(record, walks, weights), abs=1e-12
            ), seed
            sure = [frozenset(w.links) for w in possible if w.certain]
            if sure:
                assert score.certain == pytest.approx(
                    bruteforce.probability(record, sure, weights), abs=1e-12
                )
            ends = [tuple(link[:3]) for link in frozenset().union(*walks)]
            shared += len(ends) > len(set(ends))
            compared += 1
    assert compared > 40
    assert shared > 5  # links of one pair of ends, whose words stand or fall together


def test_a_band_may_share_the_latents_of_another() -> None:
    shared = 0
    for seed in range(80):
        network = from_records(*random_record(seed, claims=14))
        links = links_by_id(network).values()
        origins = network.graph["origins"]
        value = prepare(origins, links)
        bands: tuple[Band, ...] = ("low", "high")
        for band in bands:
            plain = prepare(origins, links, band)
            assert prepare(origins, links, band, value) == plain
            assert prepare(origins, links, "value", plain) == value
        shared += any(len(link.rows) == 1 for link in links)
    assert shared > 50
