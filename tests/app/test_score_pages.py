"""Scores and rankings in the app: each with what it is published with, and restored by address."""

from __future__ import annotations

import re
from collections import Counter
from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from graph import wording
from graph.dataset import Archive
from graph.evidence import unanswered
from graph.exposure import variations
from graph.exposure.explain import explain
from graph.exposure.rankings import By, Rank, ranking
from graph.exposure.what_if import changes
from graph.network.build import links_by_id
from graph.paths.question import Question
from graph.paths.subgraph import of_store
from graph.probability import few_walks, methods
from graph.probability.exact import Exact
from graph.stores import open_store
from ingest.pipeline import ingest
from tests.app.conftest import Open, shown

BY: tuple[By, ...] = ("end-users", "programmes")


def words(app: AppTest) -> str:
    """What a page says, as plain text."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", shown(app))).split())


def ranks(
    folder: Path, by: By, left_out: Counter[str] | None = None, *, eu_only: bool = False
) -> list[Rank]:
    with open_store(Archive(folder)) as store:
        return ranking(of_store(store), by, Question(eu_only=eu_only), left_out=left_out)


def test_an_explanation_has_all_that_a_score_is_published_with(
    open_page: Open, ingested: Path
) -> None:
    app = open_page("scores", folder=ingested, targets="all", src="kamera-ab", dst="open-eye")
    page = words(app)
    with open_store(Archive(ingested)) as store:
        network = of_store(store)
        explanation = explain(network, Question.between("kamera-ab", "open-eye"))
        replies = store.replies(explanation.claim_ids)
        unanswered_ids = unanswered(store, explanation.claim_ids)
        sources = store.sources([loss.origin for loss in explanation.origins])
        ids = {id_ for link in links_by_id(network).values() for id_ in (link.tail, link.head)}
        names = {id_: entity.name for id_, entity in store.entities(sorted(ids)).items()}
        version = store.version
    assert "31 %, band 17 % to 41 %; certain 28 %. Falls with either of 2 sources." in page
    for contribution in explanation.contributions:
        assert f"{wording.percent(contribution.adds)}: Kamera AB → Gateway Trading → " in page
    assert "owned 2010 – 2014 · supplied 2012-09 – 2013-02 (alleged) · part of since 2011" in page
    assert "All other paths" not in page
    assert wording.failing(explanation.minimal_cut_sets) in page
    for (origin,) in explanation.minimal_cut_sets:
        assert page.count(wording.source_line(sources[origin])) == 2  # among the sets, and its loss
    for loss in explanation.origins:
        left = f"{wording.percent(loss.score_without)} {wording.loss(loss.loss)}"
        assert f"{left} {wording.source_line(sources[loss.origin])}" in page
    moving = changes(network, explanation.joined, unanswered=unanswered_ids)
    for change in moving[:8]:
        between = f"{wording.percent(change.low)} and {wording.percent(change.high)}"
        change_in_words = wording.change(change, links_by_id(network)[change.link_id], names)
        assert f"Between {between}, with {change_in_words}." in page
    assert f"{len(moving) - 8} more would move it less." in page
    for caveat in (
        "1 link on the way has no date.",
        "2 links on the way are only alleged.",
        "Kamera AB holds an unknown share of Gateway Trading, undated.",
        "1 allegation or dispute on the way has no readable reply.",
    ):
        assert caveat in page
    for replies_to_claim in replies.values():
        for reply in replies_to_claim:
            assert wording.reply(reply, names) in page
    assert page.count("Computed exactly.") == 1
    assert f"· {version[:4]}, weights {network.graph['weights_version']}." in page


def test_what_other_paths_add_is_said_and_leads_stand_apart(
    open_page: Open, ingested: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.parts import scoring

    monkeypatch.setattr(scoring, "explain", lambda *a, **k: explain(*a, top=1, **k))
    fields = {"targets": "all", "src": "kamera-ab", "dst": "open-eye"}
    assert "All other paths together add 7 %." in words(
        open_page("scores", folder=ingested, **fields)
    )
    fields = {"targets": "all", "src": "holding-sud", "dst": "interior-ministry"}
    assert "Leads, outside the score" in words(open_page("scores", folder=ingested, **fields))


@pytest.mark.parametrize("by", BY)
def test_a_ranking_shows_each_sum_with_what_it_is_made_of(
    open_page: Open, ingested: Path, by: By
) -> None:
    for expected in ranks(ingested, by):
        app = open_page("scores", folder=ingested, by=by, src=expected.exporter)
        page = words(app)
        assert wording.RANKING in page
        assert "the two rankings are never added up" in page
        assert "Only companies are ranked" in page
        (table,) = app.dataframe
        again = ["Not again"] if by == "programmes" else []
        assert list(table.value.columns) == [
            *("Rank", "Exporter", "Sum", "Band", "Certain", "Any", "Targets"),
            *again,
            "Method",
        ]
        [row] = [r for r in table.value.to_dict("records") if f"{r['Exporter']}: rank" in page]
        assert (row["Rank"], row["Sum"]) == (expected.rank, pytest.approx(expected.total))
        assert row["Band"] == f"{expected.low:.2f} to {expected.high:.2f}"
        assert row["Certain"] == pytest.approx(expected.certain)
        assert row["Any"] == wording.percent(expected.any)
        assert row["Targets"] == len(expected.counted)
        assert row["Method"] == "exact"
        html = unescape(shown(app))
        for score in expected.counted:
            ends = f"src={expected.exporter}&dst={score.target}"
            assert f'href="paths?{ends}"' in html
            assert f'href="scores?targets={by}&from={expected.exporter}&{ends}"' in html
            assert f"{wording.percent(score.low)} to {wording.percent(score.high)}" in html
        assert app.query_params == {"by": by, "src": expected.exporter}


def test_a_programme_that_is_part_of_a_counted_one_is_named_and_not_counted(
    open_page: Open, ingested: Path
) -> None:
    page = words(open_page("scores", folder=ingested, by="programmes", src="gateway-trading"))
    assert "rank 1 of 3 by programmes Sum 0.32 over 1 programme, band 0.20 to 0.41" in page
    assert "A path to at least one, those not counted again included: 48 %." in page
    assert "Not counted again Clear Sky: it is part of Open Eye, which is counted." in page
    other = words(open_page("scores", folder=ingested, by="end-users"))
    assert "Not counted again" not in other
    assert "those not counted again included" not in other


def test_a_link_of_a_ranking_leads_to_the_explained_score(open_page: Open, ingested: Path) -> None:
    html = unescape(shown(open_page("scores", folder=ingested, by="programmes", src="kamera-ab")))
    (link,) = re.findall(r'href="scores\?([^"]+)"', html)
    fields = dict(field.split("=") for field in link.split("&"))
    assert "Kamera AB → Open Eye 31 %" in words(open_page("scores", folder=ingested, **fields))


def test_the_kind_of_list_goes_into_the_address_and_comes_from_it(
    open_page: Open, ingested: Path
) -> None:
    app = open_page("scores", folder=ingested, by="end-users", src="visiolux")
    assert app.selectbox(key="ranking_exporter").value == "visiolux"
    assert "Visiolux: rank" in words(app)
    app.radio(key="scores_shown").set_value("programmes").run()
    assert app.query_params["by"] == "programmes"
    app.radio(key="scores_shown").set_value("").run()
    assert "by" not in app.query_params
    assert app.selectbox(key="scores_pair").value


def test_only_eu_suppliers_and_what_that_leaves_out(open_page: Open, ingested: Path) -> None:
    left_out: Counter[str] = Counter()
    kept = ranks(ingested, "end-users", left_out, eu_only=True)
    assert left_out["eu"]
    app = open_page("scores", folder=ingested, by="end-users", eu="yes")
    assert app.checkbox(key="ranking_eu").value is True
    for sentence in wording.left_out(left_out):
        assert sentence in words(app)
    assert len(app.dataframe[0].value) == len(kept)
    assert app.query_params["eu"] == "yes"
    app.checkbox(key="ranking_eu").set_value(False).run()
    assert "eu" not in app.query_params
    assert len(app.dataframe[0].value) == len(ranks(ingested, "end-users")) > len(kept)


def test_who_is_not_ranked_is_not_said_to_be_clear(open_page: Open, ingested: Path) -> None:
    app = open_page("scores", folder=ingested, by="programmes", src="holding-sud")
    page = words(app)
    assert "Holding Sud is not in this ranking: no path of this kind is on record." in page
    assert wording.NO_PROOF in page
    assert ": rank " not in page  # no other company's targets are shown for it
    assert app.selectbox(key="ranking_exporter").value is None
    assert "not in this ranking" not in words(open_page("scores", folder=ingested, by="programmes"))


def test_lower_exporters_are_counted_and_can_be_chosen(
    open_page: Open, ingested: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.screens import ranking as screen

    monkeypatch.setattr(screen, "MOST_ROWS", 1)
    app = open_page("scores", folder=ingested, by="programmes", src="kamera-systems")
    assert len(app.dataframe[0].value) == 1
    page = words(app)
    assert "3 exporters, highest sum first; 2 more are not in the table." in page
    assert "Kamera Systems: rank 3 of 3" in page


def test_a_ranking_of_nobody_says_so(open_page: Open, tmp_path: Path) -> None:
    rows = tmp_path / "rows"
    rows.mkdir()
    (rows / "entities.csv").write_text("id,kind,name\na,company,A\nb,public_body,B\n")
    (rows / "sources.csv").write_text("id,title,publisher,type\ns,T,P,press\n")
    (rows / "claims.csv").write_text(
        "id,subject,relation,object,status,sources\nc,a,supplies,b,reported,s\n"
    )
    ingest(Archive(tmp_path / "data"), [rows])
    app = open_page("scores", folder=tmp_path / "data", by="programmes")
    assert "No ranking: no path of this kind is on record." in words(app)
    assert wording.NO_PROOF in words(app)
    assert not app.dataframe
    other = words(open_page("scores", folder=tmp_path / "data", by="end-users"))
    assert "1 exporter. The sums rest on" in other


def test_a_record_too_large_to_rank_here_says_where(
    open_page: Open, ingested: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.parts import data

    monkeypatch.setattr(data, "SMALL", 0)
    app = open_page("scores", folder=ingested, by="programmes", eu="yes")
    assert "“sightline ranking --by programmes --eu” ranks it" in words(app)
    assert not app.dataframe


def test_estimates_say_their_method_once_and_their_error(
    open_page: Open, ingested: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(few_walks, "FEW", -1)
    for module in (methods, variations):
        monkeypatch.setattr(module, "Exact", lambda event, *_: Exact(event, budget=0))
    app = open_page("scores", folder=ingested, by="end-users", src="kamera-ab")
    assert methods_of(app, "Kamera AB") == {"worlds, ±0.01"}
    counted = next(rank for rank in ranks(ingested, "end-users") if rank.exporter == "kamera-ab")
    off = sum(score.error for score in counted.counted)
    assert off > 0
    page = words(app)
    assert f"the sum may be off by what its scores are together, {off:.2f} at most." in page
    assert "A path to at least one: worlds, ±0.01, at 95 %." in page
    for score in counted.counted:
        assert f"{score.eu} {wording.method_in_short(score.method, score.error)}" in page
    app = open_page("scores", folder=ingested, targets="all", src="kamera-ab", dst="open-eye")
    page = words(app)
    assert page.count("Estimated from sampled worlds: within ±0.01 at 95 %.") == 1
    assert page.count("Each loss is estimated: within ±0.01 at 95 %.") == 1
    assert page.count("What each would do is estimated: within ±0.01 at 95 %.") == 1
    assert methods_of(app, "Kamera AB") == {"exact", "worlds, ±0.01"}


def methods_of(app: AppTest, exporter: str) -> set[str]:
    rows = app.dataframe[0].value.to_dict("records")
    return {row["Method"] for row in rows if row["Exporter"] == exporter}
