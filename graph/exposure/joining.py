"""What joins exporters with targets: by the plain search, and by the kernels where there is much.

The plain search answers for small networks at once; the kernels take over where a network is
large, or where a question has more walks than one looks at one by one. Both give the same walks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from typing import Literal, TypeAlias

from graph.exposure.chance import can_hold
from graph.exposure.joined import Joined, allowed, of_paths
from graph.exposure.methods import Weighed
from graph.network import Network
from graph.paths import Answer, Path, supply_paths, with_statuses
from graph.vocabulary import Kind, Status

Targets: TypeAlias = Literal["programmes", "end-users", "all"]

_KINDS: dict[Targets, frozenset[Kind]] = {
    "programmes": frozenset({Kind.PROGRAMME}),
    "end-users": frozenset({Kind.PUBLIC_BODY, Kind.ORGANISATION}),
    "all": frozenset({Kind.PROGRAMME, Kind.PUBLIC_BODY, Kind.ORGANISATION, Kind.COMPANY}),
}

#: Links of a network up to which the plain search is asked first.
PLAIN = 3_000


def join(
    network: Network,
    exporter: str,
    target: str,
    answer: Answer | None = None,
    *,
    max_hops: int = 6,
    on: int | None = None,
    statuses: Collection[Status] | None = None,
    eu_only: bool = False,
    weighed: Weighed | None = None,
) -> Joined:
    """Return what joins one exporter with one target.

    Parameters
    ----------
    network : networkx.MultiDiGraph
        Made by `graph.network.from_records` or `of_store`.
    exporter, target : str
        Ids.
    answer : Answer, optional
        Of `supply_paths` to the same question, where it is there already.
    max_hops, on, statuses
        As for `graph.paths.supply_paths`.
    eu_only : bool
        Only walks whose supplier was, at least possibly, under EU export rules at the supply.
    weighed : Weighed, optional
        The network's, where it is asked for more.
    """
    answer = answer or supply_paths(
        network, exporter, target, max_hops=max_hops, on=on, statuses=statuses, weighed=weighed
    )
    if answer.whole:
        return of_paths([path for path in answer.paths if not eu_only or path.eu != "no"])
    from graph.exposure.fast.pair import joined  # here: numba takes its time

    if statuses is not None:
        network, _ = with_statuses(network, statuses)
        weighed = None
    weighed = weighed or Weighed(network)
    return joined(
        network,
        exporter,
        target,
        max_hops=max_hops,
        on=on,
        starts=allowed(network, weighed.links) if eu_only else None,
        alive=alive(weighed),
    )


def alive(weighed: Weighed) -> frozenset[str]:
    """Return the links that the weights give a probability."""
    event = weighed.chances().event
    return frozenset(link for link in weighed.links if can_hold(event, link))


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
) -> Iterator[tuple[str, dict[str, Joined]]]:
    """Yield each exporter with the targets that its walks reach, and what joins them.

    Parameters
    ----------
    network, exporters, target, targets, max_hops, eu_only, left_out, weighed
        As for `graph.exposure.engine.scores`.

    Yields
    ------
    (str, dict of str to Joined)
        Exporter by exporter, target by target, in the order of ids.
    """
    weighed = weighed or Weighed(network)
    companies = {node for node in network if network.nodes[node]["kind"] is Kind.COMPANY}
    chosen = sorted(companies if exporters is None else companies & set(exporters))
    left_out = Counter() if left_out is None else left_out
    large = network.number_of_edges() > PLAIN
    many: list[str] = chosen if large else []
    for exporter in [] if large else chosen:
        answer = supply_paths(network, exporter, target, max_hops=max_hops, weighed=weighed)
        if answer.whole:
            yield exporter, _grouped(network, answer.paths, targets, left_out, eu_only=eu_only)
        else:
            many.append(exporter)
    if not many:
        return
    from graph.exposure.fast.listing import Listing  # here: numba takes its time

    ends = [n for n in network if network.nodes[n]["kind"] in _KINDS[targets]]
    listing = Listing(
        network,
        ends if target is None else [one for one in ends if one == target],
        max_hops,
        alive(weighed),
        eu_only=eu_only,
    )
    yield from listing.reached(many, left_out)


def _grouped(
    network: Network,
    paths: Iterable[Path],
    targets: Targets,
    left_out: Counter[str],
    *,
    eu_only: bool,
) -> dict[str, Joined]:
    by_target: dict[str, list[Path]] = {}
    for path in paths:
        if network.nodes[path.nodes[-1]]["kind"] in _KINDS[targets]:
            by_target.setdefault(path.nodes[-1], []).append(path)
    kept = {}
    for one, some in sorted(by_target.items()):
        if found := [path for path in some if not eu_only or path.eu != "no"]:
            kept[one] = of_paths(found)
        else:
            left_out["eu"] += 1
    return kept
