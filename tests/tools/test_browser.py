"""In which order a browser is looked for and installed, and what is said where there is none."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from tests.tools import browser


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A machine without a browser on which nothing can be installed; what was tried, in order."""
    tried: list[str] = []
    monkeypatch.delenv("SIGHTLINE_BROWSER", raising=False)
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setattr(browser, "_candidates", lambda: iter(()))
    monkeypatch.setattr(browser, "_install_playwrights", lambda: tried.append("playwright"))
    monkeypatch.setattr(browser, "_install_debians", lambda: tried.append("debian"))
    return tried


def program(folder: Path, *, runs: bool) -> Path:
    path = folder / ("good" if runs else "broken")
    path.write_text(f"#!/bin/sh\nexit {0 if runs else 127}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


def test_an_installed_one_comes_first(
    asked: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    found = [program(tmp_path, runs=False), tmp_path / "none", program(tmp_path, runs=True)]
    monkeypatch.setattr(browser, "_candidates", lambda: iter(found))
    assert browser.provide() == found[-1]
    assert asked == []


def test_playwrights_comes_before_debians(asked: list[str]) -> None:
    assert browser.provide() is None
    assert asked == ["playwright", "debian"]


def test_what_helped_ends_the_search(
    asked: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    fetched = program(tmp_path, runs=True)
    monkeypatch.setattr(browser, "_candidates", lambda: iter([fetched] if asked else []))
    assert browser.provide() == fetched
    assert asked == ["playwright"]


def test_a_missing_browser_is_loud(asked: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert browser.main() == 0
    assert "SKIPPED" in capsys.readouterr().err


def test_a_missing_browser_is_red_in_ci(
    asked: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CI", "true")
    assert browser.main() == 1
    assert "install Chrome" in capsys.readouterr().err


def test_the_named_one_is_the_only_choice(
    asked: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    named = program(tmp_path, runs=True)
    monkeypatch.setenv("SIGHTLINE_BROWSER", str(named))
    assert browser.provide() == named
    monkeypatch.setenv("SIGHTLINE_BROWSER", str(tmp_path / "none"))
    assert browser.main() == 1
    assert asked == []


def test_debians_needs_root(monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[list[str]] = []

    def call(command: list[str], **_: object) -> int:
        called.append(command)
        return 0

    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(browser, "_call", call)
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    browser._install_debians()
    assert called == []
    monkeypatch.setattr("os.geteuid", lambda: 0)
    browser._install_debians()
    assert [command[2] for command in called] == ["update", "install"]
