"""The exposure of exporters to targets, by the method that can give it.

E(x, g) is the probability that the sound part of the record establishes at least one supply path
from exporter x to target g: two-terminal network reliability over origins, restricted to typed
walks whose dates fit (docs/exposure.md). It is a probability of provability, never of guilt.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from typing import Literal, TypeAlias

import msgspec

from graph.exposure.chance import Band
from graph.exposure.methods import Estimate, Method, Weighed
from graph.network import Network
from graph.paths import Path, supply_paths
from graph.vocabulary import Kind, Status

Targets: TypeAlias = Literal["programmes", "end-users", "all"]

_KINDS: dict[Targets, frozenset[Kind]] = {
    "programmes": frozenset({Kind.PROGRAMME}),
    "end-users": frozenset({Kind.PUBLIC_BODY, Kind.ORGANISATION}),
    "all": frozenset({Kind.PROGRAMME, Kind.PUBLIC_BODY, Kind.ORGANISATION, Kind.COMPANY}),
}


class Score(msgspec.Struct, frozen=True):
    """The exposure of one exporter to one target, with what it is published with.

    Parameters
    ----------
    exporter, target, target_kind : str
        Ids, and the kind of the target.
    score : float
        P(possible): some walk whose dates can fit has all its links.
    certain : float
        The same over the walks whose dates are bound to fit; never above `score`.
    low, high : float
        The band of `score` from the low and high ends of the weights.
    method : str
        How all four were computed: "exact", "worlds" or "reference".
    error : float
        Half-width of the interval that holds each of them at 95 %; 0 where they are exact.
    paths : int
        Number of admissible walks.
    origins : int
        Number of root sources that their links rest on.
    eu : str
        Whether a first supplier was under EU export rules at the supply: yes, possibly or no.
    """

    exporter: str
    target: str
    target_kind: Kind
    score: float
    certain: float
    low: float
    high: float
    method: str
    error: float
    paths: int
    origins: int
    eu: str


def exposure(
    network: Network,
    exporter: str,
    target: str,
    *,
    max_hops: int = 6,
    on: int | None = None,
    statuses: Collection[Status] | None = None,
    method: Method = "auto",
) -> Score:
    """Return the exposure of an exporter to a target.

    Parameters
    ----------
    network : networkx.MultiDiGraph
        Made by `graph.network.from_records` or `of_store`.
    exporter, target : str
        Ids.
    max_hops, on, statuses
        As for `graph.paths.supply_paths`.
    method : "auto", "reference", "exact" or "worlds"
        How to compute; see `Method`.

    Returns
    -------
    Score
        Of 0 where no walk joins them.
    """
    answer = supply_paths(network, exporter, target, max_hops=max_hops, on=on, statuses=statuses)
    return score_of(network, exporter, target, answer.paths, method)


def scores(
    network: Network,
    exporters: Iterable[str] | None = None,
    target: str | None = None,
    *,
    targets: Targets = "all",
    max_hops: int = 6,
    eu_only: bool = False,
    left_out: Counter[str] | None = None,
    weighed: Weighed | None = None,
) -> Iterator[Score]:
    """Yield the score of each exporter and target that a walk joins.

    Only companies are scored as exporters: organisations, public bodies and places never are.

    Parameters
    ----------
    network : networkx.MultiDiGraph
        The network.
    exporters : iterable of str, optional
        Default: every company.
    target : str, optional
        Only this target.
    targets : "programmes", "end-users" or "all"
        Kinds of target; "all" has companies as buyers too.
    max_hops : int
        Greatest number of hops.
    eu_only : bool
        Only walks whose supplier was, at least possibly, under EU export rules at the supply.
    left_out : Counter, optional
        Counts the pairs that have no score because of `eu_only`, under "eu".
    weighed : Weighed, optional
        The network's, where it is asked for more.

    Yields
    ------
    Score
        Exporter by exporter, in the order of ids.
    """
    weighed = weighed or Weighed(network)
    for exporter, by_target in reached(
        network,
        exporters,
        target,
        targets=targets,
        max_hops=max_hops,
        eu_only=eu_only,
        left_out=left_out,
        weighed=weighed,
    ):
        for one, paths in by_target.items():
            yield score_of(network, exporter, one, paths, weighed=weighed)


def reached(
    network: Network,
    exporters: Iterable[str] | None = None,
    target: str | None = None,
    *,
    targets: Targets = "all",
    max_hops: int = 6,
    eu_only: bool = False,
    left_out: Counter[str] | None = None,
    weighed: Weighed | None = None,
) -> Iterator[tuple[str, dict[str, list[Path]]]]:
    """Yield each exporter with the targets that its walks reach, and these walks.

    Parameters
    ----------
    network, exporters, target, targets, max_hops, eu_only, left_out, weighed
        As for `scores`.

    Yields
    ------
    (str, dict of str to list of Path)
        Exporter by exporter, target by target, in the order of ids.
    """
    weighed = weighed or Weighed(network)
    companies = {node for node in network if network.nodes[node]["kind"] is Kind.COMPANY}
    chosen = companies if exporters is None else companies & set(exporters)
    for exporter in sorted(chosen):
        by_target: dict[str, list[Path]] = {}
        found = supply_paths(network, exporter, target, max_hops=max_hops, weighed=weighed)
        for path in found.paths:
            if network.nodes[path.nodes[-1]]["kind"] in _KINDS[targets]:
                by_target.setdefault(path.nodes[-1], []).append(path)
        kept = {}
        for one, paths in sorted(by_target.items()):
            if allowed := [path for path in paths if not eu_only or path.eu != "no"]:
                kept[one] = allowed
            elif left_out is not None:
                left_out["eu"] += 1
        yield exporter, kept


def score_of(
    network: Network,
    exporter: str,
    target: str,
    paths: Collection[Path],
    method: Method = "auto",
    weighed: Weighed | None = None,
) -> Score:
    """Return the score that some paths from an exporter to a target amount to.

    All four numbers come from one method, so that the band holds the score, and the score is never
    below the certain one, sampled or not.
    """
    walks = [path.links for path in paths]
    sure = [path.links for path in paths if path.certain > 0]
    used = frozenset().union(*walks)
    weighed = weighed or Weighed(network, used)

    def ask(by: Method) -> list[Estimate]:
        ends: tuple[Band, ...] = ("value", "low", "high")
        value, low, high = (weighed.chances(end, by) for end in ends)
        return [
            value.estimate(walks),
            value.estimate(sure),
            low.estimate(walks),
            high.estimate(walks),
        ]

    found = ask(method)
    if len({one.method for one in found}) > 1:
        found = ask("worlds")
    score, certain, low, high = found
    regimes = {path.eu for path in paths}
    return Score(
        exporter=exporter,
        target=target,
        target_kind=network.nodes[target]["kind"],
        score=score.value,
        certain=certain.value,
        low=low.value,
        high=high.value,
        method=score.method,
        error=score.error,
        paths=len(paths),
        origins=len(
            {
                origin
                for link in used
                for row in weighed.links[link].rows
                if row.supports
                for origin in row.origins
            }
        ),
        eu=next((regime for regime in ("yes", "possibly") if regime in regimes), "no"),
    )
