"""Rankings on the scores page: exporters by end users or by programmes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pyarrow as pa
import streamlit as st

from app.parts import html
from app.parts.data import Data, entities
from app.parts.scoring import Ranked, ranked
from app.parts.view import View
from graph import wording
from graph.exposure.rankings import By, Rank
from graph.paths.question import Question

BY: dict[By, str] = {"end-users": "end users", "programmes": "programmes"}
NOT_SAID = (
    "It does not say how much was sold, for how much money, or what came of it. A buyer and the"
    " programme that it buys for are one sale, so the two rankings are never added up. Only"
    " companies are ranked, by what was published and could be read, over paths of at most 6 links:"
    " a place in a ranking is not a statistic of the trade."
)
MOST_ROWS = 200


def page(data: Data, view: View, by: By) -> None:
    """Draw the ranking below the heading of the page.

    Parameters
    ----------
    data : Data
        The open data.
    view : View
        The view; the ranking uses its fields by, eu and src.
    by : "end-users" or "programmes"
        Kind of targets.
    """
    html.note(wording.RANKING, NOT_SAID)
    view.seed("ranking_eu", view.get("eu") == "yes")
    eu_only: bool = st.checkbox(
        "EU suppliers only",
        key="ranking_eu",
        help="Only supplies that left, or may have left, the EU under its export rules.",
    )
    fields = {"by": by, "eu": "yes" if eu_only else ""}
    if not data.small:
        view.write(**fields)
        html.note(
            "This record is too large to be ranked on this page. On the command line,"
            f" “sightline ranking --by {by}{' --eu' if eu_only else ''}” ranks it."
        )
        return
    ranking = ranked(data, by, Question(eu_only=eu_only))
    html.note(*wording.left_out(ranking.left_out))
    if not ranking.ranks:
        view.write(**fields)
        html.note("No ranking: no path of this kind is on record.", wording.NO_PROOF)
        return
    names = _names(data, ranking)
    asked = view.get("src") if view.get("by") == by else ""
    if asked and asked not in {rank.exporter for rank in ranking.ranks}:
        _say_not_ranked(data, asked)
    rows = [_row(rank, names, by) for rank in ranking.ranks[:MOST_ROWS]]
    key = f"ranking_table_{by}_{fields['eu']}"
    chosen = _table(view, ranking, rows, names, key=key, asked=asked)
    if chosen is None:
        view.write(**fields, src=asked)
        return
    view.write(**fields, src=chosen.exporter)
    pairs = {"targets": by, "from": chosen.exporter, "eu": fields["eu"], "src": chosen.exporter}
    html.show_template(
        "ranked.html",
        rank=chosen,
        ranked=len(ranking.ranks),
        what=BY[by],
        names=names,
        off=sum(score.error for score in chosen.counted),
        address_of=lambda target: html.view_address("scores", **pairs, dst=target, v=data.pinned),
        version=data.version,
        weights=ranking.weights,
        pinned=data.pinned,
    )


def _names(data: Data, ranking: Ranked) -> dict[str, str]:
    ids = {rank.exporter for rank in ranking.ranks}
    for rank in ranking.ranks:
        ids |= {score.target for score in rank.counted}
        ids |= rank.within.keys() | rank.within.values()
    return {id_: entity.name for id_, entity in entities(data, ids).items()}


def _say_not_ranked(data: Data, asked: str) -> None:
    """Say that the exporter of the address is not ranked: no other one is shown for it."""
    html.note(
        f"{entities(data, [asked])[asked].name} is not in this ranking: no path of this kind is on"
        f" record. {wording.NO_PROOF}",
        kind="problem",
    )


def _table(
    view: View,
    ranking: Ranked,
    rows: list[dict[str, Any]],
    names: Mapping[str, str],
    *,
    key: str,
    asked: str,
) -> Rank | None:
    """Draw the table, and return the rank to show; None if the address asks for another."""
    event: Any = st.dataframe(
        pa.Table.from_pylist(rows),
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        key=key,
        height=min(38 + 35 * len(rows), 420),
        column_config=_COLUMNS,
    )
    more = len(ranking.ranks) - len(rows)
    single = len(ranking.ranks) == 1
    html.note(
        f"{len(ranking.ranks):,} {'exporter' if single else 'exporters, highest sum first'}"
        + (f"; {more:,} more {'is' if more == 1 else 'are'} not in the table." if more else ".")
        + f" The sums rest on weights {ranking.weights}, which are editorial judgements."
        + " Choose a row, or an exporter below, to see what its sum is made of."
    )
    every = {rank.exporter: rank for rank in ranking.ranks}
    selected = event.selection.rows
    if selected and st.session_state.get("ranking_row") != selected:
        st.session_state["ranking_exporter"] = ranking.ranks[selected[0]].exporter
    st.session_state["ranking_row"] = selected
    default = asked if asked in every else None if asked else next(iter(every))
    view.seed("ranking_exporter", default)
    if st.session_state["ranking_exporter"] not in every:
        st.session_state["ranking_exporter"] = default
    chosen: str | None = st.selectbox(
        "Exporter shown below",
        list(every),
        index=None,
        format_func=lambda exporter: wording.name_or_id(exporter, names),
        key="ranking_exporter",
        placeholder="Choose an exporter",
    )
    return every[chosen] if chosen else None


_COLUMNS: dict[str, Any] = {
    "Rank": st.column_config.NumberColumn(
        width=50, alignment="left", help="Equal sums share a rank."
    ),
    "Exporter": st.column_config.TextColumn(width=170),
    "Sum": st.column_config.NumberColumn(
        width=50,
        format="%.2f",
        alignment="left",
        help="The number of targets to which the record can be expected to establish a path.",
    ),
    "Band": st.column_config.TextColumn(width=90),
    "Certain": st.column_config.NumberColumn(
        width=60,
        format="%.2f",
        alignment="left",
        help="The sum over paths whose dates are bound to fit.",
    ),
    "Any": st.column_config.TextColumn(
        width=70,
        help="The probability of a path to at least one of them, also to one that is not counted"
        " again. It is not ranked by: it comes close to 100 % for whoever sells much.",
    ),
    "Targets": st.column_config.NumberColumn(
        width=60, alignment="left", help="With a path, each counted once."
    ),
    "Not again": st.column_config.NumberColumn(
        width=70,
        alignment="left",
        help="Programmes that are part of a counted one, and not counted again.",
    ),
    "Method": st.column_config.TextColumn(
        width=100,
        help="How it was computed, and how far off Any, and each score, may be at 95 %.",
    ),
}


def _row(rank: Rank, names: Mapping[str, str], by: By) -> dict[str, Any]:
    again = {"Not again": len(rank.within)} if by == "programmes" else {}
    return {
        "Rank": rank.rank,
        "Exporter": names[rank.exporter],
        "Sum": rank.total,
        "Band": f"{rank.low:.2f} to {rank.high:.2f}",
        "Certain": rank.certain,
        "Any": wording.percent(rank.any),
        "Targets": len(rank.counted),
        **again,
        "Method": wording.method_in_short(rank.method, rank.error),
    }
