"""What would move a score most: one more source, a reply, or a date that nobody has given yet."""

from __future__ import annotations

from collections.abc import Collection
from fractions import Fraction
from typing import Literal, TypeAlias

import msgspec

from graph.exposure.path_sets.path_set import PathSet
from graph.exposure.variations import Against, More, Variation, varied
from graph.network.build import Link, Network, links_by_id
from graph.network.weights import Weights
from graph.probability.methods import Estimate, Method
from graph.probability.reference import exactly, prepare
from graph.record.vocabulary import SourceType, Status

WhatIfKind: TypeAlias = Literal["source", "reply", "date"]

#: What one more independent source is taken to be, and what it is taken to say.
SOURCE = (SourceType.RESEARCH, Status.REPORTED)
#: How a reply would speak that takes the claim as true, or documents that it is not.
REPLY = (SourceType.COMPANY_STATEMENT, Status.ACKNOWLEDGED)


class WhatIf(msgspec.Struct, frozen=True):
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
    error : float
        How far off either may be at 95 %; 0 where they are exact.
    """

    kind: WhatIfKind
    link_id: str
    claim_id: str
    low: float
    high: float
    error: float = 0.0

    @property
    def swing(self) -> float:
        """How far the score could move."""
        return self.high - self.low


def changes(
    network: Network,
    joined: PathSet,
    *,
    unanswered: Collection[str] = (),
    method: Method = "auto",
    progress: bool = False,
) -> list[WhatIf]:
    """Return what could move a score, by falling swing.

    Parameters
    ----------
    network : networkx.MultiDiGraph
        Made by `graph.network.build.from_records` or `of_store`.
    joined : PathSet
        What joins the exporter and the target whose score it is.
    unanswered : collection of str
        As of `graph.evidence.unanswered`; those on the way are looked at.
    method : "auto", "reference", "exact" or "worlds"
        How to compute.
    progress : bool
        Show how far it is, where that takes more than a second.

    Returns
    -------
    list of WhatIf
        Of equal ones, by kind and ids. Empty where no walk joins the two.
    """
    weights: Weights = network.graph["weights"]
    of_id = links_by_id(network)
    used = {link: of_id[link] for link in sorted(joined.links)}
    source, reply = (_weighs(weights, *saying) for saying in (SOURCE, REPLY))
    not_firm = _not_firm(joined, used)
    asked: list[tuple[WhatIfKind, str, str, Variation | None, Variation | None]] = []
    for id_, link in used.items():
        asked.append(("source", id_, "", None, More(id_, *source)))
        if id_ in not_firm:
            asked.append(("date", id_, "", Against(id_), None))
        asked += [
            ("reply", id_, claim, Against(id_, *reply), More(id_, *reply))
            for claim in sorted(set(link.claim_ids) & set(unanswered))
        ]
    variations = list(dict.fromkeys(one for *_, low, high in asked for one in (low, high) if one))
    now, known = varied(
        prepare(network.graph["origins"], used.values()),
        joined,
        variations,
        method,
        progress="Weighing changes" if progress else "",
    )
    of: dict[Variation | None, Estimate] = {None: now}
    of |= zip(variations, known, strict=True)
    error = max((one.error for one in of.values()), default=0.0)
    moving = [
        WhatIf(kind, link, claim, of[low].value, of[high].value, error)
        for kind, link, claim, low, high in asked
    ]
    return sorted(moving, key=lambda one: (-one.swing, one.kind, one.link_id, one.claim_id))


def _weighs(weights: Weights, type_: SourceType, status: Status) -> tuple[Fraction, Fraction]:
    """Return the strength of a row of a status, and the reliability of a source of a type."""
    return exactly(weights.strength[status].value), exactly(weights.reliability[type_].value)


def _not_firm(joined: PathSet, used: dict[str, Link]) -> set[str]:
    """Return the links with open dates on walks whose dates are not bound to fit."""
    firm = set(joined.certain)
    on_the_way = set(used) if joined.dense else set()
    on_the_way |= {link for walk in joined.walks if walk not in firm for link in walk}
    return {link for link in on_the_way if used[link].readings.inner != used[link].readings.outer}
