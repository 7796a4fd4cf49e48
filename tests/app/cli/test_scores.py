"""`sightline exposure` and `sightline explain`."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest

from tests.app.cli.conftest import Run

Ask = Callable[..., Any]
FIELDS = [
    *("exporter", "target", "target_kind", "score", "certain", "low", "high"),
    *("method", "error", "paths", "origins"),
]


def test_the_document_is_the_contracts(ask: Ask) -> None:
    answer = ask("exposure")
    assert answer["filters"] == {
        "from": None,
        "to": None,
        "targets": "end-users",
        "top": None,
        "eu": False,
        "max_hops": 6,
    }
    assert answer["total"] == len(answer["results"])
    assert all(list(row)[:11] == FIELDS for row in answer["results"])
    scores = [row["score"] for row in answer["results"]]
    assert scores == sorted(scores, reverse=True)


def test_who_came_later_is_not_exposed(ask: Ask) -> None:
    exposed = {(row["exporter"], row["target"]) for row in ask("exposure")["results"]}
    assert ("holding-sud", "northport-psb") in exposed
    assert ("visiolux", "northport-psb") in exposed
    assert not {pair for pair in exposed if pair[0] == "meridian-fund"}
    assert ("kanon-kk", "clear-sky") not in exposed


def test_filters(ask: Ask) -> None:
    programmes = ask("exposure", "--targets", "programmes")["results"]
    assert {row["target"] for row in programmes} == {"clear-sky", "open-eye"}
    users = ask("exposure", "--targets", "end-users")["results"]
    assert {row["target_kind"] for row in users} <= {"public_body", "organisation"}
    pair = ask("exposure", "--from", "Kamera AB", "--to", "clear-sky")["results"]
    assert [(row["exporter"], row["target"]) for row in pair] == [("kamera-ab", "clear-sky")]
    top = ask("exposure", "--top", "2")
    assert len(top["results"]) == 2
    assert top["left_out"] == {"top": top["total"] - 2}
    eu = {row["exporter"] for row in ask("exposure", "--eu")["results"]}
    assert "gateway-trading" not in eu
    assert "kamera-ab" in eu


def test_resellers_and_programmes_are_not_mixed_by_default(ask: Ask, run: Run) -> None:
    kinds = {"public_body", "organisation"}
    assert {row["target_kind"] for row in ask("exposure")["results"]} <= kinds
    everything = ask("exposure", "--targets", "all")["results"]
    assert {row["target_kind"] for row in everything} > {"company", "programme"}
    assert "Targets are end users only" in " ".join(run("exposure").stdout.split())
    (pair,) = ask("exposure", "--from", "kamera-ab", "--to", "clear-sky")["results"]
    assert pair["target_kind"] == "programme"  # a named target is scored, whatever its kind


def test_the_table_says_what_a_score_is(run: Run) -> None:
    shown = run("exposure", "--top", "3").stdout
    flat = " ".join(shown.split())
    assert shown.splitlines()[0].split()[:3] == ["exporter", "target", "kind"]
    assert "never that anybody is guilty" in flat
    assert "* Only one root source is on record for it." in flat
    assert "lower scores are not shown" in flat
    assert "89 %" in shown
    assert "72–98 %" in shown


@pytest.mark.parametrize(
    ("exporter", "message"),
    [
        ("meridian-fund", "and this is an organisation"),
        ("kanon-kk", "Northport"),
        ("visiolux", "Northport"),
    ],
)
def test_only_companies_are_scored(exporter: str, message: str, run: Run) -> None:
    shown = run("exposure", "--from", exporter)
    assert shown.exit_code == 0
    assert message in shown.stdout


def test_no_score_says_so(run: Run) -> None:
    shown = run("exposure", "--from", "kanon-kk", "--to", "clear-sky")
    assert shown.exit_code == 0
    assert shown.stdout.startswith("No score: No path is on record.")


def test_csv_has_a_row_a_score(run: Run, ask: Ask) -> None:
    rows = list(csv.DictReader(io.StringIO(run("exposure", "--format", "csv").stdout)))
    results = ask("exposure")["results"]
    assert [row["target"] for row in rows] == [row["target"] for row in results]
    assert float(rows[0]["score"]) == results[0]["score"]


def test_an_explanation_has_everything(ask: Ask) -> None:
    answer = ask("explain", "kamera-ab", "open-eye")
    (explanation,) = answer["results"]
    assert set(FIELDS) < set(explanation)
    assert sum(contribution["adds"] for contribution in explanation["contributions"]) + explanation[
        "rest"
    ] == pytest.approx(explanation["score"])
    assert {loss["origin"] for loss in explanation["root_sources"]} == {"leak-2016", "watch-2020"}
    assert explanation["failing_sets"] == [["leak-2016"], ["watch-2020"]]
    assert {reply["party"] for reply in explanation["replies"]} == {"kamera-ab", "gateway-trading"}
    assert explanation["undated"] == 1
    less = ask("explain", "kamera-ab", "open-eye", "--top", "1")
    assert less["left_out"] == {"top": 2}
    assert less["results"][0]["rest"] > 0


def test_an_explanation_in_words(run: Run) -> None:
    flat = " ".join(run("explain", "kamera-ab", "open-eye").stdout.split())
    assert "Score 31 %, band 17–41 %; certain 28 %. Paths: 3. Root sources: 2." in flat
    assert "Each of these 2 sources is needed: without any one, no path is left." in flat
    assert "- Leak: Invoices of Gateway Trading (2016)" in flat
    assert flat.count("Computed exactly.") == 1
    assert "1 link on the way has no date." in flat
    assert "1 allegation or dispute on the way has no readable reply." in flat  # c05 has one
    assert "Kamera AB holds an unknown share of Gateway Trading, undated." in flat
    assert "Path 2 adds 6 %" in flat


def test_what_refutes_raises_when_it_is_left_out(run: Run) -> None:
    flat = " ".join(run("explain", "holding-sud", "interior-ministry").stdout.split())
    assert "48 % +46 points Court of Meridia: Ruling 22/104 (2022-12-01)" in flat
    assert "Leads (in no path, in no score)" in flat


def test_succession_and_minority_are_caveats(run: Run) -> None:
    flat = " ".join(run("explain", "visiolux", "northport-psb").stdout.split())
    assert "- The exporter comes in by succession" in flat


def test_what_others_add_is_said(run: Run) -> None:
    flat = " ".join(run("explain", "kamera-ab", "open-eye", "--top", "1").stdout.split())
    assert "All other paths together add 7 %." in flat
    assert "2 further paths are not shown." in flat


def test_a_contribution_a_row(run: Run) -> None:
    rows = list(
        csv.DictReader(
            io.StringIO(run("explain", "kamera-ab", "open-eye", "--format", "csv").stdout)
        )
    )
    assert [row["contribution"] for row in rows] == ["1", "2", "3"]
    assert rows[0]["nodes"].split(";")[0] == "kamera-ab"


def test_what_the_eu_filter_hides_is_counted(ask: Ask) -> None:
    whole, eu = ask("exposure"), ask("exposure", "--eu")
    hidden = sum(row["eu"] == "no" for row in whole["results"])
    assert hidden
    assert eu["left_out"]["eu"] == hidden
    assert eu["total"] == whole["total"] - hidden


def test_a_ranking_sums_the_scores(ask: Ask) -> None:
    scored = ask("exposure", "--targets", "end-users")["results"]
    answer = ask("ranking", "--by", "end-users")
    assert answer["filters"] == {"by": "end-users", "top": None, "eu": False, "max_hops": 6}
    for row in answer["results"]:
        alone = [score["score"] for score in scored if score["exporter"] == row["exporter"]]
        assert row["total"] == pytest.approx(sum(alone))
        assert len(row["targets"]) == len(alone)
        assert max(alone) <= row["any"]
    assert [row["rank"] for row in answer["results"]] == sorted(
        row["rank"] for row in answer["results"]
    )
    assert {row["exporter"] for row in scored} == {row["exporter"] for row in answer["results"]}


def test_a_ranking_says_what_it_is(run: Run) -> None:
    shown = run("ranking", "--by", "programmes", "--top", "1").stdout
    flat = " ".join(shown.split())
    assert "never that anybody is guilty" in flat
    assert "lower exporters are not shown" in flat
    assert "--by" in run("ranking").stderr


def test_an_explanation_says_what_would_move_it(ask: Ask, run: Run) -> None:
    (explanation,) = ask("explain", "kamera-ab", "northport-psb")["results"]
    swings = [change["high"] - change["low"] for change in explanation["changes"]]
    assert swings == sorted(swings, reverse=True)
    assert swings[0] > 0
    assert all(
        change["low"] <= explanation["score"] <= change["high"] for change in explanation["changes"]
    )
    shown = " ".join(run("explain", "kamera-ab", "northport-psb").stdout.split())
    assert "What would move it most" in shown
    assert "one more independent source that reports" in shown


def test_estimates_say_their_error(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from graph.exposure import variations
    from graph.probability import few_walks, methods
    from graph.probability.exact import Exact

    assert "sampled" not in run("exposure").stdout
    monkeypatch.setattr(few_walks, "FEW", -1)
    for module in (methods, variations):
        monkeypatch.setattr(module, "Exact", lambda event, *_: Exact(event, budget=0))
    flat = " ".join(run("exposure").stdout.split())
    assert "estimated from sampled worlds:" in flat
    assert "within ±0.01 at 95 %" in flat
    explanation = " ".join(run("explain", "kamera-ab", "open-eye").stdout.split())
    assert explanation.count("Estimated from sampled worlds: within ±0.01 at 95 %.") == 1
    assert explanation.count("Each loss is estimated: within ±0.01 at 95 %.") == 1


def test_numbers_do_not_go_out_bare(run: Run) -> None:
    """Each row of a CSV names its method, its error and the versions that it rests on."""
    for words in (
        ("exposure",),
        ("ranking", "--by", "end-users"),
        ("explain", "holding-sud", "northport-psb"),
    ):
        rows = list(csv.DictReader(io.StringIO(run(*words, "--format", "csv").stdout)))
        assert rows
        for row in rows:
            assert row["method"] == "exact"
            assert float(row["error"]) == 0
            assert float(row["low"]) <= float(row["high"])
            assert len(row["data_version"]) == 64
            assert row["weights_version"].startswith("2026-")


def test_who_is_not_scored_is_told_so(run: Run) -> None:
    page = " ".join(run("explain", "meridian-fund", "northport-psb").stdout.split())
    assert "only companies are scored as exporters, and this is an organisation" in page
    assert "No path is on record" not in page


def test_the_error_of_a_list_is_told_each_and_at_once(ask: Ask, run: Run) -> None:
    from app.cli.exposure import _estimates
    from graph.exposure.engine import Score
    from graph.record.vocabulary import Kind

    def score(method: str, error: float) -> Score:
        ends = ("x", "g", Kind.PROGRAMME, 0.5, 0.5, 0.5, 0.5)
        return Score(*ends, method=method, error=error, paths=1, origins=1, eu="no")

    assert ask("exposure")["error_of_all_at_once"] == 0
    assert _estimates([score("exact", 0.0)]) == []
    mixed = [score("worlds", 0.00999), score("worlds", 0.00999), score("bounded", 0.3)]
    first, second = _estimates(mixed)
    assert first.startswith("2 scores are estimated from sampled worlds: each within ±0.01")
    assert second.startswith("1 score is a lower bound")
