"""`sightline neo4j start`: a server on this machine."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal

import click

from app.cli.neo4j.folder import FOLDER, server_folder
from app.cli.options import Request, examples, options
from app.cli.terminal_page import say

_PORT = click.IntRange(1, 65535)


def _memory(ctx: click.Context, param: click.Parameter, value: str) -> str:
    if not re.fullmatch(r"[1-9]\d*[mg]", value.lower()):
        raise click.BadParameter(f"{value!r} is not a size; write it as 512m or 4g.", ctx, param)
    return value.lower()


@click.command("start", epilog=examples("sightline neo4j start", "sightline neo4j load"))
@click.option(
    "--release",
    type=click.Choice(["5.26", "current"]),
    default="5.26",
    show_default=True,
    help="5.26 has long-term support. The current one needs Java 21; 5.26 cannot read its data.",
)
@click.option(
    "--engine",
    type=click.Choice(["docker", "java"]),
    help="What the server runs in. Default: Docker if it answers, else Java and Maven.",
)
@click.option(
    "--port", type=_PORT, metavar="N", default=7687, show_default=True, help="Port for Bolt."
)
@click.option(
    "--browser-port",
    type=_PORT,
    metavar="N",
    default=7474,
    show_default=True,
    help="Port for Browser.",
)
@click.option(
    "--memory",
    metavar="SIZE",
    callback=_memory,
    default="1g",
    show_default=True,
    help="Size of the heap; a large record needs 4g.",
)
@FOLDER
@options(answers=False)
def command(
    request: Request,
    folder: Path | None,
    release: str,
    engine: Literal["docker", "java"] | None,
    port: int,
    browser_port: int,
    memory: str,
) -> None:
    """Start a Neo4j server on this machine, unless it runs already.

    The server listens on 127.0.0.1 only and keeps its data in a folder. At the first start, the
    password is NEO4J_PASSWORD or, if that is not set, a generated one. It is stored in a file that
    only you can read; the other commands find it there. The first start on Java downloads Neo4j,
    about 140 MB.
    """
    from graph import settings
    from graph.neo4j_server.local import run
    from graph.neo4j_server.local.release import RELEASES

    home, environment = server_folder(request, folder), settings.read_settings()
    state = run.start(
        home,
        RELEASES[release],
        run.Setup(port, browser_port, engine, memory, environment.neo4j_password),
        say=lambda words: say(words, err=True),
    )
    say(f"Neo4j {state.version} runs, reachable from this machine only. Data: {home.folder}.")
    click.echo(f"  Browser   {state.browser}")
    click.echo(f"  Bolt      {state.uri}")
    click.echo("  User      neo4j")
    click.echo(f"  Password  in the file {home.password_file}")
    if environment.neo4j_uri:
        say("NEO4J_URI is set, so the other commands use that server. Unset it to use this one.")
    elif folder is not None:
        say(f"Set SIGHTLINE_NEO4J={home.folder} for the other commands.")
    else:
        say("Next: `sightline neo4j load`. `sightline neo4j stop` stops the server.")
