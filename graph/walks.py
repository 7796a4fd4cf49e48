"""Admissible walks: which step may follow which, in three typed parts (docs/exposure.md).

1. Corporate part: `succeeded_by` from the successor back to the predecessor, then `owns` from
   owner to owned.
2. Supply part: `supplies`, to resellers or integrators, at last to the buyer.
3. Programme part: the programme that the last supply serves, or a company's `contributes_to`;
   then `part_of` from programme to programme.

`same_as` stands anywhere, in both directions, and is no hop.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from enum import IntEnum
from typing import NamedTuple

import networkx as nx

from graph.network import Link, Network
from graph.vocabulary import Kind, Relation


class Part(IntEnum):
    """The part of a walk that the last step belonged to."""

    SUCCESSION = 0
    OWNERSHIP = 1
    SUPPLY = 2
    PROGRAMME = 3


class Place(NamedTuple):
    """Where a walk stands: an entity, and the part that brought it there."""

    entity: str
    part: Part


class Move(NamedTuple):
    """One step that a walk may take.

    Parameters
    ----------
    link : Link
        The link that is used.
    visits : tuple of str
        Ids that the walk comes to: one, or buyer and programme where a supply that names its
        programme is walked through to it.
    part : Part
        The part after the step.
    backwards : bool
        True where the link is walked against its claim.
    """

    link: Link
    visits: tuple[str, ...]
    part: Part
    backwards: bool

    @property
    def place(self) -> Place:
        """Where the walk stands after the step."""
        return Place(self.visits[-1], self.part)

    @property
    def hops(self) -> int:
        """1, or 0 for `same_as`."""
        return 0 if self.link.relation is Relation.SAME_AS else 1


def moves(network: Network, place: Place) -> Iterator[Move]:
    """Yield each step that a walk may take from a place, whatever its dates and its history.

    Parameters
    ----------
    network : networkx.MultiDiGraph
        Made by `graph.network.from_records`.
    place : Place
        Where the walk stands.

    Yields
    ------
    Move
        In the order of the network's edges.
    """
    here, part = place
    for _, head, data in network.out_edges(here, data=True):
        link: Link = data["link"]
        match link.relation:
            case Relation.SAME_AS:
                yield Move(link, (head,), part, backwards=False)
            case Relation.OWNS if part <= Part.OWNERSHIP:
                yield Move(link, (head,), Part.OWNERSHIP, backwards=False)
            case Relation.SUPPLIES if part <= Part.SUPPLY:
                yield Move(link, (head,), Part.SUPPLY, backwards=False)
                if link.programme and link.programme in network:
                    served = (head, link.programme)
                    yield Move(link, served, Part.PROGRAMME, backwards=False)
            case Relation.CONTRIBUTES_TO if part <= Part.SUPPLY:
                if network.nodes[here]["kind"] is Kind.COMPANY:
                    yield Move(link, (head,), Part.PROGRAMME, backwards=False)
            case Relation.PART_OF if part is Part.PROGRAMME:
                if network.nodes[head]["kind"] is Kind.PROGRAMME:
                    yield Move(link, (head,), Part.PROGRAMME, backwards=False)
            case _:
                pass
    for tail, _, data in network.in_edges(here, data=True):
        link = data["link"]
        if link.relation is Relation.SAME_AS:
            yield Move(link, (tail,), part, backwards=True)
        elif link.relation is Relation.SUCCEEDED_BY and part is Part.SUCCESSION:
            yield Move(link, (tail,), Part.SUCCESSION, backwards=True)


def is_end(network: Network, place: Place) -> bool:
    """Tell whether a walk may end at a place: at a buyer, or at a programme."""
    if place.part is Part.SUPPLY:
        return True
    return place.part is Part.PROGRAMME and network.nodes[place.entity]["kind"] is Kind.PROGRAMME


def hops_left(
    network: Network, start: str, targets: Iterable[str] | None, max_hops: int
) -> dict[Place, int]:
    """Return how many hops a walk needs at least, from each place, to reach a target.

    Dates and repeated ids are not looked at, so the figure is a lower bound: a place that is not
    in the answer leads nowhere.

    Parameters
    ----------
    network : networkx.MultiDiGraph
        The network.
    start : str
        Where walks begin.
    targets : iterable of str or None
        Where they may end; None: at any buyer or programme.
    max_hops : int
        Greatest number of hops.

    Returns
    -------
    dict of Place to int
        Places within reach of `start` from which a target can be reached.
    """
    product = _ways(network, start, max_hops)
    ends = _ends(network, product, targets)
    if not ends:
        return {}
    need = nx.multi_source_dijkstra_path_length(product, ends)
    return {place: int(hops) for place, hops in need.items()}


def most_left(
    network: Network, start: str, target: str | None, max_hops: int, most: Mapping[str, float]
) -> dict[Place, float]:
    """Return the highest probability that the way from each place to a target can have.

    Parameters
    ----------
    network, start, max_hops
        As for `hops_left`.
    target : str or None
        Where walks may end; None: at any buyer or programme.
    most : mapping of str to float
        The highest probability that each link can have, whatever else is known.

    Returns
    -------
    dict of Place to float
        A bound from above; a place that is not in the answer leads nowhere.
    """
    product = _ways(network, start, max_hops)
    for place in list(product):
        for move in moves(network, place):
            chance = most[move.link.link_id]
            if chance > 0 and product.has_edge(move.place, place):
                data = product[move.place][place]
                data["cost"] = min(data.get("cost", math.inf), -math.log(chance))
    ends = _ends(network, product, None if target is None else [target])
    if not ends:
        return {}
    cost = nx.multi_source_dijkstra_path_length(product, ends, weight=_cost)
    return {place: math.exp(-far) for place, far in cost.items()}


def _cost(after: Place, before: Place, data: Mapping[str, float]) -> float | None:
    del after, before
    return data.get("cost")  # None: no way


def _ways(network: Network, start: str, max_hops: int) -> nx.DiGraph[Place]:
    """Return the steps between the places within reach, reversed, with their hops as weight."""
    first = Place(start, Part.SUCCESSION)
    product: nx.DiGraph[Place] = nx.DiGraph()
    product.add_node(first)
    reached = {first: 0}
    queue = deque([first])
    while queue:  # 0-1 breadth first: a same_as costs nothing
        place = queue.popleft()
        for move in moves(network, place):
            hops = reached[place] + move.hops
            if hops > max_hops:
                continue
            after = move.place
            known = product.get_edge_data(after, place)
            weight = min(move.hops, known["weight"]) if known else move.hops
            product.add_edge(after, place, weight=weight)
            if hops < reached.get(after, max_hops + 1):
                reached[after] = hops
                (queue.append if move.hops else queue.appendleft)(after)
    return product


def _ends(
    network: Network, product: nx.DiGraph[Place], targets: Iterable[str] | None
) -> set[Place]:
    wanted = None if targets is None else set(targets)
    return {
        place
        for place in product
        if is_end(network, place) and (wanted is None or place.entity in wanted)
    }
