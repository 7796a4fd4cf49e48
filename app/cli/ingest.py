"""`sightline ingest`: load sources and spreadsheet folders into a new version of the data."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import click

from app.cli.options import Request, examples, options
from app.cli.terminal_page import say
from graph import wording
from graph.errors import SightlineError
from graph.problems import listing
from graph.wording import number_of

if TYPE_CHECKING:
    from graph.dataset import Archive
    from ingest.pipeline import Tolerance
    from ingest.report import Report


#: Table -> singular and plural of its rows.
ROWS = {
    "entities": ("entity", "entities"),
    "sources": ("source", "sources"),
    "claims": ("claim", "claims"),
    "replies": ("reply", "replies"),
}


@click.command(
    "ingest",
    epilog=examples(
        "sightline ingest",
        "sightline ingest my-leads --dry-run",
        "sightline ingest my-leads.xlsx --as leads",
    ),
)
@click.argument("sources", metavar="[SOURCE or PATH]...", nargs=-1)
@click.option("--as", "name", metavar="NAME", help="Name of the set. Default: the folder's name.")
@click.option("--dry-run", is_flag=True, help="Check every row, but write nothing.")
@click.option(
    "--keep-good",
    is_flag=True,
    help="Load the valid rows even if others are rejected; those go to a folder for correction.",
)
@click.option(
    "--force",
    is_flag=True,
    help="Replace a set even if it loses a whole table or most of its claims, or replace a "
    "damaged version even if its other sets are lost.",
)
@options(answers=False, writes=True)
def command(
    request: Request,
    sources: tuple[str, ...],
    name: str | None,
    *,
    dry_run: bool,
    keep_good: bool,
    force: bool,
) -> None:
    """Load sources by name, or spreadsheet folders and .xlsx files, into a new version.

    Without arguments, load the starter data. Loading a set again replaces its rows; all other sets
    stay. If any row breaks a rule, nothing is loaded, and each error is shown with its file, row
    and column.
    """
    from ingest.pipeline import ingest

    archive = request.writable()
    allowed: dict[Tolerance, bool] = {"rejects": keep_good, "losses": force}
    tolerate = {word for word, is_allowed in allowed.items() if is_allowed}
    report = ingest(archive, sources, as_name=name, dry_run=dry_run, tolerate=tolerate)
    for line in ingest_report(report):
        say(line)
    if report.version and report.before:
        for line in score_edit_lines(archive, report.before, report.version):
            say(line)


def score_edit_lines(archive: Archive, before: str, after: str) -> list[str]:
    """Return a line that counts the changes that move scores, if there are any.

    Parameters
    ----------
    archive : Archive
        The archive that holds the versions.
    before, after : str
        Ids of the two versions.
    """
    try:
        moves = Counter(move.edit for move in archive.diff(before, after).moves)
    except SightlineError as error:  # the load itself succeeded
        return [f"The changes that move scores cannot be listed: {error}"]
    if not moves:
        return []
    counts = ", ".join(f"{wording.MOVES[edit].name} ({n:,})" for edit, n in sorted(moves.items()))
    return [f"Changes that move scores: {counts}. `sightline diff {before[:12]}` lists them."]


def ingest_report(report: Report) -> list[str]:
    """Return the lines that report an ingestion."""
    lines = []
    rows = ", ".join(number_of(number, *ROWS[table]) for table, number in report.counts.items())
    verb = "Loaded" if report.version else "Would load"
    lines.append(f"{verb} {', '.join(report.sets)}: {rows}.")
    if report.skipped:
        lines.append(f"Not read, as they are not named like a table: {', '.join(report.skipped)}.")
    if report.problems:
        lines.append(f"{number_of(len(report.problems), 'problem')} to look at:")
        lines.append(listing(report.problems))
    lines += [
        f"Rejected rows are in {folder}. Correct them, then ingest that folder."
        for folder in report.rejects
    ]
    if report.version:
        lines.append(f"Version {report.version[:12]} is the current one.")
    else:
        lines.append("Dry run: nothing was written.")
    return lines
