"""What a score would be with other evidence is what the other evidence gives."""

from __future__ import annotations

import random
from collections.abc import Iterator
from fractions import Fraction

import pytest

from graph.exposure import variations
from graph.exposure.path_sets.collect import collect_path_set
from graph.exposure.path_sets.path_set import PathSet
from graph.exposure.variations import Against, More, Variation, Without, varied
from graph.network.build import from_records, links_by_id
from graph.paths.question import Question
from graph.probability.exact import Exact
from graph.probability.methods import METHODS, Method
from graph.probability.reference import Event, chance, prepare
from tests.graph.exposure.test_axioms import HOPS
from tests.graph.probability.test_exact import event
from tests.graph.random_records import random_record

TENTHS = [Fraction(n, 10) for n in range(11)]


def asked_of(made: Event, rng: random.Random) -> list[Variation]:
    origins = {latent.origin for latent in made.odds}
    variations: list[Variation] = [Without(origin) for origin in (*sorted(origins), "nobody")]
    for link in sorted(made.pro):
        variations += [More(link, rng.choice(TENTHS[1:]), rng.choice(TENTHS)), Against(link)]
        variations.append(Against(link, rng.choice(TENTHS[1:]), rng.choice(TENTHS)))
    return variations


def questions() -> Iterator[tuple[int, Event, PathSet]]:
    """Yield pairs of random records, and walks that no record would give."""
    for seed in range(120):
        network = from_records(*random_record(seed))
        joined = collect_path_set(network, Question.between("c0", "b0", max_hops=HOPS))
        known = links_by_id(network)
        used = [known[link] for link in joined.links]
        yield seed, prepare(network.graph["origins"], used), joined
    for seed in range(120, 300):
        rng = random.Random(seed)
        names = [f"l{n}" for n in range(rng.randint(1, 7))]
        origins = [f"o{n}" for n in range(rng.randint(1, 6))]
        made = event(
            {
                name: [
                    (origin, rng.choice(["0.2", "0.8", "1"]))
                    for origin in rng.sample(origins, rng.randint(1, min(3, len(origins))))
                ]
                for name in names
            },
            {name: rng.choice(origins) for name in names if rng.random() < 0.2},
        )
        if rng.random() < 0.5:  # an origin beyond doubt, and one that is never right
            for latent in list(made.odds):
                if latent.origin in ("o0", "o1") and not latent.about:
                    sure = Fraction(latent.origin == "o0")
                    made.odds[latent] = ((Fraction(1), sure), (Fraction(0), 1 - sure))
        walks = tuple(
            frozenset(rng.sample(names, rng.randint(1, min(3, len(names)))))
            for _ in range(rng.randint(1, 5))
        )
        yield seed, made, PathSet(walks, walks, frozenset().union(*walks), "no", len(walks))


def test_they_follow_from_one_answer_or_are_asked_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    anew = 0

    class Counted(Exact):
        def __init__(self, made: Event, budget: int = 0) -> None:
            nonlocal anew
            anew += 1
            super().__init__(made, budget or 20_000)

    monkeypatch.setattr(variations, "Exact", Counted)
    followed = 0
    for seed, made, joined in questions():
        wanted = asked_of(made, random.Random(seed))
        before = anew
        now, estimates = varied(made, joined, wanted)
        assert now == (chance(made, joined.walks), "exact", 0.0)
        for variation, estimate in zip(wanted, estimates, strict=True):
            assert estimate == (chance(variation.event(made), joined.walks), "exact", 0.0), (
                seed,
                variation,
            )
        followed += len(wanted) - (anew - before - 1)
    assert followed > anew  # most follow; but where an origin is shared, some do not
    assert anew > 600


@pytest.mark.parametrize("method", METHODS)
def test_every_method_gives_all_answers(method: Method) -> None:
    made = event({"a": [("x", "0.5")], "b": [("y", "0.5")]}, {"b": "z"})
    walks = (frozenset("ab"),)
    joined = PathSet(walks, walks, frozenset("ab"), "no", 1)
    wanted = asked_of(made, random.Random(0))
    now, estimates = varied(made, joined, wanted, method)
    assert {estimate.method for estimate in (now, *estimates)} == {method}
    for variation, estimate in zip(wanted, estimates, strict=True):
        true = chance(variation.event(made), walks)
        assert abs(estimate.value - true) <= estimate.error, variation


def test_past_the_budget_all_are_sampled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(variations, "BUDGET", 1)
    made = event({"a": [("x", "0.5"), ("y", "0.5")], "b": [("x", "0.5")]}, {"b": "x", "a": "y"})
    walks = (frozenset("ab"),)
    joined = PathSet(walks, walks, frozenset("ab"), "no", 1)
    now, estimates = varied(made, joined, [Without("x"), Without("y")])
    assert {estimate.method for estimate in (now, *estimates)} == {"worlds"}
