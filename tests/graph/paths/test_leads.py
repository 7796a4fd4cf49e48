"""Leads: one step beyond a walk, in words that claim nothing (docs/exposure.md)."""

from __future__ import annotations

import itertools

import pytest

from graph import wording
from graph.exposure.engine import scores
from graph.exposure.explain import explain
from graph.network.build import Network, from_records
from graph.paths import find
from graph.paths.answer import Answer, Lead
from graph.paths.find import supply_paths
from graph.paths.question import Question
from graph.record.dates import parse_date
from graph.record.vocabulary import Kind, Relation, Status
from tests.graph import bruteforce
from tests.graph.exposure.rule_cases import network_of
from tests.graph.random_records import Record, random_record

SELLERS = [f"s{n:02}" for n in range(20)]
BUYERS = [f"b{n:02}" for n in range(20)]


def ends(answer: Answer) -> set[tuple[str, str, str]]:
    return {(lead.supplier, lead.buyer, lead.end) for lead in answer.leads}


def integrator(**ties: str) -> Network:
    """One that buys from twenty and sells to twenty, each under a contract of its own.

    Parameters
    ----------
    **ties : str
        Seller to buyer: their supplies are under one contract.
    """
    rows = ["x is company"]
    deal = {buyer: f"sale-{buyer}" for buyer in BUYERS}
    for seller in SELLERS:
        contract = deal[ties[seller]] if seller in ties else f"purchase-{seller}"
        rows.append(f"{seller} supplies hub 2014 product= contract={contract}")
    for buyer in BUYERS:
        sale = f"hub supplies {buyer} 2015 product= contract={deal[buyer]}"
        rows += [f"{buyer} is public_body", sale]
    return network_of("; ".join(rows))


def test_an_integrator_joins_nobody_but_whom_a_contract_ties() -> None:
    network = integrator(s03="b07", s04="b07", s05="b01")
    tied = {("s03", "b07"), ("s04", "b07"), ("s05", "b01")}
    found = {(score.exporter, score.target) for score in scores(network)}
    direct = {(seller, "hub") for seller in SELLERS} | {("hub", buyer) for buyer in BUYERS}
    assert found == direct | tied
    for seller, buyer in itertools.product(SELLERS, BUYERS):
        answer = supply_paths(network, Question.between(seller, buyer))
        assert bool(answer.paths) is ((seller, buyer) in tied)
        assert ends(answer) == (set() if answer.paths else {(seller, "hub", buyer)})


def test_an_integrator_gives_a_lead_a_buyer_at_most() -> None:
    network = integrator(s03="b07")
    every = {("s00", "hub", buyer) for buyer in BUYERS}
    assert ends(supply_paths(network, Question.between("s00"))) == every
    assert ends(supply_paths(network, Question.between("s00", "hub"))) == every
    assert len(supply_paths(network, Question.between("s03")).leads) == 19  # to b07 there is a path


def test_the_words_of_a_lead_claim_nothing() -> None:
    (lead,) = supply_paths(integrator(), Question.between("s00", "b00")).leads
    names = {"s00": "Qosmos", "hub": "Utimaco", "b00": "Datafusion"}
    assert wording.lead_sentence(lead, names) == (
        "Utimaco also supplied Datafusion (2015; reported);"
        " no source says that what Qosmos supplied went there."
    )
    rows = "x supplies police 2015; police operates shield 2010"
    (lead,) = supply_paths(network_of(rows), Question.between("x", "shield")).leads
    assert wording.lead_sentence(lead, {}) == (
        "police operates shield (since 2010; reported); no source says that this supply serves it."
    )
    rows = "x supplies hub 2014; hub supplies police 2015 product= programme=shield"
    (lead,) = supply_paths(network_of(rows), Question.between("x", "shield")).leads
    assert wording.lead_sentence(lead, {}) == (
        "hub also supplied police (for shield; 2015; reported);"
        " no source says that what x supplied was for shield."
    )


