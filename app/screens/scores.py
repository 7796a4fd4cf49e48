"""The scores page: how well the record proves paths, pair by pair, and rankings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pyarrow as pa
import streamlit as st

from app.parts import html
from app.parts.data import Data, ends, entities
from app.parts.question_form import entity_box
from app.parts.scoring import Scored, moving, pair_of, scored
from app.parts.view import View
from app.screens import explained, ranking
from graph import wording
from graph.exposure.explain import Explanation
from graph.exposure.rankings import By
from graph.network.build import Link, links_by_id
from graph.paths.question import Question, Targets

SHOWN: dict[By | str, str] = {
    "": "Pair by pair",
    **{by: f"Exporters ranked by {what}" for by, what in ranking.BY.items()},
}
TARGETS: dict[Targets, str] = {
    "end-users": "end users",
    "programmes": "programmes",
    "all": "all, companies as buyers too",
}
MOST_ROWS = 200


def page(data: Data) -> None:
    """Draw the page."""
    view = View("scores", data)
    html.heading("Scores", 1)
    match _shown_as(view):
        case ("end-users" | "programmes") as by:
            ranking.page(data, view, by)
        case _:
            _pairs(data, view)


def _shown_as(view: View) -> str:
    given = view.get("by")
    view.seed("scores_shown", given if given in SHOWN else "")
    shown: str = st.radio(
        "Show",
        list(SHOWN),
        format_func=lambda name: SHOWN[name],
        key="scores_shown",
        horizontal=True,
    )
    return shown


def _pairs(data: Data, view: View) -> None:
    html.note(wording.SCORE, f"{wording.BAND} {wording.CERTAIN}")
    question = _question(data, view)
    fields = {
        "targets": question.kinds,
        "from": question.exporter,
        "eu": "yes" if question.eu_only else "",
    }
    if not data.small and not question.exporter:
        view.write(**fields)
        html.note("Choose an exporter: this record is too large to score all of them at once.")
        return
    result = scored(data, question)
    html.note(*wording.left_out(result.left_out))
    switched = "by" in view.given  # from a ranking, whose exporter is no pair
    asked = ("", "") if switched else (view.get("src"), view.get("dst"))
    if not result.explanations:
        view.write(**fields)
        html.note("No score: no path of this kind is on record.", wording.NO_PROOF)
        return
    every = {_pair(explanation): explanation for explanation in result.explanations}
    shown = dict(list(every.items())[:MOST_ROWS])
    if asked in every:
        shown[asked] = every[asked]
    of_id = links_by_id(result.network)
    names = _names(data, shown.values(), of_id)
    caveats = {
        pair: wording.caveats(explanation, of_id, names, result.unanswered)
        for pair, explanation in shown.items()
    }
    rows = [_row(explanation, names, caveats[pair]) for pair, explanation in shown.items()]
    if any(asked) and asked not in every:
        _say_no_score(data, asked)
    pair = _table(view, result, rows, names, pairs=list(shown), asked=asked)
    if pair is None:
        view.write(**fields, src=asked[0], dst=asked[1])
        return
    src, dst = pair
    view.write(**fields, src=src, dst=dst)
    chosen = shown[src, dst]
    explained.show_explanation(
        data,
        chosen,
        result,
        caveats=caveats[src, dst],
        moving=moving(data, pair_of(question, chosen.score), chosen, result),
    )


def _say_no_score(data: Data, asked: tuple[str, str]) -> None:
    """Say that the pair of the address has no score: no other pair's is shown for it."""
    if not all(asked):
        html.note("The fields src and dst name one pair: give both, or neither.", kind="problem")
        return
    known = entities(data, asked)
    exporter, target = (known[id_] for id_ in asked)
    if not exporter.kind.entry.scored:
        html.note(wording.no_company(exporter), kind="problem")
        return
    html.note(
        f"No score from {exporter.name} to {target.name} with these filters. {wording.NO_PROOF}",
        kind="problem",
    )


def _pair(explanation: Explanation) -> tuple[str, str]:
    return explanation.score.exporter, explanation.score.target


