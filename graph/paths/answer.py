"""What a question about paths is answered with: steps, paths, leads, and what was left out."""

from __future__ import annotations

import msgspec

from graph.network.link import Link
from graph.record.dates import Days
from graph.record.vocabulary import Relation, Status

#: How many pairs of links whose dates do not fit an answer holds.
MOST_MISFITS = 3


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
        Whether it was an export under EU rules: the supplier was under them then, and the last
        buyer or the programme was not. Yes, no or possibly.
    supplier_eu : str
        Whether the supplier was under EU rules then, whoever bought. Yes, no or possibly.
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
    supplier_eu: str

    @property
    def links(self) -> frozenset[str]:
        """Ids of its links."""
        return frozenset(step.link_id for step in self.steps)

    @property
    def open_end(self) -> bool:
        """Whether no source names a programme that this supply serves."""
        return not self.programme


class Lead(msgspec.Struct, frozen=True, order=True):
    """What a buyer runs or sold on, and no source ties to what it was supplied. Never a path.

    Parameters
    ----------
    supplier, buyer : str
        Ends of the last supply of a walk.
    end : str
        Where the lead points to: a programme that the buyer operates or contributes to, or whom
        it supplied.
    relation : Relation
        What joins the buyer with the end.
    supply_link_id : str
        The last supply of the walk; of several, the first by id.
    link_id : str
        The link from the buyer to the end.
    claim_ids, statuses, valid_from, valid_to, as_of
        Of that link.
    programme : str
        The end, where it is one; else the programme that the buyer's own supply names, if any.
    supply_statuses : tuple of Status
        The statuses of the last supply.
    tied_by : str
        What a body's own contribution has in common with the last supply, "contract" or "product";
        empty where nothing ties the two.
    """

    supplier: str
    buyer: str
    end: str
    relation: Relation
    supply_link_id: str
    link_id: str
    claim_ids: tuple[str, ...]
    statuses: tuple[Status, ...]
    valid_from: str
    valid_to: str
    as_of: str
    programme: str
    supply_statuses: tuple[Status, ...] = ()
    tied_by: str = ""

    @property
    def entities(self) -> frozenset[str]:
        """Ids of the entities that it names."""
        return frozenset({self.supplier, self.buyer, self.end, self.programme} - {""})


class Misfit(msgspec.Struct, frozen=True):
    """Two links that would be on a path, had one of them been earlier or later.

    Parameters
    ----------
    corporate : Link
        An ownership that did not hold at the time of the act, or a succession that came before it.
    act : Link
        The supply or contribution.
    """

    corporate: Link
    act: Link


class Answer(msgspec.Struct, frozen=True):
    """Paths, leads, and what was left out.

    Parameters
    ----------
    paths : tuple of Path
        Best first: by falling probability, then fewer steps, then ids.
    total : int
        How many admissible walks there are; at least so many where `left_out` has `uncounted`.
    leads : tuple of Lead
        In the order of ids.
    left_out : dict of str to int
        What is not among `paths`, by reason: `top` (walks past the asked number), `dates`
        (beginnings of walks whose dates cannot fit), `round_trips` (beginnings that would meet an
        entity twice), `status` (links none of whose rows has an asked status), `weights`
        (beginnings that the weights give no probability), `unsearched` (1 where the search ended
        before it was sure of the best paths), `uncounted` (1 where there are more walks, and cuts,
        than were counted).
    whole : bool
        Whether all walks were searched one by one, as they are to be for `paths` to be all there
        is.
    misfits : tuple of Misfit
        Some of the reasons for `dates`, where there is no path: `MOST_MISFITS` at most.
    """

    paths: tuple[Path, ...]
    total: int
    leads: tuple[Lead, ...]
    left_out: dict[str, int]
    whole: bool = True
    misfits: tuple[Misfit, ...] = ()
