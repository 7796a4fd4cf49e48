"""The browser tests' own tools: a browser runs, and a request off the host would be noticed."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator

import pytest

from tests.browser.conftest import Tab


@pytest.fixture
def site() -> Iterator[str]:
    """A page on this host that asks for a picture on another one, which does not exist."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(b"<h1>Here</h1><img src='http://elsewhere.invalid/beacon.png'>")

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def test_a_request_off_the_host_is_noticed(tab: Tab, site: str) -> None:
    tab.page.goto(site)
    assert tab.page.inner_text("h1") == "Here"
    assert tab.requests_off_host() == ["http://elsewhere.invalid/beacon.png"]


def test_each_tab_has_a_profile_of_its_own(tab: Tab, site: str) -> None:
    tab.page.goto(site)
    assert tab.page.evaluate("localStorage.length") == 0
    assert tab.page.context.cookies() == []
