"""The walks that join an exporter with a target."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

import msgspec

from graph.network.build import Link, Network, links_by_id
from graph.paths.answer import Path
from graph.paths.question import Question
from graph.record.dates import Days
from graph.record.jurisdiction import in_eu, leaves_eu

if TYPE_CHECKING:
    from graph.exposure.path_sets.dense import Dense
    from graph.exposure.path_sets.many_targets import OneOfMany, WayLinks
    from graph.probability.methods import LinkProbabilities


class PathSet(msgspec.Struct, frozen=True):
    """The admissible walks from an exporter to a target.

    Parameters
    ----------
    walks : tuple of frozenset of str
        Link ids of each walk; empty where there are more than `LISTED`.
    certain : tuple of frozenset of str
        Those whose dates are bound to fit.
    links : set of str
        Every link of a walk.
    eu : str
        Whether a walk is an export under EU rules: yes, possibly or no.
    total : int
        How many walks there are; a lower bound where `counted` is False.
    counted : bool
        Whether `total` counts all walks.
    dense : Dense or OneOfMany, optional
        The states that the walks pass through, where they are not listed.
    """

    walks: tuple[frozenset[str], ...]
    certain: tuple[frozenset[str], ...]
    links: frozenset[str] | WayLinks
    eu: str
    total: int
    counted: bool = True
    dense: Dense | OneOfMany | None = None

    @property
    def all_certain(self) -> bool:
        """Whether the dates of all walks are bound to fit."""
        return self.dense is None and len(self.certain) == len(self.walks)

    def count_origins(self, weighed: LinkProbabilities) -> int:
        """Return how many root sources support one of the links."""
        if isinstance(self.links, frozenset):
            return len(weighed.supporting_origins(self.links))
        return self.links.count_origins(weighed)

    def survivor(self, gone: Collection[str]) -> frozenset[str] | None:
        """Return the links of a walk that avoids some links; None where no walk does.

        Parameters
        ----------
        gone : collection of str
            Ids of the links to avoid.
        """
        if self.dense is not None:
            return self.dense.survivor(gone)
        return next((walk for walk in self.walks if walk.isdisjoint(gone)), None)


#: No walk at all.
NOTHING = PathSet((), (), frozenset(), "no", 0)


def of_paths(paths: Collection[Path]) -> PathSet:
    """Return the path set of some paths."""
    walks = tuple(path.links for path in paths)
    return PathSet(
        walks=walks,
        certain=tuple(path.links for path in paths if path.certain > 0),
        links=frozenset().union(*walks),
        eu=strongest_eu_status(path.eu for path in paths),
        total=len(paths),
    )


def strongest_eu_status(regimes: Iterable[str]) -> str:
    """Return the strongest of some regimes: yes, then possibly, then no.

    Examples
    --------
    >>> strongest_eu_status(["no", "possibly"]), strongest_eu_status([])
    ('possibly', 'no')
    """
    distinct = set(regimes)
    return next((regime for regime in ("yes", "possibly") if regime in distinct), "no")


def eu_status_of_supply(network: Network, link: Link, target: str, on: int | None = None) -> str:
    """Return whether a first supply or contribution was an export under EU rules.

    Parameters
    ----------
    network : networkx.MultiDiGraph
        The network.
    link : Link
        The first supply or contribution.
    target : str
        The buyer or programme in which the walk ends.
    on : int, optional
        A day (ordinal) by which the supply has happened.
    """
    supplier, buyer = network.nodes[link.tail]["country"], network.nodes[target]["country"]
    return leaves_eu(supplier, buyer, _days_of(network, link, on))


def eu_status_of_supplier(network: Network, link: Link, on: int | None = None) -> str:
    """Return whether the supplier of a link was under EU rules then, whoever bought.

    Parameters
    ----------
    network, link, on
        As for `eu_status_of_supply`.
    """
    return in_eu(network.nodes[link.tail]["country"], _days_of(network, link, on))


def _days_of(network: Network, link: Link, on: int | None) -> Days:
    days = link.readings.outer
    for end in (link.tail, link.head):
        days &= network.nodes[end]["life"]
    return days if on is None else days & days._replace(first=min(days.first, on), last=on)


def beginnings(network: Network, question: Question) -> frozenset[str] | None:
    """Return the links that may be the first of a pair's walks; None: all."""
    if not question.eu_only:
        return None
    links = links_by_id(network).items()
    return frozenset(
        link_id
        for link_id, link in links
        if eu_status_of_supply(network, link, question.target, question.on) != "no"
    )
