"""From an answer to a scene: the evidence, the names and the leads' supplies, out of the store."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from graph import wording
from graph.evidence import Records, entities_in, gather
from graph.export.compose import MOST_CARDS, scene_of
from graph.export.scene import Scene, Stamp
from graph.network.build import links_by_id
from graph.paths.answer import Path
from graph.paths.find import AnsweredQuestion, supply_paths
from graph.paths.question import Question
from graph.stores.base import Store


def stamp_of(answered: AnsweredQuestion, names: Mapping[str, str], data_version: str) -> Stamp:
    """Return what stands under the picture of an answer.

    Parameters
    ----------
    answered : AnsweredQuestion
        The answered question.
    names : mapping of str to str
        Names of its ends, by id.
    data_version : str
        The version as readers see it.
    """
    ends = wording.ends_in_words(answered.question, names)
    title = (
        f"Supply paths {ends}" if answered.answer.paths else f"No supply path {ends}: leads only"
    )
    return Stamp(
        title=title,
        data_version=data_version,
        weights_version=answered.network.graph["weights_version"],
        filters=(f"paths {wording.filters_in_words(answered.question)}",),
    )


def scene_from(
    store: Store,
    answered: AnsweredQuestion,
    stamp: Stamp,
    *,
    only: int | None = None,
    most_cards: int = MOST_CARDS,
) -> Scene:
    """Lay out the picture of an answer, with the evidence of every link in it.

    Parameters
    ----------
    store : Store
        The store that answered.
    answered : AnsweredQuestion
        The answered question. Where there are leads and no path, the way to their buyers is drawn.
    stamp : Stamp
        What stands under the picture. Its title should name both ends.
    only : int, optional
        Position of the one path to draw; default: all of them in one picture.
    most_cards : int
        See `graph.export.compose.scene_of`.
    """
    answer = answered.answer
    paths, leads, left_out = answer.paths, answer.leads, dict(answer.left_out)
    if only is not None:
        paths = paths[only : only + 1]
        leads = tuple(lead for lead in leads if lead.buyer in {path.buyer for path in paths})
        left_out["top"] = answer.total - len(paths)
    if not answer.paths:
        paths = _ways_to_leads(answered)
    known = links_by_id(answered.network)
    shown = {link for path in paths for link in path.links}
    shown |= {id_ for lead in leads for id_ in (lead.supply_link_id, lead.link_id)}
    rows = dict.fromkeys(
        claim
        for id_ in sorted(shown)
        for claim in (*known[id_].claim_ids, *known[id_].refuting_ids)
    )
    evidence = tuple(gather(store, rows))
    drawn = [known[id_] for id_ in shown]
    ids = {end for link in drawn for end in (link.tail, link.head, link.programme, link.product)}
    ids |= entities_in(evidence)
    return scene_of(
        answered.network,
        replace(answer, paths=paths, leads=leads, left_out=left_out),
        Records(store.entities(sorted(ids - {""})), evidence),
        stamp,
        most_cards=most_cards,
    )


def _ways_to_leads(answered: AnsweredQuestion) -> tuple[Path, ...]:
    """Return the best path from the exporter to the buyer of each lead."""
    exporter, max_hops = answered.question.exporter, answered.question.max_hops
    ways: list[Path] = []
    for buyer in dict.fromkeys(lead.buyer for lead in answered.answer.leads):
        way = Question.between(exporter, buyer, max_hops=max_hops)
        ways += supply_paths(answered.network, way, top=1).paths
    return tuple(ways)
