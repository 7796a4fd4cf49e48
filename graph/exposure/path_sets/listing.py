"""The path sets of many exporters, from trees of listed walks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

import numpy as np
from msgspec.structs import replace

from graph.exposure.path_sets.grouping import by_target
from graph.exposure.path_sets.layers import Usable, certain_layers, layers, only_hops_bind
from graph.exposure.path_sets.many_targets import ManyTargets, OneOfMany, WayLinks
from graph.exposure.path_sets.pair import longest_whole, path_set_of_pair
from graph.exposure.path_sets.path_set import (
    NOTHING,
    PathSet,
    eu_status_of_supplier,
    eu_status_of_supply,
    strongest_eu_status,
)
from graph.network.build import Network, links_by_id
from graph.paths.kernels.columns import Codes, of_network
from graph.paths.kernels.list_walks import Allowed, list_walks
from graph.paths.kernels.prune import prune
from graph.paths.kernels.steps import Steps, steps
from graph.paths.kernels.tree import Tree
from graph.paths.kernels.walk_input import LOOK, Wanted
from graph.paths.question import Question

#: Targets of an exporter with too many walks, up to which each is worked out by itself.
ONE_BY_ONE = 10
#: Exporters whose walks are listed at a time.
CHUNK = 256


class Listing:
    """The walks of many exporters of one network.

    Parameters
    ----------
    network : networkx.MultiDiGraph
        The network.
    question : Question
        Names its targets; its statuses are those of the network.
    possible_links : frozenset of str
        Links whose weights are not zero.
    """

    def __init__(
        self, network: Network, question: Question, possible_links: frozenset[str]
    ) -> None:
        self.network, self.question, self.possible_links = network, question, possible_links
        self.columns = of_network(network)
        self._links = links_by_id(network)
        self.targets = self.columns.numbers(question.targets or ())

    def path_sets(
        self, exporters: Sequence[str], left_out: Counter[str]
    ) -> Iterator[tuple[str, dict[str, PathSet]]]:
        """Yield each exporter with the path set of each target that it reaches.

        Parameters
        ----------
        exporters : sequence of str
            Ids, sorted.
        left_out : Counter
            Receives the number of pairs that only walks from outside the EU join, under "eu", and
            of pairs without a score because no listed walk joins them, under "unlisted".
        """
        columns = self.columns
        begins = columns.places(exporters)
        asked = self.question
        reach = prune(columns, np.sort(begins), self.targets, asked.max_hops)
        made = steps(columns, reach, self.targets, asked.on)
        ids: list[str] = columns.link_ids.take(made.links).to_pylist()
        possible_links = np.array([link_id in self.possible_links for link_id in ids], np.bool_)
        for first in range(0, len(exporters), CHUNK):
            chunk = exporters[first : first + CHUNK]
            tree = list_walks(
                made, begins[first : first + CHUNK], Allowed(possible_links), Wanted(LOOK)
            )
            by_id = by_target(self._regime, tree, ids, columns.entities, eu_only=asked.eu_only)
            for x, exporter in enumerate(chunk):
                there = by_id[x] if tree.whole[x] else self._too_many(exporter, left_out)
                kept = {target: joined for target, joined in there.items() if joined.total}
                if len(kept) < len(there):
                    left_out["eu"] += len(there) - len(kept)
                yield exporter, kept

    def _too_many(self, exporter: str, left_out: Counter[str]) -> dict[str, PathSet]:
        """Return the path sets of an exporter that has too many walks for one list."""
        begin, asked = self.columns.numbers([exporter]), self.question
        all_walks = self._walked(begin, asked.max_hops, 0)
        made = all_walks.steps
        targets = np.setdiff1d(made.target[made.target >= 0], begin)
        if len(targets) <= ONE_BY_ONE:
            return self._one_by_one(exporter, targets)
        exact = only_hops_bind(made)
        unrestricted = all_walks.usable._replace(first=np.ones(len(all_walks.ids), np.bool_))
        reached = layers(made, int(begin[0]), unrestricted)
        chosen = layers(made, int(begin[0]), all_walks.usable) if asked.eu_only else reached
        shorter = longest_whole(
            lambda hops, budget: self._walked(begin, hops, budget), asked.max_hops
        )
        number = {link_id: place for place, link_id in enumerate(all_walks.ids)}
        rows = np.array([number[link_id] for link_id in shorter.ids] or [-1], np.int32)
        listed = shorter.tree._replace(link=rows[shorter.tree.link])
        certain = certain_layers(made, int(begin[0]), all_walks.usable) if exact else None
        several = ManyTargets(all_walks.ids, chosen, listed, certain)
        path_sets = {self._id(target): NOTHING for target in reached.targets}
        for place, target in enumerate(chosen.targets):
            identifier = self._id(target)
            if not several.totals[place]:
                del path_sets[identifier]
                left_out["unlisted"] += 1
                continue
            links, begins = several.ways_to(place)
            regimes = {self._regime(link, identifier) for link in begins}
            if asked.eu_only and "no" in regimes:  # only some of the walks leave the EU
                path_sets |= self._one_by_one(exporter, np.array([target], np.int32))
            else:
                path_sets[identifier] = _one_of(several, place, links, regimes)
        return dict(sorted(path_sets.items()))

    def _walked(self, begin: Codes, hops: int, budget: int) -> _Walked:
        """List the walks of one exporter; none where the budget is 0."""
        columns, asked = self.columns, self.question
        made = steps(columns, prune(columns, begin, self.targets, hops), self.targets, asked.on)
        ids: list[str] = columns.link_ids.take(made.links).to_pylist()
        possible = np.array([link_id in self.possible_links for link_id in ids], np.bool_)
        first = np.array([not asked.eu_only or self._may_export(id_) for id_ in ids], np.bool_)
        tree = list_walks(made, begin, Allowed(possible, first), Wanted(budget))
        return _Walked(tree, ids, made, Usable(possible, first))

    def _regime(self, link: str, target: str) -> str:
        """Return whether a link, were it the first of a walk to a target, is an export."""
        return eu_status_of_supply(self.network, self._links[link], target, self.question.on)

    def _may_export(self, link_id: str) -> bool:
        """Return whether a link's supplier may have been under EU rules, whoever the buyer is."""
        link = self._links[link_id]
        return (
            link.relation.entry.act
            and eu_status_of_supplier(self.network, link, self.question.on) != "no"
        )

    def _id(self, number: int) -> str:
        return str(self.columns.entities[int(number)])

    def _one_by_one(self, exporter: str, targets: Codes) -> dict[str, PathSet]:
        """Return the path sets of an exporter with few targets, each by itself."""
        path_sets = {}
        for target in map(self._id, targets):
            asked = replace(self.question, exporters=(exporter,), targets=(target,))
            pair = path_set_of_pair(
                self.network, replace(asked, eu_only=False), self.possible_links, self.columns
            )
            if not pair.total:
                continue
            path_sets[target] = (
                path_set_of_pair(self.network, asked, self.possible_links, self.columns)
                if asked.eu_only
                else pair
            )
        return dict(sorted(path_sets.items()))


def _one_of(
    several: ManyTargets, target: int, links: WayLinks, regimes: Collection[str]
) -> PathSet:
    return PathSet(
        walks=(),
        certain=(),
        links=links,
        eu=strongest_eu_status(regimes),
        total=int(several.totals[target]),
        counted=False,
        dense=OneOfMany(several, target),
    )


class _Walked(NamedTuple):
    tree: Tree
    ids: list[str]
    steps: Steps
    usable: Usable
