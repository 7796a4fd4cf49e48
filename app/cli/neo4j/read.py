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
from app.cli.terminal_page import say
from graph.errors import NoDataError, ServerError
from graph.wording import number_of

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
    help="Give manually added entities an id in the server, so that links to them can be read.",
)
@click.option(
    "--set",
    "name",
    metavar="NAME",
    default="neo4j",
    show_default=True,
    help="Set for the manual additions.",
)
@click.option(
    "--let-go",
    is_flag=True,
    help="Remove rows from the set that this server no longer holds as manual additions.",
)
@FOLDER
@options(answers=False, writes=True)
def command(request: Request, folder: Path | None, adopt: bool, name: str, let_go: bool) -> None:
    """Read what people added in the server into a new version, as a set of its own.

    Added entities, sources and claims become records. A link between two entities becomes a claim
    if its property `sources` names ids of sources and its property `status` gives their status.
    Additions without a source are listed, and stay out of the record and of all scores until they
    have one. If the data folder is empty, the whole record of the server is read as well.
    """
    from graph.neo4j_server import assign_ids as entities
    from graph.neo4j_server import manual_edits, state

    archive = request.writable()
    with connect(request, folder) as connection:
        mark = state.read_load_state(connection)
        if mark is None:
            raise ServerError(
                f"Nothing was loaded into {connection.place} yet. Run `sightline neo4j load`."
            )
        if not mark.complete:
            say(
                "The load of the server is incomplete: `sightline neo4j load` completes it.",
                err=True,
            )
        try:
            archive.current()
        except NoDataError:
            _whole(connection, archive, mark.version)
        if adopt:
            adopted = entities.adopt(connection)
            say(f"{number_of(adopted, 'added entity', 'added entities')} received an id.")
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
    """Write a version with everything that the loader wrote."""
    from graph.neo4j_server.read import records
    from graph.neo4j_server.records import TABLES
    from graph.neo4j_server.schema import NODES

    with archive.writer() as writer:
        for node in NODES:
            if node.label in TABLES:
                writer.add(TABLES[node.label], records(connection, node, _say_left_out))
        published = writer.publish(progress=True)
    same = "the same as" if published == version else "which differs, after manual edits, from"
    say(f"The data folder was empty. It now holds version {published[:12]}, {same} the server's.")


def _say_left_out(sentence: str) -> None:
    say(sentence, err=True)


def _refuse_to_lose(archive: Archive, additions: ByHand, name: str) -> None:
    """Refuse to replace the set by fewer rows: a new server may hold them as the loader's."""
    with archive.open() as dataset:
        if name not in dataset.manifest.sets:
            return
        lost = [
            _name(row)
            for table, rows in additions.records.items()
            for names in [{_name(row) for row in rows}]
            for row in dataset.records(table, name)
            if _name(row) not in names
        ]
    if lost:
        ids = ", ".join(lost[:_SHOWN]) + (" …" if len(lost) > _SHOWN else "")
        raise ServerError(
            f"The set {name} of the record has {number_of(len(lost), 'row')} that this server does "
            f"not hold as made by hand: {ids}. Use --set NAME to read into another set and keep "
            "both, or --let-go to remove them. The record is unchanged."
        )


def _name(row: AnyRecord) -> str:
    """Return the name of a row: its id; for a reply, party and claim; for a link, its ends.

    The id of a drawn link depends on its properties, which may change.
    """
    from graph.neo4j_server.manual_records import UNNAMED
    from graph.record.model import Claim, Reply

    if isinstance(row, Reply):
        return f"{row.party} on {row.claim}"
    if isinstance(row, Claim) and row.id.startswith(UNNAMED):
        return f"({row.subject})-[:{row.relation.upper()}]->({row.object})"
    return row.id


def _take(archive: Archive, additions: ByHand, folder: Path) -> Iterator[str]:
    """Ingest the manual additions like the rows of any folder, and report the result."""
    from graph.neo4j_server.manual_edits import in_words
    from ingest.pipeline import drop, ingest

    name = folder.name
    before = archive.current()
    if not any(additions.records.values()):
        with archive.open() as current:
            exists = name in current.manifest.sets
        if exists:
            drop(archive, name)
            yield f"The set {name} is removed from the record."
        return
    folder.mkdir(parents=True, exist_ok=True)
    for table, rows in additions.records.items():
        _sheet(folder / f"{table}.csv", table, rows)
    report = ingest(archive, [folder], as_name=name, tolerate={"rejects", "losses"})
    for rejects in report.rejects:
        shutil.rmtree(rejects)  # the server holds them; people correct them there
    version = archive.current()
    if version == before:
        yield f"The set {name} of the record holds them already: version {version[:12]}."
    else:
        counts = ", ".join(number_of(n, *ROWS[table]) for table, n in report.counts.items() if n)
        yield f"The set {name} of the record now has {counts or 'no row'}: version {version[:12]}."
        yield "`sightline neo4j load` joins its rows to the manual additions."
    for problem in report.problems:
        outcome = "Check" if problem.warning else "Left out"
        if problem.row > 1:  # the header is row 1
            row = additions.records[Path(problem.file).stem][problem.row - 2]
            yield f"{outcome}: {_name(row)}: {in_words(problem)}"
        else:
            yield f"{outcome}: {problem}"


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


def _left(additions: ByHand) -> Iterator[str]:
    """Yield the lines about additions that stay in the server, with the reasons."""
    for names, reason in (
        (additions.unsourced, "Without a source, so kept out of the record and of all scores"),
        (additions.nameless, "Without an id or the label Entity; --adopt adds both"),
        (additions.unready, "With another error"),
    ):
        if names:
            yield f"{reason}: {len(names):,}."
            yield from (f"  {line}" for line in names[:_SHOWN])
            if len(names) > _SHOWN:
                yield f"  … and {len(names) - _SHOWN:,} more"
    if additions.beside:
        kinds = ", ".join(f"{number:,} {name}" for name, number in additions.beside.items())
        yield f"The record has no place for these; they stay in the server: {kinds}."
