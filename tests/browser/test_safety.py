"""Nothing leaves the host, nothing hostile comes alive, and every file opens in its own reader."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from urllib.parse import urlencode
from xml.etree import ElementTree

import pdfplumber
import pytest
from PIL import Image
from playwright.sync_api import expect

from graph import wording
from tests.browser.conftest import Tab
from tests.browser.pages import QUESTION, download, opened, wait
from tests.hostile import AGENT, NAMES

PAGES = (
    *("/", "/?q=shanghai", QUESTION, "/paths?dst=skynet", "/entity?id=idemia"),
    *("/scores", "/scores?by=end-users", "/scores?by=programmes"),
)


@pytest.mark.parametrize("address", PAGES)
def test_nothing_is_asked_of_any_other_host(tab: Tab, app_server: str, address: str) -> None:
    opened(tab, app_server + address)
    tab.page.wait_for_timeout(500)
    assert tab.requests_off_host() == []


HOSTILE_PAGES = (
    "/?q=script",
    "/paths?src=evil-seller&dst=evil-programme&path=0",
    "/paths?dst=evil-buyer",
    "/entity?" + urlencode({"id": AGENT}),
    "/entity?id=evil-seller",
    "/scores?targets=all",
    "/scores?by=end-users",
    "/scores?by=programmes",
)


@pytest.mark.parametrize("address", HOSTILE_PAGES)
def test_hostile_names_and_texts_are_inert(tab: Tab, hostile_server: str, address: str) -> None:
    page = opened(tab, hostile_server + address)
    for summary in page.locator("summary").all():
        summary.click()
    for element in page.locator("svg .part").all():
        element.hover(force=True)  # the middle of a line that bends is not on the line
        element.click(force=True)
        wait(page)
    assert page.evaluate("window.hurt") is None
    assert tab.requests_off_host() == []
    assert page.locator("[data-testid=stMain] img, [data-testid=stMain] iframe").count() == 0
    assert page.locator("a[href^='javascript:']").count() == 0


def test_hostile_names_are_shown_letter_by_letter(tab: Tab, hostile_server: str) -> None:
    page = opened(tab, hostile_server + "/entity?id=evil-seller")
    expect(page.get_by_role("heading", name=NAMES["evil-seller"])).to_be_visible()


def test_every_download_opens_in_a_reader_of_its_own(tab: Tab, app_server: str) -> None:
    page = opened(tab, app_server + QUESTION)
    root = ElementTree.fromstring(download(page, "SVG"))
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert Image.open(io.BytesIO(download(page, "PNG, 300 dpi"))).width > 1500
    with pdfplumber.open(io.BytesIO(download(page, "PDF"))) as pdf:
        assert "Morpho" in pdf.pages[0].extract_text()
    rows = list(csv.DictReader(io.StringIO(download(page, "CSV").decode("utf-8-sig"))))
    assert {row["from_name"] for row in rows} == {"Safran", "Morpho"}
    assert b"Content-Security-Policy" in download(page, "HTML")


@pytest.mark.parametrize(
    ("server", "question", "name", "data"),
    [
        ("app_server", QUESTION, "Morpho → Shanghai Public Security Bureau", "starter"),
        ("hostile_server", "/paths?src=evil-seller&dst=evil-programme", NAMES[AGENT], "rows"),
    ],
)
def test_the_exported_page_opens_without_a_network(
    tab: Tab,
    request: pytest.FixtureRequest,
    tmp_path: Path,
    server: str,
    question: str,
    name: str,
    data: str,
) -> None:
    page = opened(tab, request.getfixturevalue(server) + question)
    file = tmp_path / "picture.html"
    file.write_bytes(download(page, "HTML"))
    tab.requested.clear()
    faults: list[str] = []
    page.on(
        "console", lambda message: faults.append(message.text) if message.type == "error" else None
    )
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.context.set_offline(True)
    page.goto(file.as_uri())
    picture = page.locator("#picture[data-drawn=yes]")
    expect(picture).to_be_visible()
    box = picture.bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_timeout(500)
    assert tab.requested == [file.as_uri()]
    assert faults == []
    assert page.evaluate("window.hurt") is None
    expect(page.locator("table")).to_contain_text(name.split(" → ")[0])
    expect(page.locator("body")).to_contain_text(wording.licence([data]))
    blank = page.evaluate(
        """() => {
            const canvas = document.querySelector("#picture canvas");
            const { width, height } = canvas;
            const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
            return !data.some((value, at) => at % 4 === 3 && value > 0);
        }"""
    )
    assert not blank


def test_the_policy_blocks_requests_off_the_host(tab: Tab, app_server: str) -> None:
    """What a hostile record might slip into a page, tried by the page itself."""
    page = opened(tab, app_server)
    blocked = page.evaluate(
        """async () => {
            const blocked = [];
            const note = event => blocked.push(event.effectiveDirective);
            document.addEventListener("securitypolicyviolation", note);
            const image = document.createElement("img");
            image.src = "http://beacon.invalid/x.png";
            document.body.append(image);
            const frame = document.createElement("iframe");
            frame.src = "http://beacon.invalid/";
            document.body.append(frame);
            await fetch("http://beacon.invalid/").catch(() => {});
            const script = document.createElement("script");
            script.textContent = "window.hurt = 1";
            document.body.append(script);
            await new Promise(done => setTimeout(done, 500));
            return blocked;
        }"""
    )
    assert {"img-src", "frame-src", "connect-src", "script-src-elem"} <= set(blocked)
    assert page.evaluate("window.hurt") is None
