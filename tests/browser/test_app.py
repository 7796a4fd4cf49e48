"""The app in a real browser: from a search to its evidence, by mouse, by keyboard, by address."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Tab, serve
from tests.browser.pages import QUESTION, evidence, fields, opened, part, wait

SEARCH = "Search companies, agencies, programmes, in any script"


def test_from_a_search_to_the_evidence_by_mouse(tab: Tab, app_server: str) -> None:
    page = opened(tab, app_server)
    page.get_by_label(SEARCH).fill("safran")
    page.get_by_label(SEARCH).press("Enter")
    page.get_by_role("link", name="Trace paths from Safran").click()
    wait(page)
    part(page, "→ Shanghai Public Security Bureau").click()
    expect(evidence(page)).to_contain_text("Morpho → Shanghai Public Security Bureau")
    for words in ("supplied 2015", "acknowledged", "Read in", "Reply", "IDEMIA (2020-09"):
        expect(evidence(page)).to_contain_text(words)
    part(page, "Safran → Morpho").click()
    expect(evidence(page)).to_contain_text("owned 2005 – 2017-05-31")
    expect(part(page, "Safran → Morpho")).to_have_attribute("aria-pressed", "true")
    part(page, "Morpho (").click()
    expect(evidence(page)).to_contain_text("Its links in this picture")
    assert tab.requests_off_host() == []


def tab_to(page: Page, reached: Callable[[], bool], most: int = 80) -> None:
    """Press Tab until something has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if reached():
            return
    pytest.fail("The keyboard does not get there.")


def focused(page: Page, attribute: str) -> str:
    """An attribute of what has the focus, in the picture too."""
    return page.evaluate(
        """(attribute) => {
            let element = document.activeElement;
            while (element && element.shadowRoot) element = element.shadowRoot.activeElement;
            return (element && element.getAttribute(attribute)) || "";
        }""",
        attribute,
    )


def test_from_a_search_to_the_evidence_by_keyboard_alone(tab: Tab, app_server: str) -> None:
    page = opened(tab, app_server)
    tab_to(page, lambda: focused(page, "aria-label") == SEARCH)
    page.keyboard.type("idemia")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Trace paths from IDEMIA", exact=True)).to_be_visible()
    tab_to(page, lambda: focused(page, "aria-label") == "Trace paths from IDEMIA")
    page.keyboard.press("Enter")
    wait(page)
    tab_to(page, lambda: focused(page, "aria-label").startswith("IDEMIA → Morpho"))
    page.keyboard.press("Enter")
    expect(evidence(page)).to_contain_text("IDEMIA → Morpho")
    expect(evidence(page)).to_contain_text("succeeded")
    assert focused(page, "aria-label").startswith("IDEMIA → Morpho")  # the focus stays
    tab_to(page, lambda: focused(page, "aria-labelledby") == "evidence-head")  # and scrolls it


def test_a_deep_link_reload_and_back(tab: Tab, app_server: str) -> None:
    page = opened(tab, app_server + "/paths?src=canon&dst=skynet&path=2&hops=5")
    heading = page.get_by_role("heading", name="supply paths from Canon Inc. to Skynet")
    expect(heading).to_be_visible()
    assert fields(page)["path"] == ["2"]
    assert fields(page)["hops"] == ["5"]
    assert "link" not in fields(page)  # an address that opens is left as it is
    part(page, "Canon Inc. → Axis AB").click()
    expect(evidence(page)).to_contain_text("Canon Inc. → Axis AB")
    page.wait_for_url(lambda url: "link" in parse_qs(urlsplit(url).query))
    page.reload()
    wait(page)
    expect(evidence(page)).to_contain_text("Canon Inc. → Axis AB")
    expect(heading).to_be_visible()
    page.go_back()
    wait(page)
    expect(evidence(page)).not_to_contain_text("Canon Inc. → Axis AB")
    assert "link" not in fields(page)
    page.get_by_role("link", name="Entity").first.click()
    page.wait_for_url("**/entity*")  # until then the old page is on the screen
    wait(page)
    page.go_back()
    wait(page)
    expect(heading).to_be_visible()


