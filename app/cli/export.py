"""`sightline export`: a picture, a table, or the spreadsheets, in a file."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from app.cli import output, question
from app.cli.entities import entity_of, names_of
from app.cli.options import Request, examples, options
from app.cli.paths import as_document
from app.cli.terminal_page import say
from graph import wording
from graph.errors import StorageError, UsageError
from graph.export import formats, render
from graph.wording import number_of

if TYPE_CHECKING:
    from graph.stores.base import Store

SPREADSHEETS = ("", ".xlsx")


@click.command(
    "export",
    epilog=examples(
        "sightline export safran.svg --from safran --to shanghai-psb",
        "sightline export axis.pdf --around axis-communications --hops 2",
        "sightline export record.xlsx --set starter",
    ),
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--from", "exporter", metavar="X", help="Where the paths begin: an id or a name.")
@click.option("--to", "target", metavar="G", help="Where the paths end: an id or a name.")
@question.filters
@click.option("--around", metavar="ID", help="Instead of paths: all links near an entity.")
@click.option(
    "--hops",
    type=click.IntRange(1, 6),
    metavar="N",
    help="With --around: distance in links.  [default: 1]",
)
@click.option(
    "--set",
    "sets",
    metavar="NAME",
    multiple=True,
    help="Only this set of the data; repeat for several.",
)
@click.option("--force", is_flag=True, help="Overwrite an existing file.")
@options(answers=False)
def command(
    request: Request,
    file: Path,
    exporter: str | None,
    target: str | None,
    around: str | None,
    hops: int | None,
    sets: tuple[str, ...],
    force: bool,
    **asked: Any,
) -> None:
    """Write a file; the suffix of FILE chooses the format.

    .svg, .pdf, .png, .html: a picture of the paths from X to G, or of the links around an entity,
    with evidence, sources and versions. .csv: the evidence as a table. .json: the answer of
    `sightline paths`. .xlsx or a folder: the data as spreadsheets that `sightline ingest` reads.
    """
    file = file.expanduser()
    suffix = "" if file.is_dir() else file.suffix.casefold()
    drawn = (f".{name}" for name in formats())
    if suffix not in (known := (*SPREADSHEETS, ".json", *drawn)):
        choices = ", ".join(sorted(filter(None, known)))
        raise UsageError(f"There is no format {suffix!r}. Choose one of {choices}, or a folder.")
    if suffix in SPREADSHEETS:
        if exporter or target or around or hops:
            raise UsageError(
                "Spreadsheets hold whole sets. Omit --from, --to and --around, or use --set."
            )
        _spreadsheets(request, file, sets, force)
    elif sets:
        raise UsageError("--set applies to spreadsheets only. Omit it, or write .xlsx or a folder.")
    elif around:
        if exporter or target or suffix == ".json" or _are_typed(asked):
            raise UsageError(
                "--around makes a picture or a .csv file of all links near an entity. Omit the "
                "options of paths."
            )
        _around(request, file, force, around, hops or 1)
    elif hops:
        raise UsageError("--hops goes with --around ID. For paths, use --max-hops N.")
    elif not (exporter and target):
        raise UsageError(
            f"A {suffix} file shows the paths between two entities. Give --from X --to G, or "
            "--around ID."
        )
    else:
        _answer(request, file, force, {"exporter": exporter, "target": target, **asked})


def _spreadsheets(request: Request, file: Path, sets: tuple[str, ...], force: bool) -> None:
    from ingest.spreadsheet import write_spreadsheets

    with request.archive().open(request.version) as dataset:
        for written in write_spreadsheets(dataset, file, sets or None, force=force):
            say(f"Wrote {written}")


def _are_typed(options: Iterable[str]) -> bool:
    context = click.get_current_context()
    return any(
        context.get_parameter_source(name) is ParameterSource.COMMANDLINE for name in options
    )


def _refuse_to_overwrite(file: Path, force: bool) -> None:
    if file.exists() and not force:
        raise UsageError(f"{file} already exists. Choose another name, or use --force.")


def _around(request: Request, file: Path, force: bool, center: str, hops: int) -> None:
    from graph.export.scene import Stamp
    from graph.export.scene_from_neighbourhood import scene_around

    _refuse_to_overwrite(file, force)
    within = f"within {number_of(hops, 'hop')} of"
    with request.open() as store:
        entity = entity_of(store, center)
        stamp = Stamp(
            title=f"The links on record {within} {entity.name}",
            data_version=_version(request, store),
            filters=("adjacent links do not form a path: neither dates nor deals are matched",),
        )
        scene = scene_around(store, entity.id, hops, stamp)
    _save(file, render(scene, file.suffix.casefold()[1:]))
    summary = f"Wrote {file}: {number_of(len(scene.cards), 'entity', 'entities')}."
    none = [] if scene.lines else [f"No link {within} {entity.name} is on record."]
    say(" ".join([summary, *none, *scene.left_out]))


def _version(request: Request, store: Store) -> str:
    created = {info.id: info.created.isoformat() for info in request.archive().versions()}
    return wording.version(store.version, created.get(store.version, ""))


def _answer(request: Request, file: Path, force: bool, asked: dict[str, Any]) -> None:
    from graph.export.scene_from_answer import scene_from, stamp_of

    _refuse_to_overwrite(file, force)
    with request.open() as store:
        answered = question.answer_from_command(store, **asked)
        names = names_of(store, {*answered.question.ends})
        paths, leads = answered.answer.paths, answered.answer.leads
        if file.suffix.casefold() == ".json":
            content = output.document_as_json(as_document(store, answered))
        elif not paths and not leads:
            why = question.beside_no_path(store, answered.question, answered.answer.misfits)
            none = f"{wording.none_found(answered.question, names)}."
            say(" ".join([none, *why, "Nothing was written."]))
            return
        else:
            scene = scene_from(store, answered, stamp_of(answered, names, _version(request, store)))
            content = render(scene, file.suffix.casefold()[1:])
    _save(file, content)
    summary = number_of(len(paths), "path")
    summary += f", {number_of(len(leads), 'lead')}" if leads else ""
    say(" ".join([f"Wrote {file}: {summary}.", *wording.left_out(answered.answer.left_out)]))


def _save(file: Path, content: bytes) -> None:
    part = file.with_name(f".{file.name}.part")  # a reader never sees half a file
    try:
        part.write_bytes(content)
        part.replace(file)
    except OSError as error:
        raise StorageError(
            f"{file} cannot be written ({error.strerror}). Choose another place, or make room."
        ) from error
    finally:
        with suppress(OSError):  # an unwritable folder holds no part
            part.unlink(missing_ok=True)
