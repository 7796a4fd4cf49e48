"""An EU exporter is who makes the first supply, under EU rules on its day (docs/exposure.md)."""

from __future__ import annotations

import pytest

from graph.exposure.engine import scores
from graph.exposure.path_sets import collect
from graph.exposure.path_sets.pair import path_set_of_pair
from graph.paths.find import supply_paths
from graph.paths.question import Question
from tests.graph.exposure.rule_cases import network_of


@pytest.mark.parametrize(
    ("eu", "rows"),
    [
        ("yes", "x in DE; x supplies police 2015"),
        ("no", "x in US; x supplies police 2015"),
        ("possibly", "x supplies police 2015"),  # nobody says where it sits
        ("yes", "x in US,FR; x supplies police 2015"),
        ("no", "x in HR; x supplies police 2013-06-30"),
        ("yes", "x in HR; x supplies police 2013-07-01"),
        ("possibly", "x in HR; x supplies police 2013"),
        ("yes", "x in GB; x supplies police 2020-12-31"),
        ("no", "x in GB; x supplies police 2021-01-01"),
        ("possibly", "x in GB; x supplies police 2020/2021"),
        ("possibly", "x in HR; x supplies police"),
        ("yes", "x in HR; x lives 2014; x supplies police"),  # a life bounds what is undated
        ("possibly", "x in IT; x supplies police ..2015"),  # Italy joined in 1958
        ("yes", "x in IT; x lives 2003; x supplies police ..2015"),
        ("yes", "x in SE; x lives 1996; x supplies police"),
        ("possibly", "x in SE; x lives 1984; x supplies police ..2015"),
        ("no", "x in DE; unit in US; x owns unit; unit supplies police 2015"),
        ("no", "x in DE; old in US; old succeeded_by x 2018; old supplies police 2015"),
        ("no", "x in US; agent in DE; x supplies agent 2014; agent supplies police 2015"),
        ("yes", "x in DE; agent in US; x supplies agent 2014; agent supplies police 2015"),
        ("yes", "x in US; unit in DE; x owns unit; unit supplies police 2015"),
    ],
)
def test_eu_exporter_is_who_makes_the_first_supply(
    eu: str, rows: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    network = network_of(f"police in CN; {rows}")
    (path,) = supply_paths(network, Question.between("x", "police")).paths
    assert path.eu == path_set_of_pair(network, Question.between("x", "police")).eu == eu
    monkeypatch.setattr(collect, "PLAIN", 0)
    assert len(list(scores(network, Question.between("x", "police", eu_only=True)))) == (eu != "no")


def test_eu_exporter_by_a_contribution() -> None:
    network = network_of("shield in CN; x in HR; x contributes_to shield 2013-07-01")
    (path,) = supply_paths(network, Question.between("x", "shield")).paths
    assert path.eu == path_set_of_pair(network, Question.between("x", "shield")).eu == "yes"


@pytest.mark.parametrize(
    ("eu", "rows"),
    [
        ("no", "police in FR; x in DE; x supplies police 2015"),
        ("yes", "police in CN; x in DE; x supplies police 2015"),
        ("possibly", "x in DE; x supplies police 2015"),  # nobody says where the buyer sits
        ("yes", "police in HR; x in DE; x supplies police 2013-06-30"),  # before it joined
        ("no", "police in HR; x in DE; x supplies police 2013-07-01"),
        ("possibly", "police in HR; x in DE; x supplies police 2013"),
        ("no", "police in US; x in US; x supplies police 2015"),
        # the last buyer decides, wherever the reseller sits
        ("yes", "police in CN; a in FR; x in DE; x supplies a 2014; a supplies police 2015"),
        ("no", "police in FR; a in US; x in DE; x supplies a 2014; a supplies police 2015"),
    ],
)
def test_what_stays_in_the_eu_is_no_export(
    eu: str, rows: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    network = network_of(rows)
    question = Question.between("x", "police")
    (path,) = supply_paths(network, question).paths
    assert path.eu == path_set_of_pair(network, question).eu == eu
    monkeypatch.setattr(collect, "PLAIN", 0)
    (score,) = scores(network, question)
    assert score.eu == eu
    assert len(list(scores(network, Question.between("x", "police", eu_only=True)))) == (eu != "no")
