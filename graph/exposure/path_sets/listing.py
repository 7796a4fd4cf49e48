"""The path sets of many exporters, from trees of listed walks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np
from msgspec.structs import replace

from graph.exposure.path_sets.grouping import by_target
from graph.exposure.path_sets.path_set import PathSet, eu_status_of_supply
from graph.network.build import Network, links_by_id
from graph.paths.kernels.columns import of_network
from graph.paths.kernels.list_walks import Allowed
from graph.paths.kernels.list_walks import list_walks as walked
from graph.paths.kernels.prune import FAR, prune
from graph.paths.kernels.steps import steps
from graph.paths.kernels.walk_input import LOOK, Wanted
from graph.paths.question import Question
from graph.record.grammar import PARTS, Part

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
        self.targets = self.columns.numbers(question.targets or ())

    def reached(
        self, exporters: Sequence[str], left_out: Counter[str]
    ) -> Iterator[tuple[str, dict[str, PathSet]]]:
        """Yield each exporter with the path set of each target that it reaches.

        Parameters
        ----------
        exporters : sequence of str
            Ids, sorted.
        left_out : Counter
            Receives the number of pairs that only walks from outside the EU join, under "eu".
        """
        columns, of_id = self.columns, links_by_id(self.network)
        begins = columns.numbers(exporters)
        asked = self.question
        reach = prune(columns, begins, self.targets, asked.max_hops)
        made = steps(columns, reach, self.targets, asked.on)
        ids: list[str] = columns.link_ids.take(made.links).to_pylist()
        possible_links = np.array([link_id in self.possible_links for link_id in ids], np.bool_)

        def regime(link: str, target: str) -> str:
            return eu_status_of_supply(self.network, of_id[link], target, asked.on)

        for first in range(0, len(exporters), CHUNK):
            chunk = exporters[first : first + CHUNK]
            numbers = np.array([columns.numbers([exporter])[0] for exporter in chunk], np.int32)
            tree = walked(made, numbers, Allowed(possible_links), Wanted(LOOK))
            path_sets = by_target(regime, tree, ids, columns.entities, eu_only=asked.eu_only)
            for x, exporter in enumerate(chunk):
                there = path_sets[x] if tree.whole[x] else self._one_by_one(exporter)
                kept = {target: joined for target, joined in there.items() if joined.total}
                if len(kept) < len(there):
                    left_out["eu"] += len(there) - len(kept)
                yield exporter, kept

    def _one_by_one(self, exporter: str) -> dict[str, PathSet]:
        """Return the path sets of an exporter that has too many walks for one list."""
        from graph.exposure.path_sets.pair import path_set_of_pair

        begin = self.columns.numbers([exporter])
        fore = prune(self.columns, begin, self.targets, self.question.max_hops).fore
        by_id = {}
        for number in self.targets:
            target = self.columns.entities[int(number)].as_py()
            ends = slice(PARTS * number + Part.SUPPLY, PARTS * (number + 1))
            if target == exporter or not (fore[ends] < FAR).any():
                continue
            asked = replace(self.question, exporters=(exporter,), targets=(target,))
            pair = path_set_of_pair(
                self.network, replace(asked, eu_only=False), self.possible_links
            )
            if not pair.total:
                continue
            by_id[target] = (
                path_set_of_pair(self.network, asked, self.possible_links)
                if asked.eu_only
                else pair
            )
        return dict(sorted(by_id.items()))
