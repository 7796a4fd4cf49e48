"""Whatever the network's size, and by whichever way: the same walks, counts and scores."""

from __future__ import annotations

import itertools
from collections import Counter

import msgspec
import pytest

from graph.exposure.engine import scores
from graph.exposure.explain import explain
from graph.exposure.path_sets import collect, listing, pair
from graph.exposure.path_sets import expand as expand_
from graph.exposure.path_sets import path_set as joined_
from graph.exposure.path_sets.dense import Dense
from graph.exposure.path_sets.expand import expand
from graph.exposure.rankings import ranking
from graph.network.build import Network, from_records
from graph.paths.find import supply_paths
from graph.paths.kernels import walk_input
from graph.paths.question import Question, Targets
from graph.probability.methods import LinkProbabilities
from graph.probability.monte_carlo import WORDS, Worlds
from graph.record.model import Claim, Entity, Source
from graph.record.vocabulary import Kind, Relation, SourceType, Status
from tests.graph.paths.kernels.test_list_walks import network_of


def layered(width: int, layers: int, *, cycle: bool = False, year: str = "") -> Network:
    """Every company of a layer supplies every one of the next: width ** layers walks."""
    names = [[f"c{layer}-{n}" for n in range(width)] for layer in range(layers)]
    entities = [
        Entity(set="t", id=company, kind=Kind.COMPANY, name=company, country=("DE",))
        for company in ("x", *itertools.chain(*names))
    ]
    entities.append(Entity(set="t", id="police", kind=Kind.PUBLIC_BODY, name="police"))
    steps = [("x", company) for company in names[0]]
    for layer, next_layer in itertools.pairwise(names):
        steps += itertools.product(layer, next_layer)
    steps += [(company, "police") for company in names[-1]]
    if cycle:
        steps += [(names[1][0], names[0][0]), (names[0][0], names[0][1])]
    sources = [
        Source(set="t", id=f"s{n}", title="t", publisher="p", type=SourceType.PRESS)
        for n in range(len(steps))
    ]
    claims = [
        Claim(
            set="t",
            id=f"k{n:03}",
            subject=tail,
            relation=Relation.SUPPLIES,
            object=head,
            status=Status.REPORTED,
            sources=(f"s{n}",),
            product="camera",
            valid_from=year,
        )
        for n, (tail, head) in enumerate(steps)
    ]
    return from_records(entities, sources, claims)