@pytest.mark.parametrize("name", ["Paths", "Entity", "Scores"])
def test_the_first_back_leaves_the_page(tab: Tab, app_server: str, name: str) -> None:
    page = opened(tab, app_server)
    page.get_by_role("link", name=name, exact=True).first.click()
    page.wait_for_url(f"**/{name.lower()}*")
    wait(page)
    page.go_back()
    expect(page.get_by_role("heading", name="Sightline")).to_be_visible()
    assert not urlsplit(page.url).path.strip("/")


def test_a_wrong_address_leads_to_a_right_one(tab: Tab, app_server: str) -> None:
    tab.page.goto(app_server + "/paths?src=SAFRAN&dst=shanghai-psb&hops=99")
    problem = tab.page.get_by_role("alert").filter(has_text="is not the id of an entity")
    expect(problem).to_contain_text("is not a number from 1 to 12", timeout=60_000)
    tab.page.goto(app_server + "/paths?src=SAFRAN&dst=shanghai-psb")
    tab.page.get_by_role("link", name="Safran", exact=True).click()
    wait(tab.page)
    assert fields(tab.page) == {"src": ["safran"], "dst": ["shanghai-psb"]}


def test_back_takes_the_filters_along(tab: Tab, app_server: str) -> None:
    page = opened(tab, app_server + "/?q=axis")
    page.get_by_label(SEARCH).fill("noldus")
    page.get_by_label(SEARCH).press("Enter")
    expect(page.get_by_role("link", name="Noldus Information Technology BV").first).to_be_visible()
    page.go_back()
    expect(page.get_by_role("link", name="Axis AB").first).to_be_visible()
    expect(page.get_by_label(SEARCH)).to_have_value("axis")


def test_a_deep_link_may_be_the_first_thing_that_a_server_is_asked(
    tab: Tab, hostile: Path, tmp_path: Path
) -> None:
    with serve(hostile, tmp_path) as address:
        page = opened(tab, address + "/paths?src=evil-seller&dst=evil-buyer")
        expect(page.get_by_role("heading", name="supply paths from").first).to_be_visible()
        expect(page.locator("svg .part").nth(4)).to_be_attached()


def test_a_name_that_is_typed_is_found_in_any_script(tab: Tab, app_server: str) -> None:
    page = opened(tab, app_server + "/paths?src=axis-communications")
    page.get_by_role("combobox", name="To").fill("天网")
    page.keyboard.press("Enter")
    expect(
        page.get_by_role("heading", name="from Axis Communications AB to Skynet")
    ).to_be_visible()
    page.wait_for_url(lambda url: "dst=skynet" in url)


def test_the_first_screen_is_there_within_three_seconds(tab: Tab, app_server: str) -> None:
    opened(tab, app_server)
    times = []
    for _ in range(3):
        begun = time.monotonic()
        tab.page.goto(app_server)
        expect(tab.page.get_by_text("Gaps in the data")).to_be_visible()
        times.append(time.monotonic() - begun)
    assert min(times) < 3, times


def test_parallel_links_are_apart(tab: Tab, app_server: str) -> None:
    page = opened(tab, app_server + "/paths?src=canon&dst=skynet&path=0")
    expect(page.locator("svg .part").first).to_be_visible()
    boxes = [
        element.locator("path").first.bounding_box()
        for element in page.locator("svg .part").all()
        if (element.get_attribute("aria-label") or "").startswith("Canon Inc. → Axis AB")
    ]
    assert len(boxes) > 1
    assert len({round(box["y"]) for box in boxes if box}) == len(boxes)


