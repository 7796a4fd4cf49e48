"""`sightline ranking`: exporters by the sum of their scores over targets of one kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import msgspec

from app.cli import output, question
from app.cli.entities import names_of
from app.cli.options import Request, examples, options
from app.cli.terminal_page import Page
from graph import wording
from graph.paths.question import Question

if TYPE_CHECKING:
    from graph.exposure.rankings import By, Rank

COLUMNS = (
    "rank",
    "exporter",
    "total",
    "low",
    "high",
    "certain",
    "any",
    "method",
    "error",
    "targets",
    "exporter_name",
    "within",
    "data_version",
    "weights_version",
)
#: Number of targets per exporter that the table names.
SPELLED = 3


@click.command(
    "ranking",
    epilog=examples("sightline ranking --by programmes", "sightline ranking --by end-users --eu"),
)
@click.option(
    "--by",
    metavar="KIND",
    type=click.Choice(["programmes", "end-users"]),
    required=True,
    help="Kind of target: programmes, or end-users (public bodies and organisations).",
)
@click.option("--top", type=click.IntRange(min=1), metavar="N", help="Maximum number of exporters.")
@question.weights
@question.eu
@question.max_hops
@options()
def command(
    request: Request, by: By, top: int | None, weights: Path | None, **filters: Any
) -> None:
    """Rank companies by the number of buyers or programmes that supply paths tie them to.

    The sum of an exporter's scores is the expected number of targets to which the sound part of
    the record establishes a path. A programme that is part of another one in the answer is not
    counted again. "any" is the probability of a path to at least one target. A ranking measures
    what is proven and published, never guilt or harm: a company that is missing is not cleared.
    """
    from graph.exposure.rankings import ranking
    from graph.network.weights import load_weights
    from graph.paths.subgraph import of_store

    with request.open() as store:
        asked = Question(weights=load_weights(weights), **filters)
        network = of_store(store, asked)
        left_out: Counter[str] = Counter()
        ranks = ranking(network, by, asked, left_out=left_out, progress=True)
        shown = ranks[:top]
        ids = {rank.exporter for rank in shown}
        ids |= {score.target for rank in shown for score in rank.counted}
        names = names_of(store, ids)
        version = store.version
    if more := len(ranks) - len(shown):
        left_out["top"] = more
    answer = output.Document(
        data_version=version,
        weights_version=network.graph["weights_version"],
        filters={"by": by, "top": top, "eu": asked.eu_only, "max_hops": asked.max_hops},
        total=len(ranks),
        left_out=dict(left_out),
        results=[_as_json(rank, names) for rank in shown],
    )
    output.write_answer(
        request.format,
        answer,
        lambda page: _table(page, answer, shown, names),
        COLUMNS,
    )


def _as_json(rank: Rank, names: Mapping[str, str]) -> dict[str, Any]:
    row = {name: value for name, value in msgspec.structs.asdict(rank).items() if name in COLUMNS}
    row["targets"] = [score.target for score in rank.counted]
    row["within"] = sorted(rank.within)
    row["exporter_name"] = names[rank.exporter]
    return row


def _table(
    page: Page, answer: output.Document, shown: Sequence[Rank], names: Mapping[str, str]
) -> None:
    if shown:
        page.table(
            ("rank", "exporter", "sum", "band", "any", "method", "to"),
            [
                (
                    str(rank.rank),
                    names[rank.exporter],
                    f"{rank.total:.2f}",
                    f"{rank.low:.2f}–{rank.high:.2f}",
                    wording.percent(rank.any),
                    wording.method_in_short(rank.method, rank.error),
                    _targets(rank, names),
                )
                for rank in shown
            ],
            right=(0, 2, 3, 4),
        )
    else:
        page.text("No ranking: no path of this kind is on record.")
        page.text(wording.NO_PROOF)
    page.gap()
    if shown:
        page.text(wording.RANKING, style="dim")
    for how in ("worlds", "bounded"):
        if errors := [rank.error for rank in shown if rank.method == how]:
            page.text(wording.method(how, max(errors)), style="dim")
    if off := max((sum(score.error for score in rank.counted) for rank in shown), default=0.0):
        page.text(
            f"The error of a sum is the sum of its scores' errors: {off:.2f} at most.", style="dim"
        )
    if parts := sum(len(rank.within) for rank in shown):
        are = wording.number_of(parts, "programme is", "programmes are")
        page.text(f"{are} not counted again, as part of a counted one.")
    page.text(wording.longer(answer.filters["max_hops"]), style="dim")
    if shown and answer.filters["eu"]:
        page.text(wording.EU_SUPPLIER, style="dim")
    hidden = {reason: answer.left_out.get(reason, 0) for reason in ("eu", "unlisted")}
    for sentence in wording.left_out(hidden):
        page.text(sentence)
    if more := answer.left_out.get("top"):
        are = wording.number_of(more, "lower exporter is", "lower exporters are")
        page.text(f"{are} not shown; --top {answer.total} shows all.")
    page.text(
        f"Data {str(answer.data_version)[:12]}, weights {answer.weights_version}.", style="dim"
    )


def _targets(rank: Rank, names: Mapping[str, str]) -> str:
    spelled = [names[score.target] for score in rank.counted[:SPELLED]]
    more = len(rank.counted) - len(spelled)
    return ", ".join(spelled) + (f" and {more:,} more" if more else "")
