"""Which method answers, and who is scored."""

from __future__ import annotations

import msgspec
import pytest

from graph.exposure.engine import score_of, scores
from graph.exposure.explain import explain
from graph.exposure.path_sets.path_set import of_paths
from graph.network.build import Network, from_records
from graph.paths.find import supply_paths
from graph.paths.question import Question
from graph.probability import methods
from graph.probability.exact import Exact, OverBudgetError
from graph.probability.methods import Estimator
from graph.record.model import Claim, Entity
from graph.record.vocabulary import Kind, Relation, Status
from tests.graph.probability.test_exact import event
from tests.graph.random_records import random_record


@pytest.fixture
def small_budget(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every question that factoring branches on is over the budget."""
    monkeypatch.setattr(methods, "Exact", lambda event: Exact(event, budget=0))


@pytest.mark.usefixtures("small_budget")
def test_past_the_budget_the_worlds_answer_all_of_a_score() -> None:
    sampled = 0
    for seed in range(40):
        network = from_records(*random_record(seed, claims=18))
        paths = of_paths(supply_paths(network, Question.between("c0", "b0", max_hops=4)).paths)
        score = score_of(network, ("c0", "b0"), paths)
        truth = score_of(network, ("c0", "b0"), paths, "reference")
        assert score.low <= score.score <= score.high
        assert score.certain <= score.score
        assert (score.method, score.error > 0) in {("exact", False), ("worlds", True)}
        if score.method == "exact":
            assert score == msgspec.structs.replace(truth, method="exact")
        else:
            sampled += 1
            assert score == score_of(network, ("c0", "b0"), paths, "worlds")
            assert abs(score.score - truth.score) <= score.error
            explanation = explain(network, Question.between("c0", "b0", max_hops=4), top=2)
            whole = (
                sum(contribution.adds for contribution in explanation.contributions)
                + explanation.rest
            )
            assert whole == pytest.approx(explanation.score.score, abs=1e-12)
            drawn = [64 * 289 * contribution.adds for contribution in explanation.contributions]
            assert drawn == pytest.approx([round(count) for count in drawn], abs=1e-6)
    assert sampled > 10


def test_the_exact_method_alone_says_that_it_is_over_its_budget(
    small_budget: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = event({name: [("x", "0.5"), ("y", "0.5")] for name in "ab"})
    with pytest.raises(OverBudgetError, match="branchings"):
        Estimator(made, "exact").estimate([frozenset("ab")])
    assert Estimator(made).estimate([frozenset("ab")]).method == "worlds"


def test_only_companies_are_scored() -> None:
    owner = Entity(set="t", id="fund", kind=Kind.ORGANISATION, name="Fund")
    seen = 0
    for seed in range(20):
        record = random_record(seed, dated=False)
        owns = Claim(
            set="t", id="own", subject="fund", relation=Relation.OWNS, object="c0",
            status=Status.REPORTED, sources=("o0",),
        )  # fmt: skip
        network: Network = from_records(
            [*record.entities, owner], record.sources, [*record.claims, owns]
        )
        exporters = {score.exporter for score in scores(network, Question(max_hops=3))}
        assert "fund" not in exporters
        seen += len(exporters)
    assert seen > 20
