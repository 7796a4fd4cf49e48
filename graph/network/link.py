"""A link: what the rows that agree in all that makes its id (`graph.record.ids.link_id`) say."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from graph.network.weights import Weight, Weights
from graph.record import dates
from graph.record.grammar import Tie
from graph.record.model import Claim, Source
from graph.record.origins import origins_in, roots_of
from graph.record.vocabulary import RULES, Relation, Stance, Status


class LinkEvidence(msgspec.Struct, frozen=True):
    """One row of evidence on a link, as the scores see it.

    Parameters
    ----------
    claim_id : str
        The row.
    origins : tuple of str
        Ids of the root sources it rests on.
    status : Status
        Its status.
    strength : Weight
        How firmly it speaks.
    supports : bool
        False where it refutes the link.
    """

    claim_id: str
    origins: tuple[str, ...]
    status: Status
    strength: Weight
    supports: bool


class Link(msgspec.Struct, frozen=True):
    """What the rows that agree in relation, ends, interval and deal say together.

    The deal is the contract, the programme and the product, and whether the supply lasts.

    `share` is the smallest that a row names; `technology` lists those of all rows.

    Stored whole as the edge attribute `link`, so that no edge attribute can meet a name that
    networkx' writers use themselves.
    """

    link_id: str
    relation: Relation
    tail: str
    head: str
    valid_from: str
    valid_to: str
    as_of: str
    readings: dates.Readings
    contract: str
    programme: str
    product: str
    lasting: bool
    statuses: tuple[Status, ...]
    rows: tuple[LinkEvidence, ...]
    share: float | None = None
    technology: str = ""

    @property
    def tie(self) -> Tie:
        """What ties it to the supply before it on a walk."""
        return Tie(self.contract, self.product)

    @property
    def claim_ids(self) -> tuple[str, ...]:
        """Ids of the supporting rows."""
        return tuple(row.claim_id for row in self.rows if row.supports)

    @property
    def refuting_ids(self) -> tuple[str, ...]:
        """Ids of the refuting rows."""
        return tuple(row.claim_id for row in self.rows if not row.supports)

    @property
    def when(self) -> str:
        """The interval in a reader's words."""
        event = RULES[self.relation].event
        return dates.interval_in_words(self.valid_from, self.valid_to, self.as_of, event=event)


def link_of(
    link_id: str,
    supporting: list[Claim],
    refuting: list[Claim],
    sources: Mapping[str, Source],
    weights: Weights,
) -> Link | None:
    """Put together what the rows of a link say.

    Parameters
    ----------
    link_id : str
        Its id (`graph.record.ids.link_id`).
    supporting, refuting : lists of Claim
        The rows for it, withdrawn ones among them, and those against it.
    sources : mapping of str to Source
        The rows' sources, and those on the way to their roots.
    weights : Weights
        What statuses and types of sources count.

    Returns
    -------
    Link or None
        None where every supporting row is withdrawn.
    """
    standing = sorted((c for c in supporting if c.status is not Status.WITHDRAWN), key=_by_id)
    if not standing:
        return None
    first = standing[0]
    tail, head = first.subject, first.object
    if first.relation is Relation.SAME_AS:
        tail, head = sorted((tail, head))
    evidence = [
        LinkEvidence(
            claim_id=c.id,
            origins=roots_of(c, origins_in(sources)),
            status=c.status,
            strength=_strength(c, weights),
            supports=c.stance is Stance.SUPPORTS,
        )
        for c in (*standing, *sorted(refuting, key=_by_id))
    ]
    shares = [c.share for c in standing if c.share is not None]
    return Link(
        link_id=link_id,
        relation=first.relation,
        tail=tail,
        head=head,
        valid_from=first.valid_from,
        valid_to=first.valid_to,
        as_of=first.as_of,
        readings=first.readings,
        contract=first.contract,
        programme=first.programme,
        product=first.product,
        lasting=first.lasting,
        statuses=tuple(sorted({c.status for c in supporting})),
        rows=tuple(evidence),
        share=min(shares) if shares else None,
        technology=", ".join(sorted({c.technology for c in standing if c.technology})),
    )


def _by_id(claim: Claim) -> str:
    return claim.id


def _strength(claim: Claim, weights: Weights) -> Weight:
    if claim.strength is not None:
        return Weight(claim.strength, claim.strength, claim.strength)
    return weights.strength[claim.status]


def reliability(source: Source | None, weights: Weights) -> Weight:
    """Return how far a root source is trusted: its own value, or that of its type."""
    if source is None:  # cannot pass validation; an unknown root must not make a link stronger
        return Weight(0.0, 0.0, 0.0)
    if source.reliability is not None:
        return Weight(source.reliability, source.reliability, source.reliability)
    return weights.reliability[source.type]
