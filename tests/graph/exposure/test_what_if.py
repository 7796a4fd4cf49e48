"""What would move a score is what the record gives once it is there."""

from __future__ import annotations

import msgspec
import pytest

from graph.exposure.path_sets.collect import collect_path_set
from graph.exposure.what_if import REPLY, SOURCE, changes
from graph.network.build import from_records, links_by_id
from graph.network.weights import load_weights
from graph.paths.question import Question
from graph.probability.methods import METHODS, Method
from graph.record.model import Source
from graph.record.vocabulary import Relation, SourceType, Stance, Status
from tests.graph.exposure.test_axioms import HOPS, add, scored
from tests.graph.exposure.test_explain import small
from tests.graph.random_records import Record, random_record


def with_row(record: Record, link: list[str], new: SourceType, status: Status, no: bool) -> Record:
    """The record with one more row on the link that some of its rows make."""
    told = next(c for c in record.claims if c.id in link)
    row = msgspec.structs.replace(
        told, id="new", sources=("new",), origin=(), status=status, strength=None, role=None,
        stance=Stance.REFUTES if no else Stance.SUPPORTS, about=told.id if no else "",
    )  # fmt: skip
    source = Source(set="t", id="new", title="t", publisher="p", type=new)
    return add(record, row, sources=(source,))


@pytest.mark.parametrize("method", ["exact", "reference"])
def test_each_is_the_score_of_the_record_that_has_it(method: Method) -> None:
    seen = dict.fromkeys(("source", "reply", "date"), 0)
    for seed in range(80):
        record = random_record(seed)
        network = from_records(*record)
        known = links_by_id(network)
        every = [claim.id for claim in record.claims]
        now = scored(record, "b0").score
        found = changes(
            network,
            collect_path_set(network, Question.between("c0", "b0", max_hops=HOPS)),
            unanswered=every,
            method=method,
        )
        assert [one.swing for one in found] == sorted((c.swing for c in found), reverse=True)
        for one in found:
            seen[one.kind] += 1
            rows = list(known[one.link_id].claim_ids)
            assert one.low <= now <= one.high
            if one.kind == "source":
                assert one.high == scored(with_row(record, rows, *SOURCE, no=False), "b0").score
                assert one.low == now
            elif one.kind == "reply":
                assert one.claim_id in rows
                assert one.high == scored(with_row(record, rows, *REPLY, no=False), "b0").score
                assert one.low == scored(with_row(record, rows, *REPLY, no=True), "b0").score
            else:
                left = [c for c in record.claims if c.id not in rows and c.about not in rows]
                assert one.low == scored(record._replace(claims=left), "b0").score
                assert one.high == now
    assert min(seen.values()) > 10


@pytest.mark.parametrize("method", METHODS)
def test_the_weakest_link_gains_most(method: Method) -> None:
    network = from_records(*small())
    found = changes(
        network, collect_path_set(network, Question.between("fund", "police")), method=method
    )
    assert {one.kind for one in found} == {"source", "date"}
    gains = [one for one in found if one.kind == "source"]
    assert (
        links_by_id(network)[gains[0].link_id].relation is Relation.SUPPLIES
    )  # disputed, and refuted
    dated = [one for one in found if one.kind == "date"]
    open_dates = {links_by_id(network)[one.link_id].relation for one in dated}
    assert open_dates == {Relation.OWNS, Relation.SUPPLIES}  # undated; known to the year
    assert {one.low for one in dated} == {0}
    assert found[0].swing >= found[-1].swing


def test_nothing_moves_where_there_is_no_path() -> None:
    network = from_records(*small())
    assert changes(network, collect_path_set(network, Question.between("police", "heir"))) == []


def test_other_weights_move_it_otherwise() -> None:
    network = from_records(*small())
    sure = msgspec.structs.replace(
        load_weights(),
        reliability={**load_weights().reliability, SOURCE[0]: load_weights().reliability[REPLY[0]]},
    )
    joined = collect_path_set(network, Question.between("fund", "police"))
    usual = max(one.high for one in changes(network, joined))
    network.graph["weights"] = sure
    other = max(one.high for one in changes(network, joined))
    assert other > usual
