"""Admissible walks on networkx: the steps that `graph.record.grammar` allows, from place to place.

`same_as` stands anywhere, in both directions, and is no hop.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import networkx as nx

from graph.network.build import Link, Network
from graph.record.grammar import ENDS, LEADS, WALKED, End, Part, Tie, Turn
from graph.record.vocabulary import Kind, Relation

__all__ = ["Part", "Place", "WalkStep", "Ways", "Within", "is_end"]


class Place(NamedTuple):
    """Where a walk stands: an entity, and the part that brought it there."""

    entity: str
    part: Part


class WalkStep(NamedTuple):
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
    hops : int
        How many hops it is.
    """

    link: Link
    visits: tuple[str, ...]
    part: Part
    backwards: bool
    hops: int

    @property
    def place(self) -> Place:
        """Where the walk stands after the step."""
        return Place(self.visits[-1], self.part)


_BY_RELATION: dict[tuple[Relation, End], tuple[Turn, ...]] = {
    (relation, start): tuple(turn for turn in relation.entry.turns if turn.start is start)
    for relation in WALKED
    for start in (End.TAIL, End.HEAD)
}


class _Links(NamedTuple):
    """The links at an entity: all that walks may use, those by each id that ties, and leads."""

    every: list[tuple[End, Link]]
    free: list[tuple[End, Link]]
    by_tie: dict[tuple[int, str], list[Link]]
    leads: list[Link]


class Ways:
    """The steps that the walks of a network may take.

    Parameters
    ----------
    network : networkx.MultiDiGraph
        Made by `graph.network.build.from_records`. The links at an entity are sorted when a walk
        first comes there, so that a hub is not looked through again for each walk.
    """

    def __init__(self, network: Network) -> None:
        self.network = network
        self._at: dict[str, _Links] = {}

    def steps_from(self, place: Place, tie: Tie | None = None) -> Iterator[WalkStep]:
        """Yield each step that a walk may take from a place, whatever its dates and its history.

        Parameters
        ----------
        place : Place
            Where the walk stands.
        tie : Tie, optional
            What ties a step to the last supply of the walk. None: ties are not looked at, which
            gives more steps than walks have.

        Yields
        ------
        WalkStep
            A step.
        """
        links = self._links(place.entity)
        if place.part is not Part.SUPPLY or tie is None:
            for start, link in links.every:
                yield from self._turns(place, link, start)
            return
        for start, link in links.free:
            yield from self._turns(place, link, start)
        tied = {link.link_id: link for key in _keys(tie) for link in links.by_tie.get(key, ())}
        for link in tied.values():
            yield from self._turns(place, link, End.TAIL)

    def leads(self, buyer: str) -> list[Link]:
        """Return the links of a buyer that are leads where no walk may take them."""
        return self._links(buyer).leads

    def leading_to(self, end: str) -> Iterator[str]:
        """Yield the buyers of whom a link may be a lead to an entity."""
        network = self.network
        for tail, _, data in network.in_edges(end, data=True):
            if data["link"].relation in LEADS:
                yield tail
        if network.nodes[end]["kind"] is Kind.PROGRAMME:
            for tail, _, data in network.edges(data=True):
                if data["link"].relation in LEADS and data["link"].programme == end:
                    yield tail

    def _turns(self, place: Place, link: Link, start: End) -> Iterator[WalkStep]:
        network = self.network
        for turn in _BY_RELATION[link.relation, start]:
            if place.part not in turn.after:
                continue
            part = turn.leaves(place.part)
            ends = link.tail, link.head, link.programme
            if turn.only and network.nodes[ends[turn.only[0]]]["kind"] is not turn.only[1]:
                continue
            if turn.to is End.PROGRAMME:
                if link.programme and link.programme in network:
                    visits: tuple[str, ...] = (link.head, link.programme)
                else:
                    continue
            else:
                visits = (ends[turn.to],)
            yield WalkStep(link, visits, part, start is End.HEAD, turn.hops)

    def _links(self, entity: str) -> _Links:
        if (known := self._at.get(entity)) is not None:
            return known
        made = _Links([], [], {}, [])
        for _, _, data in self.network.out_edges(entity, data=True):
            self._sort(made, data["link"], End.TAIL)
        for _, _, data in self.network.in_edges(entity, data=True):
            self._sort(made, data["link"], End.HEAD)
        self._at[entity] = made
        return made

    @staticmethod
    def _sort(made: _Links, link: Link, start: End) -> None:
        if start is End.TAIL and link.relation in LEADS:
            made.leads.append(link)
        turns = _BY_RELATION.get((link.relation, start), ())
        if not turns:
            return
        made.every.append((start, link))
        after_supply = [turn for turn in turns if Part.SUPPLY in turn.after]
        if any(turn.is_tied(Part.SUPPLY) for turn in after_supply):
            for key in _keys(link.tie):
                made.by_tie.setdefault(key, []).append(link)
        elif after_supply:
            made.free.append((start, link))


