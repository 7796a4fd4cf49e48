"""`sightline explain`: what a score rests on, and what would change it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import msgspec

from app.cli import output, question
from app.cli.exposure import band
from app.cli.options import Request, examples, options
from app.cli.page import Page
from app.cli.paths import as_json, leads_as_json
from app.cli.report import Report
from graph import wording
from graph.vocabulary import ReplyKind

if TYPE_CHECKING:
    from graph.exposure.changes import Change
    from graph.exposure.explain import Explanation
    from graph.model import Entity, Source
    from graph.network import Link

#: Changes that are spelled out.
MOST_CHANGES = 8

COLUMNS = (
    "contribution",
    "adds",
    "probability",
    "certain",
    "nodes",
    "links",
    "exporter",
    "target",
    "score",
)


@click.command("explain", epilog=examples("sightline explain safran shanghai-psb"))
@click.argument("exporter", metavar="FROM")
@click.argument("target", metavar="TO")
@question.max_hops
@click.option(
    "--top",
    type=click.IntRange(min=1),
    metavar="K",
    default=10,
    show_default=True,
    help="Most paths spelled out; what the others add is said together.",
)
@question.weights
@options()
def command(
    request: Request, exporter: str, target: str, max_hops: int, top: int, weights: Path | None
) -> None:
    """Say what a score rests on: paths, root sources, replies, caveats, leads.

    FROM and TO are ids, or names that one entity alone has. In CSV: a row a path.
    """
    from graph.exposure.changes import changes
    from graph.exposure.explain import explain
    from graph.exposure.weights import load
    from graph.network import links

    with request.open() as store:
        ends = question.ends_of(store, exporter, target)
        first, last = (end.id for end in ends)
        network = question.network_of(store, [first], [last], max_hops, weights)
        found = explain(network, first, last, max_hops=max_hops, top=top, progress=True)
        paths = [one.path for one in found.contributions]
        more = found.score.paths - len(paths)
        replies = store.replies(found.claim_ids)
        unanswered = [
            claim
            for claim in found.claim_ids
            if all(reply.kind is ReplyKind.NONE_READABLE for reply in replies[claim])
        ]
        moving = changes(
            network,
            first,
            last,
            unanswered=unanswered,
            max_hops=max_hops,
            weights=load(weights),
        )
        result = _as_json(found) | {
            "changes": [msgspec.to_builtins(one) for one in moving],
            "replies": [
                msgspec.to_builtins(one) for claim in found.claim_ids for one in replies[claim]
            ],
        }
        answer = output.Document(
            data_version=store.version,
            weights_version=network.graph["weights_version"],
            filters={"from": first, "to": last, "max_hops": max_hops, "top": top},
            total=1,
            left_out={"top": more} if more else {},
            results=[result],
            beside={"leads": leads_as_json(store, found.leads)},
        )

        def table(page: Page) -> None:
            roots = store.sources({one.origin for one in found.origins})
            report = Report(page, store, network, paths, found.leads)
            _write(report, found, ends, roots, links(network), moving)
            more = wording.left_out({"top": found.score.paths - len(found.contributions)})
            report.foot(more or [wording.nothing_left_out(max_hops)])

        score = {key: result[key] for key in ("exporter", "target", "score")}
        rows = [
            {
                **score,
                "contribution": number,
                "adds": one.adds,
                "probability": one.path.probability,
                "certain": one.path.certain,
                "nodes": one.path.nodes,
                "links": [step.link_id for step in one.path.steps],
            }
            for number, one in enumerate(found.contributions, start=1)
        ]
        output.write(request.format, answer, table, COLUMNS, rows)


def _as_json(found: Explanation) -> dict[str, Any]:
    """Return an explanation with the fields of its score on top."""
    fields = msgspec.structs.asdict(found)
    score = msgspec.structs.asdict(fields.pop("score"))
    del fields["leads"]
    fields["contributions"] = [
        {"adds": one.adds, "path": as_json(one.path)} for one in found.contributions
    ]
    return score | {("root_sources" if key == "origins" else key): fields[key] for key in fields}


def _write(
    report: Report,
    found: Explanation,
    ends: tuple[Entity, Entity],
    roots: Mapping[str, Source],
    links: Mapping[str, Link],
    moving: Sequence[Change],
) -> None:
    page = report.page
    first, last = (end.name for end in ends)
    score = found.score
    page.text(f"What the record establishes of {first} and {last}", style="bold")
    page.gap()
    if found.contributions:
        number = wording.percent(score.score)
        page.text(
            f"Score {number}, band {band(score)}; certain {wording.percent(score.certain)}. "
            f"Paths: {score.paths:,}. Root sources: {score.origins:,}. "
            + wording.method(score.method, score.error)
        )
        page.gap()
        for sentence in (wording.SCORE, wording.BAND, wording.CERTAIN):
            page.text(sentence)
        _contributions(report, found)
        _rests_on(page, found, roots)
        _changes(report, moving, links)
        _caveats(report, found, links)
    else:
        page.text(f"No score: {wording.NO_PATH} {wording.NO_PROOF}")
    report.said_of_leads()
    if report.has_links:
        page.heading("Evidence")
        report.evidence()


def _contributions(report: Report, found: Explanation) -> None:
    page = report.page
    page.heading("What adds to it")
    for number, one in enumerate(found.contributions, start=1):
        page.gap()
        page.text(f"Path {number} adds {wording.percent(one.adds)}", style="bold")
        page.gap()
        report.path(one.path)
    if found.rest:
        page.gap()
        page.text(f"All other paths together add {wording.percent(found.rest)}.")


def _rests_on(page: Page, found: Explanation, roots: Mapping[str, Source]) -> None:
    def line(origin: str) -> str:
        return wording.source_line(roots[origin]) if origin in roots else origin

    page.heading("What it rests on")
    page.gap()
    if found.failing_sets and len(found.failing_sets[0]) == 1:
        needed = len(found.failing_sets)
        page.text(
            f"It {wording.ONE_SOURCE}: without it, no path is left."
            if needed == 1
            else f"Each of these {needed} sources is needed: without any one, no path is left."
        )
    elif found.failing_sets:
        size = len(found.failing_sets[0])
        page.text(f"Without any of these sets of {size} root sources, no path is left.")
    else:
        page.text("Paths are left whichever three root sources are taken away.")
    for chosen in found.failing_sets:
        page.text(" + ".join(map(line, chosen)), indent="  - ")
    page.gap()
    page.table(
        ("without it", "loss", "root source"),
        [
            (wording.percent(one.score_without), _loss(one.loss), line(one.origin))
            for one in found.origins
        ],
        right=(0, 1),
    )


def _loss(loss: float) -> str:
    """A source that only refutes has a negative loss: the score would rise."""
    return f"+{wording.percent(-loss)}" if loss < 0 else f"-{wording.percent(loss)}"


def _changes(report: Report, moving: Sequence[Change], links: Mapping[str, Link]) -> None:
    page = report.page
    page.heading("What would move it most")
    page.gap()
    page.table(
        ("between", "what the record lacks"),
        [
            (
                f"{wording.percent(one.low)} and {wording.percent(one.high)}",
                wording.change(one, links[one.link_id], report.names),
            )
            for one in moving[:MOST_CHANGES]
        ],
    )
    if len(moving) > MOST_CHANGES:
        page.text(f"{len(moving) - MOST_CHANGES:,} more would move it less.")


def _caveats(report: Report, found: Explanation, links: Mapping[str, Link]) -> None:
    caveats = []
    if found.by_succession:
        caveats.append(wording.SUCCESSION)
    if found.alleged:
        caveats.append(f"Links that are only alleged: {found.alleged:,}.")
    if found.undated:
        caveats.append(f"Links without a date: {found.undated:,}.")
    if found.disputed:
        caveats.append(f"Links that are disputed, denied or refuted: {found.disputed:,}.")
    for link in (links[id_] for id_ in found.shares):
        tail, head = (wording.named(end, report.names) for end in (link.tail, link.head))
        share = "an unknown share" if link.share is None else f"{link.share:g} %"
        caveats.append(f"{tail} holds {share} of {head}, {link.when}.")
    report.page.heading("Caveats")
    report.page.gap()
    for caveat in caveats or ["None that the record knows of."]:
        report.page.text(caveat, indent="  - ")
