"""What the record holds around an entity: its links, and theirs, as a scene. No path is claimed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from graph import wording
from graph.errors import UnknownIdError
from graph.evidence import entities_in, gather
from graph.export.compose import (
    MOST_CARDS,
    card,
    lead_line,
    line_of_link,
    open_ends,
    serves,
    tell_apart,
    with_stage,
)
from graph.export.scene import Line, Scene, Stamp
from graph.network.build import Link, Network, of_links
from graph.network.build import links_by_id as links_by_id
from graph.network.nearby import links_near
from graph.paths.leads import runs
from graph.record.vocabulary import Relation, Stroke
from graph.stores.base import Store


def scene_around(
    store: Store, center: str, hops: int, stamp: Stamp, *, most_cards: int = MOST_CARDS
) -> Scene:
    """Lay out the links within some hops of an entity, with their evidence.

    Dates are not matched: links that stand beside each other are no path. What a buyer runs is
    drawn as a lead where no supply is said to serve it, so that a sale and a programme are never
    joined by the buyer alone.

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
        Each entity with its kind for a role: what is around is on no path, and plays no part. Of
        an entity without links, its card alone.

    Raises
    ------
    UnknownIdError
        If the store holds no such entity.
    """
    if not store.entities([center]):
        raise UnknownIdError("entity", center)
    table = links_near(store, [center], hops).links
    network = of_links(store, table, [center])
    known = links_by_id(network)
    links = [known[id_] for id_ in table.column("link_id").to_pylist()]
    ids: dict[str, None] = {center: None}
    shown: list[Link] = []
    for link in links:
        more = ids | dict.fromkeys(filter(None, (link.tail, link.head, link.programme)))
        if len(more) <= most_cards:
            ids = more
            shown.append(link)
    rows = [id_ for link in shown for id_ in (*link.claim_ids, *link.refuting_ids)]
    evidence = {piece.claim.id: piece for piece in gather(store, dict.fromkeys(rows))}
    entities = store.entities(sorted({*ids, *entities_in(evidence.values())}))
    names = {id_: entity.name for id_, entity in entities.items()}
    lines = {line.id: line for line in _lines(network, shown, names)}
    lines = tell_apart(lines, known, names)
    leads = [line for line in lines.values() if line.line is Stroke.LEAD]
    joined = {end for line in lines.values() if line not in leads for end in (line.tail, line.head)}
    pointed = {line.head for line in leads} - joined - {center}
    buyers = [
        link.head for link in shown if link.relation is Relation.SUPPLIES and not link.programme
    ]
    return Scene(
        cards=tuple(
            card(id_, entities[id_].kind, entities[id_], lead_only=id_ in pointed) for id_ in ids
        ),
        lines=tuple(with_stage(line, evidence) for line in lines.values()),
        open_ends=tuple(open_ends(dict.fromkeys(buyers), lines.values())),
        left_out=tuple(wording.too_many(len(links) - len(shown), "link", most_cards)),
        stamp=stamp,
        evidence=evidence,
        names=names,
    )


def _lines(network: Network, shown: Sequence[Link], names: Mapping[str, str]) -> Iterator[Line]:
    served = defaultdict(set)
    for link in shown:
        if link.relation is Relation.SUPPLIES:
            served[link.head].add(link.programme)
    run = {link.link_id for buyer in served for link in runs(network, buyer)}
    for link in shown:
        if link.link_id in run and link.head not in served[link.tail]:
            yield lead_line(link, names)
            continue
        yield line_of_link(link, names)
        if link.relation is Relation.SUPPLIES and link.programme:
            yield serves(link, link.programme, names)
