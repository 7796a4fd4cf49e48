"""What the record holds around an entity: its links, and theirs, as a scene. No path is claimed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import pyarrow as pa

from graph import wording
from graph.errors import UnknownIdError
from graph.evidence import gather
from graph.export.compose import (
    MOST_CARDS,
    card,
    line_of_link,
    open_ends,
    serves,
    with_stage,
)
from graph.export.roles import RoleName
from graph.export.scene import LEAD, Card, Line, Scene, Stamp
from graph.model import Entity
from graph.network import Link, of_links
from graph.network import links as links_by_id
from graph.stores.base import Store
from graph.vocabulary import Kind, Relation

_ROLES: Mapping[Kind, RoleName] = {
    Kind.COMPANY: "company",
    Kind.PUBLIC_BODY: "public body",
    Kind.ORGANISATION: "organisation",
    Kind.PROGRAMME: "programme",
    Kind.PRODUCT: "product",
    Kind.INSTRUMENT: "instrument",
    Kind.PLACE: "place",
}


def scene_around(
    store: Store, center: str, hops: int, stamp: Stamp, *, most_cards: int = MOST_CARDS
) -> Scene:
    """Lay out the links within some hops of an entity, with their evidence.

    Dates are not matched: links that stand beside each other are no path. What a buyer operates is
    drawn as a lead, so that a sale and a programme are never joined by the buyer alone.

    Parameters
    ----------
    store : Store
        Any store.
    center : str
        Id of the entity.
    hops : int
        How many links away from it, in either direction; 1 or more.
    stamp : Stamp
        What stands under the picture.
    most_cards : int
        Links that would need more cards than this are counted, not drawn.

    Returns
    -------
    Scene
        Each entity with its kind for a role: what is around is on no path, and plays no part.

    Raises
    ------
    UnknownIdError
        If the store holds no such entity.
    """
    if not store.entities([center]):
        raise UnknownIdError("entity", center)
    table = _near(store, center, hops)
    network = of_links(store, table, [center])
    known = links_by_id(network)
    found = [known[id_] for id_ in table.column("link_id").to_pylist()]
    ids: dict[str, None] = {center: None}
    shown: list[Link] = []
    for link in found:
        more = ids | dict.fromkeys(filter(None, (link.tail, link.head, link.programme)))
        if len(more) <= most_cards:
            ids = more
            shown.append(link)
    rows = [id_ for link in shown for id_ in (*link.claim_ids, *link.refuting_ids)]
    evidence = {one.claim.id: one for one in gather(store, dict.fromkeys(rows))}
    spoken = {reply.party for one in evidence.values() for reply in one.replies}
    entities = store.entities(sorted({*ids, *spoken, *(link.product for link in shown)} - {""}))
    names = {id_: entity.name for id_, entity in entities.items()}
    lines = {line.id: line for line in _lines(shown, names, entities)}
    buyers = [
        link.head for link in shown if link.relation is Relation.SUPPLIES and not link.programme
    ]
    return Scene(
        cards=tuple(_card(id_, entities) for id_ in ids),
        lines=tuple(with_stage(line, evidence) for line in lines.values()),
        open_ends=tuple(open_ends(dict.fromkeys(buyers), lines.values())),
        left_out=tuple(wording.too_many(len(found) - len(shown), "link", most_cards)),
        stamp=stamp,
        evidence=evidence,
        names=names,
    )


def _near(store: Store, center: str, hops: int) -> pa.Table:
    """Return the links within some hops, those nearer to the entity first."""
    met, edge = {center}, [center]
    tables: list[pa.Table] = []
    for _ in range(hops):
        near = [store.neighbours(entity) for entity in edge]
        tables += near
        ends = {
            end
            for table in near
            for column in ("tail", "head", "programme")
            for end in table.column(column).to_pylist()
            if end
        }
        edge = sorted(ends - met)
        met |= ends
    whole = pa.concat_tables(tables)
    first = {id_: at for at, id_ in reversed(list(enumerate(whole.column("link_id").to_pylist())))}
    return whole.take(sorted(first.values()))


def _lines(
    shown: Sequence[Link], names: Mapping[str, str], entities: Mapping[str, Entity]
) -> Iterator[Line]:
    buyers = {link.head for link in shown if link.relation is Relation.SUPPLIES}
    for link in shown:
        if link.tail in buyers and _runs(link, entities):
            yield Line(
                id=link.link_id + LEAD,
                tail=link.tail,
                head=link.head,
                relation=link.relation,
                line="lead",
                said=(wording.link(link), wording.LEAD, wording.statuses(link.statuses)),
                statuses=link.statuses,
                claim_ids=link.claim_ids + link.refuting_ids,
            )
            continue
        yield line_of_link(link, names)
        if link.relation is Relation.SUPPLIES and link.programme:
            yield serves(link, link.programme, names)


def _runs(link: Link, entities: Mapping[str, Entity]) -> bool:
    """Tell whether a link says what a buyer runs, and not what a company sold."""
    body = entities.get(link.tail)
    is_company = body is not None and body.kind is Kind.COMPANY
    return link.relation is Relation.OPERATES or (
        link.relation is Relation.CONTRIBUTES_TO and not is_company
    )


def _card(id_: str, entities: Mapping[str, Entity]) -> Card:
    return card(id_, _ROLES[entities[id_].kind], entities[id_])