@pytest.mark.parametrize("seed", range(25))
def test_scores_are_the_same_by_the_kernels(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    network = network_of(seed, claims=18)
    for node in network:
        network.nodes[node]["country"] = (("DE", "US", "")[seed % 3],) if seed % 3 < 2 else ()
    kinds: tuple[Targets, ...] = ("all", "programmes", "end-users")
    cases = list(itertools.product(kinds, (False, True)))
    plain = []
    for targets, eu_only in cases:
        left_out: Counter[str] = Counter()
        found_scores = list(
            scores(network, Question(kinds=targets, eu_only=eu_only), left_out=left_out)
        )
        plain.append((found_scores, left_out))
    monkeypatch.setattr(collect, "PLAIN", 0)
    for budget in (walk_input.LOOK, 4):
        monkeypatch.setattr(listing, "LOOK", budget)
        for (targets, eu_only), (found_scores, left) in zip(cases, plain, strict=True):
            left_out = Counter()
            fast = list(
                scores(network, Question(kinds=targets, eu_only=eu_only), left_out=left_out)
            )
            assert fast == found_scores
            assert left_out == left


@pytest.mark.parametrize("seed", range(40))
def test_states_count_the_same_worlds_as_walks(seed: int) -> None:
    network = network_of(seed, claims=16)
    weighed = LinkProbabilities(network)
    event = weighed.chances().event
    for target in ("b0", "b1", "p0", "c1"):
        if target not in network:
            continue
        answer = supply_paths(network, Question.between("c0", target))
        listed = joined_.of_paths(answer.paths)
        expanded = expand(network, Question.between("c0", target))
        dense = Dense(expanded.links, expanded.possible, expanded.certain)
        plain = Worlds(event)
        for certain, some in ((False, listed.walks), (True, listed.certain)):
            least, most = dense.bounds(event, WORDS, certain=certain)
            assert least == most
            if expanded.exact:
                assert most == plain.count(some)
            else:
                assert most >= plain.count(some)
        assert listed.links <= set(expanded.links)
        assert (dense.survivor(()) is None) is (not expanded.links)


def test_states_without_dates_are_a_bound_from_above(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(expand_, "MOST", 0)
    for seed in range(15):
        network = network_of(seed, claims=16)
        event = LinkProbabilities(network).chances().event
        listed = joined_.of_paths(supply_paths(network, Question.between("c0", "b0")).paths)
        expanded = expand(network, Question.between("c0", "b0"))
        dense = Dense(expanded.links, expanded.possible, expanded.certain)
        assert not expanded.exact or not expanded.links
        assert dense.bounds(event, WORDS)[1] >= Worlds(event).count(listed.walks)


def test_too_many_walks_are_counted_and_the_best_ones_found() -> None:
    network = layered(9, 5)
    answer = supply_paths(network, Question.between("x", "police"), top=3)
    assert not answer.whole
    assert answer.total == 9**5
    assert len(answer.paths) == 3
    assert answer.left_out == {"top": 9**5 - 3}
    whole = supply_paths(layered(3, 5), Question.between("x", "police"), top=3)
    assert (whole.whole, whole.total) == (True, 3**5)


@pytest.mark.slow
def test_a_dense_pair_is_explained() -> None:
    network = layered(9, 5)
    explanation = explain(network, Question.between("x", "police"))
    assert explanation.score.method == "worlds"
    assert explanation.score.paths == 9**5
    assert explanation.score.counted
    assert len(explanation.contributions) == 10
    total = sum(contribution.adds for contribution in explanation.contributions) + explanation.rest
    assert total == pytest.approx(explanation.score.score)
    assert explanation.minimal_cut_sets == ()
    assert explanation.score.eu == "possibly"
    assert (explanation.score.low, explanation.score.high) != (
        explanation.score.score,
        explanation.score.score,
    )
    assert explanation.score.low <= explanation.score.score <= explanation.score.high


@pytest.mark.slow
def test_what_cannot_be_taken_in_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    network = layered(6, 3, cycle=True, year="2015")
    (exact,) = scores(network, Question.between("x", "police"))
    assert exact.paths > 200
    monkeypatch.setattr(collect, "PLAIN", 0)
    monkeypatch.setattr(pair, "LOOK", 300)
    monkeypatch.setattr(listing, "LOOK", 300)
    (bounded,) = (s for s in scores(network, Question.between("x", "police", max_hops=6)))
    assert bounded.paths == exact.paths
    assert bounded.method == "bounded"
    width = 0.01
    assert bounded.score - width <= exact.score <= bounded.score + bounded.error
    assert bounded.low <= bounded.score <= bounded.high
    (rank,) = ranking(network, "end-users", Question.between("x"))
    assert rank.method == "bounded"
    assert rank.any <= exact.score + width
    assert exact.score <= rank.any + rank.error


def test_what_only_hops_bind_is_taken_in_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    network = layered(6, 3, cycle=True)
    (exact,) = scores(network, Question.between("x", "police"))
    monkeypatch.setattr(collect, "PLAIN", 0)
    monkeypatch.setattr(pair, "LOOK", 300)
    monkeypatch.setattr(listing, "LOOK", 300)
    (sampled,) = scores(network, Question.between("x", "police"))
    assert sampled.method == "worlds"
    assert sampled.origins == exact.origins
    assert abs(sampled.score - exact.score) <= sampled.error
    assert abs(sampled.certain - exact.certain) <= sampled.error
    everybody = {score.target: score for score in scores(network, Question.between("x"))}
    together = everybody["police"]
    assert len(everybody) > 1
    assert not together.counted
    assert 1 <= together.paths <= exact.paths
    assert msgspec.structs.replace(together, paths=exact.paths, counted=True) == sampled


@pytest.mark.parametrize("eu_only", [False, True])
def test_targets_of_one_exporter_share_one_pass(
    monkeypatch: pytest.MonkeyPatch, eu_only: bool
) -> None:
    """Bounds hold the exact score, and what has no listed walk is counted as left out."""
    monkeypatch.setattr(collect, "PLAIN", 0)
    bounded = unlisted = 0
    for seed in range(40):
        network = network_of(seed, claims=18)
        for node in network:
            network.nodes[node]["country"] = (("DE", "US")[(seed + len(node)) % 2],)
        question = Question.between("c0", eu_only=eu_only)
        monkeypatch.setattr(listing, "LOOK", walk_input.LOOK)
        expected: Counter[str] = Counter()
        exact = {score.target: score for score in scores(network, question, left_out=expected)}
        monkeypatch.setattr(listing, "LOOK", 4)
        monkeypatch.setattr(pair, "LOOK", 4)
        monkeypatch.setattr(listing, "ONE_BY_ONE", 0)
        left_out: Counter[str] = Counter()
        for score in scores(network, question, left_out=left_out):
            if score.method == "exact":
                assert score == exact[score.target]
                continue
            bounded += 1
            known = exact[score.target]
            assert score.score - 0.01 <= known.score <= score.score + score.error
            assert score.certain - 0.01 <= known.certain <= score.certain + score.error
            assert score.paths <= known.paths
            assert score.origins >= known.origins
            assert score.low <= score.score <= score.high
            del exact[score.target]
        unlisted += left_out["unlisted"]
        assert left_out["unlisted"] or not [s for s in exact.values() if s.method != "exact"]
    assert bounded > 5
    assert unlisted > 5
