"""Supply paths: from an exporter to a buyer or a programme, best first, with what was left out."""

from __future__ import annotations

import heapq
from collections.abc import Collection, Iterable, Iterator
from itertools import count
from typing import TypeAlias

import msgspec

from graph.dates import Days
from graph.errors import UnknownIdError
from graph.exposure.chance import Event, chance, prepare
from graph.jurisdiction import in_eu
from graph.network import Link, Network, links
from graph.timeline import Timeline
from graph.vocabulary import Kind, Relation, Status
from graph.walks import Move, Part, Place, hops_left, is_end, moves


class Step(msgspec.Struct, frozen=True):
    """One link of a path. Relation and ends are those of the claim, also where walked backwards."""

    relation: Relation
    from_id: str
    to_id: str
    link_id: str
    claim_ids: tuple[str, ...]
    refuting_ids: tuple[str, ...]
    statuses: tuple[Status, ...]
    valid_from: str
    valid_to: str
    as_of: str
    contract: str
    programme: str
    product: str
    technology: str
    share: float | None
    backwards: bool
    probability: float


class Path(msgspec.Struct, frozen=True):
    """An admissible walk.

    Parameters
    ----------
    nodes : tuple of str
        Ids in the order of the walk; the last supply's programme included where the walk ends
        there or goes on from it.
    steps : tuple of Step
        The links, in order.
    probability : float
        That the sound part of the record holds all its links.
    certain : float
        The same, where the dates are bound to fit; else 0.
    supplier : str
        Who makes the first supply, or the contribution: the exporter in the sense of the law.
    buyer : str
        Who receives the last supply; empty where there is none.
    programme : str
        The programme in which the path ends, or which the last supply serves; empty: an open end,
        "no source names a programme".
    supplied : Days
        When the first supply, or the contribution, may have been made.
    eu : str
        Whether the supplier was under EU export rules then: yes, no or possibly.
    """

    nodes: tuple[str, ...]
    steps: tuple[Step, ...]
    probability: float
    certain: float
    supplier: str
    buyer: str
    programme: str
    supplied: Days
    eu: str

    @property
    def links(self) -> frozenset[str]:
        """Ids of its links."""
        return frozenset(step.link_id for step in self.steps)

    @property
    def open_end(self) -> bool:
        """Whether no source names a programme that this supply serves."""
        return not self.programme


class Lead(msgspec.Struct, frozen=True, order=True):
    """The buyer runs a programme, and no source says that this supply serves it. Never a path."""

    supplier: str
    buyer: str
    programme: str
    relation: Relation
    supply_link_id: str
    link_id: str
    claim_ids: tuple[str, ...]
    valid_from: str
    valid_to: str
    as_of: str


class Answer(msgspec.Struct, frozen=True):
    """Paths, leads, and what was left out.

    Parameters
    ----------
    paths : tuple of Path
        Best first: by falling probability, then fewer steps, then ids.
    total : int
        How many admissible walks there are.
    leads : tuple of Lead
        In the order of ids.
    left_out : dict of str to int
        What is not among `paths`, by reason: `top` (walks past the asked number), `dates`
        (beginnings of walks whose dates cannot fit), `round_trips` (beginnings that would meet an
        entity twice), `status` (links none of whose rows has an asked status).
    """

    paths: tuple[Path, ...]
    total: int
    leads: tuple[Lead, ...]
    left_out: dict[str, int]


