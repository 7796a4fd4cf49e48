"""`sightline paths`: how a product got from an exporter to a buyer, and who says so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path as File
from typing import TYPE_CHECKING, Any

import click
import msgspec

from app.cli import output, question
from app.cli.entities import entity_of, names_of
from app.cli.options import Request, examples, options
from app.cli.page import Page
from app.cli.report import Report
from graph import dates, wording

if TYPE_CHECKING:
    from graph.model import Entity
    from graph.paths import Answer, Lead, Path
    from graph.stores.base import Store
    from graph.vocabulary import Status

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
@question.max_hops
@question.on
@question.statuses
@click.option(
    "--top",
    type=click.IntRange(min=1),
    metavar="K",
    default=10,
    show_default=True,
    help="Most paths shown, best first; the others are counted.",
)
@question.weights
@options()
def command(
    request: Request,
    exporter: str,
    target: str,
    max_hops: int,
    on: date | None,
    statuses: frozenset[Status] | None,
    top: int,
    weights: File | None,
) -> None:
    """Find the supply paths from an exporter to a buyer or a programme, with their evidence.

    FROM and TO are ids, or names that one entity alone has. FROM may be the company that sold, or
    one of its owners or successors. Where nothing names a programme, the path ends open.
    """
    from graph.paths import supply_paths

    with request.open() as store:
        ends = entity_of(store, exporter), entity_of(store, target)
        first, last = (end.id for end in ends)
        network = question.network_of(store, [first], [last], max_hops, weights)
        day = on.toordinal() if on else None
        answer = supply_paths(
            network, first, last, max_hops=max_hops, on=day, statuses=statuses, top=top
        )
        found = output.Answer(
            data_version=store.version,
            weights_version=network.graph["weights_version"],
            filters={
                "from": first,
                "to": last,
                "max_hops": max_hops,
                "on": on.isoformat() if on else None,
                "status": sorted(statuses) if statuses else None,
                "top": top,
            },
            total=answer.total,
            left_out=answer.left_out,
            results=[as_json(path) for path in answer.paths],
            beside={"leads": leads_as_json(store, answer.leads)},
        )

        def table(page: Page) -> None:
            _write(Report(page, store, network, answer.paths, answer.leads), answer, ends, found)

        rows = [
            {
                **dict(step, step_probability=step["probability"]),
                **{key: path[key] for key in ("probability", "certain")},
                "path": number,
                "step": place,
            }
            for number, path in enumerate(found.results, start=1)
            for place, step in enumerate(path["steps"], start=1)
        ]
        output.write(request.format, found, table, COLUMNS, rows)


def _write(
    report: Report, answer: Answer, ends: tuple[Entity, Entity], found: output.Answer
) -> None:
    page = report.page
    first, last = (end.name for end in ends)
    asked = _asked(found.filters)
    if answer.total:
        number = "1 supply path" if answer.total == 1 else f"{answer.total:,} supply paths"
        page.text(f"{number} from {first} to {last}{asked}", style="bold")
    else:
        page.text(f"No supply path from {first} to {last}{asked}: no path is on record.")
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
    left_out = wording.left_out(answer.left_out) or ["Nothing was left out."]
    report.foot([*meaning, " ".join(left_out)])


def _asked(filters: Mapping[str, Any]) -> str:
    asked = [f"of at most {filters['max_hops']} links"]
    asked += [f"on {filters['on']}"] if filters["on"] else []
    asked += [f"by claims that are {' or '.join(filters['status'])}"] if filters["status"] else []
    return f", {', '.join(asked)}"


def as_json(path: Path) -> dict[str, Any]:
    """Return a path in the fields of the command line's contract, and a few more."""
    fields = msgspec.structs.asdict(path)
    fields["steps"] = [msgspec.structs.asdict(step) for step in path.steps]
    fields["supplied"] = [_iso(path.supplied.first), _iso(path.supplied.last)]
    fields["open_end"] = path.open_end
    return fields


def leads_as_json(store: Store, leads: Sequence[Lead]) -> list[dict[str, Any]]:
    """Return leads as JSON has them, each with its sentence."""
    names = names_of(store, {id_ for lead in leads for id_ in (lead.buyer, lead.programme)})
    return [
        {**msgspec.structs.asdict(lead), "text": wording.lead_sentence(lead, names)}
        for lead in leads
    ]


def _iso(day: int) -> str | None:
    return None if day in (dates.EARLIEST, dates.LATEST) else date.fromordinal(day).isoformat()
