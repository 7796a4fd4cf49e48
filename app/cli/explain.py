"""`sightline explain`: what a score rests on, and what would change it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import msgspec

from app.cli import output, question
from app.cli.entities import names_of
from app.cli.exposure import band
from app.cli.options import Request, examples, options
from app.cli.paths import leads_as_json, path_as_json
from app.cli.report import PathReport
from app.cli.terminal_page import Page
from graph import wording
from graph.paths.question import Question

if TYPE_CHECKING:
    from graph.exposure.explain import Explanation
    from graph.exposure.what_if import WhatIf
    from graph.network.build import Link
    from graph.record.model import Entity, Source

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
    "low",
    "high",
    "score_certain",
    "method",
    "error",
    "data_version",
    "weights_version",
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
    from graph.evidence import unanswered
    from graph.exposure.explain import explain
    from graph.exposure.what_if import changes
    from graph.network.build import links_by_id
    from graph.network.weights import load_weights
    from graph.paths.subgraph import of_store

    with request.open() as store:
        ends = question.ends_of(store, exporter, target)
        asked = Question.between(
            *(end.id for end in ends), max_hops=max_hops, weights=load_weights(weights)
        )
        network = of_store(store, asked)
        found = explain(network, asked, top=top, progress=True)
        paths = [one.path for one in found.contributions]
        left_out = {
            **found.left_out,
            "top": found.score.paths - len(paths),
            "uncounted": int(not found.score.counted),
        }
        left_out = {reason: number for reason, number in left_out.items() if number}
        replies = store.replies(found.claim_ids)
        silent = unanswered(store, found.claim_ids)
        moving = changes(network, found.joined, unanswered=silent, progress=True)
        result = _as_json(found) | {
            "changes": [msgspec.to_builtins(one) for one in moving],
            "replies": [
                msgspec.to_builtins(one) for claim in found.claim_ids for one in replies[claim]
            ],
        }
        answer = output.Document(
            data_version=store.version,
            weights_version=network.graph["weights_version"],
            filters={"from": asked.exporter, "to": asked.target, "max_hops": max_hops, "top": top},
            total=1,
            left_out=left_out,
            results=[result],
            beside={"leads": leads_as_json(store, found.leads)},
        )

        def table(page: Page) -> None:
            roots = store.sources({one.origin for one in found.origins})
            report = PathReport(page, store, network, paths, found.leads)
            of_id = links_by_id(network)
            told = {*found.shares, *(one.link_id for one in moving[:MOST_CHANGES])}
            tied = {end for one in told for end in (of_id[one].tail, of_id[one].head)}
            names = {**report.names, **names_of(store, tied)}
            _head(page, found, ends)
            if found.score.paths:
                _contributions(report, found)
                _rests_on(page, found, roots)
                _changes(page, moving, of_id, names)
                _caveats(page, wording.caveats(found, of_id, names, silent))
            report.said_of_leads()
            if report.has_links:
                page.heading("Evidence")
                report.evidence()
            report.foot(wording.left_out(left_out) or [wording.nothing_left_out(max_hops)])

        score = {key: result[key] for key in COLUMNS if key in result}
        score["score_certain"] = result["certain"]
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
        output.write_answer(request.format, answer, table, COLUMNS, rows)


#: Fields that JSON has by another name.
_KEYS = {"origins": "root_sources", "minimal_cut_sets": "failing_sets"}


def _as_json(found: Explanation) -> dict[str, Any]:
    """Return an explanation with the fields of its score on top."""
    fields = msgspec.structs.asdict(found)
    score = msgspec.structs.asdict(fields.pop("score"))
    del fields["leads"], fields["joined"], fields["left_out"]
    fields["contributions"] = [
        {"adds": one.adds, "path": path_as_json(one.path)} for one in found.contributions
    ]
    return score | {_KEYS.get(key, key): fields[key] for key in fields}


def _head(page: Page, found: Explanation, ends: tuple[Entity, Entity]) -> None:
    first, last = (end.name for end in ends)
    score = found.score
    page.text(f"What the record establishes of {first} and {last}", style="bold")
    page.gap()
    if not ends[0].kind.entry.scored:
        page.text(wording.no_company(ends[0]))
        return
    if not score.paths:
        page.text(f"No score: {wording.NO_PATH} {wording.NO_PROOF}")
        return
    number = wording.percent(score.score)
    page.text(
        f"Score {number}, band {band(score)}; certain {wording.percent(score.certain)}. "
        f"Paths: {'' if score.counted else 'at least '}{score.paths:,}. "
        f"Root sources: {score.origins:,}. " + wording.method(score.method, score.error)
    )
    page.gap()
    for sentence in (wording.SCORE, wording.BAND, wording.CERTAIN):
        page.text(sentence)


def _contributions(report: PathReport, found: Explanation) -> None:
    page = report.page
    page.heading("What adds to it")
    for number, one in enumerate(found.contributions, start=1):
        page.gap()
        page.text(f"Path {number} adds {wording.percent(one.adds)}", style="bold")
        page.gap()
        report.path(one.path)
    if found.score.paths > len(found.contributions):
        page.gap()
        page.text(f"All other paths together add {wording.percent(found.rest)}.")


def _rests_on(page: Page, found: Explanation, roots: Mapping[str, Source]) -> None:
    def line(origin: str) -> str:
        return wording.source_line(roots[origin]) if origin in roots else origin

    page.heading("What it rests on")
    page.gap()
    page.text(wording.failing(found.minimal_cut_sets))
    for chosen in found.minimal_cut_sets:
        page.text(" + ".join(map(line, chosen)), indent="  - ")
    page.gap()
    page.table(
        ("without it", "loss", "root source"),
        [
            (wording.percent(one.score_without), wording.loss(one.loss), line(one.origin))
            for one in found.origins
        ],
        right=(0, 1),
    )
    for sentence in wording.estimated("Each loss", (one.error for one in found.origins)):
        page.text(sentence)


def _changes(
    page: Page, moving: Sequence[WhatIf], links: Mapping[str, Link], names: Mapping[str, str]
) -> None:
    page.heading("What would move it most")
    page.gap()
    page.table(
        ("between", "what the record lacks"),
        [
            (
                f"{wording.percent(one.low)} and {wording.percent(one.high)}",
                wording.change(one, links[one.link_id], names),
            )
            for one in moving[:MOST_CHANGES]
        ],
    )
    for sentence in wording.estimated("What each would do", (one.error for one in moving)):
        page.text(sentence)
    if len(moving) > MOST_CHANGES:
        page.text(f"{len(moving) - MOST_CHANGES:,} more would move it less.")


def _caveats(page: Page, caveats: Sequence[str]) -> None:
    page.heading("Caveats")
    page.gap()
    for caveat in caveats or [wording.NO_CAVEAT]:
        page.text(caveat, indent="  - ")
