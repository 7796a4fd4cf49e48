"""What a picture shows, before it is drawn: cards, lines, open ends, and the stamp under it.

Every picture and every table that leaves Sightline is made from a `Scene`, so that all of them
show the same links, with the same words, and say the same of what they leave out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from graph import wording
from graph.answers import Lead, Path
from graph.evidence import Evidence
from graph.export import labels
from graph.export.roles import RoleName, roles_of
from graph.model import Entity
from graph.network import Link, Network, links
from graph.vocabulary import Relation, Status, line_of

#: A picture of more cards than this is read by nobody; what is past it is counted.
MOST_CARDS = 150

#: Ids of lines that are no link of their own end in one of these.
SERVES = ":serves"
LEAD = ":lead"


class Card(msgspec.Struct, frozen=True):
    """An entity of the picture.

    Parameters
    ----------
    id : str
        The entity.
    role : RoleName
        Its part in the paths.
    name, alias : str
        Its name, and one more: in its own script, where the record has it.
    country : tuple of str
        Its countries.
    collective : bool
        True for a stand-in for several or unnamed bodies.
    lead_only : bool
        True where only a lead points to it.
    """

    id: str
    role: RoleName
    name: str
    alias: str
    country: tuple[str, ...]
    collective: bool = False
    lead_only: bool = False

    @property
    def caption(self) -> str:
        """Role and country, as they stand on the card."""
        stand_in = wording.STAND_IN if self.collective else ""
        parts = (self.role.upper(), ", ".join(self.country), stand_in)
        return " · ".join(part for part in parts if part)


class Line(msgspec.Struct, frozen=True):
    """A link of the picture, from left to right.

    Parameters
    ----------
    id : str
        The link's id; with `SERVES` for the programme that a supply is said to serve, with `LEAD`
        for a lead.
    tail, head : str
        Left and right end, in the order of the walk.
    relation : Relation
        The relation.
    line : str
        How it is drawn: documented, alleged, disputed, denied, withdrawn, or lead.
    said : tuple of str
        The lines of its label.
    statuses : tuple of Status
        All statuses of the link.
    claim_ids : tuple of str
        The rows behind it, supporting ones first.
    """

    id: str
    tail: str
    head: str
    relation: Relation
    line: str
    said: tuple[str, ...]
    statuses: tuple[Status, ...]
    claim_ids: tuple[str, ...]


class Stamp(msgspec.Struct, frozen=True):
    """What stands under the picture, so that it never travels without it.

    Parameters
    ----------
    title : str
        What the picture shows.
    data_version, weights_version : str
        Versions, as readers see them.
    filters : tuple of str
        What was asked for beside the two ends.
    licence : str
        Licence of the data.
    """

    title: str
    data_version: str
    weights_version: str = ""
    filters: tuple[str, ...] = ()
    licence: str = wording.LICENCE


class Scene(msgspec.Struct, frozen=True):
    """A picture to be drawn.

    Parameters
    ----------
    cards, lines : tuples
        In the order in which the paths come to them.
    open_ends : tuple of str
        Ids of the buyers after which no source names a programme.
    left_out : tuple of str
        Sentences on what is not in the picture.
    stamp : Stamp
        What stands under it.
    evidence : dict of str to Evidence
        The rows behind the lines, by id.
    names : dict of str to str
        Names of all entities that the evidence speaks of.
    """

    cards: tuple[Card, ...]
    lines: tuple[Line, ...]
    open_ends: tuple[str, ...]
    left_out: tuple[str, ...]
    stamp: Stamp
    evidence: dict[str, Evidence] = {}
    names: dict[str, str] = {}

    @property
    def sources(self) -> tuple[str, ...]:
        """The root sources that the picture rests on, a line each."""
        roots = {root.id: root for one in self.evidence.values() for root in one.origins}
        return tuple(wording.source_line(roots[root]) for root in sorted(roots))


def scene_of(
    network: Network,
    paths: Sequence[Path],
    leads: Iterable[Lead],
    entities: Mapping[str, Entity],
    stamp: Stamp,
    *,
    evidence: Iterable[Evidence] = (),
    left_out: Mapping[str, int] | None = None,
    most_cards: int = MOST_CARDS,
) -> Scene:
    """Lay out what a picture of paths shows.

    Parameters
    ----------
    network : networkx.MultiDiGraph
        The network in which the paths were found.
    paths : sequence of Path
        Best first. Several paths share the cards and lines that they have in common.
    leads : iterable of Lead
        Drawn dashed, from the buyers in the picture.
    entities : mapping of str to Entity
        The entities and products of the paths, by id.
    stamp : Stamp
        What stands under the picture.
    evidence : iterable of Evidence
        The rows behind the links.
    left_out : mapping of str to int, optional
        What the answer left out, by reason (`graph.paths.Answer.left_out`).
    most_cards : int
        Paths that would need more cards than this are counted, not drawn.

    Returns
    -------
    Scene
        Ready for `graph.export`.
    """
    names = {id_: entity.name for id_, entity in entities.items()}
    known = links(network)
    drawn: list[Path] = []
    ids: dict[str, None] = {}
    for path in paths:
        more = ids | dict.fromkeys(path.nodes)
        if drawn and len(more) > most_cards:
            break
        ids = more
        drawn.append(path)
    lines = {line.id: line for path in drawn for line in _lines(path, known, names)}
    open_ends = dict.fromkeys(path.buyer for path in drawn if path.open_end)
    shown = [lead for lead in sorted(leads) if len({*ids, lead.programme}) <= most_cards]
    for lead in shown:
        supply = known[lead.supply_link_id]
        lines.setdefault(supply.link_id, _line(supply, names))
        lines.setdefault(lead.link_id + LEAD, _lead(lead))
        if not supply.programme:
            open_ends.setdefault(lead.buyer)
    for line in lines.values():
        ids |= dict.fromkeys((line.tail, line.head))
    pointed = {lead.programme for lead in shown} - {n for path in drawn for n in path.nodes}
    parts = roles_of(network, drawn, shown)
    said = wording.left_out(left_out or {})
    if undrawn := len(paths) - len(drawn):
        said.append(wording.too_many(undrawn, most_cards))
    return Scene(
        cards=tuple(
            _card(id_, parts[id_], entities.get(id_), lead_only=id_ in pointed) for id_ in ids
        ),
        lines=tuple(lines.values()),
        open_ends=tuple(open_ends),
        left_out=tuple(said),
        stamp=stamp,
        evidence={one.claim.id: one for one in evidence},
        names=names,
    )


def _card(id_: str, role: RoleName, entity: Entity | None, *, lead_only: bool) -> Card:
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
        yield _line(link, names, backwards=step.backwards)
        served = step.programme
        if step.to_id == path.buyer and served and served in (*path.nodes, path.programme):
            yield msgspec.structs.replace(
                _line(link, names),
                id=link.link_id + SERVES,
                tail=link.head,
                head=served,
                said=(wording.SERVES, wording.statuses(link.statuses)),
            )


def _line(link: Link, names: Mapping[str, str], *, backwards: bool = False) -> Line:
    ends = (link.head, link.tail) if backwards else (link.tail, link.head)
    said = [wording.link(link, backwards=backwards)]
    said += [wording.named(link.product, names)] if link.product else []
    said += [link.technology] if link.technology else []
    said += [wording.statuses(link.statuses)]
    said += [wording.refuted(len(link.refuting_ids))] if link.refuting_ids else []
    return Line(
        id=link.link_id,
        tail=ends[0],
        head=ends[1],
        relation=link.relation,
        line=line_of(set(link.statuses)),
        said=tuple(said),
        statuses=link.statuses,
        claim_ids=link.claim_ids + link.refuting_ids,
    )


def _lead(lead: Lead) -> Line:
    return Line(
        id=lead.link_id + LEAD,
        tail=lead.buyer,
        head=lead.programme,
        relation=lead.relation,
        line="lead",
        said=(f"{wording.verb(lead.relation, lead.valid_to)} {wording.when(lead)}", wording.LEAD),
        statuses=(),
        claim_ids=lead.claim_ids,
    )
