"""What would move a score most: one more source, a reply, or a date that is still missing."""

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

#: The type of one more independent source, and the status of its claim.
SOURCE = (SourceType.RESEARCH, Status.REPORTED)
#: The type and the status of a reply, whether it confirms the claim or documents that it is wrong.
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
        The claim without a reply; empty for the other kinds.
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
        The walks of the exporter and the target.
    unanswered : collection of str
        From `graph.evidence.unanswered`; claims that lie on no path are ignored.
    method : "auto", "reference", "exact" or "worlds"
        How to compute; see `Method`.
    progress : bool
        Show a progress bar after a second.

    Returns
    -------
    list of WhatIf
        Ties by kind and ids. Empty where no walk joins the two.
    """
    weights: Weights = network.graph["weights"]
    of_id = links_by_id(network)
    used = {link: of_id[link] for link in sorted(joined.links)}
    source, reply = (_weights_of(weights, *kind) for kind in (SOURCE, REPLY))
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
    variations = list(
        dict.fromkeys(
            variation for *_, low, high in asked for variation in (low, high) if variation
        )
    )
    now, estimates = varied(
        prepare(network.graph["origins"], used.values()),
        joined,
        variations,
        method,
        progress="Weighing changes" if progress else "",
    )
    score_with: dict[Variation | None, Estimate] = {None: now}
    score_with |= zip(variations, estimates, strict=True)
    error = max((estimate.error for estimate in score_with.values()), default=0.0)
    moving = [
        WhatIf(kind, link, claim, score_with[low].value, score_with[high].value, error)
        for kind, link, claim, low, high in asked
    ]
    return sorted(
        moving,
        key=lambda what_if: (-what_if.swing, what_if.kind, what_if.link_id, what_if.claim_id),
    )


def _weights_of(weights: Weights, type_: SourceType, status: Status) -> tuple[Fraction, Fraction]:
    """Return the strength of a row of a status, and the reliability of a source of a type."""
    return exactly(weights.strength[status].value), exactly(weights.reliability[type_].value)


def _not_firm(joined: PathSet, used: dict[str, Link]) -> set[str]:
    """Return the links with open dates on walks whose dates are not bound to fit."""
    firm = set(joined.certain)
    candidates = set(used) if joined.dense else set()
    candidates |= {link for walk in joined.walks if walk not in firm for link in walk}
    return {link for link in candidates if used[link].readings.inner != used[link].readings.outer}
