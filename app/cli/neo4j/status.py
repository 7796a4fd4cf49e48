"""`sightline neo4j status`: what the server holds."""

from __future__ import annotations

from pathlib import Path

import click

from app.cli import output
from app.cli.neo4j.folder import FOLDER
from app.cli.neo4j.server import connect
from app.cli.options import Request, examples, options
from app.cli.terminal_page import Page
from graph.errors import NoDataError, VersionError

COLUMNS = ("what", "number")
#: Differences that the page shows.
_SHOWN = 20


@click.command("status", epilog=examples("sightline neo4j status"))
@FOLDER
@options()
def command(request: Request, folder: Path | None) -> None:
    """Show which version the server holds, how it differs from it, and what was added."""
    from graph.neo4j_server.differences import Differences, known_differences
    from graph.neo4j_server.state import NOTES
    from graph.neo4j_server.status import status

    differences: Differences | None = None
    with connect(request, folder) as connection:
        server, place = status(connection), str(connection.place)
        mark = server.mark
        if mark and mark.complete:
            try:
                with request.archive().open(mark.version) as dataset:
                    notes = request.folder / NOTES
                    differences = known_differences(connection, dataset, notes)
            except VersionError:
                pass  # the page says that the version is not in the data folder
    try:
        current = request.archive().resolve(request.version)
    except NoDataError:
        current = ""
    results = [{"what": name, "number": number} for name, number in server.counts.items()]

    def table(page: Page) -> None:
        page.text(f"Neo4j {server.release} at {place}.")
        if mark is None:
            page.text("Nothing was loaded yet. Run `sightline neo4j load`.")
            return
        added = f" + {server.by_hand:,} made by hand" if server.by_hand else ""
        page.text(f"It holds version {mark.version[:12]}{added}. Sets: {', '.join(mark.set)}.")
        if not mark.complete:
            page.text("The load is incomplete: `sightline neo4j load` completes it.")
        elif mark.version != current and current:
            page.text(
                f"The data folder has version {current[:12]}: `sightline neo4j load` loads it."
            )
        if differences:
            _differences(page, differences.lines())
        elif mark.complete:
            page.text("The data folder does not hold that version, so it was not compared.")
        if server.vanished:
            page.text(f"Rows that left the record, kept for manual additions: {server.vanished:,}.")
        page.gap()
        rows = [(name, f"{number:,}") for name, number in server.counts.items()]
        page.table(("what", "number"), rows, right=[1])

    output.write_answer(
        request.format,
        output.Document(
            data_version=mark.version if mark else None,
            total=len(results),
            results=results,
            beside={
                "release": server.release,
                "state": mark.state if mark else None,
                "sets": list(mark.set) if mark else [],
                "by_hand": server.by_hand,
                "differences": differences.lines() if differences else None,
                "vanished": server.vanished,
            },
        ),
        table,
        COLUMNS,
    )


def _differences(page: Page, lines: list[str]) -> None:
    """Write what differs from the version."""
    if not lines:
        page.text("Every row is as it was loaded.")
        return
    page.text(f"Rows that differ from the version: {len(lines):,}.")
    for line in lines[:_SHOWN]:
        page.text(f"  {line}")
    if len(lines) > _SHOWN:
        page.text(f"  … and {len(lines) - _SHOWN:,} more; --format json has them all.")
    page.text("`sightline neo4j load --force` restores the version.")
