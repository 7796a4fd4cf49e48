"""Pages of large entities: a part of the claims at a time, and the others counted and reachable."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest

from app.screens.entity import CLAIMS_A_PAGE
from graph.dataset import Archive
from ingest.pipeline import ingest
from tests.app.conftest import Open, shown

TOTAL = 2 * CLAIMS_A_PAGE + 30


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record in which one seller has a contract a claim, and some statements."""
    rows = tmp_path_factory.mktemp("large") / "rows"
    rows.mkdir()
    entities = "id,kind,name\nseller,company,Seller\nbuyer,public_body,Buyer\n"
    (rows / "entities.csv").write_text(entities)
    (rows / "sources.csv").write_text("id,title,publisher,type\ns,T,P,press\n")
    header = "id,subject,relation,object,status,sources,valid_from,contract"
    sales = [f"c{n:04},seller,supplies,buyer,reported,s,2015,k{n}" for n in range(TOTAL - 30)]
    says = [f"s{n},seller,says,,reported,s,{2040 - n},," for n in range(30)]
    (rows / "claims.csv").write_text("\n".join([header, *sales, *says]))
    ingest(Archive(rows.parent / "data"), [rows])
    return rows.parent / "data"


def claims_on(html: str) -> int:
    return html.count("<details>")


def test_a_page_shows_a_part_and_links_to_the_others(open_page: Open, large: Path) -> None:
    seen, fields = 0, {"id": "seller"}
    for first in range(1, TOTAL + 1, CLAIMS_A_PAGE):
        html = unescape(shown(open_page("entity", folder=large, **fields)))
        last = min(first + CLAIMS_A_PAGE - 1, TOTAL)
        assert f"Claims {first} to {last} of {TOTAL}" in html
        assert f"sightline show seller --limit {TOTAL}" in html
        seen += claims_on(html)
        after = re.findall(r'href="entity\?id=seller&start=(\d+)">Next', html)
        if after:
            fields = {"id": "seller", "start": after[0]}
    assert seen == TOTAL
    assert not after


def test_statements_stand_by_date_with_their_dates(open_page: Open, large: Path) -> None:
    html = shown(open_page("entity", folder=large, id="seller", start=str(TOTAL - 29)))
    years = re.findall(r'<summary>.*<span class="faint">(20\d\d)\b', html)
    assert len(years) == 30
    assert years == sorted(years)


def test_a_small_entity_has_one_page(open_page: Open, ingested: Path) -> None:
    assert "pages" not in re.findall(r'<nav class="sl (\w+)"', shown(open_page("entity", ingested)))


def test_the_evidence_of_a_crowded_line_is_counted(open_page: Open, every_word: Path) -> None:
    from app.parts.html import MOST, render_template

    assert "1 more reply" not in render_template("words.html", **words_of(MOST))
    assert "3 more leads are not shown." in render_template("words.html", **words_of(MOST + 3))
    assert "1 more lead is not shown." in render_template("words.html", **words_of(MOST + 1))


def words_of(number: int) -> dict[str, list[str]]:
    leads = [f"lead {n}" for n in range(number)]
    return {"sentences": [], "gaps": [], "leads": leads, "left_out": []}


def test_names_from_right_to_left_are_isolated_on_every_page(
    open_page: Open, tmp_path: Path
) -> None:
    """Else an arrow between two of them points from the buyer to the seller."""
    rows = tmp_path / "rows"
    rows.mkdir()
    seller, buyer = "شركة المراقبة", "وزارة الداخلية"
    (rows / "entities.csv").write_text(
        f"id,kind,name\nseller,company,{seller}\nbuyer,public_body,{buyer}\n"
    )
    (rows / "sources.csv").write_text("id,title,publisher,type\ns,T,P,press\n")
    header = "id,subject,relation,object,status,sources\n"
    (rows / "claims.csv").write_text(f"{header}c,seller,supplies,buyer,reported,s\n")
    data = tmp_path / "data"
    ingest(Archive(data), [rows])
    for page, fields in (
        ("paths", {"src": "seller", "dst": "buyer"}),
        ("scores", {}),
        ("entity", {"id": "seller"}),
        ("scores", {"by": "end-users"}),
    ):
        text = re.sub("<[^>]+>", " ", unescape(shown(open_page(page, folder=data, **fields))))
        for name in (seller, buyer):
            assert f"\u2068{name}\u2069" in text
            assert not re.search(f"(?<!\u2068){name}", text)
    app = open_page("scores", folder=data)
    assert f"\u2068{seller}\u2069 → \u2068{buyer}\u2069" in app.selectbox(key="scores_pair").options
