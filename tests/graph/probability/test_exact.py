"""The exact method gives the reference's number, to the last bit, and gives up where it must."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

from graph.network.build import from_records, links_by_id
from graph.paths.find import supply_paths
from graph.paths.question import Question
from graph.probability.exact import Exact, OverBudgetError
from graph.probability.reference import Event, EvidencePiece, Latent, LatentKind, chance, prepare
from tests.graph.random_records import random_record


def event(links: dict[str, list[tuple[str, str]]], against: dict[str, str] | None = None) -> Event:
    """Links with (origin, strength) each; an origin is sound at 0.9, a refuting one at 0.7."""
    made = Event({}, {}, {})
    for link, pieces in links.items():
        refuting = (against or {}).get(link)
        made.pro[link] = tuple(_piece(made, LatentKind.R, link, o, "0.9", s) for o, s in pieces)
        made.contra[link] = (
            (_piece(made, LatentKind.Q, link, refuting, "0.7", "0.5"),) if refuting else ()
        )
    return made


def _piece(
    made: Event, sort: LatentKind, link: str, origin: str, trust: str, strength: str
) -> EvidencePiece:
    word = Latent(origin, LatentKind.U if sort is LatentKind.R else LatentKind.V, (link,))
    reliable, firm = Fraction(trust), Fraction(strength)
    made.odds[Latent(origin, sort)] = ((Fraction(1), reliable), (Fraction(0), 1 - reliable))
    made.odds[word] = ((firm, firm), (Fraction(1), 1 - firm))
    return EvidencePiece(Latent(origin, sort), word, firm)


@pytest.mark.parametrize("dated", [True, False])
def test_it_is_the_reference_to_the_last_bit(dated: bool) -> None:
    several = 0
    for seed in range(150):
        network = from_records(*random_record(seed, dated=dated, claims=11 + seed % 10))
        for goal in ("b0", "p0", "c2"):
            paths = supply_paths(network, Question.between("c0", goal, max_hops=4)).paths
            known = links_by_id(network)
            used = [known[link] for link in frozenset().union(*(path.links for path in paths))]
            for band in ("low", "value", "high"):
                made = prepare(network.graph["origins"], used, band)
                walks = [path.links for path in paths]
                assert Exact(made).chance(walks) == chance(made, walks), (seed, goal)
            several += len(paths) > 3
    assert several > 20


def test_random_walks_over_shared_origins_and_refutations() -> None:
    """Walks that no record would give: many to a pair, over few origins, with odd overlaps."""
    for seed in range(300):
        rng = random.Random(seed)
        names = [f"l{n}" for n in range(rng.randint(1, 7))]
        origins = [f"o{n}" for n in range(rng.randint(1, 4))]
        made = event(
            {
                name: [
                    (origin, rng.choice(["0", "0.25", "0.8", "1"]))
                    for origin in rng.sample(origins, rng.randint(1, len(origins)))
                ]
                for name in names
            },
            {name: rng.choice(origins) for name in names if rng.random() < 0.3},
        )
        walks = [
            frozenset(rng.sample(names, rng.randint(1, len(names))))
            for _ in range(rng.randint(1, 6))
        ]
        assert Exact(made).chance(walks) == chance(made, walks), seed


def test_one_object_answers_many_questions() -> None:
    made = event({"a": [("x", "0.5")], "b": [("x", "0.5")], "c": [("y", "0.5")]})
    exact = Exact(made)
    questions = [[{"a"}], [{"a", "b"}], [{"a"}, {"b"}], [{"a", "c"}, {"b"}], [{"a"}]]
    for walks in questions:
        sets = [frozenset(walk) for walk in walks]
        assert exact.chance(sets) == chance(made, sets)


def test_no_walk_and_a_walk_of_nothing() -> None:
    exact = Exact(event({"a": [("x", "0.5")]}))
    assert exact.chance([]) == 0
    assert exact.chance([frozenset(), frozenset({"a"})]) == 1


def test_products_are_wrong_where_three_links_rest_on_one_origin() -> None:
    made = event({name: [("x", "1")] for name in "abc"})
    assert Exact(made).chance([frozenset("abc")]) == 0.9
    apart = event({name: [(name, "1")] for name in "abc"})
    assert Exact(apart).chance([frozenset("abc")]) == pytest.approx(0.9**3)


def test_impossible_and_certain_links() -> None:
    made = event({"no": [("x", "0")], "a": [("y", "1")]})
    assert Exact(made).chance([frozenset(["no"])]) == 0
    assert Exact(made).chance([frozenset(["no", "a"]), frozenset(["a"])]) == 0.9


def test_sixty_origins_on_one_link() -> None:
    made = event({"a": [(f"o{n}", "0.1") for n in range(60)]})
    assert Exact(made, budget=0).chance([frozenset("a")]) == pytest.approx(1 - 0.91**60)


def test_ten_thousand_parallel_links() -> None:
    shared = event({f"l{n}": [("x", "0.5")] for n in range(10_000)})
    walks = [frozenset([link]) for link in shared.pro]
    apart = event({f"l{n}": [(f"o{n}", "0.0001")] for n in range(10_000)})
    assert Exact(apart, budget=0).chance(walks) == pytest.approx(1 - (1 - 0.00009) ** 10_000)
    assert Exact(shared).chance(walks) == pytest.approx(0.9)


def test_a_question_over_the_budget_is_refused() -> None:
    """A ladder, whose rungs every pivot has to cut."""
    made = event({f"{a}{n}": [(f"{a}{n}", "0.5")] for n in range(12) for a in "xy"})
    rng = random.Random(0)
    walks = [frozenset(rng.sample(sorted(made.pro), 6)) for _ in range(40)]
    with pytest.raises(OverBudgetError, match="5 branchings"):
        Exact(made, budget=5).chance(walks)
    assert 0 < Exact(made).chance(walks) < 1
