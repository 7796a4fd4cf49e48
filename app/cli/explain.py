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

#: Number of changes that are shown.
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
    help="Maximum number of paths shown; the others are summed up.",
)
@question.weights
@options()
def command(
    request: Request, exporter: str, target: str, max_hops: int, top: int, weights: Path | None
) -> None:
    """Show what a score rests on: paths, root sources, replies, caveats, leads.

    FROM and TO are ids, or names that only one entity has. CSV has one row per path.
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
        explanation = explain(network, asked, top=top, progress=True)
        paths = [contribution.path for contribution in explanation.contributions]
        left_out = {
            **explanation.left_out,
            "top": explanation.score.paths - len(paths),
            "uncounted": int(not explanation.score.counted),
        }
        left_out = {reason: number for reason, number in left_out.items() if number}
        replies = store.replies(explanation.claim_ids)
        unanswered_ids = unanswered(store, explanation.claim_ids)
        moving = changes(network, explanation.joined, unanswered=unanswered_ids, progress=True)
        result = _as_json(explanation) | {
            "changes": [msgspec.to_builtins(change) for change in moving],
            "replies": [
                msgspec.to_builtins(reply)
                for claim in explanation.claim_ids
                for reply in replies[claim]
            ],
        }
        answer = output.Document(
            data_version=store.version,
            weights_version=network.graph["weights_version"],
            filters={"from": asked.exporter, "to": asked.target, "max_hops": max_hops, "top": top},
            total=1,
            left_out=left_out,
            notices=[]
            if explanation.score.paths
            else question.beside_no_path(store, asked, explanation.misfits),
            results=[result],
            beside={"leads": leads_as_json(store, explanation.leads)},
        )

        def table(page: Page) -> None:
            roots = store.sources({loss.origin for loss in explanation.origins})
            report = PathReport(page, store, network, paths, explanation.leads)
            of_id = links_by_id(network)
            link_ids = {*explanation.shares, *(change.link_id for change in moving[:MOST_CHANGES])}
            ends_of_links = {
                end for link_id in link_ids for end in (of_id[link_id].tail, of_id[link_id].head)
            }
            names = {**report.names, **names_of(store, ends_of_links)}
            _head(page, explanation, ends, answer.notices)
            if explanation.score.paths:
                _contributions(report, explanation)
                _rests_on(page, explanation, roots)
                _changes(page, moving, of_id, names)
                _caveats(page, wording.caveats(explanation, of_id, names, unanswered_ids))
            report.write_leads()
            if report.has_links:
                page.heading("Evidence")
                report.evidence()
            report.foot(_scope(left_out, max_hops))

        score = {key: result[key] for key in COLUMNS if key in result}
        score["score_certain"] = result["certain"]
        rows = [
            {
                **score,
                "contribution": number,
                "adds": contribution.adds,
                "probability": contribution.path.probability,
                "certain": contribution.path.certain,
                "nodes": contribution.path.nodes,
                "links": [step.link_id for step in contribution.path.steps],
            }
            for number, contribution in enumerate(explanation.contributions, start=1)
        ]
        output.write_answer(request.format, answer, table, COLUMNS, rows)


def _scope(left_out: Mapping[str, int], max_hops: int) -> list[str]:
    """Say what the answer leaves out, and where it ends."""
    if sentences := wording.left_out(left_out):
        return [*sentences, wording.longer(max_hops)]
    return [wording.nothing_left_out(max_hops)]


#: Fields with another name in JSON.
_KEYS = {"origins": "root_sources", "minimal_cut_sets": "failing_sets"}


def _as_json(explanation: Explanation) -> dict[str, Any]:
    """Return an explanation with the fields of its score on top."""
    fields = msgspec.structs.asdict(explanation)
    score = msgspec.structs.asdict(fields.pop("score"))
    del fields["leads"], fields["joined"], fields["left_out"], fields["misfits"]
    fields["contributions"] = [
        {"adds": contribution.adds, "path": path_as_json(contribution.path)}
        for contribution in explanation.contributions
    ]
    return score | {_KEYS.get(key, key): fields[key] for key in fields}


def _head(
    page: Page, explanation: Explanation, ends: tuple[Entity, Entity], notices: Sequence[str]
) -> None:
    first, last = (end.name for end in ends)
    score = explanation.score
    page.text(f"What the record establishes of {first} and {last}", style="bold")
    page.gap()
    if not ends[0].kind.entry.scored:
        page.text(wording.no_company(ends[0]))
        return
    if not score.paths:
        page.text(f"No score: {wording.NO_PATH} {wording.NO_PROOF}")
        for sentence in notices:
            page.text(sentence)
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


def _contributions(report: PathReport, explanation: Explanation) -> None:
    page = report.page
    page.heading("What adds to it")
    for number, contribution in enumerate(explanation.contributions, start=1):
        page.gap()
        page.text(f"Path {number} adds {wording.percent(contribution.adds)}", style="bold")
        page.gap()
        report.path(contribution.path)
    if explanation.score.paths > len(explanation.contributions):
        page.gap()
        page.text(f"All other paths together add {wording.percent(explanation.rest)}.")


def _rests_on(page: Page, explanation: Explanation, roots: Mapping[str, Source]) -> None:
    def line(origin: str) -> str:
        return wording.source_line(roots[origin]) if origin in roots else origin

    page.heading("What it rests on")
    page.gap()
    page.text(wording.failing(explanation.minimal_cut_sets))
    for chosen in explanation.minimal_cut_sets:
        page.text(" + ".join(map(line, chosen)), indent="  - ")
    page.gap()
    page.table(
        ("without it", "loss", "root source"),
        [
            (wording.percent(loss.score_without), wording.loss(loss.loss), line(loss.origin))
            for loss in explanation.origins
        ],
        right=(0, 1),
    )
    for sentence in wording.estimated("Each loss", (loss.error for loss in explanation.origins)):
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
                f"{wording.percent(change.low)} and {wording.percent(change.high)}",
                wording.change(change, links[change.link_id], names),
            )
            for change in moving[:MOST_CHANGES]
        ],
    )
    for sentence in wording.estimated("What each would do", (change.error for change in moving)):
        page.text(sentence)
    if len(moving) > MOST_CHANGES:
        page.text(f"{len(moving) - MOST_CHANGES:,} more would move it less.")


def _caveats(page: Page, caveats: Sequence[str]) -> None:
    page.heading("Caveats")
    page.gap()
    for caveat in caveats or [wording.NO_CAVEAT]:
        page.text(caveat, indent="  - ")
