"""What a score is published with adds up, and says what would change it."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from graph import wording
from graph.exposure.engine import exposure, scores
from graph.exposure.explain import explain
from graph.network.build import from_records, links_by_id
from graph.paths.find import supply_paths
from graph.paths.question import Question
from graph.record.model import Claim, Entity
from graph.record.vocabulary import Kind, Relation, Stance, Status
from tests.graph.exposure.test_axioms import HOPS, scored, source
from tests.graph.random_records import Record, random_record


def drop_origin(record: Record, origin: str) -> Record:
    """The record without one origin: rows lose it, and rows that had only it go."""
    claims = []
    for claim in record.claims:
        left = tuple(s for s in claim.sources if s != origin)
        if left:
            claims.append(
                Claim(**{f: getattr(claim, f) for f in claim.__struct_fields__ if f != "sources"},
                      sources=left)
            )  # fmt: skip
    return record._replace(claims=claims)


def test_contributions_and_rest_add_up() -> None:
    cut = 0
    for seed in range(60):
        network = from_records(*random_record(seed))
        explanation = explain(network, Question.between("c0", "b0", max_hops=HOPS), top=2)
        whole = (
            sum(contribution.adds for contribution in explanation.contributions) + explanation.rest
        )
        assert whole == pytest.approx(explanation.score.score, abs=1e-12)
        assert all(contribution.adds >= 0 for contribution in explanation.contributions)
        cut += explanation.rest > 0
    assert cut > 3


def test_losses_are_what_the_record_without_the_origin_gives() -> None:
    compared = 0
    for seed in range(80):
        record = random_record(seed)
        explanation = explain(from_records(*record), Question.between("c0", "b0", max_hops=HOPS))
        for importance in explanation.origins:
            expected = scored(drop_origin(record, importance.origin), "b0").score
            assert importance.score_without == pytest.approx(expected, abs=1e-12), seed
            assert importance.loss == pytest.approx(explanation.score.score - expected, abs=1e-12)
            compared += 1
    assert compared > 50


def test_failing_sets_leave_no_path_and_smaller_ones_do() -> None:
    single = double = 0
    for seed in range(120):
        record = random_record(seed)
        explanation = explain(from_records(*record), Question.between("c0", "b0", max_hops=HOPS))
        if not explanation.score.paths:
            assert explanation.minimal_cut_sets == ()
            continue
        for chosen in explanation.minimal_cut_sets:
            left = record
            for origin in chosen:
                left = drop_origin(left, origin)
            assert scored(left, "b0").score == 0
            single += len(chosen) == 1
            double += len(chosen) == 2
            if len(chosen) == 2:
                assert all(scored(drop_origin(record, origin), "b0").score > 0 for origin in chosen)
    assert single > 10
    assert double > 3


def small() -> Record:
    """A fund that owns 20 % of a successor's predecessor's supplier; see the tests."""
    people = [("fund", Kind.COMPANY), ("heir", Kind.COMPANY), ("old", Kind.COMPANY)]
    entities = [Entity(set="t", id=i, kind=k, name=i) for i, k in people]
    entities.append(Entity(set="t", id="police", kind=Kind.PUBLIC_BODY, name="police"))
    common: dict[str, Any] = {"set": "t", "sources": ("report",), "status": Status.REPORTED}
    claims = [
        Claim(id="1", subject="fund", relation=Relation.OWNS, object="old", share=20, **common),
        Claim(id="2", subject="old", relation=Relation.SUCCEEDED_BY, object="heir",
              valid_from="2018", **common),
        Claim(id="3", subject="old", relation=Relation.SUPPLIES, object="police",
              valid_from="2015", **common | {"status": Status.DISPUTED}),
        Claim(id="4", subject="old", relation=Relation.SUPPLIES, object="police", about="3",
              stance=Stance.REFUTES, valid_from="2015", **common | {"sources": ("court",)}),
    ]  # fmt: skip
    return Record(entities, [source("report"), source("court")], claims)


def test_links_that_are_only_alleged_are_counted() -> None:
    entities, sources, claims = small()
    alleged = [
        explain(
            from_records(
                entities,
                sources,
                [
                    msgspec.structs.replace(claim, status=status) if claim.id == "3" else claim
                    for claim in claims
                ],
            ),
            Question.between("fund", "police"),
        ).alleged
        for status in (Status.ALLEGED, Status.REPORTED)
    ]
    assert alleged[0] == alleged[1] + 1


def test_minority_share_undated_and_disputed_are_said() -> None:
    network = from_records(*small())
    explanation = explain(network, Question.between("fund", "police"))
    share = next(
        key for key, link in links_by_id(network).items() if link.relation is Relation.OWNS
    )
    assert explanation.shares == (share,)
    assert explanation.undated == 1
    assert explanation.disputed == 1
    assert explanation.minimal_cut_sets == (("report",),)
    assert set(explanation.claim_ids) == {"1", "3", "4"}
    assert not explanation.by_succession
    assert explain(network, Question.between("heir", "police")).by_succession


def test_a_refuted_link_is_a_caveat() -> None:
    entities, sources, claims = small()
    reported = [msgspec.structs.replace(claim, status=Status.REPORTED) for claim in claims]
    assert (
        explain(
            from_records(entities, sources, reported), Question.between("old", "police")
        ).disputed
        == 1
    )


def test_no_path_explains_itself() -> None:
    explanation = explain(from_records(*small()), Question.between("police", "heir"))
    assert (explanation.score.score, explanation.score.paths, explanation.contributions) == (
        0,
        0,
        (),
    )


def test_taking_an_origin_away_takes_its_refutations_too() -> None:
    network = from_records(*small())
    refuted = exposure(network, Question.between("old", "police")).score
    losses = {
        importance.origin: importance.loss
        for importance in explain(network, Question.between("old", "police")).origins
    }
    assert losses["report"] == pytest.approx(refuted)
    assert losses["court"] < 0  # without the refutation the score would be higher


def test_eu_only_explains_the_score_that_the_filter_gives() -> None:
    record = small()
    people = [
        Entity(set="t", id="home", kind=Kind.COMPANY, name="home", country=("FR",)),
        Entity(set="t", id="abroad", kind=Kind.COMPANY, name="abroad", country=("US",)),
    ]
    common: dict[str, Any] = {"set": "t", "sources": ("report",), "status": Status.REPORTED}
    rows = [
        Claim(
            id=f"{unit}-{relation}", subject=start, relation=relation, object=end,
            valid_from="2015", **common,
        )
        for unit in ("home", "abroad")
        for start, relation, end in (
            ("fund", Relation.OWNS, unit),
            (unit, Relation.SUPPLIES, "police"),
        )
    ]  # fmt: skip
    network = from_records([*record.entities, *people], record.sources, rows)
    (filtered,) = scores(network, Question.between("fund", "police", eu_only=True))
    assert explain(network, Question.between("fund", "police", eu_only=True)).score == filtered
    assert filtered.paths == 1
    assert explain(network, Question.between("fund", "police")).score.paths == 2


def test_what_the_search_left_out_is_told() -> None:
    with_left_out = 0
    for seed in range(10):
        network = from_records(*random_record(seed, claims=20))
        explanation = explain(network, Question.between("c0", "b0"))
        assert explanation.left_out == supply_paths(network, Question.between("c0", "b0")).left_out
        with_left_out += bool(explanation.left_out)
    assert with_left_out > 5


def test_a_successor_s_own_supply_is_not_said_to_be_another_s() -> None:
    """One path by succession, one of the company itself: the sentence is of the one alone."""
    names = {"x": Kind.COMPANY, "old": Kind.COMPANY, "police": Kind.PUBLIC_BODY}
    entities = [Entity(set="t", id=i, kind=kind, name=i) for i, kind in names.items()]
    heir = Claim(
        set="t", id="heir", subject="old", relation=Relation.SUCCEEDED_BY, object="x",
        status=Status.REPORTED, sources=("s",), valid_from="2010",
    )  # fmt: skip
    before = msgspec.structs.replace(
        heir, id="before", relation=Relation.SUPPLIES, object="police", valid_from="2005"
    )
    own = msgspec.structs.replace(before, id="own", subject="x", valid_from="2018")
    for rows, prefix in (([heir, before], ""), ([heir, before, own], "Of some of the paths, ")):
        network = from_records(entities, [source("s")], rows)
        explanation = explain(network, Question.between("x", "police"))
        (caveat, *_) = wording.caveats(explanation, links_by_id(network), names, ())
        assert explanation.by_succession
        by_succession = wording.succession(links_by_id(network).values())
        assert caveat.endswith(by_succession)
        assert caveat.removesuffix(by_succession).startswith(prefix)
        assert bool(prefix) is (caveat != by_succession)
