"""The states that the walks of a pair pass through: places, with what their dates leave open."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

import networkx as nx
import numpy as np

from graph.exposure.path_sets.path_set import beginnings
from graph.exposure.path_sets.reach import States
from graph.network.build import Network, links_by_id
from graph.network.timeline import Instant, Timeline
from graph.network.walks import Place, Ways, Within, is_end
from graph.paths.question import Question
from graph.record.dates import EARLIEST, Days
from graph.record.grammar import End, Part, Tie
from graph.record.vocabulary import RULES, Relation

#: Past so many states dates are ignored, which only raises the upper bound.
MOST = 200_000


class LayerState(NamedTuple):
    """A place in a layer, with the dates so far, and what ties a step to the last supply.

    Parameters
    ----------
    hops, ties : int
        The layer: hops so far, and steps over `same_as` since the last hop.
    place : Place
        Where walks stand.
    timeline : Timeline
        What their dates leave open.
    tie : Tie
        The columns of the last supply that may tie a step to it.
    """

    hops: int
    ties: int
    place: Place
    timeline: Timeline
    tie: Tie = Tie()


class Expanded(NamedTuple):
    """The states of a pair.

    Attributes
    ----------
    links : tuple of str
        Ids of the links on the way, in the order of the states' rows of bits.
    begins : frozenset of str
        Those that are the first supply or contribution of a walk.
    possible, certain : States
        Of any walk, and of those whose dates are bound to fit.
    exact : bool
        Whether each way through the states is an admissible walk.
    """

    links: tuple[str, ...]
    begins: frozenset[str]
    possible: States
    certain: States
    exact: bool


class _TooManyStatesError(Exception):
    """There are more states than `MOST`."""


def expand(
    network: Network, question: Question, possible_links: frozenset[str] | None = None
) -> Expanded:
    """Follow all walks of a pair at once, state by state.

    Parameters
    ----------
    network, question, possible_links
        As for `graph.exposure.path_sets.pair.path_set_of_pair`.
    """
    expansion = _Expansion(network, question, possible_links)
    try:
        return expansion.run(dated=True)
    except _TooManyStatesError:
        return expansion.run(dated=False)


class _Expansion:
    def __init__(
        self, network: Network, question: Question, possible_links: frozenset[str] | None
    ) -> None:
        self.network, self.on, self.possible_links = network, question.on, possible_links
        self.target, self.max_hops = question.target, question.max_hops
        self.start = LayerState(0, 0, Place(question.exporter, Part.SUCCESSION), Timeline())
        self.ways = Ways(network)
        within = Within(self.ways, question.exporter, self.max_hops)
        self.need = within.hops_left(question.targets)
        self.allowed_first_links = beginnings(network, question)
        links = links_by_id(network).values()
        self.shared = Counter(
            (column, id_) for link in links for column, id_ in enumerate(link.tie) if id_
        )
        ties: nx.Graph[str] = nx.Graph()
        ties.add_edges_from(
            (link.tail, link.head) for link in links if link.relation is Relation.SAME_AS
        )
        self.group = {node: min(group) for group in nx.connected_components(ties) for node in group}
        self.most_ties = max(map(len, nx.connected_components(ties)), default=1) - 1

    def run(self, *, dated: bool) -> Expanded:
        ways: dict[LayerState, list[tuple[LayerState, str, bool]]] = {}  # into each state
        layers: dict[tuple[int, int], dict[LayerState, None]] = {(0, 0): {self.start: None}}
        order: list[LayerState] = []
        while layers:
            for state in layers.pop(min(layers)):
                order.append(state)
                for longer, link, begins in self._extend(state, dated=dated):
                    ways.setdefault(longer, []).append((state, link, begins))
                    layers.setdefault((longer.hops, longer.ties), {})[longer] = None
            if dated and len(ways) > MOST:
                raise _TooManyStatesError
        return self._to_arrays(order, ways, dated=dated)

    def _extend(self, state: LayerState, *, dated: bool) -> list[tuple[LayerState, str, bool]]:
        if state.place.entity == self.target:
            return []
        longer_states = []
        for step in self.ways.steps_from(state.place, state.tie):
            link, hops = step.link, state.hops + step.hops
            ties = 0 if step.hops else state.ties + 1
            if hops + self.need.get(step.place, self.max_hops + 1) > self.max_hops:
                continue
            if ties > self.most_ties or (
                self.possible_links is not None and link.link_id not in self.possible_links
            ):
                continue
            event = RULES[link.relation].event and link.relation is not Relation.SUCCEEDED_BY
            begins = event and state.timeline.first is None
            if (
                begins
                and self.allowed_first_links is not None
                and link.link_id not in self.allowed_first_links
            ):
                continue
            timeline = (
                state.timeline.step(self.network, link, self.on)
                if dated
                else _undated(state.timeline, begins=begins)
            )
            if timeline is not None:
                tie = state.tie
                if link.relation is Relation.SUPPLIES:
                    kept = (
                        id_ if self._is_shared(n, id_) else "" for n, id_ in enumerate(link.tie)
                    )
                    tie = Tie(*kept)
                longer = LayerState(hops, ties, step.place, self._reduced(timeline), tie)
                longer_states.append((longer, link.link_id, begins))
        return longer_states

    def _is_shared(self, column: int, id_: str) -> bool:
        """Return whether another link has the same id in a column."""
        return self.shared[column, id_] > 1

    def _reduced(self, timeline: Timeline) -> Timeline:
        """Drop what no later step depends on, so that more walks share a state."""
        if timeline.first is None:
            return timeline
        latest: dict[str, tuple[int, int]] = {}
        for supply in timeline.supplies:
            contract = supply.contract if self._is_shared(0, supply.contract) else ""
            earliest, last = latest.get(contract, (EARLIEST, EARLIEST))
            latest[contract] = max(earliest, supply.earliest), max(last, supply.days.last)
        bound = latest.get("", (EARLIEST, EARLIEST))
        supplies = tuple(
            Instant(Days(EARLIEST, last), earliest, contract)
            for contract, (earliest, last) in sorted(latest.items())
            if not contract or earliest > bound[0] or last > bound[1]
        )
        return Timeline(
            certain=timeline.certain,
            first=_BEGUN,
            supplies=supplies,
            reached=timeline.reached,
            reached_last=timeline.reached_last,
        )

    def _to_arrays(
        self,
        order: list[LayerState],
        ways: dict[LayerState, list[tuple[LayerState, str, bool]]],
        *,
        dated: bool,
    ) -> Expanded:
        ends = {
            state
            for state in order
            if state.place.entity == self.target and is_end(self.network, state.place)
        }
        useful = set(ends)
        for state in reversed(order):
            if state in useful:
                useful |= {before for before, _, _ in ways.get(state, ())}
        kept = [state for state in order if state in useful]
        if self.start not in useful:
            kept = [self.start]
        number = {state: place for place, state in enumerate(kept)}
        into = [[] if state == self.start else ways.get(state, []) for state in kept]
        used = sorted({link for entries in into for _, link, _ in entries})
        row = {link: place for place, link in enumerate(used)}

        def states(end_numbers: list[int]) -> States:
            return States(
                first=np.array([0, len(kept)]),
                into=np.cumsum([0, *map(len, into)]),
                before=np.array([number[b] for entries in into for b, _, _ in entries], np.int32),
                link=np.array([row[link] for entries in into for _, link, _ in entries], np.int32),
                end_first=np.array([0, len(end_numbers)]),
                end=np.array(end_numbers, np.int32),
                target=np.zeros(len(end_numbers), np.int32),
                targets=1,
            )

        return Expanded(
            links=tuple(used),
            begins=frozenset(link for entries in into for _, link, begins in entries if begins),
            possible=states([number[state] for state in kept if state in ends]),
            certain=states(
                [number[state] for state in kept if state in ends and state.timeline.certain]
            ),
            exact=dated and self._is_acyclic(used),
        )

    def _is_acyclic(self, used: list[str]) -> bool:
        """Return whether no walk can come back to an entity, or to one tied to it by `same_as`."""
        of_id = links_by_id(self.network)
        ways: nx.DiGraph[str] = nx.DiGraph()
        for link in map(of_id.__getitem__, used):
            ends = [self.group.get(end, end) for end in (link.tail, link.head, link.programme)]
            for turn in link.relation.entry.turns:
                if turn.hops and ends[turn.to]:
                    ways.add_edge(ends[turn.start], ends[turn.to])
                    if turn.to is End.PROGRAMME:  # the buyer is met on the way
                        ways.add_edge(ends[End.HEAD], ends[End.PROGRAMME])
        return nx.is_directed_acyclic_graph(ways)


_BEGUN = Instant(Days(EARLIEST, EARLIEST), EARLIEST, "")


def _undated(timeline: Timeline, *, begins: bool) -> Timeline:
    return timeline._replace(first=_BEGUN) if begins else timeline
