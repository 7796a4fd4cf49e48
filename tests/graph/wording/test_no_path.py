"""Where no path joins two ends, the answer says why, and what else is on record."""

from __future__ import annotations

import pytest

from graph import wording
from graph.exposure.explain import explain
from graph.paths.find import supply_paths
from graph.paths.question import Question
from tests.graph.exposure.rule_cases import network_of


@pytest.mark.parametrize(
    ("rows", "sentences"),
    [
        (
            "x owns unit 2016..; unit supplies police 2011",
            ["X owned Unit only from 2016 on, after the supply of 2011 to Police."],
        ),
        (
            "x owns unit 2001..2009; unit supplies police 2011 status=alleged",
            ["X owned Unit only until 2009, before the supply of 2011 to Police (alleged)."],
        ),
        (
            "unit succeeded_by x 2010 status=disputed; unit supplies police 2011",
            ["X succeeded Unit (disputed) in 2010, before the supply of 2011 to Police."],
        ),
        (  # the owner's owner came too late
            "x owns holding 2016..; holding owns unit; unit supplies police 2011",
            ["X owned Holding only from 2016 on, after the supply of 2011 to Police."],
        ),
        ("x owns unit 2016..; unit supplies police 2017", []),
        ("x owns unit 2016..", []),
    ],
)
def test_dates_that_rule_out_a_path_are_named(rows: str, sentences: list[str]) -> None:
    network = network_of(rows)
    names = {node: node.capitalize() for node in network}
    question = Question.between("x", "police")
    for misfits in (supply_paths(network, question).misfits, explain(network, question).misfits):
        assert wording.why_no_path(misfits, names) == sentences


def test_no_reason_is_given_where_another_path_is_found() -> None:
    rows = "x owns unit 2016..; unit supplies police 2011; unit supplies police 2017"
    assert supply_paths(network_of(rows), Question.between("x", "police")).misfits == ()
