"""A browser for the tests: an installed one, else Playwright's own, else Debian's package.

`python -m tests.tools.browser` provides one and prints it. Where none can be had it says so in one
sentence, and fails only in CI.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

NAMES = (
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "chromium",
    "chromium-browser",
    "microsoft-edge",
    "microsoft-edge-stable",
)
PLACES = (
    "/usr/bin/chromium",
    "/snap/bin/chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
MISSING = (
    "No browser for the browser tests: install Chrome, Chromium or Edge, or set SIGHTLINE_BROWSER"
    " to its program, and say `make test` again."
)
MINUTES = 10


def in_ci() -> bool:
    """Whether a missing tool is an error (CI=true) rather than a skip."""
    return os.environ.get("CI", "").lower() in {"1", "true", "yes"}


def find() -> Path | None:
    """Return the first browser that runs, or None; SIGHTLINE_BROWSER, where set, decides.

    Raises
    ------
    FileNotFoundError
        SIGHTLINE_BROWSER names a program that does not run.
    """
    if chosen := os.environ.get("SIGHTLINE_BROWSER"):
        if not _runs(Path(chosen)):
            raise FileNotFoundError(f"SIGHTLINE_BROWSER={chosen} does not run: name a browser.")
        return Path(chosen)
    return next(filter(_runs, _candidates()), None)


def provide() -> Path | None:
    """Return a browser, installed on the way where that is possible."""
    program = find()
    for install in (_install_playwrights, _install_debians):
        if program is None:
            install()
            program = find()
    return program


def _candidates() -> Iterator[Path]:
    yield from (Path(found) for name in NAMES if (found := shutil.which(name)))
    yield from map(Path, PLACES)
    from playwright.sync_api import sync_playwright  # here: starting its driver takes a second

    with sync_playwright() as playwright:
        yield Path(playwright.chromium.executable_path)


def _runs(program: Path) -> bool:
    """Whether it starts: a file alone may be a stub, or lack the libraries that it needs."""
    try:
        return _call([str(program), "--version"], seconds=60) == 0
    except OSError:
        return False


def _install_playwrights() -> None:
    _say("No browser found; Playwright fetches its own (about 150 MB).")
    _call([sys.executable, "-m", "playwright", "install", "chromium"])


def _install_debians() -> None:
    if shutil.which("apt-get") is None or os.geteuid() != 0:
        return
    _say("Installing Debian's package chromium.")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    _call(["apt-get", "-qq", "update"], env=quiet)
    _call(["apt-get", "-qq", "install", "-y", "--no-install-recommends", "chromium"], env=quiet)


def _call(
    command: list[str], *, seconds: float = 60 * MINUTES, env: dict[str, str] | None = None
) -> int:
    """Run quietly and return the exit code; a command that hangs counts as failed."""
    try:
        done = subprocess.run(
            command, env=env, stdin=subprocess.DEVNULL, capture_output=True, timeout=seconds
        )
    except subprocess.TimeoutExpired:
        return 1
    return done.returncode


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


def main() -> int:
    """Provide a browser and say which."""
    try:
        program = provide()
    except FileNotFoundError as error:
        _say(str(error))
        return 1
    if program is None:
        _say(MISSING if in_ci() else f"{MISSING} Its tests are SKIPPED.")
        return int(in_ci())
    print(f"Browser for the tests: {program}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
