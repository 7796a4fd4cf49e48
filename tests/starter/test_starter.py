"""What the starter data must tell, point by point."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.dataset import Archive
from graph.exposure.engine import scores
from graph.exposure.explain import explain
from graph.network.build import Network
from graph.paths.answer import Answer
from graph.paths.find import supply_paths
from graph.paths.question import Question
from graph.paths.subgraph import of_store
from graph.record.vocabulary import CONTESTED, Kind, Relation
from graph.stores import open_store
from graph.stores.base import Store
from ingest import STARTER
from ingest.pipeline import ingest

FACTS = Path(__file__).parents[3] / "shared" / "facts" / "facts.jsonl"
with_facts = pytest.mark.skipif(not FACTS.is_file(), reason="the researched facts are not here")


def rows(table: str) -> list[dict[str, str]]:
    with (Path(str(STARTER)) / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    archive = Archive(tmp_path_factory.mktemp("starter"))
    report = ingest(archive)
    assert report.version
    with open_store(archive) as opened:
        yield opened


@pytest.fixture(scope="module")
def network(store: Store) -> Network:
    return of_store(store)


def asked(network: Network, start: str, goal: str | None) -> Answer:
    return supply_paths(network, Question.between(start, goal))


def test_each_fact_is_a_row_or_left_out_with_a_reason() -> None:
    told = {row["ref"] for row in rows("claims") if row["ref"]}
    left_out = {row["ref"]: row["reason"] for row in rows("left_out")}
    assert told | set(left_out) == {f"F{number:03}" for number in range(1, 249)}
    assert not told & set(left_out)
    assert all(left_out.values())


def test_shanghai_ends_at_the_end_user(network: Network) -> None:
    for exporter in ("morpho", "safran", "idemia"):
        answer = asked(network, exporter, "shanghai-psb")
        assert len(answer.paths) == 1, exporter
        (path,) = answer.paths
        assert path.open_end
        assert path.supplier == "morpho"
        assert path.eu == "yes"
        assert path.steps[-1].valid_from == "2015"
        assert {"acknowledged", "reported"} == set(path.steps[-1].statuses)


def test_the_score_that_the_method_page_works_out_by_hand(network: Network) -> None:
    page = (Path(__file__).parents[2] / "docs" / "method.md").read_text("utf-8")
    told = explain(network, Question.between("safran", "shanghai-psb"))
    losses = {one.origin: one.score_without for one in told.origins}
    numbers = {
        "**0.80926944**": told.score.score,
        "**0.84**": told.contributions[0].path.steps[0].probability,
        "**0.963416**": told.contributions[0].path.steps[1].probability,
        "= 0.5544,": losses["idemia-statement-2020"],
        "0.57804960.": losses["caradisiac-2017"],
    }
    for written, computed in numbers.items():
        assert written in page
        assert float(written.strip("*=,. ")) == computed
    rest = {frozenset(one) for one in told.minimal_cut_sets}
    assert rest == {
        frozenset({"caradisiac-2017", "reuters-safran-2016"}),
        frozenset({"amnesty-ooc-2020", "idemia-statement-2020"}),
    }


@pytest.mark.parametrize("exporter", ["morpho", "idemia", "safran", "noldus"])
def test_no_path_to_any_programme(network: Network, exporter: str) -> None:
    reached = {path.nodes[-1] for path in asked(network, exporter, None).paths}
    assert reached
    assert {network.nodes[node]["kind"] for node in reached} <= {Kind.PUBLIC_BODY, Kind.COMPANY}
    assert not asked(network, exporter, "skynet").paths


def test_noldus_and_the_ministry_give_a_lead_and_no_path(network: Network) -> None:
    answer = asked(network, "noldus", "golden-shield")
    assert not answer.paths
    assert [(lead.supplier, lead.buyer, lead.programme) for lead in answer.leads] == [
        ("noldus", "mps-china", "golden-shield")
    ]
    assert all(path.open_end for path in asked(network, "noldus", None).paths)


@pytest.mark.parametrize(
    ("owner", "older_sale"),
    [
        ("advent-international", "shanghai-psb"),
        ("bpifrance", "shanghai-psb"),
        ("oberthur-technologies", "shanghai-psb"),
        ("enea", "syria-ste"),
        ("perusa", "iran-tci"),
        ("trovicor", "iran-tci"),
        ("canon", "tiananmen-authorities"),
    ],
)
def test_who_came_later_is_not_exposed_to_the_older_sale(
    store: Store, owner: str, older_sale: str
) -> None:
    network = of_store(store, Question.between(owner, older_sale))
    assert not asked(network, owner, older_sale).paths


def test_axis_bureaus_and_programmes_stay_apart(network: Network) -> None:
    answer = asked(network, "axis-communications", None)
    by_target = {path.nodes[-1]: path for path in answer.paths}
    assert {"shanghai-psb", "lingchuan-psb", "jingjiang-psb", "guilin-city"} <= set(by_target)
    assert {"skynet", "sharp-eyes", "campaign-320"} <= set(by_target)
    for programme in ("skynet", "sharp-eyes", "campaign-320"):
        (step,) = by_target[programme].steps
        assert step.relation is Relation.CONTRIBUTES_TO
    for bureau in ("shanghai-psb", "lingchuan-psb", "jingjiang-psb", "guilin-city"):
        assert by_target[bureau].open_end


def test_the_syrian_chain_is_one_contract(network: Network) -> None:
    (path,) = asked(network, "qosmos", "asfador").paths
    assert path.nodes == ("qosmos", "utimaco", "area-spa", "syria-ste", "asfador")
    assert {step.contract for step in path.steps} == {"asfador"}


@pytest.mark.parametrize(
    "ref",
    ["F010", "F017", "F031", "F182", "F206", "F225", "F226", "F229", "F233", "F234", "F235"],
)
def test_a_bid_a_negotiation_a_licence_or_a_tender_is_no_supply(ref: str) -> None:
    told = {row["relation"] for row in rows("claims") if row["ref"] == ref}
    assert "says" in told
    assert "supplies" not in told


def test_contested_rows_carry_a_reply_or_say_that_none_was_readable() -> None:
    answered = {row["claim"] for row in rows("replies")}
    for row in rows("claims"):
        if row["status"] in CONTESTED and row["relation"] != "says":
            assert row["id"] in answered, row["id"]
    for row in rows("replies"):
        assert row["text"] or row["kind"] != "answer", row
        assert row["kind"] != "none_readable" or not row["text"], row
        assert bool(row["source"]) == (row["kind"] != "none_readable"), row


def test_every_source_tells_how_far_it_was_read() -> None:
    allowed = {"whole text", "opening part (about 2,000 characters)", "not read"}
    for row in rows("sources"):
        assert row["read_scope"] in allowed, row["id"]
    unread = {row["id"] for row in rows("sources") if row["read_scope"] == "not read"}
    for row in rows("claims"):
        cited = {one.strip() for one in row["sources"].split(";")}
        assert not cited & unread, f"{row['id']} cites a source that nobody read"


def test_relays_of_the_amnesty_report_rest_on_one_origin(network: Network) -> None:
    supplied = asked(network, "axis-communications", "shanghai-psb").paths[0]
    link = network.edges["axis-communications", "shanghai-psb", supplied.steps[0].link_id]["link"]
    assert {origin for row in link.rows for origin in row.origins} == {"amnesty-ooc-2020"}


def test_successor_of_amesys_is_disputed_and_never_certain(network: Network) -> None:
    paths = asked(network, "nexa-technologies", "libya-gaddafi-services").paths
    assert paths
    for path in paths:
        assert path.certain == 0
        assert "disputed" in path.steps[0].statuses


def test_no_score_for_who_is_no_company(network: Network) -> None:
    for score in scores(network):
        assert network.nodes[score.exporter]["kind"] is Kind.COMPANY


def test_titles_of_people_do_not_stand_in_names() -> None:
    titles = re.compile(r"\b(Mr|Mrs|Ms|Dr|Prof)\.? [A-Z]")
    for table, columns in (("entities", ("name", "aliases", "note")), ("claims", ("text", "note"))):
        for row in rows(table):
            for column in columns:
                assert not titles.search(row[column]), row["id"]


@with_facts
def test_no_row_quotes() -> None:
    quotes = [json.loads(line)["quote"] for line in FACTS.read_text("utf-8").splitlines()]
    texts = " ".join(row["text"] for table in ("claims", "replies") for row in rows(table)).lower()
    for quote in quotes:
        words = quote.lower().split()
        for start in range(len(words) - 5):
            assert " ".join(words[start : start + 6]) not in texts


@with_facts
def test_sources_of_the_facts_keep_their_read_scope() -> None:
    kept = {row["id"]: row["read_scope"] for row in rows("sources")}
    for line in FACTS.read_text("utf-8").splitlines():
        fact = json.loads(line)
        whole = fact["read_scope"] == "whole text"
        scope = kept[fact["source"]["slug"]]
        assert scope == ("whole text" if whole else "opening part (about 2,000 characters)")
