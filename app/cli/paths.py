"""`sightline paths`: supply paths from an exporter to a buyer, with their evidence."""

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
from app.cli.terminal_page import Page
from graph import wording
from graph.record import dates
from graph.wording import number_of

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

    FROM and TO are ids, or names that only one entity has. FROM may be the seller, one of its
    owners or one of its successors. If no claim names a programme, the path has an open end.
    """
    with request.open() as store:
        answered = question.answer_from_command(store, **asked)
        document = as_document(store, answered)

        def table(page: Page) -> None:
            report = PathReport(
                page, store, answered.network, answered.answer.paths, answered.answer.leads
            )
            names = names_of(store, {*answered.question.ends})
            _write(report, answered, names, document.notices)

        output.write_answer(request.format, document, table, COLUMNS, _rows(document))


def as_document(store: Store, answered: AnsweredQuestion) -> output.Document:
    """Return an answered question as the document of the JSON contract."""
    asked = answered.question
    return output.Document(
        data_version=store.version,
        weights_version=answered.network.graph["weights_version"],
        filters={
            "from": asked.exporter,
            "to": asked.target,
            "max_hops": asked.max_hops,
            "on": date.fromordinal(asked.on).isoformat() if asked.on else None,
            "status": sorted(asked.statuses) if asked.statuses else None,
            "top": answered.top,
        },
        total=answered.answer.total,
        left_out=answered.answer.left_out,
        notices=[]
        if answered.answer.total
        else question.beside_no_path(store, asked, answered.answer.misfits),
        results=[path_as_json(path) for path in answered.answer.paths],
        beside={"leads": leads_as_json(store, answered.answer.leads)},
    )


def _rows(document: output.Document) -> Iterator[dict[str, Any]]:
    """Yield the rows of the CSV: one per step."""
    for number, path in enumerate(document.results, start=1):
        for place, step in enumerate(path["steps"], start=1):
            whole = {key: path[key] for key in ("probability", "certain")}
            own = {"path": number, "step": place, "step_probability": step["probability"]}
            yield {**step, **own, **whole}


def _write(
    report: PathReport,
    answered: AnsweredQuestion,
    names: Mapping[str, str],
    notices: Sequence[str],
) -> None:
    page, asked, answer = report.page, answered.question, answered.answer
    if answer.total:
        ends = f"{wording.ends_in_words(asked, names)}, {wording.filters_in_words(asked)}"
        page.text(f"{number_of(answer.total, 'supply path')} {ends}", style="bold")
    else:
        page.text(f"{wording.none_found(asked, names)}.")
        for sentence in notices:
            page.text(sentence)
        page.text(wording.NO_PROOF)
    for place, path in enumerate(answer.paths, start=1):
        page.gap()
        if answer.total > 1:
            page.text(f"Path {place} of {answer.total:,}", style="bold")
            page.gap()
        report.path(path)
    report.write_leads()
    if report.has_links:
        page.heading("Evidence")
        report.evidence()
    meaning = [wording.SCORE] if answer.paths else []
    left_out = wording.left_out(answer.left_out)
    whole = wording.longer if left_out else wording.nothing_left_out
    left_out.append(whole(asked.max_hops))
    report.foot([*meaning, " ".join(left_out)])


def path_as_json(path: Path) -> dict[str, Any]:
    """Return a path with the fields of the JSON contract, and a few more."""
    fields = msgspec.structs.asdict(path)
    fields["steps"] = [_step_as_json(step) for step in path.steps]
    fields["supplied"] = [_iso(path.supplied.first), _iso(path.supplied.last)]
    fields["open_end"] = path.open_end
    return fields


def _step_as_json(step: Step) -> dict[str, Any]:
    fields = msgspec.structs.asdict(step)
    return {name: fields[name] for name in (*STEP_COLUMNS, "probability")}


def leads_as_json(store: Store, leads: Sequence[Lead]) -> list[dict[str, Any]]:
    """Return leads for JSON, each with its sentence."""
    names = names_of(store, {id_ for lead in leads for id_ in lead.entities})
    return [
        {**msgspec.structs.asdict(lead), "text": wording.lead_sentence(lead, names)}
        for lead in leads
    ]


def _iso(day: int) -> str | None:
    return None if day in (dates.EARLIEST, dates.LATEST) else date.fromordinal(day).isoformat()
