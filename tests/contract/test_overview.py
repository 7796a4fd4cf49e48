from __future__ import annotations

from graph.stores.base import DOCUMENTS, Store
from tests.contract.conftest import StoreOf
from tests.contract.rows import claim, entity, reply, source


def test_counts(store: Store) -> None:
    assert store.counts() == {
        "entities": 17,
        "sources": 11,
        "claims": 20,
        "replies": 4,
        "judgements": 0,
        "links": 16,
    }


def test_an_id_in_two_sets_counts_once(store_of: StoreOf) -> None:
    opened = store_of(entity("x", set="a"), entity("x", set="b"), source("s"))
    assert opened.counts()["entities"] == 1


def gap_ids(store: Store, limit: int = 10) -> dict[str, tuple[int, tuple[str, ...]]]:
    return {gap.name: (gap.total, gap.ids) for gap in store.gaps(limit)}


def test_gaps_of_the_miniature(store: Store) -> None:
    gaps = gap_ids(store, 99)
    assert gaps["unanswered_claims"] == (2, ("c06", "c20"))

    def claims_of(name: str) -> set[str]:
        rows = store.links(gaps[name][1]).to_pylist()
        assert len(rows) == gaps[name][0]
        return {claim for row in rows for claim in row["claim_ids"]}

    assert claims_of("undated_links") == {"c10", "c17"}  # c08, a same_as, needs no date
    # what went to a reseller is no gap: the reseller's own sale names the programme
    assert claims_of("supplies_without_programme") == {"c04", "c10", "c14", "c20"}


def test_gaps_have_a_total_and_a_few_ids(store: Store) -> None:
    total, ids = gap_ids(store, 1)["unanswered_claims"]
    assert (total, ids) == (2, ("c06",))
    assert all(gap.table in ("links", "claims") for gap in store.gaps())


def test_a_link_rests_on_roots_and_not_on_articles(store_of: StoreOf) -> None:
    opened = store_of(
        *(entity(id_) for id_ in "abcdefg"),
        source("report"),
        source("article", origin="report"),
        source("echo", origin="article"),
        source("ruling"),
        claim("c1", "a", "owns", "b", sources=("echo",)),
        claim("c2", "a", "owns", "b", sources=("article", "report")),
        claim("c3", "a", "owns", "c", sources=("echo",)),
        claim("c4", "a", "owns", "c", sources=("ruling",)),
        claim("c5", "a", "owns", "d", sources=("echo",), origin=("ruling", "report")),
        claim("c6", "a", "owns", "e", sources=("echo", "ruling"), origin=("article",)),
        claim("c7", "a", "owns", "f", sources=("echo",)),
        claim("c8", "a", "owns", "f", sources=("ruling",), status="withdrawn"),
        claim("c9", "a", "owns", "g", sources=("echo", "ruling")),
    )
    gap = next(gap for gap in opened.gaps() if gap.name == "single_origin_links")
    rows = opened.links(gap.ids).to_pylist()
    assert {row["head"] for row in rows} == {"b", "e", "f"}
    assert gap.total == 3


def test_replies_that_say_something_close_a_gap(store_of: StoreOf) -> None:
    opened = store_of(
        entity("x"),
        source("s"),
        *(claim(f"c{i}", "x", "says", status="alleged") for i in range(4)),
        claim("c4", "x", "says", status="reported"),
        claim("c5", "x", "says", status="alleged", stance="refutes", about="c0"),
        reply("c1"),
        reply("c2", "no_comment"),
        reply("c3", "none_readable"),
    )
    assert gap_ids(opened)["unanswered_claims"] == (2, ("c0", "c3"))


def test_source_documents_say_how_many_claims_cite_them(store: Store) -> None:
    table = store.source_documents()
    assert table.schema.equals(DOCUMENTS)
    rows = {row["id"]: row for row in table.to_pylist()}
    assert list(rows) == sorted(rows)
    assert len(rows) == 11
    assert rows["watch-2020"]["claims"] == 2
    assert rows["aurora-2020"]["claims"] == 0
    assert rows["press-2021"]["origin"] == "press-2020"
    assert rows["tender-2013"]["title"] == "招标公告"


def test_the_newest_evidence_comes_first(store_of: StoreOf) -> None:
    dates = {"a": "2015", "b": "2020-09-21", "c": "2020-09", "d": "2014/2021-03", "e": "", "f": ""}
    cited = [claim(f"c{id_}", "x", "says", sources=(id_,)) for id_ in dates]
    uncited = source("new", date="2026")
    opened = store_of(*(source(i, date=d) for i, d in dates.items()), *cited, uncited, entity("x"))
    assert opened.newest().column("id").to_pylist() == ["d", "b", "c", "a", "e", "f"]
    assert opened.newest(2).column("id").to_pylist() == ["d", "b"]
    assert opened.newest().schema.equals(DOCUMENTS)
