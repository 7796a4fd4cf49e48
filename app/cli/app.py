"""`sightline app`: the web app, on this machine alone."""

from __future__ import annotations

import os
import sys
from importlib import resources

import click

from app.cli.options import Request, examples, options
from app.cli.terminal_page import say
from graph.errors import NoDataError

#: Streamlit would listen on all interfaces, ask for an e-mail address and report on its users; a
#: config.toml that says otherwise is found in the current folder alone.
FLAGS = {
    "server.address": "127.0.0.1",
    "server.showEmailPrompt": "false",
    "server.fileWatcherType": "none",
    "browser.gatherUsageStats": "false",
    "client.toolbarMode": "minimal",  # no buttons for who develops or deploys the app
    "theme.base": "light",  # the pictures are made for paper
    "theme.primaryColor": "#1d4f91",
}


@click.command("app", epilog=examples("sightline app", "sightline app --port 8600 --headless"))
@click.option("--port", type=click.IntRange(1, 65535), metavar="N", help="Port. Default: 8501.")
@click.option("--headless", is_flag=True, help="Do not open a browser.")
@options(answers=False)
def command(request: Request, port: int | None, headless: bool) -> None:
    """Open the web app in the browser. It listens on this machine alone; Ctrl-C ends it.

    Where there is no data yet, the starter data is loaded first.
    """
    archive = request.archive()
    try:
        version = archive.resolve(request.version)
    except NoDataError:
        from ingest.pipeline import ingest

        say("There is no data yet: loading the starter data.")
        version = ingest(archive).version or ""
    say(f"Opening Sightline on the data in {request.folder}. Ctrl-C ends it.")
    if request.version is not None:
        say(f"Add ?v={version[:12]} to its address, for that version of the data.")
    sys.stdout.flush()
    environ = {**os.environ, "SIGHTLINE_DATA": str(request.folder.absolute())}
    os.execve(sys.executable, streamlit(port, headless), environ)  # noqa: S606 - no shell is wanted


def streamlit(port: int | None, headless: bool) -> list[str]:
    """Return the command that runs the app.

    This process becomes it, so that a signal reaches it and its exit code is ours. `-P` keeps the
    current folder off the import path, where a file graph.py would hide the package.
    """
    flags = dict(FLAGS)
    if port is not None:
        flags["server.port"] = str(port)
    if headless:
        flags["server.headless"] = "true"
    main = str(resources.files("app") / "main.py")
    run = [sys.executable, "-P", "-m", "streamlit", "run", main]
    return [*run, *(f"--{name}={value}" for name, value in flags.items())]
