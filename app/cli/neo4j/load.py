"""`sightline neo4j load`: a version of the data into the server."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import click

from app.cli.neo4j.server import connect
from app.cli.options import Request, examples, options
from app.cli.page import counted, say

if TYPE_CHECKING:
    from graph.server.connection import Connection
    from graph.server.load import Loaded

#: Lines of a kind that are shown.
_SHOWN = 20
#: What this machine remembers of its loads, in the data folder.
NOTES = "neo4j-loads.json"


@click.command("load", epilog=examples("sightline neo4j load", "sightline neo4j load --force"))
@click.option("--force", is_flag=True, help="Overwrite what was edited by hand in the record.")
@click.option(
    "--into-existing",
    is_flag=True,
    help="Load into a database that holds other nodes of the same labels.",
)
@options(answers=False)
def command(request: Request, force: bool, into_existing: bool) -> None:
    """Load the whole record into the server, for Cypher, Browser and Bloom.

    It may be said again at any time: what is there stays, what is missing comes, what left the
    record is taken out. A load that was cut off goes on from there. What people added by hand is
    never touched; what they edited in the record's own properties is told, and left as it is
    without --force.
    """
    from graph.server.load import load

    with connect(request) as connection, request.archive().open(request.version) as dataset:
        loaded = load(
            connection,
            dataset,
            force=force,
            into_existing=into_existing,
            notes=request.folder / NOTES,
        )
        for line in said(connection, loaded, force=force):
            say(line)


def said(connection: Connection, loaded: Loaded, *, force: bool) -> Iterator[str]:
    """Return what a load did, a line each."""
    version = f"version {loaded.version[:12]}"
    if not loaded.counts:
        yield f"{connection.place} holds {version} already, and nothing was written to it since."
        return
    rows = counted(sum(loaded.counts.values()), "row")
    yield f"{connection.place} now holds {version}: {rows}, {loaded.written:,} of them written."
    if loaded.removed:
        yield f"Taken out, because they left the record: {counted(loaded.removed, 'row')}."
    if loaded.kept:
        yield f"Kept as :Vanished, for what hangs on them: {counted(len(loaded.kept), 'row')}."
        yield from _some(loaded.kept)
    if loaded.by_hand:
        yield f"Joined to what was made by hand: {counted(loaded.by_hand, 'row')}."
    if loaded.edited:
        rows = counted(len(loaded.edited), "row")
        done = "overwritten" if force else "left so; --force overwrites"
        yield f"Edited by hand, and {done}: {rows}."
        yield from _some(map(str, loaded.edited))


def _some(lines: Iterable[str]) -> Iterator[str]:
    found = list(lines)
    yield from (f"  {line}" for line in found[:_SHOWN])
    if len(found) > _SHOWN:
        yield f"  … and {len(found) - _SHOWN:,} more"
