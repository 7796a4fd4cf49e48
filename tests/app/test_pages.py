"""Each page says what it has to, whatever the address asks; no page ends in a traceback."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from graph import wording
from graph.dataset import Archive
from graph.evidence import Evidence, gather
from graph.stores import open_store
from tests.app.conftest import Open, shown
from tests.hostile import AGENT, BEACON, NAMES

ROOT = Path(__file__).parents[2]
PAGES = ("find", "paths", "entity", "scores")


def test_the_app_opens_on_find_and_draws_no_picture(
    starter: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SIGHTLINE_DATA", str(starter))
    app = AppTest.from_file(ROOT / "app" / "main.py", default_timeout=60).run()
    html = shown(app)
    assert [box.label for box in app.text_input] == [
        "Search companies, agencies, programmes, in any script"
    ]
    for words in ("Questions to begin with", "Newest evidence", "Gaps in the data", "Data version"):
        assert words in html
    assert not app.get("bidi_component")


def test_its_worked_questions_are_links_to_answers(open_page: Open) -> None:
    links = re.findall(r'href="(paths\?[^"]+)"', shown(open_page("find")))
    assert links == [
        "paths?src=safran&amp;dst=shanghai-psb",
        "paths?src=canon&amp;dst=skynet",
        "paths?src=noldus&amp;dst=golden-shield",
    ]


@pytest.mark.parametrize("text", ["Skynet", "天网", "tianwang"])
def test_a_search_in_any_script_leads_to_paths(open_page: Open, text: str) -> None:
    html = shown(open_page("find", q=text))
    assert 'href="paths?dst=skynet"' in html
    assert 'aria-label="Trace paths to Skynet"' in html
    assert 'href="entity?id=skynet"' in html


def test_a_search_that_meets_nothing_says_what_to_try(open_page: Open) -> None:
    assert "Nothing in the record has a similar name." in shown(open_page("find", q="zzzzzz"))


def test_typing_a_search_writes_it_into_the_address(open_page: Open) -> None:
    app = open_page("find")
    app.text_input(key="find_text").set_value("safran").run()
    assert app.query_params == {"q": "safran"}
    assert ">Safran</a>" in shown(app)


def evidence_of(folder: Path, subject: str, object_: str) -> list[Evidence]:
    """The rows of the record between two entities."""
    with open_store(Archive(folder)) as store:
        claims = [claim.id for claim in store.claims_about(subject) if claim.object == object_]
        linked = [item for item in gather(store, claims) if item.claim.relation != "says"]
    assert linked
    return linked


def test_paths_shows_the_evidence_of_the_supply_with_replies(
    open_page: Open, starter: Path
) -> None:
    app = open_page("paths", src="safran", dst="shanghai-psb")
    html = unescape(shown(app))
    assert "1 supply path from Safran to Shanghai Public Security Bureau" in html
    for row in evidence_of(starter, "morpho", "shanghai-psb"):
        assert row.claim.text in html
        assert all(reply.text in html for reply in row.replies)
        for source in row.sources:
            assert wording.source_line(source) in html
            assert wording.read_scope(source) in html
    for words in (
        wording.NO_ARCHIVE,
        "Weakest link: Safran owned Morpho",
        "No source names a programme.",
        "No path of at most 6 links was left out",
        "The same as a table",
    ):
        assert words in html, words
    (picture,) = app.get("bidi_component")
    assert "no source names" in picture.proto.json
    assert len(app.get("download_button")) == 5


def test_a_path_that_a_filter_hides_is_not_said_to_be_off_the_record(open_page: Open) -> None:
    app = open_page("paths", src="safran", dst="shanghai-psb", on="2018-01-01")
    assert "of at most 6 links, on 2018-01-01, is on record" in unescape(shown(app))


def test_the_chosen_link_is_in_the_address_and_another_can_be_asked_for(
    open_page: Open, starter: Path
) -> None:
    app = open_page("paths", src="safran", dst="shanghai-psb")
    links = re.findall(r"link=(l-[0-9a-f]+)", shown(app))
    (chosen,) = re.findall(r'<tr class="chosen">.*?link=(l-[0-9a-f]+)', shown(app), re.DOTALL)
    other = next(link for link in links if link != chosen)
    html = unescape(shown(open_page("paths", src="safran", dst="shanghai-psb", link=other)))
    for row in evidence_of(starter, "safran", "morpho"):
        assert row.claim.text in html


def test_a_card_shows_the_entity_and_its_links(open_page: Open) -> None:
    html = shown(open_page("paths", src="safran", dst="shanghai-psb", link="morpho"))
    assert 'href="entity?id=morpho"' in html
    assert "Its links in this picture" in html


def test_a_lead_is_no_path(open_page: Open) -> None:
    html = shown(open_page("paths", src="noldus", dst="golden-shield"))
    assert "No supply path from Noldus Information Technology BV to Golden Shield Project" in html
    assert wording.NO_PROOF in html
    assert "Leads, no paths" in html


def test_one_of_several_paths_and_all_of_them(open_page: Open) -> None:
    app = open_page("paths", src="canon", dst="skynet", path="2")
    box = app.selectbox(key="paths_path")
    assert box.value == 2
    number = len(box.options) - 1
    assert number > 1
    assert box.options[2].startswith(f"2 of {number}: Canon Inc. → ")
    links_of_one = shown(app).count(">evidence</a>")
    box.set_value(0).run()
    assert app.query_params["path"] == "0"
    assert shown(app).count(">evidence</a>") > links_of_one


def test_filters_come_from_the_address_and_go_into_it(open_page: Open) -> None:
    app = open_page("paths", src="safran", dst="shanghai-psb", on="2018-01-01", hops="4")
    assert "No supply path from Safran" in shown(app)  # sold in 2017
    assert app.query_params["on"] == "2018-01-01"
    app.date_input(key="paths_on").set_value(None).run()
    assert "1 supply path from Safran" in shown(app)
    assert "on" not in app.query_params
    assert app.query_params["hops"] == "4"


def test_only_a_target_lists_who_reaches_it(open_page: Open) -> None:
    html = shown(open_page("paths", dst="skynet"))
    assert "Who reaches Skynet" in html
    assert "Canon Inc." in html
    assert wording.SCORE in html


def test_no_path_leads_from_morpho_to_skynet(open_page: Open) -> None:
    for exporter in ("morpho", "idemia", "safran"):
        assert "No supply path from" in shown(open_page("paths", src=exporter, dst="skynet"))


def test_an_entity_with_owners_over_time_claims_and_replies(open_page: Open) -> None:
    html = shown(open_page("entity", id="idemia"))
    for words in (
        "Ownership over time",
        "Advent International owns IDEMIA",
        "Morpho succeeded by IDEMIA",
        "Claims behind the links",
        "Statements that are no link",
        "IDEMIA denies, in general terms",
        "Trace paths from it",
    ):
        assert words in html, words


def test_scores_are_never_bare_numbers(open_page: Open) -> None:
    app = open_page("scores")
    html = shown(app)
    assert wording.SCORE in html
    assert wording.BAND in html
    (table,) = app.dataframe
    assert list(table.value.columns) == [
        *("Exporter", "Target", "Score", "Band", "Certain", "Paths"),
        *("Rests on", "EU rules", "Method", "Caveats"),
    ]
    for words in ("What each path adds", "What it rests on", "Caveats", "Replies"):
        assert words in html


def test_the_explained_score_follows_the_address(open_page: Open) -> None:
    app = open_page("scores", src="idemia", dst="shanghai-psb")
    assert app.selectbox(key="scores_pair").value == ("idemia", "shanghai-psb")
    html = shown(app)
    assert "IDEMIA → Shanghai Public Security Bureau" in html
    assert "comes in by succession" in html
    app.selectbox(key="scores_targets").set_value("programmes").run()
    assert app.query_params["targets"] == "programmes"
    assert not app.exception


@pytest.mark.parametrize("page", PAGES)
def test_without_data_a_sentence_says_the_cure(open_page: Open, tmp_path: Path, page: str) -> None:
    html = shown(open_page(page, folder=tmp_path / "nothing"))
    assert "sightline ingest" in html
    assert 'role="alert"' in html


@pytest.mark.parametrize("page", PAGES)
def test_a_version_that_is_not_there_is_a_sentence(open_page: Open, page: str) -> None:
    html = shown(open_page(page, v="ffffffff"))
    assert 'role="alert"' in html


def test_a_pinned_version_stays_in_every_link(open_page: Open) -> None:
    version = re.findall(
        r"v=([0-9a-f]{12})", shown(open_page("paths", src="safran", dst="shanghai-psb"))
    )[0]
    app = open_page("find", v=version, q="skynet")
    assert f'href="paths?dst=skynet&amp;v={version}"' in shown(app)
    assert app.query_params["v"] == version


@pytest.mark.parametrize(
    ("page", "fields"),
    [
        ("find", {}),
        ("find", {"q": "script"}),
        ("paths", {"src": "evil-seller", "dst": "evil-programme"}),
        ("paths", {"src": "evil-seller", "path": "0"}),
        ("paths", {"src": NAMES["evil-seller"]}),
        ("paths", {"dst": "evil-buyer"}),
        ("entity", {"id": "evil-seller"}),
        ("entity", {"id": AGENT}),
        ("scores", {"targets": "all"}),
        ("scores", {"by": "end-users"}),
        ("scores", {"by": "programmes"}),
    ],
)
def test_hostile_text_is_text_on_every_page(
    open_page: Open, hostile: Path, page: str, fields: dict[str, str]
) -> None:
    app = open_page(page, folder=hostile, **fields)
    html = shown(app)
    for live in ("<script", "<img", "<svg", "<iframe", "<b>", "<I>", 'href="javascript:'):
        assert live not in html, live
    addresses = re.findall(r'(?:href|src|style|action)="([^"]*)"', html)
    assert not any(BEACON in address for address in addresses)  # as letters only …
    live_markdown = [app.markdown, app.caption, app.title, app.header, app.subheader, app.button]
    assert not any(
        list(elements) for elements in live_markdown
    )  # … and in nothing that is Markdown
