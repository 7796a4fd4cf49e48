"""Graphs at the edge: nothing, one row, ten thousand rows, sure and impossible links, one origin.

Every number here is worked out by hand, and each method has to give it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from fractions import Fraction
from typing import Any

import pytest

from graph.errors import UnknownIdError
from graph.exposure.engine import Score, exposure, scores
from graph.exposure.explain import explain
from graph.network.build import Network, from_records
from graph.paths.question import Question
from graph.probability.exact import OverBudgetError
from graph.probability.methods import METHODS, Method
from graph.record.model import Claim, Entity, Source
from graph.record.vocabulary import Kind, Relation, SourceType, Status

ALL: tuple[Method, ...] = ("auto", *METHODS)
NAMES = {
    "x": Kind.COMPANY,
    "a": Kind.COMPANY,
    "b": Kind.COMPANY,
    "police": Kind.PUBLIC_BODY,
    "sky": Kind.PROGRAMME,
}
by_each = pytest.mark.parametrize("method", ALL)


def row(number: int, subject: str, target: str, *sources: str, **more: Any) -> Claim:
    # one product: so that each supply is tied to the one before it
    fields: dict[str, Any] = {"product": "camera", "strength": 0.5, **more}
    fields = {"relation": Relation.SUPPLIES, "status": Status.REPORTED} | fields
    return Claim(
        set="t", id=f"k{number:05}", subject=subject, object=target, sources=sources, **fields
    )


def network(claims: Iterable[Claim], trusted: dict[str, float] | None = None) -> Network:
    """Of claims, whose sources are trusted at 0.8 where it is not said."""
    claims = list(claims)
    names = {source for claim in claims for source in claim.sources}
    return from_records(
        [Entity(set="t", id=name, kind=kind, name=name) for name, kind in NAMES.items()],
        [
            Source(
                set="t", id=name, title="t", publisher="p", type=SourceType.PRESS,
                reliability=(trusted or {}).get(name, 0.8),
            )
            for name in sorted(names)
        ],
        claims,
    )  # fmt: skip


def scored(of: Network, method: Method, target: str = "police") -> Score:
    score = exposure(of, Question.between("x", target), method=method)
    assert 0 <= score.low <= score.score <= score.high <= 1
    assert score.certain <= score.score
    return score


def gives(score: Score, wanted: float) -> bool:
    """Whether the score is the number: to the last bit where it is exact."""
    if score.method == "worlds":
        return abs(score.score - wanted) <= score.error
    return score.score == wanted


@by_each
def test_no_claim(method: Method) -> None:
    score = scored(network([]), method)
    assert (score.score, score.certain, score.high, score.paths, score.origins) == (0, 0, 0, 0, 0)
    explanation = explain(network([]), Question.between("x", "police"))
    assert (explanation.contributions, explanation.minimal_cut_sets, explanation.rest) == (
        (),
        (),
        0,
    )


def test_nothing_at_all() -> None:
    nothing = from_records([], [], [])
    assert list(scores(nothing)) == []
    with pytest.raises(UnknownIdError, match="x"):
        exposure(nothing, Question.between("x", "police"))


@by_each
def test_one_claim(method: Method) -> None:
    score = scored(network([row(0, "x", "police", "s")]), method)
    assert gives(score, 0.4)
    assert score.certain == score.score  # no date could break it
    assert (score.paths, score.origins) == (1, 1)


@by_each
@pytest.mark.parametrize("relation", [Relation.SUPPLIES, Relation.OWNS, Relation.SUCCEEDED_BY])
def test_a_self_loop_adds_nothing(method: Method, relation: Relation) -> None:
    loop = row(1, "x", "x", "sure", relation=relation, strength=1.0)
    trusted = {"sure": 1.0}
    assert scored(network([loop], trusted), method).score == 0
    sale = row(0, "x", "police", "s")
    assert scored(network([sale, loop], trusted), method) == scored(network([sale]), method)


@by_each
def test_ten_thousand_rows_of_one_origin_count_as_one(method: Method) -> None:
    sale = row(0, "x", "police", "s")
    rows = [row(number, "x", "police", "s") for number in range(10_000)]
    assert scored(network(rows), method) == scored(network([sale]), method)


@pytest.mark.parametrize("method", ["auto", "exact", "worlds"])
def test_ten_thousand_rows_of_as_many_origins(method: Method) -> None:
    rows = [row(n, "x", "police", f"s{n:05}", strength=0.0002) for n in range(10_000)]
    score = scored(network(rows), method)
    assert gives(score, float(1 - (1 - Fraction(8, 50_000)) ** 10_000))
    assert score.origins == 10_000


def test_ten_thousand_parallel_links() -> None:
    """Other days, other links, and one origin: what it says of a sale stands or falls together."""
    rows = [
        row(n, "x", "police", "s", valid_from=f"{1900 + n // 100:04}-01-{1 + n % 28:02}",
            contract=f"deal {n}")
        for n in range(10_000)
    ]  # fmt: skip
    of = network(rows)
    score = scored(of, "auto")
    assert score.method == "worlds"
    assert gives(score, 0.4)
    assert score.paths == 10_000
    with pytest.raises(OverBudgetError, match="2,000 paths"):
        scored(of, "exact")
    few = network(rows[:2_000])
    assert (scored(few, "auto").method, scored(few, "auto").score) == ("exact", 0.4)


@by_each
def test_sixty_origins_on_one_link(method: Method) -> None:
    trusted = {f"s{n:02}": (n + 1) / 100 for n in range(60)}
    of = network([row(0, "x", "police", *trusted)], trusted)
    none = math.prod(1 - Fraction(n + 1, 100) / 2 for n in range(60))
    score = scored(of, method)
    assert gives(score, float(1 - none))
    assert score.origins == 60


@by_each
def test_a_certain_and_an_impossible_link(method: Method) -> None:
    trusted = {"sure": 1.0, "void": 0.0}
    sure = row(0, "x", "a", "sure", strength=1.0)
    on = row(1, "a", "police", "s")
    assert (
        scored(network([row(2, "x", "police", "sure", strength=1.0)], trusted), method).score == 1
    )
    assert gives(scored(network([sure, on], trusted), method), 0.4)
    for void in (
        row(0, "x", "a", "void", strength=1.0),
        row(0, "x", "a", "sure", strength=0.0),
    ):
        assert scored(network([void, on], trusted), method).score == 0
        beside = network([void, on, row(2, "x", "police", "t")], trusted)
        assert gives(scored(beside, method), 0.4)


@by_each
def test_three_links_from_one_origin(method: Method) -> None:
    """The origin is trusted once, not three times: a product of the links would be wrong."""
    steps = [("x", "a"), ("a", "b"), ("b", "police")]
    chain = network(row(n, *ends, "s") for n, ends in enumerate(steps))
    score = scored(chain, method)
    assert gives(score, 0.8 * 0.5**3)
    assert not gives(score, (0.8 * 0.5) ** 3)
    assert score.origins == 1
    apart = network(row(n, *ends, f"s{n}") for n, ends in enumerate(steps))
    assert gives(scored(apart, method), float(Fraction(4, 10) ** 3))


@by_each
def test_three_walks_from_one_origin(method: Method) -> None:
    """Side by side they fall together: the noisy-OR of the walks would be too high."""
    rows = [row(0, "x", "police", "s"), row(1, "x", "a", "s"), row(2, "a", "police", "s")]
    rows += [row(3, "x", "b", "s"), row(4, "b", "police", "s")]
    none = (1 - Fraction(1, 2)) * (1 - Fraction(1, 4)) ** 2
    assert gives(scored(network(rows), method), float(Fraction(8, 10) * (1 - none)))


@by_each
def test_a_cycle_of_all_is_walked_once(method: Method) -> None:
    rows = [row(0, "x", "a", "s0"), row(1, "a", "b", "s1"), row(2, "b", "x", "s2")]
    rows += [row(3, "b", "a", "s3"), row(4, "a", "police", "s4")]
    score = scored(network(rows), method)
    assert gives(score, float(Fraction(4, 10) ** 2))
    assert score.paths == 1