def _names(data: Data, shown: Iterable[Explanation], of_id: Mapping[str, Link]) -> dict[str, str]:
    ids: set[str] = set()
    for explanation in shown:
        ids.update(_pair(explanation))
        ids |= {end for id_ in explanation.shares for end in (of_id[id_].tail, of_id[id_].head)}
    return {id_: entity.name for id_, entity in entities(data, ids).items()}


def _question(data: Data, view: View) -> Question:
    first, second, third = st.columns([3, 3, 2], vertical_alignment="bottom")
    given = view.get("targets")
    view.seed("scores_targets", given if given in TARGETS else "end-users")
    view.seed("scores_eu", view.get("eu") == "yes")
    with first:
        exporter = entity_box(data, view, "Exporter", "from", ends(data).exporters)
    with second:
        kinds: Targets = st.selectbox(
            "Targets", list(TARGETS), format_func=lambda kind: TARGETS[kind], key="scores_targets"
        )
    with third:
        eu_only: bool = st.checkbox(
            "EU suppliers only",
            key="scores_eu",
            help="Only supplies that left, or may have left, the EU under its export rules.",
        )
    return Question.between(exporter, kinds=kinds, eu_only=eu_only)


def _table(
    view: View,
    result: Scored,
    rows: list[dict[str, str]],
    names: Mapping[str, str],
    *,
    pairs: list[tuple[str, str]],
    asked: tuple[str, str],
) -> tuple[str, str] | None:
    """Draw the table, and return the pair to explain; None if the address asks for another."""
    event: Any = st.dataframe(
        pa.Table.from_pylist(rows),
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        key="scores_table",
        height=min(38 + 35 * len(rows), 420),
        column_config=_COLUMNS,
    )
    more = len(result.explanations) - len(rows)
    single = len(result.explanations) == 1
    command = f"sightline exposure --targets {st.session_state['scores_targets']}"
    rest = f"; {more:,} more are not shown, and “{command}” lists all." if more else "."
    html.note(
        f"{len(result.explanations):,} {'score' if single else 'scores, highest first'}{rest}"
        f" Weights {result.weights}. Choose a row, or a pair below, to see what it rests on."
    )
    selected = event.selection.rows
    if selected and st.session_state.get("scores_row") != selected:
        st.session_state["scores_pair"] = pairs[selected[0]]
    st.session_state["scores_row"] = selected
    default = asked if asked in pairs else None if any(asked) else pairs[0]
    view.seed("scores_pair", default)
    if st.session_state["scores_pair"] not in pairs:
        st.session_state["scores_pair"] = default
    pair: tuple[str, str] | None = st.selectbox(
        "Explained below",
        pairs,
        index=None,
        format_func=lambda ends: " → ".join(
            wording.isolate(wording.name_or_id(end, names)) for end in ends
        ),
        key="scores_pair",
        placeholder="Choose a pair",
    )
    return pair


_COLUMNS: dict[str, Any] = {
    "Exporter": st.column_config.TextColumn(width=190),
    "Target": st.column_config.TextColumn(width=230),
    "Score": st.column_config.TextColumn(width=60),
    "Band": st.column_config.TextColumn(width=120),
    "Certain": st.column_config.TextColumn(width=60),
    "Paths": st.column_config.TextColumn(width=50),
    "Rests on": st.column_config.TextColumn(width=110),
    "EU rules": st.column_config.TextColumn(
        width=70, help="Whether the supply left the EU under its export rules."
    ),
    "Method": st.column_config.TextColumn(
        width=80, help="How it was computed, and how far off it may be at 95 %."
    ),
    "Caveats": st.column_config.TextColumn(width=150),
}


def _row(
    explanation: Explanation, names: Mapping[str, str], caveats: Sequence[str]
) -> dict[str, str]:
    score = explanation.score
    return {
        "Exporter": names[score.exporter],
        "Target": names[score.target],
        "Score": wording.percent(score.score),
        "Band": f"{wording.percent(score.low)} to {wording.percent(score.high)}",
        "Certain": wording.percent(score.certain),
        "Paths": f"{'' if score.counted else '≥ '}{score.paths:,}",
        "Rests on": wording.rests_on_in_words(
            explanation.minimal_cut_sets, score.origins
        ).removeprefix("rests on "),
        "EU rules": score.eu,
        "Method": wording.method_in_short(score.method, score.error),
        "Caveats": " ".join(caveats) or "none",
    }
