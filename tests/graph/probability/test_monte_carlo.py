"""Sampled worlds: within their interval, coupled, and the same bits however they are drawn."""

from __future__ import annotations

import itertools
import subprocess
import sys
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from graph.network.build import from_records, links_by_id
from graph.paths.find import supply_paths
from graph.paths.question import Question
from graph.probability.exact import Exact
from graph.probability.monte_carlo import Worlds, half_width
from graph.probability.reference import Event, prepare
from tests.graph.probability.test_exact import event
from tests.graph.random_records import random_record


def question(seed: int) -> tuple[Event, list[frozenset[str]]]:
    network = from_records(*random_record(seed, claims=18))
    paths = supply_paths(network, Question.between("c0", "b0", max_hops=4)).paths
    known = links_by_id(network)
    used = [known[link] for link in frozenset().union(*(path.links for path in paths))]
    return prepare(network.graph["origins"], used), [path.links for path in paths]


def test_within_the_interval_at_the_stated_rate_over_1000_seeds() -> None:
    made = event(
        {"a": [("x", "0.5"), ("y", "0.3")], "b": [("x", "0.7")], "c": [("z", "0.4")]}, {"a": "r"}
    )
    walks = [frozenset("ab"), frozenset("c")]
    truth = Exact(made).chance(walks)
    assert 0.3 < truth < 0.7  # where an estimate varies most
    words = 4
    off = [abs(Worlds(made, seed, words).chance(walks) - truth) for seed in range(1000)]
    outside = sum(difference > half_width(64 * words) for difference in off)
    assert outside <= 50
    # Hoeffding's interval is wide; the normal one is left as often as it should be, and no less.
    normal = 1.96 * (truth * (1 - truth) / (64 * words)) ** 0.5
    assert 25 <= sum(difference > normal for difference in off) <= 80


def test_near_the_exact_score_on_random_records() -> None:
    compared = 0
    for seed in range(60):
        made, walks = question(seed)
        if walks:
            worlds = Worlds(made)
            assert abs(worlds.chance(walks) - Exact(made).chance(walks)) <= worlds.error, seed
            compared += 1
    assert compared > 30


@given(st.integers(0, 300), st.integers(1, 12))
def test_parts_add_up_to_the_whole(seed: int, cut: int) -> None:
    made, walks = question(seed)
    whole = Worlds(made, words=13).count(walks)
    parts = (Worlds(made, words=cut), Worlds(made, words=13 - cut, first=cut))
    assert sum(part.count(walks) for part in parts) == whole


@given(st.integers(0, 300), st.randoms())
def test_a_latent_comes_out_alike_whatever_else_is_asked(seed: int, rng: object) -> None:
    made, walks = question(seed)
    worlds = Worlds(made, words=5)
    together = [worlds.count([walk]) for walk in walks]
    alone = [Worlds(_only(made, walk), words=5).count([walk]) for walk in walks]
    assert together == alone


def _only(made: Event, walk: frozenset[str]) -> Event:
    pro, contra = ({link: side[link] for link in walk} for side in (made.pro, made.contra))
    return Event(pro, contra, made.odds)


def test_a_higher_threshold_holds_in_every_world_in_which_a_lower_one_does() -> None:
    made = event({"a": [("x", "0.5")]})
    worlds = Worlds(made, words=7)
    latent = made.pro["a"][0].word
    thresholds = [Fraction(n, 97) for n in range(98)]
    drawn = [worlds._at_most(latent, threshold) for threshold in thresholds]
    for lower, higher in itertools.pairwise(drawn):
        assert not (lower & ~higher).any()
    assert not drawn[0].any()
    assert not (~drawn[-1]).any()


def test_the_same_bits_in_another_process() -> None:
    code = (
        "from tests.graph.probability.test_monte_carlo import question\n"
        "from graph.probability.monte_carlo import Worlds\n"
        "made, walks = question(4)\n"
        "print(Worlds(made, seed=7).count(walks))"
    )
    made, walks = question(4)
    here = Worlds(made, seed=7).count(walks)
    assert 0 < here < 64 * 289
    for hashing in ("1", "2"):
        there = subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": hashing, "PYTHONPATH": "."},
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        assert int(there) == here


def test_another_seed_gives_other_worlds() -> None:
    made, walks = question(4)
    assert len({Worlds(made, seed).count(walks) for seed in range(5)}) > 1