def supply_paths(
    network: Network,
    exporter: str,
    target: str | None,
    *,
    max_hops: int = 6,
    on: int | None = None,
    statuses: Collection[Status] | None = None,
    top: int | None = None,
) -> Answer:
    """Find the supply paths from an exporter to a target, best first.

    Parameters
    ----------
    network : networkx.MultiDiGraph
        Made by `graph.network.from_records` or `of_store`.
    exporter : str
        Id of a company, or of one of its owners or successors.
    target : str or None
        Id of a buyer or a programme; None: every buyer and programme that is reached.
    max_hops : int
        Greatest number of hops.
    on : int, optional
        A day (ordinal): every state holds, and every event has happened, on that day.
    statuses : collection of Status, optional
        Only rows with one of these statuses count; refuting rows always do.
    top : int, optional
        How many paths to return; the others are counted.

    Returns
    -------
    Answer
        Paths, leads and what was left out.

    Raises
    ------
    UnknownIdError
        If the network holds no such exporter or target.

    Notes
    -----
    A best-first search by the exact probability of the walk so far, which no further step can
    raise: the first complete walk that leaves the queue is the most probable one. Products of link
    probabilities would be wrong where links share an origin.
    """
    for what, identifier in (("exporter", exporter), ("target", target)):
        if identifier is not None and identifier not in network:
            raise UnknownIdError(what, identifier)
    search = _Search(network, exporter, target, max_hops, on, statuses)
    paths: list[Path] = []
    total = 0
    for walk in search.walks():
        total += 1
        if top is None or len(paths) < top:
            paths.append(search.path(walk))
    left_out = {
        "dates": search.misdated,
        "round_trips": search.round_trips,
        "status": search.without_status,
        "top": total - len(paths),
    }
    return Answer(tuple(paths), total, search.leads(), {k: v for k, v in left_out.items() if v})


class _Walk(msgspec.Struct, frozen=True):
    """A walk in the making."""

    place: Place
    nodes: tuple[str, ...]
    moves: tuple[Move, ...] = ()
    hops: int = 0
    timeline: Timeline = Timeline()
    probability: float = 1.0

    @property
    def last_supply(self) -> Move | None:
        return next((m for m in reversed(self.moves) if m.link.relation is Relation.SUPPLIES), None)


_Entry: TypeAlias = tuple[float, int, tuple[str, ...], int, _Walk]


