"""`sightline paths`: how a product got from an exporter to a buyer, and who says so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import click
import msgspec

from app.cli import output, question
from app.cli.entities import names_of
from app.cli.options import Request, examples, options
from app.cli.report import PathReport
from app.cli.terminal_page import Page, number_of
from graph import wording
from graph.record import dates

if TYPE_CHECKING:
    from graph.paths.answer import Lead, Path, Step
    from graph.paths.find import AnsweredQuestion
    from graph.stores.base import Store

STEP_COLUMNS = (
    "relation",
    "from_id",
    "to_id",
    "link_id",
    "claim_ids",
    "statuses",
    "valid_from",
    "valid_to",
    "contract",
    "programme",
    "as_of",
    "refuting_ids",
    "product",
    "technology",
    "share",
    "backwards",
)
COLUMNS = ("path", "step", *STEP_COLUMNS, "step_probability", "probability", "certain")


@click.command(
    "paths",
    epilog=examples(
        "sightline paths safran shanghai-psb",
        "sightline paths safran shanghai-psb --on 2016-06-30 --status documented --format json",
    ),
)
@click.argument("exporter", metavar="FROM")
@click.argument("target", metavar="TO")
@question.filters
@options()
def command(request: Request, **asked: Any) -> None:
    """Find the supply paths from an exporter to a buyer or a programme, with their evidence.

    FROM and TO are ids, or names that one entity alone has. FROM may be the company that sold, or
    one of its owners or successors. Where nothing names a programme, the path ends open.
    """
    with request.open() as store:
        found = question.answer_from_command(store, **asked)
        document = as_document(store, found)

        def table(page: Page) -> None:
            report = PathReport(page, store, found.network, found.answer.paths, found.answer.leads)
            _write(report, found, names_of(store, {*found.question.ends}))

        output.write_answer(request.format, document, table, COLUMNS, _rows(document))


def as_document(store: Store, found: AnsweredQuestion) -> output.Document:
    """Return an answered question in the form of the command line's contract."""
    asked = found.question
    return output.Document(
        data_version=store.version,
        weights_version=found.network.graph["weights_version"],
        filters={
            "from": asked.exporter,
            "to": asked.target,
            "max_hops": asked.max_hops,
            "on": date.fromordinal(asked.on).isoformat() if asked.on else None,
            "status": sorted(asked.statuses) if asked.statuses else None,
            "top": found.top,
        },
        total=found.answer.total,
        left_out=found.answer.left_out,
        results=[path_as_json(path) for path in found.answer.paths],
        beside={"leads": leads_as_json(store, found.answer.leads)},
    )


def _rows(document: output.Document) -> Iterator[dict[str, Any]]:
    """Yield the rows of the CSV: one a step."""
    for number, path in enumerate(document.results, start=1):
        for place, step in enumerate(path["steps"], start=1):
            whole = {key: path[key] for key in ("probability", "certain")}
            own = {"path": number, "step": place, "step_probability": step["probability"]}
            yield {**step, **own, **whole}


def _write(report: PathReport, found: AnsweredQuestion, names: Mapping[str, str]) -> None:
    page, asked, answer = report.page, found.question, found.answer
    if answer.total:
        ends = f"{wording.ends_in_words(asked, names)}, {wording.filters_in_words(asked)}"
        page.text(f"{number_of(answer.total, 'supply path')} {ends}", style="bold")
    else:
        page.text(f"{wording.none_found(asked, names)}.")
        page.text(wording.NO_PROOF)
    for place, path in enumerate(answer.paths, start=1):
        page.gap()
        if answer.total > 1:
            page.text(f"Path {place} of {answer.total:,}", style="bold")
            page.gap()
        report.path(path)
    report.said_of_leads()
    if report.has_links:
        page.heading("Evidence")
        report.evidence()
    meaning = [wording.SCORE] if answer.paths else []
    whole = wording.nothing_left_out(asked.max_hops)
    left_out = wording.left_out(answer.left_out) or [whole]
    report.foot([*meaning, " ".join(left_out)])


def path_as_json(path: Path) -> dict[str, Any]:
    """Return a path in the fields of the command line's contract, and a few more."""
    fields = msgspec.structs.asdict(path)
    fields["steps"] = [_step_as_json(step) for step in path.steps]
    fields["supplied"] = [_iso(path.supplied.first), _iso(path.supplied.last)]
    fields["open_end"] = path.open_end
    return fields


def _step_as_json(step: Step) -> dict[str, Any]:
    fields = msgspec.structs.asdict(step)
    return {name: fields[name] for name in (*STEP_COLUMNS, "probability")}


def leads_as_json(store: Store, leads: Sequence[Lead]) -> list[dict[str, Any]]:
    """Return leads as JSON has them, each with its sentence."""
    names = names_of(store, {id_ for lead in leads for id_ in lead.entities})
    return [
        {**msgspec.structs.asdict(lead), "text": wording.lead_sentence(lead, names)}
        for lead in leads
    ]


def _iso(day: int) -> str | None:
    return None if day in (dates.EARLIEST, dates.LATEST) else date.fromordinal(day).isoformat()