CASES = {
    # one step beyond the walk, and no further
    "further": ("x supplies a 2013; a supplies b 2014 product=; b supplies c 2015 product=", "a>b"),
    "on a walk of several": (
        "x supplies a 2013; a supplies b 2014; b supplies c 2015 product=",
        "b>c",
    ),
    "by a company that contributes": (
        "x supplies a 2013; a contributes_to shield 2015 product=",
        "a>shield",
    ),
    "beyond another id": ("x supplies a 2013; a same_as b; b supplies c 2015 product=", "b>c"),
    # dates that can fit
    "sold on before": ("x supplies a 2013; a supplies b 2012 product=", ""),
    "in the same year": ("x supplies a 2013; a supplies b 2013 product=", "a>b"),
    "operated until before": ("x supplies police 2013; police operates shield 2005..2012", ""),
    "operated at the time": (
        "x supplies police 2013; police operates shield 2005..2013",
        "police>shield",
    ),
    "operated from later on": (
        "x supplies police 2013; police operates shield 2018..",
        "police>shield",
    ),
    "contributed before": ("x supplies police 2013; police contributes_to shield 2012", ""),
    "contributed later": (
        "x supplies police 2013; police contributes_to shield 2014",
        "police>shield",
    ),
    "of one of two supplies": (
        "x supplies police 2013; x supplies police 2009; police operates shield 2005..2012",
        "police>shield",
    ),
    # none where a path takes the same step
    "a step that a path takes": (
        "x supplies a 2013; x supplies a 2012 product=drone; a supplies b 2014",
        "",
    ),
    "a step that a path takes too late": (
        "x supplies a 2015; x supplies a 2012 product=drone; a supplies b 2014",
        "a>b",
    ),
    "the same step, tied by another row": (
        "x supplies a 2013; a supplies b 2014; a supplies b 2015 product=",
        "",
    ),
    "the same step, for a programme that no path reaches": (
        "x supplies a 2013; a supplies b 2014; a supplies b 2015 product= programme=shield",
        "a>b",
    ),
    # … or reaches the same programme
    "a programme that a path reaches": (
        "x supplies police 2013 programme=shield; police operates shield 2005..",
        "",
    ),
    "a programme that a path reaches elsewhere": (
        "x supplies police 2013; police operates shield 2005..; x contributes_to shield 2015",
        "",
    ),
    "a programme that one is part of": (
        "x supplies police 2013; police operates net 2005..;"
        " x supplies police 2012 programme=shield; shield part_of net 2005..",
        "",
    ),
    "not back to who is on the way": ("x supplies a 2013; a supplies x 2014 product=", ""),
    "not a bureau's ministry": ("x supplies police 2013; police part_of ministry", ""),
}  # fmt: skip


