"""Rankings count a programme once, and never add buyers and programmes up."""

from __future__ import annotations

from collections import Counter

import msgspec
import pytest

from graph.exposure.engine import exposure, scores
from graph.exposure.rankings import ranking
from graph.network.build import Network, from_records
from graph.paths.question import Question
from graph.record.model import Claim, Entity
from graph.record.vocabulary import Kind, Relation, Stance, Status
from tests.graph import bruteforce
from tests.graph.exposure.test_axioms import source
from tests.graph.random_records import Record, random_record


def network(*rows: tuple[str, Relation, str] | tuple[str, Relation, str, str]) -> Network:
    """Companies a…, bodies police…, programmes p…; every row acknowledged in a sure source."""
    ids = sorted({end for row in rows for end in (row[0], *row[2:])})
    kind = {"p": Kind.PROGRAMME, "b": Kind.PUBLIC_BODY}
    entities = [
        Entity(set="t", id=i, kind=kind.get(i[0], Kind.COMPANY), name=i, country=("FR",))
        for i in ids
    ]
    claims = [
        Claim(
            set="t", id=f"k{n}", subject=row[0], relation=row[1], object=row[2],
            programme="".join(row[3:]), status=Status.ALLEGED, strength=0.5, sources=(f"s{n}",),
        )
        for n, row in enumerate(rows)
    ]  # fmt: skip
    return from_records(entities, [source(f"s{n}") for n in range(len(rows))], claims)


def test_a_part_of_another_programme_is_not_counted_again() -> None:
    made = network(
        ("a", Relation.SUPPLIES, "b", "p1"),
        ("p1", Relation.PART_OF, "p2"),
        ("p2", Relation.PART_OF, "p3"),
        ("a", Relation.CONTRIBUTES_TO, "p9"),
    )
    (rank,) = ranking(made, "programmes")
    assert [(score.target, score.score) for score in rank.counted] == [("p9", 0.5), ("p3", 0.125)]
    assert rank.within == {"p1": "p3", "p2": "p3"}
    assert rank.total == 0.625
    assert rank.any == 0.75  # p1 is reached at 0.5, p9 at 0.5
    (rank,) = ranking(made, "end-users")
    assert [score.target for score in rank.counted] == ["b"]


def test_of_programmes_that_are_part_of_each_other_one_counts() -> None:
    made = network(
        ("a", Relation.SUPPLIES, "b", "p2"),
        ("a", Relation.CONTRIBUTES_TO, "p1"),
        ("a", Relation.CONTRIBUTES_TO, "p2"),
        ("p1", Relation.PART_OF, "p2"),
        ("p2", Relation.PART_OF, "p1"),
    )
    (rank,) = ranking(made, "programmes")
    assert [score.target for score in rank.counted] == ["p2"]  # it has the higher score
    assert rank.within == {"p1": "p2"}


def test_bodies_are_each_counted_whatever_they_are_part_of() -> None:
    made = network(
        ("a", Relation.SUPPLIES, "b1"),
        ("a", Relation.SUPPLIES, "b2"),
        ("b1", Relation.PART_OF, "b2"),
    )
    (rank,) = ranking(made, "end-users")
    assert (rank.total, rank.within) == (1.0, {})


@pytest.mark.parametrize("fault", ["dates", "refuted"])
def test_what_cannot_be_part_of_another_programme_is_counted(fault: str) -> None:
    entities = [
        Entity(set="t", id=i, kind=kind, name=i)
        for i, kind in (
            ("a", Kind.COMPANY), ("b", Kind.PUBLIC_BODY),
            ("p1", Kind.PROGRAMME), ("p2", Kind.PROGRAMME),
        )
    ]  # fmt: skip
    sale = Claim(
        set="t", id="sale", subject="a", relation=Relation.SUPPLIES, object="b", programme="p1",
        status=Status.REPORTED, strength=0.5, sources=("s",), valid_from="2015",
    )  # fmt: skip
    more = {"subject": "a", "relation": Relation.CONTRIBUTES_TO, "object": "p2", "programme": ""}
    other = msgspec.structs.replace(sale, id="other", **more)
    part = msgspec.structs.replace(
        sale, id="part", subject="p1", relation=Relation.PART_OF, object="p2", programme="",
        valid_from="2001", valid_to="2005" if fault == "dates" else "",
    )  # fmt: skip
    against = msgspec.structs.replace(
        part, id="no", stance=Stance.REFUTES, about="part", strength=1.0, valid_from="", valid_to=""
    )
    rows = [sale, other, part, *([against] if fault == "refuted" else [])]
    (rank,) = ranking(from_records(entities, [source("s")], rows), "programmes")
    assert [score.target for score in rank.counted] == ["p1", "p2"]
    (rank,) = ranking(
        from_records(
            entities, [source("s")],
            [sale, other, msgspec.structs.replace(part, valid_from="2001", valid_to="")],
        ),
        "programmes",
    )  # fmt: skip
    assert rank.within == {"p1": "p2"}


def test_equal_sums_share_a_rank() -> None:
    made = network(
        ("a", Relation.SUPPLIES, "b1"),
        ("c", Relation.SUPPLIES, "b1"),
        ("d", Relation.SUPPLIES, "b1"),
        ("d", Relation.SUPPLIES, "b2"),
    )
    ranks = ranking(made, "end-users")
    assert [(rank.rank, rank.exporter) for rank in ranks] == [(1, "d"), (2, "a"), (2, "c")]
    assert ranking(made, "programmes") == []


def test_sums_are_of_the_scores_and_any_is_of_all_walks() -> None:
    """Against the scores one by one, and a list of all worlds."""
    compared = several = 0
    for seed in range(120):
        record = random_record(seed, claims=8)
        made = from_records(*record)
        for rank in ranking(made, "end-users", Question(max_hops=3)):
            alone = [
                exposure(made, Question.between(rank.exporter, score.target, max_hops=3))
                for score in rank.counted
            ]
            assert list(rank.counted) == alone
            assert rank.total == pytest.approx(sum(score.score for score in alone))
            assert rank.low <= rank.total <= rank.high
            assert max(score.score for score in alone) <= rank.any <= min(1, rank.total) + 1e-12
            several += len(alone) > 1
            if rank.exporter == "c0" and sum(len(c.sources) for c in record.claims) < 13:
                assert rank.any == pytest.approx(_any(record), abs=1e-12), seed
                compared += 1
    assert several > 20
    assert compared > 10


def _any(record: Record) -> float:
    from graph.network.weights import load_weights

    walks = [
        frozenset(walk.links)
        for body in ("b0", "b1")
        for walk in bruteforce.walks(record, "c0", body, 3)
        if walk.possible
    ]
    return bruteforce.probability(record, walks, load_weights())


def test_the_eu_filter_counts_what_it_leaves_out() -> None:
    made = network(("a", Relation.SUPPLIES, "b"))
    made.nodes["a"]["country"] = ("US",)
    left_out: Counter[str] = Counter()
    assert ranking(made, "end-users", Question(eu_only=True), left_out=left_out) == []
    assert left_out == {"eu": 1}


def test_every_scored_pair_is_counted_or_within_another() -> None:
    for seed in range(40):
        made = from_records(*random_record(seed, dated=False))
        pairs = {
            (score.exporter, score.target) for score in scores(made, Question(kinds="programmes"))
        }
        ranked = {
            (rank.exporter, target)
            for rank in ranking(made, "programmes")
            for target in (*(score.target for score in rank.counted), *rank.within)
        }
        assert ranked == pairs
