"""A real browser with a fresh profile for each test, and the app as a process of its own."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Playwright, sync_playwright

from tests.tools import browser as browsers

FLAGS = (
    "--no-sandbox",  # as root, in a container
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
ROOT = Path(__file__).parents[2]
READY_SECONDS = 60


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark all tests of this folder, and give them to one worker: they share their apps."""
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))


class Tab(NamedTuple):
    """A page, and every address that it asked for, in order."""

    page: Page
    requested: list[str]

    def requests_off_host(self) -> list[str]:
        """What was asked of any other host than this one; [] is what the app promises."""
        here = {"127.0.0.1", "localhost", None}
        asked = map(urlsplit, self.requested)
        return [url.geturl() for url in asked if url.hostname not in here]


@pytest.fixture(scope="session")
def browser_program() -> Path:
    program = browsers.find()
    if program is None:
        if browsers.in_ci():
            pytest.fail(browsers.MISSING)
        pytest.skip(browsers.MISSING)
    return program


@pytest.fixture(scope="session")
def playwright(browser_program: Path) -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture
def tab(playwright: Playwright, browser_program: Path, tmp_path: Path) -> Iterator[Tab]:
    """A page in a browser started for this test, with an empty profile."""
    context = playwright.chromium.launch_persistent_context(
        tmp_path / "profile",
        executable_path=browser_program,
        args=list(FLAGS),
        headless=True,
        viewport={"width": 1280, "height": 900},
        accept_downloads=True,
    )
    requested: list[str] = []
    context.on("request", lambda request: requested.append(request.url))

    def listen(page: Page) -> None:
        page.on("websocket", lambda opened: requested.append(opened.url))

    context.on("page", listen)
    page = context.pages[0]
    listen(page)
    yield Tab(page, requested)
    context.close()


@contextmanager
def serve(data: Path, room: Path) -> Iterator[str]:
    """Run `sightline app` over a copy of a data folder, with an empty home; give its address."""
    data = shutil.copytree(data, room / "data")
    port = _free_port()
    start = "import sys; sys.argv[0] = 'sightline'; from app.cli import main; main()"
    command = [sys.executable, "-c", start, "app", "--port", str(port), "--headless"]
    environ = {
        **os.environ,
        "HOME": str(room),
        "PYTHONPATH": str(ROOT),
        "SIGHTLINE_DATA": str(data),
    }
    log = room / "log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            cwd=room,
            env=environ,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
        )
    try:
        _wait_until_ready(process, port, log)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@pytest.fixture(scope="session")
def app_server(starter: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of `sightline app`, over the starter data."""
    with serve(starter, tmp_path_factory.mktemp("app")) as address:
        yield address


@pytest.fixture(scope="session")
def hostile_server(hostile: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The same over the hostile record (tests/hostile.py)."""
    with serve(hostile, tmp_path_factory.mktemp("hostile_app")) as address:
        yield address


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port: int = listening.getsockname()[1]
    return port


def _wait_until_ready(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    """Return when the app answers; fail with what it printed where it stops or stays silent."""
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    end = time.monotonic() + READY_SECONDS
    while process.poll() is None and time.monotonic() < end:
        try:
            with direct.open(f"http://127.0.0.1:{port}/_stcore/health", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    pytest.fail(f"The app did not come up on port {port}:\n{log.read_text('utf-8')[-3000:]}")