class _Search:
    def __init__(
        self,
        network: Network,
        exporter: str,
        target: str | None,
        max_hops: int,
        on: int | None,
        statuses: Collection[Status] | None,
    ) -> None:
        self.without_status = 0
        if statuses is not None:
            network, self.without_status = with_statuses(network, statuses)
        self.network = network
        self.exporter = exporter
        self.target = target
        self.max_hops = max_hops
        self.on = on
        self.round_trips = 0
        self.misdated = 0
        self.event: Event = prepare(network, links(network).values())
        self._leads: set[Lead] = set()
        self._need = hops_left(network, exporter, self._goals(), max_hops)

    def _goals(self) -> set[str] | None:
        """The target, and the buyers from which a lead points to it."""
        if self.target is None:
            return None
        return {self.target, *(tail for tail, _ in _operators(self.network, self.target))}

    def walks(self) -> Iterator[_Walk]:
        """Yield the complete walks by falling probability, and collect the leads."""
        ticket = count()
        start = _Walk(Place(self.exporter, Part.SUCCESSION), (self.exporter,))
        queue: list[_Entry] = [(-1.0, 0, (), next(ticket), start)]
        while queue:
            *_, walk = heapq.heappop(queue)
            if walk.moves and is_end(self.network, walk.place):
                self._note_leads(walk)
                if self.target is None or walk.place.entity == self.target:
                    yield walk
            if self.target is not None and walk.place.entity == self.target:
                continue
            for longer in self._extend(walk):
                ids = tuple(move.link.link_id for move in longer.moves)
                heapq.heappush(queue, (-longer.probability, len(ids), ids, next(ticket), longer))

    def _extend(self, walk: _Walk) -> Iterator[_Walk]:
        for move in moves(self.network, walk.place):
            hops = walk.hops + move.hops
            if hops + self._need.get(move.place, self.max_hops + 1) > self.max_hops:
                continue
            if not set(move.visits).isdisjoint(walk.nodes):
                self.round_trips += self._is_round_trip(walk, move)
                continue
            timeline = walk.timeline.step(self.network, move.link, self.on)
            if timeline is None:
                self.misdated += 1
                continue
            used = {m.link.link_id for m in walk.moves} | {move.link.link_id}
            probability = chance(self.event, [frozenset(used)])
            if probability <= 0:
                continue
            nodes = (*walk.nodes, *move.visits)
            yield _Walk(move.place, nodes, (*walk.moves, move), hops, timeline, probability)

    @staticmethod
    def _is_round_trip(walk: _Walk, move: Move) -> bool:
        """Going straight back over the same link is no trip."""
        return not walk.moves or walk.moves[-1].link.link_id != move.link.link_id

    def path(self, walk: _Walk) -> Path:
        """Write a walk out."""
        first = next(
            m for m in walk.moves if m.link.relation in (Relation.SUPPLIES, Relation.CONTRIBUTES_TO)
        ).link
        supply = walk.last_supply
        ends_in_programme = walk.place.part is Part.PROGRAMME
        programme = walk.nodes[-1] if ends_in_programme else supply.link.programme if supply else ""
        begun = walk.timeline.first
        supplied = begun.days if begun else first.readings.outer
        return Path(
            nodes=walk.nodes,
            steps=tuple(self._step(move) for move in walk.moves),
            probability=walk.probability,
            certain=walk.probability if walk.timeline.certain else 0.0,
            supplier=first.tail,
            buyer=supply.link.head if supply else "",
            programme=programme,
            supplied=supplied,
            eu=in_eu(self.network.nodes[first.tail]["country"], supplied),
        )

    def _step(self, move: Move) -> Step:
        link = move.link
        return Step(
            relation=link.relation,
            from_id=link.tail,
            to_id=link.head,
            link_id=link.link_id,
            claim_ids=link.claim_ids,
            refuting_ids=link.refuting_ids,
            statuses=link.statuses,
            valid_from=link.valid_from,
            valid_to=link.valid_to,
            as_of=link.as_of,
            contract=link.contract,
            programme=link.programme,
            product=link.product,
            technology=link.technology,
            share=link.share,
            backwards=move.backwards,
            probability=chance(self.event, [frozenset([link.link_id])]),
        )

    def _note_leads(self, walk: _Walk) -> None:
        supply = walk.last_supply
        if supply is None or walk.place.part is not Part.SUPPLY:
            return
        buyer = walk.place.entity
        for link in _runs(self.network, buyer):
            wanted = self.target is None or self.target in (link.head, buyer)
            if wanted and link.head != supply.link.programme:
                self._leads.add(
                    Lead(
                        supply.link.tail,
                        buyer,
                        link.head,
                        link.relation,
                        supply.link.link_id,
                        link.link_id,
                        link.claim_ids,
                        link.valid_from,
                        link.valid_to,
                        link.as_of,
                    )
                )

    def leads(self) -> tuple[Lead, ...]:
        """Return the leads met on the way."""
        return tuple(sorted(self._leads))


def _runs(network: Network, body: str) -> Iterator[Link]:
    """Yield the links by which a buyer operates, or as a body contributes to, a programme."""
    is_company = network.nodes[body]["kind"] is Kind.COMPANY
    for _, _, data in network.out_edges(body, data=True):
        link: Link = data["link"]
        if link.relation is Relation.OPERATES or (
            link.relation is Relation.CONTRIBUTES_TO and not is_company
        ):
            yield link


def _operators(network: Network, programme: str) -> Iterator[tuple[str, Link]]:
    for tail, _, data in network.in_edges(programme, data=True):
        if data["link"] in _runs(network, tail):
            yield tail, data["link"]


def with_statuses(network: Network, statuses: Iterable[Status]) -> tuple[Network, int]:
    """Return the network with only the supporting rows that have one of these statuses.

    Returns
    -------
    (networkx.MultiDiGraph, int)
        The network, and how many links were left without a supporting row.
    """
    asked = frozenset(statuses)
    kept: Network = network.copy()
    dropped = 0
    for tail, head, key, data in list(kept.edges(keys=True, data=True)):
        link: Link = data["link"]
        rows = tuple(row for row in link.rows if not row.supports or row.status in asked)
        if any(row.supports for row in rows):
            kept.edges[tail, head, key]["link"] = msgspec.structs.replace(link, rows=rows)
        else:
            kept.remove_edge(tail, head, key)
            dropped += 1
    return kept, dropped