def _keys(tie: Tie) -> list[tuple[int, str]]:
    return [(column, id_) for column, id_ in enumerate(tie) if id_]


def is_end(network: Network, place: Place) -> bool:
    """Tell whether a walk may end at a place: at a buyer, or at a programme."""
    if place.part not in ENDS:
        return False
    return ENDS[place.part] in (None, network.nodes[place.entity]["kind"])


class Within:
    """The places within some hops of where walks begin, and how far it is from each to a target.

    Ties, dates and repeated ids are not looked at, so that what is returned is a bound: a place
    that is not in an answer leads nowhere.

    Parameters
    ----------
    ways : Ways
        The steps of a network.
    start : str
        Where walks begin.
    max_hops : int
        Greatest number of hops.
    """

    def __init__(self, ways: Ways, start: str, max_hops: int) -> None:
        self._ways = ways
        self._back = _steps_back(ways, start, max_hops)

    def hops_left(self, targets: Iterable[str] | None) -> dict[Place, int]:
        """Return how many hops a walk needs at least, from each place, to reach a target.

        Parameters
        ----------
        targets : iterable of str or None
            Where walks may end; None: at any buyer or programme.
        """
        ends = self._ends(targets)
        need = nx.multi_source_dijkstra_path_length(self._back, ends) if ends else {}
        return {place: int(hops) for place, hops in need.items()}

    def most_left(
        self, targets: Iterable[str] | None, most: Mapping[str, float]
    ) -> dict[Place, float]:
        """Return the highest probability that the way from each place to a target can have.

        Parameters
        ----------
        targets : iterable of str or None
            Where walks may end; None: at any buyer or programme.
        most : mapping of str to float
            The highest probability that each link can have, whatever else is known.
        """
        ends = self._ends(targets)
        if not ends:
            return {}

        def cost(after: Place, before: Place, data: Mapping[str, Any]) -> float | None:
            del after, before
            chance = max(most[link] for link in data["links"])
            return -math.log(chance) if chance > 0 else None  # None: no way

        costs = nx.multi_source_dijkstra_path_length(self._back, ends, weight=cost)
        return {place: math.exp(-far) for place, far in costs.items()}

    def _ends(self, targets: Iterable[str] | None) -> set[Place]:
        wanted = None if targets is None else set(targets)
        return {
            place
            for place in self._back
            if is_end(self._ways.network, place) and (wanted is None or place.entity in wanted)
        }


def _steps_back(ways: Ways, start: str, max_hops: int) -> nx.DiGraph[Place]:
    """Return the steps between the places within reach, reversed, with their hops and links."""
    first = Place(start, Part.SUCCESSION)
    back: nx.DiGraph[Place] = nx.DiGraph()
    back.add_node(first)
    reached = {first: 0}
    queue = deque([first])
    while queue:  # 0-1 breadth first: a same_as costs nothing
        place = queue.popleft()
        for step in ways.steps_from(place):
            hops = reached[place] + step.hops
            if hops > max_hops:
                continue
            after = step.place
            if (known := back.get_edge_data(after, place)) is None:
                back.add_edge(after, place, weight=step.hops, links={step.link.link_id})
            else:
                known["weight"] = min(step.hops, known["weight"])
                known["links"].add(step.link.link_id)
            if hops < reached.get(after, max_hops + 1):
                reached[after] = hops
                (queue.append if step.hops else queue.appendleft)(after)
    return back
