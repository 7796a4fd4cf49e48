"""`sightline look-next`: suggestions with their links, and never a score."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest

from graph.network import nearby
from graph.network.look_next import MEANING, WEAK
from tests.app.cli.conftest import Run

Ask = Callable[..., Any]


def flat(text: str) -> str:
    return " ".join(text.split())


def test_the_document_names_the_links_and_claims_of_each_line(ask: Ask) -> None:
    answer = ask("look-next", "gateway-trading", "--top", "3")
    assert answer["filters"] == {"entities": ["gateway-trading"], "top": 3, "steps": 6}
    assert answer["weights_version"] is None
    assert answer["meaning"] == MEANING
    assert len(answer["results"]) == 3
    assert answer["left_out"] == {"top": answer["total"] - 3}
    assert not any("score" in key for result in answer["results"] for key in result)
    known = {
        link["link_id"]: (link["claim_ids"], link["from_id"], link["to_id"])
        for result in ask("show", "gateway-trading")["results"]
        for link in result["links"]
    }
    nearest = answer["results"][0]
    assert nearest["steps"] == 1
    for tie in nearest["ties"]:
        assert (tie["nearer"], tie["farther"]) == ("gateway-trading", nearest["id"])
        for link in tie["links"]:
            assert known[link["link_id"]] == (link["claim_ids"], link["from_id"], link["to_id"])
    values = [suggestion["nearness"] for suggestion in answer["results"]]
    assert values == sorted(values, reverse=True)


def test_several_entities_by_name_are_left_out_of_the_answer(ask: Ask) -> None:
    answer = ask("look-next", "Kamera AB", "gateway-trading", "kamera-ab")
    assert answer["filters"]["entities"] == ["kamera-ab", "gateway-trading"]
    suggested = {suggestion["id"] for suggestion in answer["results"]}
    assert "southville" in suggested
    assert not suggested & {"kamera-ab", "gateway-trading"}


def test_csv_has_a_row_a_suggestion(run: Run, ask: Ask) -> None:
    rows = list(
        csv.DictReader(io.StringIO(run("look-next", "kamera-ab", "--format", "csv").stdout))
    )
    results = ask("look-next", "kamera-ab")["results"]
    assert [row["id"] for row in rows] == [suggestion["id"] for suggestion in results]
    first = [link for tie in results[0]["ties"] for link in tie["links"]]
    assert rows[0]["link_ids"].split(";") == [link["link_id"] for link in first]
    assert rows[0]["claim_ids"].split(";") == [id_ for link in first for id_ in link["claim_ids"]]


def test_the_page_says_what_it_is_and_what_it_left_out(run: Run) -> None:
    shown = flat(run("look-next", "gateway-trading", "--top", "2", "--steps", "1").stdout)
    assert shown.startswith("Where to look next around Gateway Trading, nearest first 1. ")
    assert "Gateway Trading supplied Authorities of Southville for Clear Sky, 2012-09" in shown
    assert "2013-02 (alleged; claim c06)" in shown
    assert MEANING in shown
    assert WEAK not in shown
    assert "not shown; --top" in shown
    assert "with further links: --steps sets the distance." in shown


def test_what_refutes_a_link_is_told_with_it(run: Run) -> None:
    shown = flat(run("look-next", "holding-sud", "--top", "30").stdout)
    assert "refuted by 1 row" in shown


def test_near_over_a_listing_is_said_to_be_weak(run: Run, ask: Ask) -> None:
    (listed,) = [
        suggestion
        for suggestion in ask("look-next", "kamera-ab", "--top", "30", "--steps", "12")["results"]
        if suggestion["kind"] == "instrument"
    ]
    assert WEAK in flat(run("look-next", listed["id"], "--top", "1").stdout)


def test_too_many_to_follow_is_said(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    defaults = nearby.network_near.__kwdefaults__
    assert defaults
    monkeypatch.setitem(defaults, "most_followed", 1)
    shown = flat(run("look-next", "kamera-ab").stdout)
    assert "with further links: there are too many." in shown


def test_who_has_no_links_is_said_to_have_none(run: Run) -> None:
    shown = run("look-next", "facematch")
    assert shown.exit_code == 0
    assert shown.stdout.startswith("No other entity is linked to FaceMatch 4 in the record.\n")
    assert MEANING not in flat(shown.stdout)