@pytest.mark.parametrize("look", [20_000, 0], ids=["search", "kernels"])
@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_leads(case: tuple[str, str], look: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the search, and by the kernels where there are too many walks for it."""
    monkeypatch.setattr(find, "LOOK", look)
    rows, wanted = case
    answer = supply_paths(network_of(rows), Question.between("x"))
    assert {f"{lead.buyer}>{lead.end}" for lead in answer.leads} == set(filter(None, [wanted]))
    assert answer.whole is (look > 0)


def test_no_lead_on_a_day_on_which_nothing_runs() -> None:
    network = network_of("x supplies police 2013; police operates shield 2005..2014")
    inside, after = (parse_date(year).first for year in ("2014", "2016"))
    assert supply_paths(network, Question.between("x", "shield", on=inside)).leads
    assert not supply_paths(network, Question.between("x", "shield", on=after)).leads


def test_leads_stand_with_a_score_and_outside_it() -> None:
    network = integrator()
    told = explain(network, Question.between("s00", "b00"))
    assert (told.score.score, len(told.leads)) == (0, 1)


def test_a_filter_makes_no_lead_of_what_a_source_ties() -> None:
    rows = "x supplies a 2013; a supplies b 2014 status=alleged; a supplies b 2015 product="
    network = network_of(rows)
    documented = frozenset({Status.REPORTED})
    answer = supply_paths(network, Question.between("x", "b", statuses=documented))
    assert (answer.paths, answer.leads) == ((), ())
    untied = network_of(rows.replace("2014", "2014 product=lens"))
    assert supply_paths(untied, Question.between("x", "b", statuses=documented)).leads


# -- Against plain enumeration ---------------------------------------------------------------------


def _step(piece: bruteforce.Piece) -> tuple[str, str, Relation]:
    return piece.tail, piece.head, piece.relation


def expected(record: Record, start: str, max_hops: int) -> set[tuple[str, str]]:
    """Buyers and ends of leads: what the page says, walk by walk, link by link."""
    kinds = {e.id: e.kind for e in record.entities}
    pieces = list(bruteforce.pieces(record).values())
    lives = {e.id: bruteforce._life(e) for e in record.entities}
    every = [
        walk
        for goal in kinds
        if goal != start
        for walk in bruteforce.walks(record, start, goal, max_hops)
        if walk.possible
    ]
    by_name = {piece.name: piece for piece in pieces}
    used = {_step(by_name[link]) for walk in every for link in walk.links}
    reached = {walk.nodes[-1] for walk in every if kinds[walk.nodes[-1]] is Kind.PROGRAMME}
    found = set()
    for walk in every:
        on_the_way = [by_name[link] for link in walk.links]
        supplies = [piece for piece in on_the_way if piece.relation is Relation.SUPPLIES]
        if not supplies or kinds[walk.nodes[-1]] is Kind.PROGRAMME:
            continue
        for piece in pieces:
            sold_on = piece.relation in (Relation.SUPPLIES, Relation.CONTRIBUTES_TO)
            by_body = kinds[piece.tail] is not Kind.COMPANY
            untied = sold_on and not piece.continues(supplies[-1])
            runs = piece.relation is Relation.CONTRIBUTES_TO and by_body
            if (
                piece.tail == walk.nodes[-1]
                and piece.head not in walk.nodes
                and (_step(piece) not in used or piece.programme not in {"", *reached})
                and piece.head not in reached
                and not (
                    piece.relation is Relation.SUPPLIES
                    and any(
                        other.continues(supplies[-1])
                        for other in pieces
                        if _step(other) == _step(piece) and piece.programme in ("", other.programme)
                    )
                )
                and (untied or runs)
                and bruteforce._possible([*on_the_way, piece], lives)
            ):
                found.add((piece.tail, piece.head))
    return found


def test_leads_are_those_of_plain_enumeration() -> None:
    seen = refused = 0
    for seed in range(120):
        record = random_record(seed)
        for start in ("c0", "c1"):
            answer = supply_paths(from_records(*record), Question.between(start, max_hops=4))
            got = {(lead.buyer, lead.end) for lead in answer.leads}
            assert got == expected(record, start, 4), (seed, start)
            seen += len(got)
            refused += not got
    assert min(seen, refused) > 50


def test_an_answer_for_one_end_has_the_leads_of_that_end() -> None:
    """To it, and beyond it: those of the answer for all ends, and no other ones to it."""
    for seed in range(60):
        network = from_records(*random_record(seed))
        every = supply_paths(network, Question.between("c0", max_hops=4)).leads
        for goal in ("b0", "b1", "c2", "p0"):
            leads = supply_paths(network, Question.between("c0", goal, max_hops=4)).leads
            assert {_key(one) for one in every if goal in (one.end, one.buyer)} <= {
                _key(one) for one in leads
            }, (seed, goal)
            assert {one.end for one in leads if one.buyer != goal and not one.programme} <= {goal}


def _key(lead: Lead) -> tuple[str, str, str]:
    return lead.supplier, lead.buyer, lead.link_id


def test_a_row_that_was_withdrawn_makes_no_lead() -> None:
    """A withdrawn row makes no lead."""
    rows = "x supplies police 2013; police operates shield status=withdrawn"
    assert not supply_paths(network_of(rows), Question.between("x", "shield")).leads
