"""What joins exporters with targets: by the plain search, and by the kernels where there is much.

The plain search answers at once in small networks. The kernels take over where a network is large,
or where a question has more walks than the search may list. Both give the same walks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from graph.exposure.path_sets.path_set import PathSet, of_paths
from graph.network.build import Network
from graph.paths.answer import Answer, Path
from graph.paths.find import narrowed, supply_paths
from graph.paths.question import EVERYTHING, Question, Targets
from graph.probability.methods import LinkProbabilities
from graph.probability.reference import can_hold
from graph.record.vocabulary import Kind

_KINDS: dict[Targets, frozenset[Kind]] = {
    "programmes": frozenset({Kind.PROGRAMME}),
    "end-users": frozenset({Kind.PUBLIC_BODY, Kind.ORGANISATION}),
    "all": frozenset({Kind.PROGRAMME, Kind.PUBLIC_BODY, Kind.ORGANISATION, Kind.COMPANY}),
}

#: The plain search is tried first in networks of up to this many links.
PLAIN = 3_000


def collect_path_set(
    network: Network,
    question: Question,
    answer: Answer | None = None,
    *,
    weighed: LinkProbabilities | None = None,
) -> PathSet:
    """Return what joins one exporter with one target.

    Parameters
    ----------
    network : networkx.MultiDiGraph
        Made by `graph.network.build.from_records` or `of_store`.
    question : Question
        One exporter and one target.
    answer : Answer, optional
        From `supply_paths` for the same question; None: it is computed.
    weighed : LinkProbabilities, optional
        Those of the network, to share them between questions.
    """
    answer = answer or supply_paths(network, question, weighed=weighed)
    if answer.whole:
        return of_paths([path for path in answer.paths if not question.eu_only or path.eu != "no"])
    from graph.exposure.path_sets.pair import path_set_of_pair  # here: numba takes its time

    if question.statuses is not None:
        network, question = narrowed(network, question)
        weighed = None
    return path_set_of_pair(
        network, question, possible_links(weighed or LinkProbabilities(network))
    )


def possible_links(weighed: LinkProbabilities) -> frozenset[str]:
    """Return the links that the weights give a probability."""
    event = weighed.chances().event
    return frozenset(link for link in weighed.links if can_hold(event, link))


def path_sets_by_target(
    network: Network,
    question: Question = EVERYTHING,
    *,
    left_out: Counter[str] | None = None,
    weighed: LinkProbabilities | None = None,
) -> Iterator[tuple[str, dict[str, PathSet]]]:
    """Yield each exporter with the targets that its walks reach, and what joins them.

    Parameters
    ----------
    network, question, left_out, weighed
        As for `graph.exposure.engine.scores`.

    Yields
    ------
    (str, dict of str to PathSet)
        Exporter by exporter, target by target, in the order of ids.
    """
    if question.statuses is not None:
        network, question = narrowed(network, question)
        weighed = None
    weighed = weighed or LinkProbabilities(network)
    companies = {node for node in network if network.nodes[node]["kind"] is Kind.COMPANY}
    asked = question.exporters
    chosen = sorted(companies if asked is None else companies.intersection(asked))
    left_out = Counter() if left_out is None else left_out
    large = network.number_of_edges() > PLAIN
    many: list[str] = chosen if large else []
    for exporter in [] if large else chosen:
        answer = supply_paths(network, replace(question, exporters=(exporter,)), weighed=weighed)
        if answer.whole:
            yield exporter, _grouped(network, answer.paths, question, left_out)
        else:
            many.append(exporter)
    if not many:
        return
    from graph.exposure.path_sets.listing import Listing  # here: numba takes its time

    ends = {n for n in network if network.nodes[n]["kind"] in _KINDS[question.kinds]}
    targets = ends if question.targets is None else ends & set(question.targets)
    listing = Listing(
        network, replace(question, targets=tuple(sorted(targets))), possible_links(weighed)
    )
    yield from listing.path_sets(many, left_out)


def _grouped(
    network: Network, paths: Iterable[Path], question: Question, left_out: Counter[str]
) -> dict[str, PathSet]:
    by_target: dict[str, list[Path]] = {}
    for path in paths:
        if network.nodes[path.nodes[-1]]["kind"] in _KINDS[question.kinds]:
            by_target.setdefault(path.nodes[-1], []).append(path)
    kept = {}
    for target, joining in sorted(by_target.items()):
        if chosen := [path for path in joining if not question.eu_only or path.eu != "no"]:
            kept[target] = of_paths(chosen)
        else:
            left_out["eu"] += 1
    return kept