def test_zoom_and_fit(tab: Tab, app_server: str) -> None:
    page = opened(tab, app_server + QUESTION)
    svg = page.locator(".stage svg")
    whole = svg.get_attribute("viewBox")
    page.get_by_role("button", name="Larger").click()
    assert svg.get_attribute("viewBox") != whole
    page.get_by_role("button", name="Fit").click()
    assert [float(number) for number in (svg.get_attribute("viewBox") or "").split()] == [
        float(number) for number in (whole or "").split()
    ]


def test_a_row_of_scores_leads_to_what_it_rests_on(tab: Tab, app_server: str) -> None:
    page = opened(tab, app_server + "/scores")
    chosen = page.locator(".explanation h2")
    first = chosen.text_content() or ""
    table = page.locator("[data-testid=stDataFrame]")
    box = table.bounding_box()
    assert box
    page.mouse.click(box["x"] + 18, box["y"] + 35 + 35 * 2 + 17)  # the box of the third row
    expect(chosen).not_to_have_text(first)
    seller, buyer = (chosen.text_content() or "").split(" → ")
    page.wait_for_url(lambda url: "src=" in url and "dst=" in url)
    page.get_by_role("link", name="See the paths and their evidence").click()
    wait(page)
    expect(page.get_by_role("heading", name=f"from {seller} to {buyer}")).to_be_visible()


def test_a_row_of_a_ranking_leads_to_a_score_and_back(tab: Tab, app_server: str) -> None:
    page = opened(tab, app_server + "/scores?by=end-users")
    chosen = page.locator(".ranked h2")
    first = chosen.text_content() or ""
    box = page.locator("[data-testid=stDataFrame]").bounding_box()
    assert box
    page.mouse.click(box["x"] + 18, box["y"] + 35 + 35 * 2 + 17)  # the box of the third row
    expect(chosen).not_to_have_text(first)
    expect(chosen).to_contain_text(": rank 3 of ")
    exporter = (chosen.text_content() or "").split(": rank")[0]
    page.wait_for_url(lambda url: "src=" in url)
    assert fields(page)["by"] == ["end-users"]
    page.reload()
    wait(page)
    expect(chosen).to_contain_text(f"{exporter}: rank 3 of ")
    link = page.get_by_role("link", name="What the score of").first
    target = link.text_content() or ""
    link.click()
    wait(page)
    expect(page.locator(".explanation h2")).to_have_text(f"{exporter} → {target}")
    page.go_back()
    wait(page)
    expect(chosen).to_contain_text(f"{exporter}: rank 3 of ")
    page.get_by_role("link", name=f"paths to {target}").or_(
        page.get_by_role("link", name=f"path to {target}")
    ).click()
    wait(page)
    expect(page.get_by_role("heading", name=f"from {exporter} to {target}")).to_be_visible()


def test_a_ranking_by_keyboard_alone(tab: Tab, app_server: str) -> None:
    page = opened(tab, app_server + "/scores")
    tab_to(page, lambda: focused(page, "type") == "radio")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".ranked h2")).to_contain_text("by end users")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".ranked h2")).to_contain_text("by programmes")
    page.wait_for_url(lambda url: "by=programmes" in url)
    tab_to(page, lambda: "Exporter shown below" in focused(page, "aria-label"))
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    tab_to(page, lambda: focused(page, "aria-label").startswith("What the score of"))
    target = focused(page, "aria-label").removeprefix("What the score of ").split(" rests on")[0]
    page.keyboard.press("Enter")
    wait(page)
    expect(page.locator(".explanation h2")).to_contain_text(f" → {target}")


@pytest.mark.parametrize("address", ["/scores?by=end-users", "/scores?by=programmes", "/scores"])
def test_a_narrow_window_does_not_move_sideways(tab: Tab, app_server: str, address: str) -> None:
    tab.page.set_viewport_size({"width": 390, "height": 844})
    page = opened(tab, app_server + address)
    wide, room = page.locator("[data-testid=stMain]").evaluate(
        "e => [e.scrollWidth, e.clientWidth]"
    )
    assert wide <= room
