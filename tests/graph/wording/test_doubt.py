"""No sentence made of a link is firmer than the link: an allegation is never worded as a fact."""

from __future__ import annotations

import pytest

from graph import wording
from graph.evidence import Evidence
from graph.exposure.explain import explain
from graph.exposure.what_if import changes
from graph.network.build import Network, links_by_id
from graph.paths.find import supply_paths
from graph.paths.question import Question
from graph.record.vocabulary import Relation, Status, Stroke, line_of
from tests.graph.exposure.rule_cases import network_of, record

FIRM = [status for status in Status if line_of([status]) is Stroke.DOCUMENTED]
DOUBTED = [
    status
    for status in Status
    if status.entry.stands and line_of([status]) is not Stroke.DOCUMENTED
]
ROWS = (
    "x owns unit status={status} share=30; unit succeeded_by y 2018 status={status};"
    " unit supplies police 2015 status={status}; police operates shield status={status}"
)


def sentences(network: Network, exporter: str) -> dict[str, list[str]]:
    """Return the sentences that are made of the links between an exporter and the police."""
    names = {node: node.upper() for node in network}
    of_id = links_by_id(network)
    explanation = explain(network, Question.between(exporter, "police"))
    (path,) = (contribution.path for contribution in explanation.contributions)
    rows = {"x": network, "y": network}[exporter]
    moving = changes(rows, explanation.joined)
    steps = {step.relation: step for step in path.steps}
    return {
        "step": [wording.step_sentence(step, names) for step in path.steps],
        "weakest": [wording.weakest(path, names)],
        "eu": [wording.eu(path, names)],
        "share": [wording.share(of_id[id_], names) for id_ in explanation.shares],
        "change": [wording.change(change, of_id[change.link_id], names) for change in moving],
        "succession": [wording.succession(path.steps)] if Relation.SUCCEEDED_BY in steps else [],
        "missing": [
            sentence
            for sentence in wording.missing(path, dict[str, Evidence](), names)
            if "minority" in sentence
        ],
        "lead": [wording.lead_sentence(lead, names) for lead in explanation.leads],
    }


@pytest.mark.parametrize("exporter", ["x", "y"])
@pytest.mark.parametrize("status", DOUBTED)
def test_each_sentence_bears_the_status_of_its_link(status: Status, exporter: str) -> None:
    made = sentences(network_of(ROWS.format(status=status)), exporter)
    seen = {name for name, all_of_them in made.items() if all_of_them}
    assert seen >= {"step", "weakest", "eu", "change", "lead"}
    assert ("succession" if exporter == "y" else "share") in seen
    for name, all_of_them in made.items():
        for sentence in all_of_them:
            assert status.words in sentence, name


@pytest.mark.parametrize("status", FIRM)
def test_a_documented_link_is_worded_as_a_fact(status: Status) -> None:
    made = sentences(network_of(ROWS.format(status=status)), "y")
    assert made["succession"] == [
        "The exporter comes in by succession: it took over the company that made the supply, or"
        " one that owned that company, and did not make this supply itself."
    ]


def test_a_disputed_succession_after_an_alleged_supply() -> None:
    rows = "unit succeeded_by y 2018 status=disputed; unit supplies police 2015 status=alleged"
    (path,) = supply_paths(network_of(rows), Question.between("y", "police")).paths
    assert wording.succession(path.steps) == (
        "The exporter comes in by succession (disputed): it is said to have taken over the company"
        " that is said to have made the supply, or one that owned that company, and did not make"
        " this supply itself."
    )


def test_a_refuted_link_says_so() -> None:
    assert wording.hedge([Status.OFFICIAL_RECORD], 2) == " (official record, refuted by 2 rows)"


@pytest.mark.parametrize("status", DOUBTED)
def test_a_claim_without_a_text_bears_its_status(status: Status) -> None:
    (row,) = record(f"unit supplies police status={status}").claims
    assert wording.claim(row, {}) == f"unit supplied police ({status.words})."


def test_a_lead_does_not_say_that_an_alleged_supply_was_made() -> None:
    rows = "x supplies hub 2014 status={} product=; hub supplies police 2015 product="
    for status, words in (
        ("alleged", "what X is said to have supplied"),
        ("reported", "X supplied"),
    ):
        answer = supply_paths(network_of(rows.format(status)), Question.between("x", "police"))
        (lead,) = answer.leads
        assert f"{words} went there." in wording.lead_sentence(lead, {"x": "X"})


def test_a_body_s_own_tied_contribution_is_a_lead_of_which_the_tie_is_said() -> None:
    rows = (
        "x supplies police 2014 contract=c1 product=; police contributes_to shield 2015 product="
        " contract={}"
    )
    (tied,) = supply_paths(network_of(rows.format("c1")), Question.between("x", "shield")).leads
    (untied,) = supply_paths(network_of(rows.format("c2")), Question.between("x", "shield")).leads
    assert "it names the same contract" in wording.lead_sentence(tied, {})
    assert "no source says" not in wording.lead_sentence(tied, {})
    assert "no source says" in wording.lead_sentence(untied, {})
