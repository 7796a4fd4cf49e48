"""`sightline app`: the web app, on this machine only."""

from __future__ import annotations

import json
import os
import sys
from typing import Any

import click

from app.cli.options import Request, examples, options
from app.cli.terminal_page import say
from graph.errors import NoDataError

#: By default Streamlit listens on all interfaces, asks for an e-mail address and reports usage. It
#: reads config.toml from the current folder only, so the command passes the settings.
SETTINGS: dict[str, Any] = {
    "server.address": "127.0.0.1",
    "server.allowedHosts": ["127.0.0.1", "localhost"],
    "server.showEmailPrompt": False,
    "server.fileWatcherType": "none",
    "browser.gatherUsageStats": False,
    "client.toolbarMode": "minimal",  # no buttons for developers
    "theme.base": "light",  # the pictures have dark lines
    "theme.primaryColor": "#1d4f91",
}


@click.command("app", epilog=examples("sightline app", "sightline app --port 8600 --headless"))
@click.option("--port", type=click.IntRange(1, 65535), metavar="N", help="Port. Default: 8501.")
@click.option("--headless", is_flag=True, help="Do not open a browser.")
@options(answers=False)
def command(request: Request, port: int | None, headless: bool) -> None:
    """Open the web app in the browser. It listens on this machine only; Ctrl-C stops it.

    If there is no data yet, the command loads the starter data first.
    """
    archive = request.archive()
    try:
        version = archive.resolve(request.version)
    except NoDataError:
        from ingest.pipeline import ingest

        say("No data yet: loading the starter data.")
        version = ingest(archive).version or ""
    say(f"Opening Sightline on the data in {request.folder}. Press Ctrl-C to stop it.")
    if request.version is not None:
        say(f"Add ?v={version[:12]} to the address to open that version of the data.")
    sys.stdout.flush()
    environ = {**os.environ, "SIGHTLINE_DATA": str(request.folder.absolute())}
    os.execve(sys.executable, server_command(port, headless), environ)  # noqa: S606 - no shell is wanted


def server_command(port: int | None, headless: bool) -> list[str]:
    """Return the command that runs the app.

    The command replaces this process, so that it receives signals and sets the exit code. `-P`
    keeps the current folder off the import path, where a file graph.py would hide the package.
    """
    settings = dict(SETTINGS)
    if port is not None:
        settings["server.port"] = port
    if headless:
        settings["server.headless"] = True
    return [sys.executable, "-P", "-m", "app.parts.server", json.dumps(settings)]
