"""Every field of every page's address: what it may not hold is named, and nothing else is shown."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from app.parts.address import FIELDS
from tests.app.conftest import Open, shown

PATH = {"src": "kamera-ab", "dst": "open-eye"}
DIGITS = "9" * 4300

#: Page, fine fields, a field, a value that it may not hold, and what the page says about it.
REFUSED = [
    *(
        (page, fine, field, value, "is not the id of an entity")
        for page, fine, field in (
            ("paths", {}, "src"),
            ("paths", {"src": "kamera-ab"}, "dst"),
            ("entity", {}, "id"),
            ("scores", {}, "from"),
            ("scores", {"dst": "open-eye"}, "src"),
            ("scores", {"src": "kamera-ab"}, "dst"),
            ("scores", {"by": "programmes"}, "src"),
        )
        for value in ("nobody", "KAMERA-AB", "Kamera AB", "kamera-ab\u200b", DIGITS, "<b>")
    ),
    *(
        ("paths", PATH, field, value, wrong)
        for field, wrong, values in (
            ("hops", "is not a number from 1 to 12", ("0", "99", "-1", "x", "6.0", "٦", DIGITS)),
            ("on", "is not a day", ("2014", "2014-06", "2014-02-30", "1700-01-01", "x", DIGITS)),
            ("status", "is not made of the words", ("foo", "alleged,foo", "Alleged", ",", DIGITS)),
            ("path", "there is no path 77", ("77",)),
            ("path", "is not a number", ("x", "-1", DIGITS)),
            ("link", "no part with the id", ("foo", "l-0000", "<b>", DIGITS)),
        )
        for value in values
    ),
    ("paths", {}, "path", "1", "so they need src"),
    ("paths", {"dst": "open-eye"}, "link", "kamera-ab", "so they need src"),
    ("paths", {"dst": "open-eye"}, "src", "clear-sky", "no path begins there"),
    ("paths", {"src": "kamera-ab"}, "dst", "arden-list", "no path ends there"),
    *(("entity", {"id": "kamera-ab"}, "start", v, "start: ") for v in ("0", "x", "77", DIGITS)),
    ("scores", {}, "by", "everything", "is not one of: end-users, programmes"),
    ("scores", {}, "targets", "everything", "is not one of: end-users, programmes, all"),
    ("scores", {}, "eu", "no", "is not one of: yes"),
    ("scores", {"by": "end-users"}, "eu", "true", "is not one of: yes"),
    ("scores", {"by": "end-users"}, "targets", "all", "This page has no field"),
    ("scores", {"by": "end-users"}, "dst", "open-eye", "This page has no field"),
    *(
        (page, {}, "foo", value, "This page has no field “foo”")
        for page in ("find", "paths", "entity", "scores")
        for value in ("1", "")
    ),
    *(
        (page, {}, "v", value, "version")
        for page in ("find", "paths", "entity", "scores")
        for value in ("zzz", DIGITS)
    ),
]
#: What only an answer has, and a page that refuses does not show.
ANSWERS = ("<table", "<h3", 'class="sl claims"', "Score</th>", "Trace paths")


def test_every_field_is_tried() -> None:
    tried = {(page, field) for page, fine, field, *_ in REFUSED if "by" not in fine}
    known = {(page, field) for page in FIELDS if page != "scores by" for field in FIELDS[page]}
    assert known | {("scores", "by")} <= tried | {("find", "q")}  # any text can be searched


@pytest.mark.parametrize(("page", "fine", "field", "value", "wrong"), REFUSED)
def test_what_a_field_may_not_hold_is_named(
    page: str,
    fine: dict[str, str],
    field: str,
    value: str,
    wrong: str,
    open_page: Open,
    ingested: Path,
) -> None:
    app = open_page(page, folder=ingested, **fine, **{field: value})
    html = unescape(shown(app))
    (problem,) = re.findall(r'<div class="sl note-problem".*?</div>', html, re.DOTALL)
    assert wrong in problem
    assert len(problem) < 2000
    assert not any(answer in html for answer in ANSWERS)
    assert not app.dataframe
    query = "&".join(f"{name}={given}" for name, given in fine.items())
    kept = re.findall(r'href="([^"]*)">Open the page without these fields', problem)
    assert kept == [f"{'./' if page == 'find' else page}{'?' if query else ''}{query}"]


@pytest.mark.parametrize("page", ["paths", "entity", "scores", "find"])
def test_a_field_given_twice_is_refused(page: str, open_page: Open, ingested: Path) -> None:
    field = {"paths": "src", "entity": "id", "scores": "from", "find": "q"}[page]
    html = shown(open_page(page, folder=ingested, **{field: ["kamera-ab", "kanon-kk"]}))
    assert f"the field “{field}” more than once" in html
    assert not any(answer in html for answer in ANSWERS)


@pytest.mark.parametrize("typed", ["KAMERA-AB", "kamera-ab\u200b", "Kamera AB"])
def test_a_near_id_is_offered(typed: str, open_page: Open, ingested: Path) -> None:
    html = unescape(shown(open_page("paths", folder=ingested, src=typed, dst="open-eye")))
    assert 'href="paths?src=kamera-ab&dst=open-eye">Kamera AB</a>' in html


def test_a_pair_without_a_score_shows_no_other_pairs(open_page: Open, ingested: Path) -> None:
    app = open_page("scores", folder=ingested, targets="all", src="kanon-kk", dst="clear-sky")
    html = shown(app)
    assert "No score from " in html
    assert "What it rests on" not in html
    assert app.selectbox(key="scores_pair").value is None
    assert len(app.dataframe) == 1  # the others can be chosen


def test_half_a_pair_is_no_pair(open_page: Open, ingested: Path) -> None:
    html = shown(open_page("scores", folder=ingested, targets="all", src="kamera-ab"))
    assert "give both, or neither" in html
    assert "What it rests on" not in html


def test_a_score_below_the_table_is_shown(
    open_page: Open, ingested: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.screens import scores

    pairs = open_page("scores", folder=ingested, targets="all").selectbox(key="scores_pair").options
    last = len(pairs) - 1
    monkeypatch.setattr(scores, "MOST_ROWS", 1)
    app = open_page(
        "scores", folder=ingested, targets="all", src="holding-sud", dst="interior-ministry"
    )
    assert last > 1
    assert "What it rests on" in shown(app)


def test_the_filters_of_the_address_hold_where_only_a_target_is_given(
    open_page: Open, ingested: Path
) -> None:
    everybody = shown(open_page("paths", folder=ingested, dst="open-eye"))
    near = shown(open_page("paths", folder=ingested, dst="open-eye", hops="2"))
    assert "of at most 2 links" in near
    assert everybody.count("<tr>") > near.count("<tr>") > 1


DEFAULTS = [("find", {}), ("paths", {}), ("paths", PATH), ("entity", {"id": "kamera-ab"})]
DEFAULTS += [("scores", {}), ("scores", {"by": "programmes"}), ("scores", {"targets": "all"})]


@pytest.mark.parametrize(("page", "fields"), DEFAULTS)
def test_an_address_that_opened_stays_so_that_back_leaves_the_page(
    page: str, fields: dict[str, str], open_page: Open, ingested: Path
) -> None:
    app = open_page(page, folder=ingested, **fields)
    assert query(app) == fields
    assert query(app.run()) == fields


def test_a_change_goes_into_the_address(open_page: Open, ingested: Path) -> None:
    app = open_page("scores", folder=ingested)
    app.selectbox(key="scores_targets").set_value("programmes").run()
    assert query(app)["targets"] == "programmes"


def test_a_field_that_is_the_default_drops_no_other(open_page: Open, ingested: Path) -> None:
    """hops=6 is what no hops means: path and link of the same address still hold."""
    app = open_page("paths", folder=ingested, **PATH, hops="6", path="2")
    assert app.selectbox(key="paths_path").value == 2
    app.run()
    assert app.selectbox(key="paths_path").value == 2


def query(app: AppTest) -> dict[str, str]:
    given = dict(app.query_params).items()
    return {name: value if isinstance(value, str) else value[0] for name, value in given}
