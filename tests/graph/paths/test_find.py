"""Supply paths against plain enumeration on random records."""

from __future__ import annotations

from typing import Any

import pytest

from graph.errors import UnknownIdError, UsageError
from graph.exposure.engine import scores
from graph.network.build import from_records, links_by_id
from graph.network.weights import load_weights
from graph.paths.answer import Answer
from graph.paths.find import supply_paths
from graph.paths.question import Question
from graph.record.vocabulary import Status
from tests.graph import bruteforce, random_records
from tests.graph.exposure.rule_cases import network_of
from tests.graph.random_records import Record, random_record


def name_of(link: Any) -> tuple[object, ...]:
    return (
        link.relation,
        link.tail,
        link.head,
        *link.readings,
        link.contract,
        link.programme,
        link.product,
        link.lasting,
    )


def asked(record: Record, start: str, goal: str, max_hops: int = 6) -> Answer:
    return supply_paths(from_records(*record), Question.between(start, goal, max_hops=max_hops))


def test_paths_are_those_of_plain_enumeration() -> None:
    seen = certain = refused = to_programme = 0
    for seed in range(250):
        record = random_record(seed)
        network = from_records(*record)
        names = {key: name_of(link) for key, link in links_by_id(network).items()}
        for start in ("c0", "c1"):
            for goal in ("b0", "p0", "c2"):
                expected = bruteforce.walks(record, start, goal, 4)
                answer = supply_paths(network, Question.between(start, goal, max_hops=4))
                got = {
                    (path.nodes, tuple(names[s.link_id] for s in path.steps)): path.certain > 0
                    for path in answer.paths
                }
                want = {(w.nodes, w.links): w.certain for w in expected if w.possible}
                assert got == want, (seed, start, goal)
                seen += len(want)
                certain += sum(want.values())
                refused += sum(not w.possible for w in expected)
                to_programme += len(want) if goal == "p0" else 0
    assert min(seen, certain, refused, to_programme) > 100  # the random records reach every case


def test_best_first_and_probabilities() -> None:
    weights = load_weights()
    compared = 0
    for seed in range(60):
        record = random_record(seed, claims=9)
        network = from_records(*record)
        names = {key: name_of(link) for key, link in links_by_id(network).items()}
        answer = supply_paths(network, Question.between("c0", "b0", max_hops=4))
        order = [path.probability for path in answer.paths]
        assert order == sorted(order, reverse=True)
        for path in answer.paths[:3]:
            walk = frozenset(names[step.link_id] for step in path.steps)
            expected = bruteforce.probability(record, [walk], weights)
            assert path.probability == pytest.approx(expected, abs=1e-12)
            compared += 1
    assert compared > 20


def test_top_counts_the_rest() -> None:
    for seed in range(40):
        record = random_record(seed)
        whole = asked(record, "c0", "b0", 5)
        if whole.total > 1:
            part = supply_paths(
                from_records(*record), Question.between("c0", "b0", max_hops=5), top=1
            )
            assert part.paths == whole.paths[:1]
            assert part.total == whole.total
            assert part.left_out["top"] == whole.total - 1
            return
    pytest.fail("no record with two paths")


def test_unknown_ends_are_one_sentence() -> None:
    record = random_record(1)
    with pytest.raises(UnknownIdError, match="No exporter has the id 'nobody'"):
        asked(record, "nobody", "b0")
    with pytest.raises(UnknownIdError, match="No target has the id 'nowhere'"):
        asked(record, "c0", "nowhere")


@pytest.mark.parametrize("on", range(random_records.FIRST - 1, random_records.LAST + 2))
def test_on_keeps_states_that_hold_and_events_that_have_happened(on: int) -> None:
    for seed in range(40):
        record = random_record(seed)
        network = from_records(*record)
        answer = supply_paths(network, Question.between("c0", "b0", max_hops=4, on=on))
        every = {
            p.nodes + tuple(s.link_id for s in p.steps) for p in asked(record, "c0", "b0", 4).paths
        }
        for path in answer.paths:
            assert path.nodes + tuple(s.link_id for s in path.steps) in every
            for step in path.steps:
                outer = links_by_id(network)[step.link_id].readings.outer
                if step.relation in bruteforce.EVENTS:
                    assert outer.first <= on
                elif step.relation != "same_as":
                    assert outer.first <= on <= outer.last


@pytest.mark.parametrize(
    ("owner", "supply", "asked", "paths"),
    [
        ("official_record", "alleged", "alleged", 1),
        ("alleged", "alleged", "alleged", 1),
        ("disputed", "alleged", "alleged", 0),  # neither asked for nor documented
        ("official_record", "reported", "alleged", 0),
        ("official_record", "reported", "reported", 1),
        ("alleged", "reported", "reported", 0),
    ],
)
def test_a_status_is_asked_of_supplies_and_documented_ownership_counts(
    owner: str, supply: str, asked: str, paths: int
) -> None:
    network = network_of(f"x owns unit status={owner}; unit supplies police status={supply}")
    question = Question.between("x", "police", statuses=frozenset({Status(asked)}))
    assert supply_paths(network, question).total == paths
    assert len(list(scores(network, question))) == paths


def test_a_question_of_several_exporters_names_no_single_one() -> None:
    question = Question(exporters=("a", "b"), targets=("c",))
    assert question.target == "c"
    with pytest.raises(UsageError, match="names 2 ends"):
        _ = question.exporter
