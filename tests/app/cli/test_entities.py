"""`sightline find` and `sightline show`."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from graph.dataset import Archive
from ingest.pipeline import ingest
from tests.app.cli.conftest import Run

Ask = Callable[..., Any]


def test_found_entities_have_the_contracts_fields(ask: Ask) -> None:
    answer = ask("find", "kamera")
    assert answer["filters"] == {"text": "kamera", "limit": 20}
    assert answer["weights_version"] is None
    assert answer["results"][0] == {
        "id": "kamera-ab",
        "kind": "company",
        "name": "Kamera AB",
        "country": ["SE"],
        "matched": "Kamera AB",
    }


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("northport-psb", "northport-psb"),
        ("北港", "northport-psb"),
        ("beigang", "northport-psb"),
        ("министерство", "interior-ministry"),
        ("lei:0000000000VISIOLUX00", "visiolux"),
        ("kamra systms", "kamera-systems"),
    ],
)
def test_entities_are_found_by_what_they_are_called(text: str, first: str, ask: Ask) -> None:
    assert ask("find", text)["results"][0]["id"] == first


def test_what_the_limit_leaves_out_is_said(run: Run, ask: Ask) -> None:
    answer = ask("find", "a", "--limit", "2")
    assert len(answer["results"]) == 2
    assert answer["left_out"] == {"limit": answer["total"] - 2}
    shown = run("find", "a", "--limit", "2").stdout
    assert f"--limit {answer['total']} shows all" in shown


def test_the_table_has_words_for_readers(run: Run) -> None:
    header, row, *_ = run("find", "northport").stdout.splitlines()
    assert header.split() == ["id", "kind", "name", "country", "matched"]
    assert "public body" in row


def test_an_entity_has_its_links_claims_replies_and_sources(ask: Ask) -> None:
    (entity,) = ask("show", "kamera-ab")["results"]
    assert (entity["id"], entity["kind"], entity["name"]) == ("kamera-ab", "company", "Kamera AB")
    assert {link["relation"] for link in entity["links"]} == {"owns", "same_as", "supplies"}
    claims = {claim["id"]: claim for claim in entity["claims"]}
    assert set(claims) == {"c05", "c07", "c08", "c12", "c13", "c16", "c17", "c20"}
    assert claims["c05"]["origins"] == ["watch-2020"]
    assert claims["c05"]["replies"][0]["text"].startswith("The company knows")
    assert claims["c13"]["link_id"] == ""
    linked = {claim["link_id"] for claim in claims.values()} - {""}
    assert linked == {link["link_id"] for link in entity["links"]}
    assert {"press-2021", "watch-2020", "kamera-2020"} <= {
        source["id"] for source in entity["sources"]
    }


def test_an_entity_in_words(run: Run) -> None:
    shown = run("show", "Aurora Vision").stdout
    flat = " ".join(shown.split())
    assert flat.startswith("Aurora Vision company, FR, id aurora-vision Also called Aurora Imaging")
    assert "Founded 1998 Dissolved 2017-09-28" in flat
    assert "Holding Sud owned Aurora Vision, 2005 – 2017-05-31 (official record)" in flat
    assert "Aurora Vision was succeeded by Visiolux" in flat
    assert "order, as supplier, contract k-2015" in flat
    assert "to the company's knowledge it was never put into service" in flat
    assert "Statements without a link: 1" in flat
    assert "Status withdrawn" in flat


def test_a_stand_in_and_a_programme(run: Run) -> None:
    assert "for several or unnamed bodies" in run("show", "southville").stdout
    shown = " ".join(run("show", "clear-sky").stdout.split())
    assert "Gateway Trading supplied Authorities of Southville for Clear Sky" in shown
    assert "1,250,000.5 EUR" in shown


def test_an_entity_that_nothing_is_said_of(run: Run, ask: Ask) -> None:
    assert "Links: 0" not in run("show", "watch-group").stdout
    assert ask("show", "watch-group")["results"][0]["claims"] == []


def test_a_claim_a_row(run: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(run("show", "clear-sky", "--format", "csv").stdout)))
    assert [row["claim"] for row in rows] == ["c06", "c09", "c19"]
    assert rows[2]["status"] == "withdrawn"


def test_a_product_is_named_in_links_of_others(run: Run) -> None:
    flat = " ".join(run("show", "facematch").stdout.split())
    assert "Named in links of others: " in flat
    assert "Said, and no link" not in flat


@pytest.fixture(scope="module")
def rulings(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Statements about a company, out of order, one of them undated."""
    rows = tmp_path_factory.mktemp("rulings") / "rows"
    rows.mkdir()
    (rows / "entities.csv").write_text(
        "id,kind,name\nseller,company,Seller\ncourt,public_body,The Court\n"
    )
    (rows / "sources.csv").write_text("id,title,publisher,type\ns,T,P,court_record\n")
    (rows / "claims.csv").write_text(
        "id,subject,relation,object,status,sources,valid_from,stage,technology,value,currency\n"
        "c1,seller,says,,reported,s,,,,,\n"
        "c2,seller,says,court,court_finding,s,2022-12-01,final,,,\n"
        "c3,seller,says,court,reported,s,2014-05,charged,spyware,120000,EUR\n"
    )
    ingest(Archive(rows.parent / "data"), [rows])
    return rows.parent / "data"


def test_statements_stand_by_date_with_all_that_they_say(run: Run, rulings: Path) -> None:
    shown = " ".join(run("show", "seller", data=rulings).stdout.split())
    charge, ruling, undated = (shown.index(f"claim c{n}") for n in (3, 2, 1))
    assert charge < ruling < undated
    assert "Date 2014-05 About Seller; The Court Deal spyware, 120,000 EUR" in shown
    assert "Date 2022-12-01 About Seller; The Court" in shown
    rows = csv.DictReader(
        io.StringIO(run("show", "seller", "--format", "csv", data=rulings).stdout)
    )
    (row,) = [row for row in rows if row["claim"] == "c3"]
    assert (row["technology"], row["value"], row["currency"]) == ("spyware", "120000", "EUR")
    assert (row["stage"], row["object"], row["valid_from"]) == ("charged", "court", "2014-05")
