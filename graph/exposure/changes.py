"""What would move a score most: one more source, a reply, or a date that nobody has given yet."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Literal, TypeAlias

import msgspec

from graph.exposure.chance import prepare
from graph.exposure.methods import Chances, Method, Weighed
from graph.exposure.weights import Weights, load
from graph.network import Link, Network, Row
from graph.paths import Path, supply_paths
from graph.vocabulary import SourceType, Status

Kind: TypeAlias = Literal["source", "reply", "date"]

#: What one more independent source is taken to be, and what it is taken to say.
SOURCE = (SourceType.RESEARCH, Status.REPORTED)
#: How a reply would speak that takes the claim as true, or documents that it is not.
REPLY = (SourceType.COMPANY_STATEMENT, Status.ACKNOWLEDGED)
_NEW = "\0what is missing"  # no id of the record


class Change(msgspec.Struct, frozen=True):
    """Something that the record lacks, and what the score could become with it.

    Parameters
    ----------
    kind : "source", "reply" or "date"
        One more independent source for a link; a readable reply to a claim; a firmer date.
    link_id : str
        The link.
    claim_id : str
        The claim that nobody answered; empty for the other kinds.
    low, high : float
        The score at its lowest and highest: a source can only raise it; a reply may acknowledge
        the claim or document that it is wrong; a date may turn out not to fit, and the link is
        then on no path.
    """

    kind: Kind
    link_id: str
    claim_id: str
    low: float
    high: float

    @property
    def swing(self) -> float:
        """How far the score could move."""
        return self.high - self.low


def changes(
    network: Network,
    exporter: str,
    target: str,
    *,
    unanswered: Collection[str] = (),
    max_hops: int = 6,
    weights: Weights | None = None,
    method: Method = "auto",
) -> list[Change]:
    """Return what could move a score, by falling swing.

    Parameters
    ----------
    network : networkx.MultiDiGraph
        Made by `graph.network.from_records` or `of_store`.
    exporter, target : str
        Ids.
    unanswered : collection of str
        Claims without a readable reply; those on the way are looked at.
    max_hops : int
        Greatest number of hops.
    weights : Weights, optional
        What a new source or reply would weigh. Default: the weights that come with Sightline.
    method : "auto", "reference", "exact" or "worlds"
        How to compute.

    Returns
    -------
    list of Change
        Of equal ones, by kind and ids. Empty where no walk joins the two.
    """
    weights = weights or load()
    weighed = Weighed(network)
    paths = supply_paths(network, exporter, target, max_hops=max_hops, weighed=weighed).paths
    used = {link: weighed.links[link] for link in frozenset().union(*(p.links for p in paths))}
    walks = [path.links for path in paths]

    def score(links: Iterable[Link], new: SourceType, left: Collection[frozenset[str]]) -> float:
        origins = {**network.graph["origins"], _NEW: weights.reliability[new]}
        return Chances(prepare(origins, links), method).estimate(left).value

    def replaced(link: Link, status: Status, supports: bool) -> list[Link]:
        row = Row(_NEW, (_NEW,), status, weights.strength[status], supports)
        return [
            msgspec.structs.replace(one, rows=(*one.rows, row)) if one is link else one
            for one in used.values()
        ]

    now = score(used.values(), SOURCE[0], walks)

    not_firm = _not_firm(paths, used)

    def each() -> Iterator[Change]:
        for id_, link in used.items():
            more = score(replaced(link, SOURCE[1], supports=True), SOURCE[0], walks)
            yield Change("source", id_, "", now, more)
            if id_ in not_firm:
                without = score(used.values(), SOURCE[0], [w for w in walks if id_ not in w])
                yield Change("date", id_, "", without, now)
            silent = sorted(set(link.claim_ids) & set(unanswered))
            if silent:
                high = score(replaced(link, REPLY[1], supports=True), REPLY[0], walks)
                low = score(replaced(link, REPLY[1], supports=False), REPLY[0], walks)
                for claim in silent:
                    yield Change("reply", id_, claim, low, high)

    return sorted(each(), key=lambda one: (-one.swing, one.kind, one.link_id, one.claim_id))


def _not_firm(paths: Iterable[Path], used: dict[str, Link]) -> set[str]:
    """Return the links with open dates on walks whose dates are not bound to fit."""
    return {
        link
        for path in paths
        if not path.certain
        for link in path.links
        if used[link].readings.inner != used[link].readings.outer
    }
