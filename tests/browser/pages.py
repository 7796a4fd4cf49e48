"""What the browser tests share: pages that are drawn, parts of the picture, the evidence."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Tab

QUESTION = "/paths?src=safran&dst=shanghai-psb"


def wait(page: Page) -> None:
    """Wait until a page is drawn, down to its foot."""
    expect(page.get_by_text("Data version ", exact=False).last).to_be_visible(timeout=60_000)
    expect(page.locator("[data-testid=stApp]")).to_have_attribute(
        "data-test-script-state", "notRunning", timeout=60_000
    )


def opened(tab: Tab, address: str) -> Page:
    tab.page.goto(address)
    wait(tab.page)
    return tab.page


def fields(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def part(page: Page, words: str) -> Locator:
    """A card or a line of the picture, by the words that a screen reader says."""
    return page.locator("svg .part").filter(has=page.locator(f"title:has-text('{words}')")).first


def evidence(page: Page) -> Locator:
    return page.locator("section.evidence")


def download(page: Page, button: str) -> bytes:
    """What a download button gives."""
    with page.expect_download() as waiting:
        page.get_by_role("button", name=button, exact=True).click()
    return Path(waiting.value.path()).read_bytes()
