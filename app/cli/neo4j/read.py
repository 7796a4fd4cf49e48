"""`sightline neo4j read`: read manual edits from the server into the data folder."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from app.cli.ingest import ROWS
from app.cli.neo4j.folder import FOLDER
from app.cli.neo4j.server import connect
from app.cli.options import Request, examples, options
from app.cli.terminal_page import number_of, say
from graph.errors import NoDataError, ServerError

if TYPE_CHECKING:
    from graph.dataset import Archive
    from graph.neo4j_server.connection import Connection
    from graph.neo4j_server.manual_edits import ByHand
    from graph.record.model import AnyRecord

_SHOWN = 20


@click.command("read", epilog=examples("sightline neo4j read", "sightline neo4j read --adopt"))
@click.option(
    "--adopt",
    is_flag=True,
    help="Give entities made by hand an id in the server, so that links to them can be read.",
)
@click.option(
    "--set",
    "name",
    metavar="NAME",
    default="neo4j",
    show_default=True,
    help="Set that what was made by hand belongs to.",
)
@click.option(
    "--let-go",
    is_flag=True,
    help="Take out of the set what is no longer made by hand in this server.",
)
@FOLDER
@options(answers=False, writes=True)
def command(request: Request, folder: Path | None, adopt: bool, name: str, let_go: bool) -> None:
    """Bring what people added in the server into a new version, as a set of its own.

    Entities, sources and claims that were made by hand come as they are. A link that was drawn
    between two entities becomes a claim, where its property `sources` names ids of sources and its
    property `status` says how firmly they say it. What has no source is listed, and stays out of
    the record and of every score until it has one. Into an empty data folder comes all that the
    server holds.
    """
    from graph.neo4j_server import assign_ids as entities
    from graph.neo4j_server import manual_edits, state

    archive = request.writable()
    with connect(request, folder) as connection:
        mark = state.read_load_state(connection)
        if mark is None:
            raise ServerError(
                f"Nothing was loaded into {connection.place} yet. `sightline neo4j load` does it."
            )
        if not mark.complete:
            say(
                "The load of the server is half done: `sightline neo4j load` completes it.",
                err=True,
            )
        try:
            archive.current()
        except NoDataError:
            _whole(connection, archive, mark.version)
        if adopt:
            given = entities.adopt(connection)
            say(f"{number_of(given, 'entity', 'entities')} made by hand got an id.")
        by_people = manual_edits.read_manual_edits(connection, name)
        beside = manual_edits.count_manual_edits(connection)
    if not let_go:
        _refuse_to_lose(archive, by_people, name)
    for line in _take(archive, by_people, request.folder / "made-by-hand" / name):
        say(line)
    say(f"In the server: version {mark.version[:12]} + {beside:,} made by hand.")
    for line in _left(by_people):
        say(line)


def _whole(connection: Connection, archive: Archive, version: str) -> None:
    """Write a version with all that the loader wrote."""
    from graph.neo4j_server.read import records
    from graph.neo4j_server.records import TABLES
    from graph.neo4j_server.schema import NODES

    with archive.writer() as writer:
        for node in NODES:
            if node.label in TABLES:
                writer.add(TABLES[node.label], records(connection, node))
        made = writer.publish(progress=True)
    same = "the same as" if made == version else "not the same, after edits by hand, as"
    say(f"The data folder was empty, and now holds version {made[:12]}, {same} the server's.")


def _refuse_to_lose(archive: Archive, found: ByHand, name: str) -> None:
    """Refuse to replace the set by less: in a new server, what was read before is the loader's."""
    with archive.open() as dataset:
        if name not in dataset.manifest.sets:
            return
        lost = [
            _name(row)
            for table, rows in found.records.items()
            for held in [{_name(kept) for kept in rows}]
            for row in dataset.records(table, name)
            if _name(row) not in held
        ]
    if lost:
        ids = ", ".join(lost[:_SHOWN]) + (" …" if len(lost) > _SHOWN else "")
        raise ServerError(
            f"The set {name} of the record has {number_of(len(lost), 'row')} that this server does "
            f"not hold as made by hand: {ids}. Read into another set with --set NAME, which keeps "
            "both, or say --let-go to take them out; the record is as it was."
        )


def _name(row: AnyRecord) -> str:
    """Return what a row is known by: its id; of a reply, whose it is; of a link, how it is drawn.

    Whoever drew a link may write on it what they like: it is the same one.
    """
    from graph.neo4j_server.manual_edits import UNNAMED
    from graph.record.model import Claim, Reply

    if isinstance(row, Reply):
        return f"{row.party} on {row.claim}"
    if isinstance(row, Claim) and row.id.startswith(UNNAMED):
        return f"({row.subject})-[:{row.relation.upper()}]->({row.object})"
    return row.id


def _take(archive: Archive, found: ByHand, folder: Path) -> Iterator[str]:
    """Judge the rows made by hand like those of any folder, load the good ones, say what became."""
    from graph.neo4j_server.manual_edits import in_words
    from ingest.pipeline import drop, ingest

    name = folder.name
    before = archive.current()
    if not any(found.records.values()):
        with archive.open() as current:
            there = name in current.manifest.sets
        if there:
            drop(archive, name)
            yield f"The set {name} is taken out of the record."
        return
    folder.mkdir(parents=True, exist_ok=True)
    for table, rows in found.records.items():
        _sheet(folder / f"{table}.csv", table, rows)
    report = ingest(archive, [folder], as_name=name, keep_good=True)
    for rejects in report.rejects:
        shutil.rmtree(rejects)  # they stand in the server, and are mended there
    version = archive.current()
    if version == before:
        yield f"The set {name} of the record holds it already: version {version[:12]}."
    else:
        took = ", ".join(number_of(n, *ROWS[table]) for table, n in report.counts.items() if n)
        yield f"The set {name} of the record has {took or 'no row'} now: version {version[:12]}."
        yield "`sightline neo4j load` joins it to what was made by hand."
    for problem in report.problems:
        what = "Look at" if problem.warning else "Left out"
        if problem.row > 1:  # the header is row 1
            row = found.records[Path(problem.file).stem][problem.row - 2]
            yield f"{what}: {_name(row)}: {in_words(problem)}"
        else:
            yield f"{what}: {problem}"


def _sheet(path: Path, table: str, rows: Iterable[AnyRecord]) -> None:
    from graph.validate.layout import LAYOUTS
    from ingest.spreadsheet import as_csv
    from ingest.spreadsheet.cells import text_of

    rows = list(rows)
    fields = list(LAYOUTS[table].types)
    own = sorted({name for row in rows for name in row.properties})
    texts = (
        [text_of(getattr(row, field)) for field in fields]
        + [row.properties.get(name, "") for name in own]
        for row in rows
    )
    as_csv.write_csv(path, [[*fields, *own], *texts])


def _left(found: ByHand) -> Iterator[str]:
    """Return what stays in the server alone, and why."""
    for what, why in (
        (found.unsourced, "Without a source, and kept out of the record and of all scores"),
        (found.nameless, "Without an id or the label Entity; `--adopt` gives them both"),
        (found.unready, "Without something else that a row needs"),
    ):
        if what:
            yield f"{why}: {len(what):,}."
            yield from (f"  {line}" for line in what[:_SHOWN])
            if len(what) > _SHOWN:
                yield f"  … and {len(what) - _SHOWN:,} more"
    if found.beside:
        kinds = ", ".join(f"{number:,} {name}" for name, number in found.beside.items())
        yield f"The record has no place for these, which stay in the server: {kinds}."
