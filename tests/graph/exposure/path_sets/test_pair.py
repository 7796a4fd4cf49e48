"""Whatever the network's size, and by whichever way: the same walks, counts and scores."""

from __future__ import annotations

import itertools
from collections import Counter

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
from graph.paths.question import Question
from graph.probability.methods import LinkProbabilities
from graph.probability.monte_carlo import WORDS, Worlds
from graph.record.model import Claim, Entity, Source
from graph.record.vocabulary import Kind, Relation, SourceType, Status
from tests.graph.paths.kernels.test_list_walks import network_of


def layered(width: int, layers: int, *, cycle: bool = False) -> Network:
    """Every company of a layer supplies every one of the next: width ** layers walks."""
    names = [[f"c{layer}-{n}" for n in range(width)] for layer in range(layers)]
    entities = [
        Entity(set="t", id=one, kind=Kind.COMPANY, name=one, country=("DE",))
        for one in ("x", *itertools.chain(*names))
    ]
    entities.append(Entity(set="t", id="police", kind=Kind.PUBLIC_BODY, name="police"))
    steps = [("x", one) for one in names[0]]
    for one, after in itertools.pairwise(names):
        steps += itertools.product(one, after)
    steps += [(one, "police") for one in names[-1]]
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
        )
        for n, (tail, head) in enumerate(steps)
    ]
    return from_records(entities, sources, claims)


@pytest.mark.parametrize("seed", range(25))
def test_scores_are_the_same_by_the_kernels(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    network = network_of(seed, claims=18)
    for node in network:
        network.nodes[node]["country"] = (("DE", "US", "")[seed % 3],) if seed % 3 < 2 else ()
    cases = list(itertools.product(("all", "programmes", "end-users"), (False, True)))
    plain = []
    for targets, eu_only in cases:
        left_out: Counter[str] = Counter()
        found = list(scores(network, Question(kinds=targets, eu_only=eu_only), left_out=left_out))
        plain.append((found, left_out))
    monkeypatch.setattr(collect, "PLAIN", 0)
    for budget in (walk_input.LOOK, 4):
        monkeypatch.setattr(listing, "LOOK", budget)
        for (targets, eu_only), (found, left) in zip(cases, plain, strict=True):
            left_out = Counter()
            fast = list(
                scores(network, Question(kinds=targets, eu_only=eu_only), left_out=left_out)
            )
            assert fast == found
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
        found = expand(network, Question.between("c0", target))
        dense = Dense(found.links, found.possible, found.certain)
        plain = Worlds(event)
        for certain, some in ((False, listed.walks), (True, listed.certain)):
            least, most = dense.bounds(event, WORDS, certain=certain)
            assert least == most
            if found.exact:
                assert most == plain.count(some)
            else:
                assert most >= plain.count(some)
        assert listed.links <= set(found.links)
        assert (dense.survivor(()) is None) is (not found.links)


def test_states_without_dates_are_a_bound_from_above(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(expand_, "MOST", 0)
    for seed in range(15):
        network = network_of(seed, claims=16)
        event = LinkProbabilities(network).chances().event
        listed = joined_.of_paths(supply_paths(network, Question.between("c0", "b0")).paths)
        found = expand(network, Question.between("c0", "b0"))
        dense = Dense(found.links, found.possible, found.certain)
        assert not found.exact or not found.links
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


def test_a_dense_pair_is_explained() -> None:
    network = layered(9, 5)
    told = explain(network, Question.between("x", "police"))
    assert told.score.method == "worlds"
    assert told.score.paths == 9**5
    assert told.score.counted
    assert len(told.contributions) == 10
    total = sum(one.adds for one in told.contributions) + told.rest
    assert total == pytest.approx(told.score.score)
    assert told.minimal_cut_sets == ()
    assert told.score.eu == "possibly"
    assert (told.score.low, told.score.high) != (told.score.score, told.score.score)
    assert told.score.low <= told.score.score <= told.score.high


def test_what_cannot_be_taken_in_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    network = layered(6, 3, cycle=True)
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
