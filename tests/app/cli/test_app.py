"""`sightline app`: what it starts, and with which flags."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from app.cli.app import SETTINGS, server_command
from tests.app.cli.conftest import Run


class Started(NamedTuple):
    program: str
    command: list[str]
    environ: dict[str, str]


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[Started]:
    programs: list[Started] = []
    monkeypatch.setattr(os, "execve", lambda *given: programs.append(Started(*given)))
    return programs


def test_the_settings_are_streamlits() -> None:
    from streamlit import config

    assert set(SETTINGS) | {"server.port", "server.headless"} <= set(config.get_config_options())


def test_it_listens_on_this_machine_alone_and_tells_nobody() -> None:
    *command, settings = server_command(8600, headless=True)
    assert command == [sys.executable, "-P", "-m", "app.parts.server"]
    assert json.loads(settings) == {
        "server.address": "127.0.0.1",
        "server.allowedHosts": ["127.0.0.1", "localhost"],
        "server.showEmailPrompt": False,
        "server.fileWatcherType": "none",
        "browser.gatherUsageStats": False,
        "client.toolbarMode": "minimal",
        "theme.base": "light",
        "theme.primaryColor": "#1d4f91",
        "server.port": 8600,
        "server.headless": True,
    }


def test_the_data_folder_is_handed_on(
    run: Run, ingested: Path, started: list[Started], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ingested.parent)
    result = run("app", "--data", ingested.name)
    assert result.exit_code == 0
    assert started[0].environ["SIGHTLINE_DATA"] == str(ingested)
    assert "loading the starter data" not in result.stdout


def test_without_data_the_starter_data_is_loaded(
    run: Run, tmp_path: Path, started: list[Started]
) -> None:
    result = run("app", data=tmp_path / "none")
    assert "loading the starter data" in result.stdout
    assert (tmp_path / "none" / "current").exists()
    assert len(started) == 1


def test_an_unknown_version_starts_nothing(run: Run, started: list[Started]) -> None:
    assert run("app", "--data-version", "zzz").exit_code == 1
    assert started == []


def test_another_version_is_an_address(run: Run, ingested: Path, started: list[Started]) -> None:
    version = (ingested / "current").read_text()[:12]
    assert f"?v={version}" in run("app", "--data-version", version[:4]).stdout
    assert len(started) == 1
