"""Best-first search for admissible walks.

The queue is ordered by the exact probability of the walk so far times the most that the way to a
target can leave of it, so the first complete walk that leaves it is the most probable one (A*:
Hart, Nilsson and Raphael 1968). Products of link probabilities would be wrong where links share an
origin; the bound takes each link at what it would be, were every shared origin sound.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from itertools import count
from typing import TypeAlias

import msgspec

from graph.network.build import Network
from graph.network.timeline import Timeline
from graph.network.walks import Place, WalkStep, Ways, Within, is_end
from graph.paths.answer import MOST_MISFITS, Misfit, Path, Step
from graph.paths.leads import Leads
from graph.paths.question import Question
from graph.probability.methods import LinkProbabilities
from graph.record.grammar import Part, Tie
from graph.record.jurisdiction import in_eu, leaves_eu
from graph.record.vocabulary import Relation


class Walk(msgspec.Struct, frozen=True):
    """A walk in the making."""

    place: Place
    nodes: tuple[str, ...]
    steps: tuple[WalkStep, ...] = ()
    hops: int = 0
    timeline: Timeline = Timeline()
    probability: float = 1.0

    @property
    def last_supply(self) -> WalkStep | None:
        """The last `supplies` on the walk, if there is one."""
        return next((s for s in reversed(self.steps) if s.link.relation is Relation.SUPPLIES), None)

    @property
    def tie(self) -> Tie:
        """What ties a step to the last supply."""
        supply = self.last_supply
        return supply.link.tie if supply else Tie()


#: Minus the highest probability that a walk can still have, and the least number of links; the
#: ids of those that it has, whether it is complete, and a ticket that no two share.
Entry: TypeAlias = tuple[float, int, tuple[str, ...], bool, int, Walk]


class Search:
    """One search: yields walks best first, and collects `leads` and what was cut.

    Parameters
    ----------
    network : networkx.MultiDiGraph
        Of the rows that count for the question.
    question : Question
        As for `graph.paths.find.supply_paths`.
    weighed : LinkProbabilities
        The network's.
    every_row : networkx.MultiDiGraph, optional
        The network before the question's filters.
    """

    def __init__(
        self,
        network: Network,
        question: Question,
        weighed: LinkProbabilities,
        every_row: Network | None = None,
    ) -> None:
        self.network = network
        self.question = question
        self.target, self.max_hops = question.target, question.max_hops
        self.misfits: list[Misfit] = []
        self.cut = {"dates": 0, "day": 0, "round_trips": 0, "weights": 0}
        self.ways = Ways(network)
        self.goals = self._goals()
        self.leads = Leads(self.ways, question, every_row)
        self._chances = weighed.chances()
        within, end = Within(self.ways, question.exporter, self.max_hops), question.targets
        self._need = within.hops_left(self.goals)
        self._left = within.hops_left(end)
        self._most = within.most_left(end, weighed.most)

    def _goals(self) -> frozenset[str] | None:
        """The target, and the buyers from which a lead may point to it."""
        if not self.target:
            return None
        return frozenset([self.target, *self.ways.leading_to(self.target)])

    def walks(self) -> Iterator[tuple[bool, Walk]]:
        """Yield walks by falling probability, and collect the leads.

        Yields
        ------
        (bool, Walk)
            A complete walk (True), or one that was gone into (False).
        """
        ticket = count()
        start = Walk(Place(self.question.exporter, Part.SUCCESSION), (self.question.exporter,))
        queue: list[Entry] = [(-1.0, 0, (), False, next(ticket), start)]
        while queue:
            *_, complete, _, walk = heapq.heappop(queue)
            yield complete, walk
            if complete or walk.place.entity == self.target:
                continue
            for longer in self._extend(walk):
                ids = tuple(step.link.link_id for step in longer.steps)
                if is_end(self.network, longer.place):
                    self._note(longer)
                    if not self.target or longer.place.entity == self.target:
                        entry = _falling(longer.probability), len(ids), ids, True
                        heapq.heappush(queue, (*entry, next(ticket), longer))
                bound = longer.probability * self._most.get(longer.place, 0.0)
                least = len(ids) + self._left.get(longer.place, 0)
                begun = _falling(bound), least, ids, False
                heapq.heappush(queue, (*begun, next(ticket), longer))

    def _extend(self, walk: Walk) -> Iterator[Walk]:
        for step in self.ways.steps_from(walk.place, walk.tie):
            hops = walk.hops + step.hops
            if hops + self._need.get(step.place, self.max_hops + 1) > self.max_hops:
                continue
            if not set(step.visits).isdisjoint(walk.nodes):
                self.cut["round_trips"] += self._is_round_trip(walk, step)
                continue
            timeline = walk.timeline.step(self.network, step.link, self.question.on)
            if timeline is None:
                plain = walk.timeline.step(self.network, step.link)
                self.cut["dates" if plain is None else "day"] += 1
                self._note_misfit(walk, step)
                continue
            used = {before.link.link_id for before in walk.steps} | {step.link.link_id}
            probability = self._chances.estimate([frozenset(used)]).value
            if probability <= 0:
                self.cut["weights"] += 1
                continue
            nodes = (*walk.nodes, *step.visits)
            yield Walk(step.place, nodes, (*walk.steps, step), hops, timeline, probability)

    def _note_misfit(self, walk: Walk, step: WalkStep) -> None:
        """Keep the corporate link whose own dates rule out an act, where there is one."""
        if not step.link.relation.entry.act or len(self.misfits) >= MOST_MISFITS:
            return
        for before in walk.steps:
            alone = Timeline().step(self.network, before.link)
            misfit = Misfit(before.link, step.link)
            if alone is None or misfit in self.misfits or before.link.relation.entry.act:
                continue
            act_alone = Timeline().step(self.network, step.link)
            if act_alone is not None and alone.step(self.network, step.link) is None:
                self.misfits.append(misfit)
                return

    @staticmethod
    def _is_round_trip(walk: Walk, step: WalkStep) -> bool:
        """Going straight back over the same link is no trip."""
        return not walk.steps or walk.steps[-1].link.link_id != step.link.link_id

    def path(self, walk: Walk) -> Path:
        """Write a walk out."""
        first = next(
            step
            for step in walk.steps
            if step.link.relation in (Relation.SUPPLIES, Relation.CONTRIBUTES_TO)
        ).link
        supply = walk.last_supply
        ends_in_programme = walk.place.part is Part.PROGRAMME
        programme = walk.nodes[-1] if ends_in_programme else supply.link.programme if supply else ""
        begun = walk.timeline.first
        supplied = begun.days if begun else first.readings.outer
        seller = self.network.nodes[first.tail]["country"]
        return Path(
            nodes=walk.nodes,
            steps=tuple(self._step(step) for step in walk.steps),
            probability=walk.probability,
            certain=walk.probability if walk.timeline.certain else 0.0,
            supplier=first.tail,
            buyer=supply.link.head if supply else "",
            programme=programme,
            supplied=supplied,
            eu=leaves_eu(seller, self.network.nodes[walk.nodes[-1]]["country"], supplied),
            supplier_eu=in_eu(seller, supplied),
        )

    def _step(self, step: WalkStep) -> Step:
        link = step.link
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
            backwards=step.backwards,
            probability=self._chances.estimate([frozenset([link.link_id])]).value,
        )

    def _note(self, walk: Walk) -> None:
        supply = walk.last_supply
        self.leads.take(walk.steps[-1].link)
        if walk.place.part is Part.PROGRAMME:
            self.leads.reached.add(walk.place.entity)
        elif supply is not None:
            self.leads.note(walk.place.entity, supply.link, walk.timeline, walk.hops, walk.nodes)


def _falling(probability: float) -> float:
    """Order by falling probability: what differs by rounding alone is the same."""
    return -float(f"{probability:.11e}")
