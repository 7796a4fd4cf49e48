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
    claim = next(c for c in record.claims if c.id in link)
    row = msgspec.structs.replace(
        claim, id="new", sources=("new",), origin=(), status=status, strength=None, role=None,
        stance=Stance.REFUTES if no else Stance.SUPPORTS, about=claim.id if no else "",
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
        what_ifs = changes(
            network,
            collect_path_set(network, Question.between("c0", "b0", max_hops=HOPS)),
            unanswered=every,
            method=method,
        )
        assert [what_if.swing for what_if in what_ifs] == sorted(
            (c.swing for c in what_ifs), reverse=True
        )
        for what_if in what_ifs:
            seen[what_if.kind] += 1
            rows = list(known[what_if.link_id].claim_ids)
            assert what_if.low <= now <= what_if.high
            if what_if.kind == "source":
                assert what_if.high == scored(with_row(record, rows, *SOURCE, no=False), "b0").score
                assert what_if.low == now
            elif what_if.kind == "reply":
                assert what_if.claim_id in rows
                assert what_if.high == scored(with_row(record, rows, *REPLY, no=False), "b0").score
                assert what_if.low == scored(with_row(record, rows, *REPLY, no=True), "b0").score
            else:
                left = [c for c in record.claims if c.id not in rows and c.about not in rows]
                assert what_if.low == scored(record._replace(claims=left), "b0").score
                assert what_if.high == now
    assert min(seen.values()) > 10


@pytest.mark.parametrize("method", METHODS)
def test_the_weakest_link_gains_most(method: Method) -> None:
    network = from_records(*small())
    what_ifs = changes(
        network, collect_path_set(network, Question.between("fund", "police")), method=method
    )
    assert {what_if.kind for what_if in what_ifs} == {"source", "date"}
    gains = [what_if for what_if in what_ifs if what_if.kind == "source"]
    assert (
        links_by_id(network)[gains[0].link_id].relation is Relation.SUPPLIES
    )  # disputed, and refuted
    dated = [what_if for what_if in what_ifs if what_if.kind == "date"]
    open_dates = {links_by_id(network)[what_if.link_id].relation for what_if in dated}
    assert open_dates == {Relation.OWNS, Relation.SUPPLIES}  # undated; known to the year
    assert {what_if.low for what_if in dated} == {0}
    assert what_ifs[0].swing >= what_ifs[-1].swing


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
    usual = max(what_if.high for what_if in changes(network, joined))
    network.graph["weights"] = sure
    other = max(what_if.high for what_if in changes(network, joined))
    assert other > usual
