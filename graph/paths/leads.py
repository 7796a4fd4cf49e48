"""Leads: what a buyer runs or sold on, where nothing ties it to what it was supplied."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from graph.network.build import Link, Network
from graph.network.timeline import Timeline
from graph.network.walks import Place, WalkStep, Ways
from graph.paths.answer import Lead
from graph.paths.question import Question
from graph.record.grammar import Part, Tie
from graph.record.vocabulary import Kind, Relation


class Leads:
    """Collects the leads of a question, one step beyond the walks and no further.

    Parameters
    ----------
    ways : Ways
        The steps of the network.
    question : Question
        Only leads that point to its target, and those of this buyer; a lead is no hop.
    every_row : networkx.MultiDiGraph, optional
        The network before the question's filters: what a row ties there is not called untied.

    Attributes
    ----------
    reached : set of str
        Programmes that a walk reaches: none of them needs a lead.
    walked : set of (str, str, Relation)
        Steps that walks take, as tail, head and relation: none of them is a lead to its head.
    """

    def __init__(self, ways: Ways, question: Question, every_row: Network | None = None) -> None:
        self._every_row = ways.network if every_row is None else every_row
        self.reached: set[str] = set()
        self.walked: set[tuple[str, str, Relation]] = set()
        self._ways, self._target = ways, question.target
        self._max_hops, self._on = question.max_hops, question.on
        self._found: dict[tuple[str, str, str], Lead] = {}

    def note(
        self, buyer: str, supply: Link, timeline: Timeline, hops: int, visited: Collection[str]
    ) -> None:
        """Take in a walk that stands at a buyer.

        Parameters
        ----------
        buyer : str
            Where the walk stands.
        supply : Link
            Its last supply.
        timeline : Timeline
            Its dates: what cannot come after it is no lead.
        hops : int
            How many hops it has.
        visited : collection of str
            Ids that it has met: a lead does not go back to one of them.
        """
        network = self._ways.network
        steps: dict[str, list[WalkStep]] = {}
        for step in self._ways.steps_from(Place(buyer, Part.SUPPLY), supply.tie):
            steps.setdefault(step.link.link_id, []).append(step)
        for link in self._ways.leads(buyer):
            wanted = not self._target or self._target in (buyer, link.head, link.programme)
            if not wanted or link.head in visited or timeline.step(network, link, self._on) is None:
                continue
            if link.link_id not in steps:
                if not _is_tied(self._every_row, supply, link):
                    self._keep(_lead(buyer, supply, link))
            elif hops < self._max_hops:
                self.take(link)
                self.reached |= {
                    step.visits[-1]
                    for step in steps[link.link_id]
                    if step.part is Part.PROGRAMME and step.visits[-1] not in visited
                }

    def note_last(self, buyer: str, supply: Link, day: int) -> None:
        """Take in the walks that reach a buyer by one supply.

        Parameters
        ----------
        buyer : str
            Where they stand.
        supply : Link
            Their last supply.
        day : int
            The day (ordinal) by which all supplies of one of them can have been made.
        """
        self.take(supply)
        self.note(buyer, supply, Timeline.since(day), self._max_hops, (supply.tail, buyer))

    def take(self, link: Link) -> None:
        """Take in a link that a walk uses."""
        self.walked.add((link.tail, link.head, link.relation))

    def _keep(self, lead: Lead) -> None:
        """Keep one lead a supplier, buyer and link, however many supplies there are."""
        key = lead.supplier, lead.buyer, lead.link_id
        known = self._found.get(key)
        if known is None or lead < known:
            self._found[key] = lead

    def all(self) -> tuple[Lead, ...]:
        """Return the leads, sorted: no step that a walk takes, no programme that one reaches."""
        return tuple(sorted(filter(self._is_new, self._found.values())))

    def _is_new(self, lead: Lead) -> bool:
        """Tell whether a lead points to what no walk comes to: its end, or the programme of a sale.

        A sale that a walk makes too may be for a programme that no walk reaches.
        """
        walked = (lead.buyer, lead.end, lead.relation) in self.walked
        if lead.programme and self._target == lead.programme:
            return lead.programme not in self.reached
        if walked:
            return bool(lead.programme) and not self._target and lead.programme not in self.reached
        return lead.end not in self.reached


def _is_tied(network: Network, supply: Link, link: Link) -> bool:
    """Tell whether some row ties a step, or one for its programme, to a supply, filtered or not."""
    between: dict[str, dict[str, Link]] = (
        dict(network[link.tail][link.head]) if network.has_edge(link.tail, link.head) else {}
    )
    others = (data["link"] for data in between.values())
    return any(
        other.relation is link.relation is Relation.SUPPLIES
        and supply.tie.shared(other.tie)
        and link.programme in ("", other.programme)
        for other in others
    )


def runs(network: Network, body: str) -> Iterator[Link]:
    """Yield the links by which an entity operates, or as a body contributes to, a programme."""
    for _, _, data in network.out_edges(body, data=True):
        link: Link = data["link"]
        by_body = network.nodes[body]["kind"] is not Kind.COMPANY
        if link.relation is Relation.OPERATES or (
            link.relation is Relation.CONTRIBUTES_TO and by_body
        ):
            yield link


def _lead(buyer: str, supply: Link, link: Link) -> Lead:
    sold_on = link.relation is Relation.SUPPLIES
    return Lead(
        supplier=supply.tail,
        buyer=buyer,
        end=link.head,
        relation=link.relation,
        supply_link_id=supply.link_id,
        link_id=link.link_id,
        claim_ids=link.claim_ids,
        statuses=link.statuses,
        valid_from=link.valid_from,
        valid_to=link.valid_to,
        as_of=link.as_of,
        programme=link.programme if sold_on else link.head,
        supply_statuses=supply.statuses,
        tied_by="" if sold_on else _tied_by(supply, link),
    )


def _tied_by(supply: Link, link: Link) -> str:
    """Return the column in which two links name the same id; empty where there is none."""
    for column, ours, theirs in zip(Tie._fields, supply.tie, link.tie, strict=True):
        if ours and ours == theirs:
            return column
    return ""
