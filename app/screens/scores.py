"""Scores: how well the record proves a path from each exporter to each target, and what on."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import streamlit as st

from app.parts import html
from app.parts.asking import entity_box
from app.parts.data import Data, Scored, ends, entities, scored
from app.parts.view import View
from graph import wording
from graph.evidence import gather
from graph.exposure.engine import Targets
from graph.exposure.explain import Explanation

TARGETS: dict[Targets, str] = {
    "end-users": "end users",
    "programmes": "programmes",
    "all": "all, companies as buyers too",
}
MOST_ROWS = 200


def page(data: Data) -> None:
    """Draw the page."""
    view = View("scores")
    html.heading("Scores", 1)
    html.note(wording.SCORE, f"{wording.BAND} {wording.CERTAIN}")
    targets, exporter, eu_only = _filters(data, view)
    fields = {"targets": targets, "from": exporter, "eu": "yes" if eu_only else ""}
    if not data.small and not exporter:
        view.write(**fields)
        html.note("Choose an exporter: this record is too large to score all of them at once.")
        return
    found = scored(data, targets, (exporter,) if exporter else (), eu_only=eu_only)
    scores = [one.score for one in found.explanations]
    names = {
        id_: entity.name
        for id_, entity in entities(
            data, {end for one in scores for end in (one.exporter, one.target)}
        ).items()
    }
    html.note(*wording.left_out(found.left_out))
    if not scores:
        view.write(**fields)
        html.note("No score: no path of this kind is on record.", wording.NO_PROOF)
        return
    chosen = _table(view, found, names)
    view.write(**fields, src=chosen.score.exporter, dst=chosen.score.target)
    _explained(data, chosen, names)


def _filters(data: Data, view: View) -> tuple[Targets, str, bool]:
    first, second, third = st.columns([3, 3, 2], vertical_alignment="bottom")
    given = view.get("targets")
    view.seed("scores_targets", given if given in TARGETS else "end-users")
    view.seed("scores_eu", view.get("eu") == "yes")
    with first:
        exporter = entity_box(data, view, "Exporter", "from", ends(data).exporters)
    with second:
        targets: Targets = st.selectbox(
            "Targets", list(TARGETS), format_func=lambda one: TARGETS[one], key="scores_targets"
        )
    with third:
        eu_only: bool = st.checkbox(
            "EU suppliers only",
            key="scores_eu",
            help="Whose supplier was, at least possibly, under EU export rules at the supply.",
        )
    return targets, exporter, eu_only


def _table(view: View, found: Scored, names: dict[str, str]) -> Explanation:
    """Draw the table, and return the score whose explanation is wanted: a chosen row's."""
    shown = found.explanations[:MOST_ROWS]
    rows = [_row(one, names) for one in shown]
    event: Any = st.dataframe(
        pa.Table.from_pylist(rows),
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        key="scores_table",
        height=min(38 + 35 * len(rows), 420),
        column_config=_COLUMNS,
    )
    more = len(found.explanations) - len(shown)
    html.note(
        f"{len(found.explanations):,} scores, highest first"
        + (f"; {more:,} lower ones are not shown." if more else ".")
        + f" Weights {found.weights}. Choose a row, or a pair below, to see what it rests on."
    )
    pairs = {(one.score.exporter, one.score.target): one for one in shown}
    given = view.get("src"), view.get("dst")
    selected = event.selection.rows
    if selected and st.session_state.get("scores_row") != selected:
        st.session_state["scores_pair"] = list(pairs)[selected[0]]
    st.session_state["scores_row"] = selected
    first = next(iter(pairs))
    view.seed("scores_pair", given if given in pairs else first)
    if st.session_state["scores_pair"] not in pairs:
        st.session_state["scores_pair"] = first
    pair = st.selectbox(
        "Explained below",
        list(pairs),
        format_func=lambda ends: " → ".join(wording.named(end, names) for end in ends),
        key="scores_pair",
    )
    return pairs[pair]


_COLUMNS: dict[str, Any] = {
    "Exporter": st.column_config.TextColumn(width=230),
    "Target": st.column_config.TextColumn(width=300),
    "Score": st.column_config.TextColumn(width=60),
    "Band": st.column_config.TextColumn(width=120),
    "Certain": st.column_config.TextColumn(width=60),
    "Paths": st.column_config.TextColumn(width=50),
    "Rests on": st.column_config.TextColumn(width=190),
    "EU rules": st.column_config.TextColumn(
        width=70, help="Whether the supplier was under EU export rules at the time of the supply."
    ),
    "Caveats": st.column_config.TextColumn(width=260),
}


def _row(found: Explanation, names: dict[str, str]) -> dict[str, str]:
    one = found.score
    return {
        "Exporter": names[one.exporter],
        "Target": names[one.target],
        "Score": wording.percent(one.score),
        "Band": f"{wording.percent(one.low)} to {wording.percent(one.high)}",
        "Certain": wording.percent(one.certain),
        "Paths": str(one.paths),
        "Rests on": wording.rests_on(found.failing_sets, one.origins).removeprefix("rests on "),
        "EU rules": one.eu,
        "Caveats": " ".join(wording.caveats(found)) or "none",
    }


def _explained(data: Data, found: Explanation, names: dict[str, str]) -> None:
    score = found.score
    ids = {node for one in found.contributions for node in one.path.nodes}
    ids |= {id_ for lead in found.leads for id_ in (lead.buyer, lead.programme)}
    evidence = gather(data.store, found.claim_ids)
    ids |= {reply.party for one in evidence for reply in one.replies}
    names = names | {id_: entity.name for id_, entity in entities(data, ids).items()}
    sources = data.store.sources([one.origin for one in found.origins])
    answered = [(one, reply) for one in evidence for reply in one.replies]
    html.show(
        "explanation.html",
        score=score,
        found=found,
        names=names,
        sources=sources,
        rests_on=wording.rests_on(found.failing_sets, score.origins),
        replies=list(dict.fromkeys(wording.reply(reply, names) for _, reply in answered)),
        caveats=wording.caveats(found),
        leads=[wording.lead_sentence(lead, names) for lead in found.leads],
        pinned=data.pinned,
    )
