"""`sightline paths`: the contract's JSON, the CSV, and the page that readers see."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from graph.dataset import Archive
from ingest.pipeline import ingest
from tests.app.cli.conftest import Run

Ask = Callable[..., Any]
STEP_FIELDS = [
    *("relation", "from_id", "to_id", "link_id", "claim_ids", "statuses"),
    *("valid_from", "valid_to", "contract", "programme"),
]


def test_the_document_is_the_contracts(ask: Ask) -> None:
    answer = ask("paths", "kamera-ab", "open-eye")
    assert list(answer)[:6] == [
        *("data_version", "weights_version", "filters", "total", "left_out", "results")
    ]
    assert answer["leads"] == []
    assert answer["total"] == len(answer["results"]) == 3
    best = answer["results"][0]
    assert best["nodes"] == ["kamera-ab", "gateway-trading", "southville", "clear-sky", "open-eye"]
    assert 0 < best["certain"] <= best["probability"] < 1
    assert [step["relation"] for step in best["steps"]] == ["owns", "supplies", "part_of"]
    assert [list(step)[:10] for step in best["steps"]] == [STEP_FIELDS] * 3
    supply = best["steps"][1]
    assert (supply["from_id"], supply["to_id"]) == ("gateway-trading", "southville")
    assert (supply["contract"], supply["programme"]) == ("arden-7", "clear-sky")
    assert (supply["claim_ids"], supply["statuses"]) == (["c06"], ["alleged"])
    assert (supply["valid_from"], supply["valid_to"]) == ("2012-09", "2013-02")


def test_ends_are_the_claims_also_where_walked_backwards(ask: Ask) -> None:
    path = ask("paths", "visiolux", "northport-psb")["results"][0]
    step = path["steps"][0]
    assert path["nodes"][0] == "visiolux"
    assert (step["from_id"], step["to_id"]) == ("aurora-vision", "visiolux")
    assert step["backwards"] is True


def test_filters_are_said_and_kept(ask: Ask) -> None:
    answer = ask("paths", "Kamera AB", "Open Eye", *["--on", "2012-12-31", "--status", "alleged"],
                 *["--status", "documented", "--max-hops", "3", "--top", "1"])  # fmt: skip
    assert answer["filters"] == {
        "from": "kamera-ab",
        "to": "open-eye",
        "max_hops": 3,
        "on": "2012-12-31",
        "status": ["acknowledged", "alleged", "court_finding", "official_record", "reported"],
        "top": 1,
    }
    assert len(answer["results"]) == 1
    assert answer["total"] > 1
    assert answer["left_out"]["top"] == answer["total"] - 1
    documented = ask("paths", "kamera-ab", "open-eye", "--status", "documented")
    assert documented["total"] == 0
    assert documented["left_out"] == {"status": 2}


def test_on_a_day_before_the_sale_there_is_no_path(ask: Ask) -> None:
    day = ("--on", "2014-12-31")
    assert ask("paths", "aurora-vision", "northport-psb", *day)["total"] == 0
    assert ask("paths", "aurora-vision", "northport-psb", "--on", "2015-12-31")["total"] == 1


def test_a_lead_stands_beside_the_results(ask: Ask) -> None:
    answer = ask("paths", "observa-bv", "open-eye")
    assert (answer["total"], answer["results"]) == (0, [])
    (lead,) = answer["leads"]
    assert (lead["buyer"], lead["programme"]) == ("interior-ministry", "open-eye")
    assert "no source says that this supply serves it" in lead["text"]


def test_csv_has_a_row_a_step(run: Run) -> None:
    shown = run("paths", "kamera-ab", "open-eye", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(shown.stdout)))
    assert [(row["path"], row["step"]) for row in rows][:4] == [
        *(("1", "1"), ("1", "2"), ("1", "3"), ("2", "1"))
    ]
    assert set(STEP_FIELDS) <= set(rows[0])
    assert rows[1]["programme"] == "clear-sky"
    assert float(rows[1]["probability"]) < float(rows[1]["step_probability"])


def test_csv_of_an_empty_answer_is_its_header(run: Run) -> None:
    shown = run("paths", "kanon-kk", "clear-sky", "--format", "csv")
    assert shown.exit_code == 0
    assert len(shown.stdout.splitlines()) == 1


def test_an_empty_answer_says_so(run: Run) -> None:
    shown = run("paths", "kanon-kk", "clear-sky")
    assert (shown.exit_code, shown.stderr) == (0, "")
    assert shown.stdout.startswith("No supply path from Kanon KK to Clear Sky")
    assert "does not mean that there is none" in shown.stdout
    assert "their dates cannot fit" in shown.stdout


def test_the_page_draws_the_path(run: Run) -> None:
    shown = run("paths", "kamera-systems", "open-eye").stdout
    assert re.search(r"Path 1 of 3\n\n  Kamera Systems \(company, SE\)\n  │   1\. same as", shown)
    assert "  │   2. owned · 2010 – 2014 · 51 % · reported\n" in shown
    assert "  Authorities of Southville (public body, XA)\n  │   the supply is said" in shown
    assert "  Open Eye (programme, XA)\n\n" in shown
    assert "no source names a programme" not in shown
    assert "certain 0 %" in shown  # the undated ownership


def test_the_end_is_open_also_after_another_id_of_the_buyer(run: Run, tmp_path: Path) -> None:
    own = tmp_path / "own"
    run("new", str(own))
    (own / "entities.csv").write_text(
        "id,kind,name\na,company,A\nb,public_body,B\nb2,public_body,B two\n", "utf-8"
    )
    (own / "claims.csv").write_text(
        "id,subject,relation,object,status,sources\n"
        "1,a,supplies,b,reported,example-report-2020\n"
        "2,b,same_as,b2,reported,example-report-2020\n",
        "utf-8",
    )
    (own / "replies.csv").unlink()
    run("ingest", str(own), data=tmp_path / "data")
    shown = run("paths", "a", "b2", data=tmp_path / "data").stdout
    assert "  B two (public body)\n  ┊\n  ○ no source names a programme\n" in shown
    assert "A may have exported from the EU" in shown  # its country is not on record


def test_what_has_no_weight_is_left_out_and_said(run: Run, tmp_path: Path) -> None:
    from graph.network import weights

    text = Path(weights.__file__).with_name("weights.toml").read_text("utf-8")
    file = tmp_path / "own.toml"
    file.write_text(re.sub(r"(?m)^reported = .*", "reported = [0.0, 0.0, 0.0]", text), "utf-8")
    shown = run("paths", "kamera-systems", "open-eye", "--weights", str(file)).stdout
    assert "links cannot hold" in shown
    assert "was left out; longer" not in shown


def test_a_lead_is_said_no_more_firmly_than_its_rows(run: Run) -> None:
    flat = " ".join(run("paths", "observa-bv", "open-eye").stdout.split())
    assert re.search(r"Observa B\.V\. supplied [^(]*\(acknowledged; 1\)", flat)


def test_the_page_shows_the_evidence_once_with_its_reply(run: Run) -> None:
    shown = run("paths", "visiolux", "northport-psb").stdout
    flat = " ".join(shown.split())
    assert "no source names a programme" in flat
    assert "Aurora Vision sold face matching for recorded footage to the bureau in 2015." in flat
    assert "[2] Watch Group: Sold in daylight: who equips Arden (2020-09-21)" in flat
    assert "https://watch.example/report" in flat
    assert "to the company's knowledge it was never put into service" in flat
    assert "Reply" in shown
    assert "The exporter comes in by succession" in flat
    assert "supplied · 2015 · FaceMatch 4 · facial recognition (recorded footage)" in flat
    assert flat.count("https://watch.example/report") == 1
    assert "never that anybody is guilty" in flat
    assert re.search(r"Data [0-9a-f]{12}, weights 2026-11 · [0-9a-f]{4}\.\n$", shown)


def test_nothing_is_coloured_or_too_wide_where_it_is_no_terminal(run: Run) -> None:
    shown = run("paths", "kamera-systems", "open-eye").stdout
    assert "\x1b" not in shown
    assert max(map(len, shown.splitlines())) <= 100


def test_refuting_rows_are_shown(run: Run) -> None:
    shown = " ".join(run("paths", "holding-sud", "interior-ministry").stdout.split())
    assert "refuted by 1 row" in shown
    assert "refutes claim c14" in shown
    assert "a complaint, no finding" in shown
    assert "gave no comment" in shown


def test_a_name_does_for_an_id(ask: Ask) -> None:
    answer = ask("paths", "aurore vision", "北港公安局")
    assert answer["filters"]["from"] == "aurora-vision"
    assert answer["filters"]["to"] == "northport-psb"


def test_other_weights_give_other_numbers(ask: Ask, tmp_path: Path) -> None:
    import graph.network

    shipped = Path(graph.network.__file__).with_name("weights.toml").read_text("utf-8")
    own = tmp_path / "own.toml"
    own.write_text(
        shipped.replace('"2026-11"', '"own"').replace("[0.55, 0.75, 0.90]", "[0.1, 0.1, 0.1]")
    )
    usual = ask("paths", "kamera-ab", "open-eye")
    other = ask("paths", "kamera-ab", "open-eye", "--weights", str(own))
    assert other["weights_version"].startswith("own · ")
    assert other["results"][0]["probability"] < usual["results"][0]["probability"]


def test_there_is_no_path_from_a_company_to_itself(ask: Ask) -> None:
    assert ask("paths", "kamera-ab", "kamera-ab")["total"] == 0


@pytest.mark.parametrize(
    "words",
    [
        ("paths", "facematch", "open-eye"),
        ("paths", "kamera-ab", "facematch"),
        ("explain", "kamera-ab", "facematch"),
        ("exposure", "--to", "facematch"),
    ],
)
def test_where_no_path_can_begin_or_end_it_is_said(words: tuple[str, ...], run: Run) -> None:
    result = run(*words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "is a product, and paths" in result.stderr
    assert "`sightline show facematch`" in result.stderr


def test_a_day_on_which_a_path_does_not_hold_is_the_reason(ask: Ask) -> None:
    dated = ask("paths", "kamera-ab", "open-eye", "--on", "1990-01-01")
    assert dated["left_out"].get("day")
    assert dated["left_out"].get("dates") == ask("paths", "kamera-ab", "open-eye")["left_out"].get(
        "dates"
    )


@pytest.fixture
def small(tmp_path: Path) -> Callable[[str, str], Path]:
    """Ingest a record of a company, a public body and a third: rows of claims under a header."""

    def make(header: str, rows: str) -> Path:
        folder = tmp_path / "rows"
        folder.mkdir()
        entities = "id,kind,name,country\nalpha,company,Alpha,GB\nbeta,public_body,Beta,MX\n"
        (folder / "entities.csv").write_text(entities, "utf-8")
        (folder / "sources.csv").write_text("id,title,publisher,type\ns,T,P,press\n", "utf-8")
        (folder / "claims.csv").write_text(f"{header},status,sources\n{rows}", "utf-8")
        ingest(Archive(tmp_path / "data"), [folder])
        return tmp_path / "data"

    return make


@pytest.mark.parametrize("command", ["paths", "explain"])
def test_claims_about_both_ends_are_named_where_there_is_no_path(
    run: Run, small: Callable[[str, str], Path], command: str
) -> None:
    data = small("id,subject,relation,object,text", "c,alpha,says,beta,Licensed,reported,s\n")
    words = (
        "Also on record: 1 claim that names both Alpha and Beta; `sightline show alpha` lists it."
    )
    page = run(command, "alpha", "beta", data=data)
    assert words in " ".join(page.stdout.split())
    assert "longer ones were not looked for" in page.stdout
    for form in ("json", "csv"):
        assert words in " ".join(
            run(command, "alpha", "beta", "--format", form, data=data).stderr.split()
        )


def test_all_technologies_of_a_link_are_shown(run: Run, small: Callable[[str, str], Path]) -> None:
    data = small(
        "id,subject,relation,object,valid_from,technology",
        "c,alpha,supplies,beta,2015,cameras,reported,s\n"
        "d,alpha,supplies,beta,2015,face recognition,reported,s\n",
    )
    assert "cameras, face recognition" in run("paths", "alpha", "beta", data=data).stdout
    assert (
        '"cameras, face recognition"'
        in run("paths", "alpha", "beta", "--format", "json", data=data).stdout
    )


def test_parallel_supplies_are_told_apart_by_contract(
    run: Run, small: Callable[[str, str], Path]
) -> None:
    data = small(
        "id,subject,relation,object,valid_from,contract",
        "c,alpha,supplies,beta,2015,k1,reported,s\nd,alpha,supplies,beta,2015,k2,reported,s\n",
    )
    page = run("paths", "alpha", "beta", data=data).stdout
    assert "supplied · 2015 · contract k1 · reported" in page
    assert "supplied · 2015 · contract k2 · reported" in page


def test_longer_paths_are_said_not_to_be_looked_for(
    run: Run, small: Callable[[str, str], Path]
) -> None:
    data = small("id,subject,relation,object", "c,alpha,supplies,beta,reported,s\n")
    words = "Paths of more than 2 links were not looked for."
    for options in (["--from", "alpha"], ["--from", "beta"], ["--to", "beta"]):
        assert words in run("exposure", *options, "--max-hops", "2", data=data).stdout
    assert words in run("ranking", "--by", "end-users", "--max-hops", "2", data=data).stdout
