"""From paths and leads to a scene: which cards and lines it has, and what is left out of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

import msgspec

from graph import wording
from graph.evidence import Evidence, Records
from graph.export import labels
from graph.export.roles import roles_of
from graph.export.scene import LEAD, SERVES, Card, Line, OpenEnd, Scene, Stamp
from graph.network.build import Link, Network, links_by_id
from graph.paths.answer import Answer, Lead, Path
from graph.record.model import Entity
from graph.record.vocabulary import Kind, PathRole, Relation, Stroke, line_of

#: Nobody can read a picture of more cards than this; the rest is counted.
MOST_CARDS = 150


def scene_of(
    network: Network,
    answer: Answer,
    records: Records,
    stamp: Stamp,
    *,
    most_cards: int = MOST_CARDS,
) -> Scene:
    """Lay out what a picture of paths shows.

    Parameters
    ----------
    network : networkx.MultiDiGraph
        The network in which the paths were found.
    answer : Answer
        Its paths share the cards and lines that they have in common; its leads are drawn dashed,
        from the buyers in the picture.
    records : Records
        The entities and products of the paths, and the rows behind their links.
    stamp : Stamp
        What stands under the picture.
    most_cards : int
        Paths that would need more cards than this are counted, not drawn.

    Returns
    -------
    Scene
        Ready for `graph.export`.
    """
    entities = records.entities
    names = {id_: entity.name for id_, entity in entities.items()}
    known = links_by_id(network)
    drawn: list[Path] = []
    ids: dict[str, None] = {}
    for path in answer.paths:
        more = ids | dict.fromkeys(path.nodes)
        if drawn and len(more) > most_cards:
            break
        ids = more
        drawn.append(path)
    lines = {line.id: line for path in drawn for line in _lines(path, known, names)}
    ends = dict.fromkeys(path.buyer for path in drawn if path.open_end)
    shown: list[Lead] = []
    undrawn = 0
    for lead in sorted(answer.leads):
        more = ids | dict.fromkeys((lead.supplier, lead.buyer, lead.end))
        if len(more) > most_cards:
            undrawn += 1
            continue
        ids = more
        shown.append(lead)
        supply = known[lead.supply_link_id]
        lines.setdefault(supply.link_id, line_of_link(supply, names))
        drawn_lead = lead_line(known[lead.link_id], names, tied_by=lead.tied_by)
        lines.setdefault(drawn_lead.id, drawn_lead)
        if not supply.programme:
            ends.setdefault(lead.buyer)
    for line in lines.values():
        ids |= dict.fromkeys((line.tail, line.head))  # programmes that paths end before
    pointed = {lead.end for lead in shown} - {n for path in drawn for n in path.nodes}
    parts = roles_of(network, drawn, shown)
    lines = tell_apart(lines, known, names)
    rows = {piece.claim.id: piece for piece in records.evidence}
    sentences = wording.left_out(answer.left_out)
    sentences += wording.too_many(len(answer.paths) - len(drawn), "path", most_cards)
    sentences += wording.too_many(undrawn, "lead", most_cards)
    return Scene(
        cards=tuple(
            card(id_, parts[id_], entities.get(id_), lead_only=id_ in pointed) for id_ in ids
        ),
        lines=tuple(with_stage(line, rows) for line in lines.values()),
        open_ends=tuple(open_ends(ends, lines.values())),
        left_out=tuple(sentences),
        stamp=stamp,
        evidence=rows,
        names=names,
    )


def open_ends(buyers: Iterable[str], lines: Iterable[Line]) -> Iterable[OpenEnd]:
    """Yield the open ends, except companies that sold on: their paths continue in the picture."""
    known = list(lines)
    serving = {line.tail for line in known if line.id.endswith(SERVES)}
    sellers = {line.tail for line in known if not line.id.endswith((SERVES, LEAD))}
    for buyer in buyers:
        if buyer in serving:
            yield OpenEnd(buyer, wording.OPEN_END_OF_OTHERS)
        elif buyer not in sellers:
            yield OpenEnd(buyer)


def card(
    id_: str, role: PathRole | Kind, entity: Entity | None, *, lead_only: bool = False
) -> Card:
    """Return the card of an entity; of one that the store has not, its id.

    Parameters
    ----------
    id_ : str
        Id of the entity.
    role : PathRole or Kind
        Its role on the paths; where there is no path, what it is.
    entity : Entity or None
        Its record.
    lead_only : bool
        True where only a lead points to it.
    """
    if entity is None:
        return Card(id_, role, id_, "", (), lead_only=lead_only)
    return Card(
        id_,
        role,
        entity.name,
        labels.alias_of(entity),
        entity.country,
        collective=entity.collective,
        lead_only=lead_only,
    )


def _lines(path: Path, known: Mapping[str, Link], names: Mapping[str, str]) -> Iterable[Line]:
    for step in path.steps:
        link = known[step.link_id]
        yield line_of_link(link, names, backwards=step.backwards)
        served = step.programme
        if step.to_id == path.buyer and served and served in (*path.nodes, path.programme):
            yield serves(link, served, names)


def serves(link: Link, programme: str, names: Mapping[str, str]) -> Line:
    """Return the line from the buyer of a supply to the programme that it is said to serve.

    Parameters
    ----------
    link : Link
        The supply.
    programme : str
        Id of the programme.
    names : mapping of str to str
        Names by id.
    """
    return msgspec.structs.replace(
        line_of_link(link, names),
        id=link.link_id + SERVES,
        tail=link.head,
        head=programme,
        said=(wording.SERVES, wording.statuses(link.statuses)),
    )


def line_of_link(link: Link, names: Mapping[str, str], *, backwards: bool = False) -> Line:
    """Return the line of a link, from its tail to its head, or in the order of the walk.

    Parameters
    ----------
    link : Link
        The link.
    names : mapping of str to str
        Names by id.
    backwards : bool
        True where the walk goes from head to tail.
    """
    ends = (link.head, link.tail) if backwards else (link.tail, link.head)
    parts = [wording.link_in_words(link, backwards=backwards)]
    parts += [wording.name_or_id(link.product, names)] if link.product else []
    parts += [link.technology] if link.technology else []
    parts += [wording.statuses(link.statuses)]
    parts += [wording.refuted(len(link.refuting_ids))] if link.refuting_ids else []
    return Line(
        id=link.link_id,
        tail=ends[0],
        head=ends[1],
        relation=link.relation,
        line=line_of(link.statuses),
        said=tuple(parts),
        statuses=link.statuses,
        claim_ids=link.claim_ids + link.refuting_ids,
    )


def tell_apart(
    lines: Mapping[str, Line], known: Mapping[str, Link], names: Mapping[str, str]
) -> dict[str, Line]:
    """Return lines, the parallel ones with what tells them apart: contract and programme.

    Parameters
    ----------
    lines : mapping of str to Line
        The lines of a picture, by id.
    known : mapping of str to Link
        The links of the network, by id.
    names : mapping of str to str
        Names by id.
    """
    ends = Counter((line.tail, line.head, line.relation) for line in lines.values())
    told_apart = dict(lines)
    for id_, line in lines.items():
        link = known.get(id_.removesuffix(LEAD))
        if link is None or ends[line.tail, line.head, line.relation] < 2:
            continue
        parts = [f"for {wording.name_or_id(link.programme, names)}"] if link.programme else []
        parts += [f"contract {link.contract}"] if link.contract else []
        told_apart[id_] = msgspec.structs.replace(line, said=(line.said[0], *parts, *line.said[1:]))
    return told_apart


def with_stage(line: Line, rows: Mapping[str, Evidence]) -> Line:
    """Say how far proceedings have come, so that a charge is never read as a finding."""
    claims = (rows[id_].claim for id_ in line.claim_ids if id_ in rows)
    stages = dict.fromkeys(claim.stage for claim in claims if claim.stage)
    parts = (*line.said, *(wording.stage(stage) for stage in stages))
    return msgspec.structs.replace(line, said=parts)


def lead_line(link: Link, names: Mapping[str, str], *, tied_by: str = "") -> Line:
    """Return the line of a lead: what a buyer runs or sold on, on no path.

    Parameters
    ----------
    link : Link
        The link from the buyer.
    names : mapping of str to str
        Names by id.
    tied_by : str
        See `graph.paths.answer.Lead`.
    """
    sold_for = link.programme if link.relation is Relation.SUPPLIES else ""
    programme = wording.name_or_id(sold_for, names) if sold_for else ""
    unsaid = wording.untied(link.relation, tied_by=tied_by, programme=programme)
    return msgspec.structs.replace(
        line_of_link(link, names),
        id=link.link_id + LEAD,
        line=Stroke.LEAD,
        said=(
            wording.link_in_words(link),
            wording.statuses(link.statuses),
            unsaid,
        ),
        lead=unsaid,
    )
