"""The paths page: supply paths from an exporter to a buyer or programme, with evidence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from app.parts import html
from app.parts.data import Data, cached_answer, entities
from app.parts.downloads import downloads
from app.parts.evidence import show_part
from app.parts.picture import picture
from app.parts.question_form import draw_question_form, question_of, words_of
from app.parts.scoring import scored
from app.parts.view import View
from graph import wording
from graph.export.layout import layout_of
from graph.export.scene import Scene
from graph.export.scene_from_answer import scene_from, stamp_of
from graph.paths.answer import Path
from graph.paths.find import AnsweredQuestion
from graph.paths.question import EVERYTHING, Question

ALL = 0

#: Maximum width in points of a picture beside its evidence; wider ones go above it.
WIDEST = 1000


def page(data: Data) -> None:
    """Draw the page."""
    view = View("paths", data)
    if view.fresh:
        _check_part(data, view)
    html.heading("Supply paths", 1)
    question = draw_question_form(data, view)
    fields = _fields(question)
    if not question.exporter:
        view.write(**fields)
        _who_reaches(data, question, fields)
        return
    answered = cached_answer(data, question)
    names = _names(data, answered, question)
    same = view.still(fields)
    number = _choose_path(view, answered, names, same=same)
    scene = _scene(data, answered, names, number)
    headline = _headline(answered, names)
    html.heading(headline, 2)
    if not answered.answer.total:
        html.note(wording.NO_PROOF)
    if not scene.cards:
        view.write(**fields)
        html.note(*_left_out(scene, question))
        return
    part = _picture_and_evidence(data, view, scene, answered, names, number=number, same=same)
    view.write(**fields, path=number if number != 1 else "", link=part)
    downloads(scene, f"{question.exporter}-{question.target or 'all'}")
    pinned = {**fields, "path": number, "link": part, "v": data.id[:12]}
    html.show_template(
        "permalink.html", href=html.view_address("paths", **pinned), version=data.version
    )


def _fields(question: Question) -> dict[str, str | int]:
    return {
        "src": question.exporter,
        "dst": question.target,
        "hops": question.max_hops if question.max_hops != EVERYTHING.max_hops else "",
        "on": date.fromordinal(question.on).isoformat() if question.on else "",
        "status": ",".join(words_of(question.statuses)),
    }


def _who_reaches(data: Data, question: Question, fields: dict[str, str | int]) -> None:
    """List the exporters with a path to the target, if only the target is given."""
    if not question.target:
        html.note("Choose where the paths begin, and where they end; one of the two will do.")
        return
    if not data.small:
        html.note("Choose where the paths begin: this record is too large to try all exporters.")
        return
    reaching = [explanation.score for explanation in scored(data, question).explanations]
    names = entities(data, {score.exporter for score in reaching} | {question.target})
    target = names[question.target].name
    if not reaching:
        filters = wording.filters_in_words(question)
        html.note(f"No path {filters}, leads to {target}.", wording.NO_PROOF)
        return
    html.show_template(
        "exporters.html",
        target=target,
        filters=wording.filters_in_words(question),
        rows=[
            (
                score,
                names[score.exporter].name,
                html.view_address("paths", **{**fields, "src": score.exporter}),
            )
            for score in reaching
        ],
    )


def _names(data: Data, answered: AnsweredQuestion, question: Question) -> dict[str, str]:
    ids = {id_ for path in answered.answer.paths for id_ in path.nodes}
    ids |= {id_ for lead in answered.answer.leads for id_ in lead.entities}
    ids |= {question.exporter, question.target}
    return {id_: entity.name for id_, entity in entities(data, ids).items()}


def _headline(answered: AnsweredQuestion, names: dict[str, str]) -> str:
    total = answered.answer.total
    if not total:
        return wording.none_found(answered.question, names)
    what = "supply path" if total == 1 else "supply paths"
    return f"{total:,} {what} {wording.ends_in_words(answered.question, names)}"


def _choose_path(
    view: View, answered: AnsweredQuestion, names: dict[str, str], *, same: bool
) -> int:
    """Return the number of the path that the reader chooses, or ALL."""
    paths = answered.answer.paths
    if len(paths) < 2:
        return 1 if paths else ALL
    default = int(view.get("path") or 1) if same else 1
    if default > len(paths):
        default = 1
    if not same:
        st.session_state.pop("paths_path", None)
    view.seed("paths_path", default)

    def label(number: int) -> str:
        if number == ALL:
            return f"All {len(paths)} in one picture"
        path = paths[number - 1]
        way = " → ".join(wording.isolate(wording.name_or_id(node, names)) for node in path.nodes)
        share = wording.percent(path.probability)
        return f"{number} of {answered.answer.total}: {way}, probability {share}"

    chosen: int = st.selectbox(
        "Path, the best proven first", range(len(paths) + 1), format_func=label, key="paths_path"
    )
    return chosen


def _check_part(data: Data, view: View) -> None:
    """Refuse an address whose path or link is no part of the answer to its question."""
    path, link = view.get("path"), view.get("link")
    if not (path or link):
        return
    question = question_of(view)
    if not question.exporter:
        why = "The fields path and link choose a part of an answer, so they need src."
        view.refuse("path", "link", why=why)
    answered = cached_answer(data, question)
    number = int(path or min(len(answered.answer.paths), 1))
    if number > len(answered.answer.paths):
        view.refuse("path", "link", why=_no_such_path(answered, number))
    if link:
        scene = _scene(data, answered, _names(data, answered, question), number)
        if link not in _parts(scene):
            view.refuse("link", why=f"link: this picture has no part with the id “{link[:60]}”.")


def _parts(scene: Scene) -> set[str]:
    return {card.id for card in scene.cards} | {line.id for line in scene.lines}


def _no_such_path(answered: AnsweredQuestion, number: int) -> str:
    total, kept = answered.answer.total, len(answered.answer.paths)
    if total > kept and number <= total:
        ends = f"{answered.question.exporter} {answered.question.target}"
        return (
            f"path: this page keeps the {kept} best proven of {total:,} paths, and path {number:,}"
            f" is not one of them. “sightline paths {ends} --top {number}” shows it."
        )
    are = {0: "no path", 1: "1 path"}.get(total, f"{total:,} paths")
    return f"path: this question has {are}; there is no path {number:,}."


def _scene(data: Data, answered: AnsweredQuestion, names: dict[str, str], number: int) -> Scene:
    stamp = stamp_of(answered, names, data.version)
    return scene_from(data.store, answered, stamp, only=None if number == ALL else number - 1)


def _picture_and_evidence(
    data: Data,
    view: View,
    scene: Scene,
    answered: AnsweredQuestion,
    names: dict[str, str],
    *,
    number: int,
    same: bool,
) -> str:
    """Draw the picture and the evidence of its chosen part; return the id of the part."""
    parts = _parts(scene)
    given = view.get("link") if same else ""
    chosen = given if given in parts else _first(scene)
    wide = layout_of(scene).width > WIDEST  # unreadable beside other columns
    above = st.container()
    left, right = st.columns([2, 1], gap="medium")
    with above if wide else left:
        chosen = picture(scene, chosen)
    with left:
        _in_words(answered, scene, names, number)
        _as_table(view, scene, chosen)
    with right:
        show_part(data, scene, chosen)
    return chosen


def _first(scene: Scene) -> str:
    """Return the part whose evidence is shown first: the supply."""
    supplies = (line for line in scene.lines if line.relation.entry.act)
    return next(supplies, scene.lines[0]).id if scene.lines else scene.cards[0].id


def _in_words(answered: AnsweredQuestion, scene: Scene, names: dict[str, str], number: int) -> None:
    paths = answered.answer.paths
    path: Path | None = paths[max(number, 1) - 1] if paths else None
    sentences: list[str] = []
    gaps: list[str] = []
    if path is not None and number != ALL:
        sentences = [wording.weakest(path, names)] if len(path.steps) > 1 else []
        sentences += wording.ties(path, names)
        sentences += [wording.proven(path), wording.eu(path, names)]
        if by_succession := wording.succession(path.steps):
            sentences.append(by_succession)
        gaps = wording.missing(path, scene.evidence, scene.names)
    leads = [wording.lead_sentence(lead, names) for lead in answered.answer.leads]
    left_out = _left_out(scene, answered.question)
    html.show_template("words.html", sentences=sentences, gaps=gaps, leads=leads, left_out=left_out)


def _left_out(scene: Scene, question: Question) -> Sequence[str]:
    if scene.left_out:
        return [*scene.left_out, wording.longer(question.max_hops)]
    return [wording.nothing_left_out(question.max_hops)]


def _as_table(view: View, scene: Scene, chosen: str) -> None:
    names = {card.id: card.name for card in scene.cards}
    rows = []
    for number, line in enumerate(scene.lines, start=1):
        evidence = [scene.evidence[id_] for id_ in line.claim_ids if id_ in scene.evidence]
        origins = {origin.id for item in evidence for origin in item.origins}
        rows.append((number, line, names[line.tail], names[line.head], len(evidence), len(origins)))
    html.show_template(
        "steps.html",
        caption="The same as a table",
        rows=rows,
        open_ends=[(names[end.buyer], end.said) for end in scene.open_ends],
        chosen=chosen,
        address_of=lambda id_: html.view_address("paths", **{**view.given, "link": id_}),
    )
