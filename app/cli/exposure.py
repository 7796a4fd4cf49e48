"""`sightline exposure`: scores of exporters, as probabilities with their bands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import msgspec

from app.cli import output, question
from app.cli.entities import entity_of, names_of
from app.cli.options import Request, examples, options
from app.cli.terminal_page import Page
from graph import wording
from graph.paths.question import Question, Targets

if TYPE_CHECKING:
    from graph.exposure.engine import Score
    from graph.record.model import Entity

COLUMNS = (
    "exporter",
    "target",
    "target_kind",
    "score",
    "certain",
    "low",
    "high",
    "method",
    "error",
    "paths",
    "origins",
    "eu",
    "exporter_name",
    "target_name",
    "counted",
    "data_version",
    "weights_version",
)

_OTHER_TARGETS = {
    "end-users": "Targets are end users only; --targets programmes scores programmes, and "
    "--targets all includes companies as buyers.",
    "programmes": "Targets are programmes only; --targets end-users scores end users.",
}

_HEADER = (
    *("exporter", "target", "kind", "score", "band", "certain", "paths", "sources"),
    *("EU supplier", "method"),
)


@click.command(
    "exposure",
    epilog=examples(
        "sightline exposure --from safran", "sightline exposure --targets programmes --eu --top 20"
    ),
)
@click.option("--from", "exporter", metavar="X", help="Only this exporter: an id or a name.")
@click.option("--to", "target", metavar="G", help="Only this target: an id or a name.")
@click.option(
    "--targets",
    "kinds",
    metavar="KIND",
    type=click.Choice(["programmes", "end-users", "all"]),
    help="Kind of target: programmes, end-users (public bodies and organisations) or all "
    "(companies, too). Default: end-users; with --to, any.",
)
@click.option(
    "--top",
    type=click.IntRange(min=1),
    metavar="N",
    help="Maximum number of scores, highest first.",
)
@question.weights
@question.eu
@question.max_hops
@options()
def command(
    request: Request,
    exporter: str | None,
    target: str | None,
    kinds: Targets | None,
    top: int | None,
    weights: Path | None,
    **filters: Any,
) -> None:
    """Score exporters, their owners and successors by what they supplied, and to whom.

    A score is the probability that the sound part of the record establishes at least one supply
    path. It says how well a path is proven, never that anybody is guilty. `sightline explain` shows
    what a score rests on. The weights are editorial judgements; `sightline new my-weights.toml`
    writes a copy of them to change, and --weights takes the copy.
    """
    from tqdm import tqdm

    from graph.exposure.engine import scores
    from graph.network.weights import load_weights
    from graph.paths.subgraph import of_store

    with request.open() as store:
        first = entity_of(store, exporter) if exporter is not None else None
        last = question.target_of(store, target) if target is not None else None
        asked = Question.between(
            first.id if first else None,
            last.id if last else None,
            kinds=kinds or ("end-users" if last is None else "all"),
            weights=load_weights(weights),
            **filters,
        )
        network = of_store(store, asked)
        left_out: Counter[str] = Counter()
        scored = scores(network, asked, left_out=left_out)
        ranked = sorted(
            tqdm(scored, "Scoring", unit=" scores", delay=1, disable=None, leave=False),
            key=lambda score: (-score.score, score.exporter, score.target),
        )
        names = names_of(store, {end for score in ranked for end in (score.exporter, score.target)})
        version = store.version
    shown = ranked[:top]
    if more := len(ranked) - len(shown):
        left_out["top"] = more
    answer = output.Document(
        data_version=version,
        weights_version=network.graph["weights_version"],
        filters={
            "from": asked.exporter or None,
            "to": asked.target or None,
            "targets": asked.kinds,
            "top": top,
            "eu": asked.eu_only,
            "max_hops": asked.max_hops,
        },
        total=len(ranked),
        left_out=dict(left_out),
        results=[score_as_json(score, names) for score in shown],
        beside={"error_of_all_at_once": _together([score for score in shown if score.error])},
    )
    output.write_answer(
        request.format,
        answer,
        lambda page: _table(page, answer, shown, names, first),
        COLUMNS,
    )


def score_as_json(score: Score, names: Mapping[str, str]) -> dict[str, Any]:
    """Return a score with the fields of the JSON contract, plus names."""
    return {
        **msgspec.structs.asdict(score),
        "exporter_name": names[score.exporter],
        "target_name": names[score.target],
    }


def band(score: Score) -> str:
    """Format the band of a score for a column, as in 72–98 %."""
    low, high = (
        wording.percent(end).replace("under ", "<").replace("over ", ">")
        for end in (score.low, score.high)
    )
    return f"{low.removesuffix(' %')}–{high}"


def _table(
    page: Page,
    answer: output.Document,
    shown: Sequence[Score],
    names: Mapping[str, str],
    exporter: Entity | None,
) -> None:
    if exporter and not exporter.kind.entry.scored:
        page.text(wording.no_company(exporter))
    elif not shown:
        narrowed = answer.filters["eu"] or answer.filters["targets"] != "all"
        none = "No path of this kind is on record." if narrowed else wording.NO_PATH
        page.text(f"No score: {none}")
        page.text(wording.NO_PROOF)
    else:
        page.table(
            _HEADER,
            [
                (
                    names[score.exporter],
                    names[score.target],
                    wording.kind(score.target_kind),
                    wording.percent(score.score),
                    band(score),
                    wording.percent(score.certain),
                    f"{'' if score.counted else '≥ '}{score.paths:,}",
                    f"{score.origins}{'*' if score.origins == 1 else ' '}",
                    score.eu,
                    wording.method_in_short(score.method, score.error),
                )
                for score in shown
            ],
            right=(3, 4, 5, 6, 7),
        )
    page.gap()
    for sentence in (wording.SCORE, wording.BAND, wording.CERTAIN) if shown else ():
        page.text(sentence, style="dim")
    if shown:
        page.text(wording.EU_SUPPLIER, style="dim")
    if not answer.filters["to"] and answer.filters["targets"] != "all":
        page.text(_OTHER_TARGETS[answer.filters["targets"]], style="dim")
    for sentence in _estimates(shown):
        page.text(sentence, style="dim")
    if any(score.origins == 1 for score in shown):
        page.text(f"* {wording.ONE_ROOT}", style="dim")
    page.text(wording.longer(answer.filters["max_hops"]), style="dim")
    hidden = {reason: answer.left_out.get(reason, 0) for reason in ("eu", "unlisted")}
    for sentence in wording.left_out(hidden):
        page.text(sentence)
    if more := answer.left_out.get("top"):
        are = wording.number_of(more, "lower score is", "lower scores are")
        page.text(f"{are} not shown; --top {answer.total} shows all.")
    page.text(
        f"Data {str(answer.data_version)[:12]}, weights {answer.weights_version}.", style="dim"
    )


def _estimates(shown: Sequence[Score]) -> list[str]:
    """Return sentences on the error of the scores that are not exact."""
    sampled = [score for score in shown if score.method == "worlds"]
    bounded = [score.error for score in shown if score.method == "bounded"]
    sentences = []
    if sampled:
        error = max(score.error for score in sampled)
        sentences.append(wording.sampled_in_words(len(sampled), error, _together(sampled)))
    if bounded:
        sentences.append(wording.bounded(len(bounded), max(bounded)))
    return sentences


def _together(estimated: Sequence[Score]) -> float:
    """Return the error that all four numbers of all sampled scores keep at once, at 95 %."""
    from graph.probability.monte_carlo import WORDS, half_width

    return half_width(64 * WORDS, 4 * len(estimated)) if estimated else 0.0
