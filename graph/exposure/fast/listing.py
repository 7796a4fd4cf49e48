"""What joins exporters and targets, from a tree of listed walks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np
import pyarrow as pa
from msgspec.structs import replace

from graph.exposure.fast.columns import of_network
from graph.exposure.fast.dense import Dense
from graph.exposure.fast.ground import LOOK, Wanted
from graph.exposure.fast.prune import FAR, prune
from graph.exposure.fast.reach import of_tree
from graph.exposure.fast.steps import steps
from graph.exposure.fast.tree import Tree, chosen, spelled, surely
from graph.exposure.fast.walks import Allowed
from graph.exposure.fast.walks import walks as walked
from graph.exposure.joined import LISTED, NOTHING, Joined, foremost, regime
from graph.grammar import PARTS, Part
from graph.network import Network, links
from graph.question import Question
from graph.vocabulary import Relation

_FIRST = (Relation.SUPPLIES, Relation.CONTRIBUTES_TO)

#: Exporters whose walks are listed at a time.
CHUNK = 256


class Listing:
    """The walks of many exporters of one network.

    Parameters
    ----------
    network : networkx.MultiDiGraph
        The network.
    question : Question
        Its targets are named; its statuses are the network's.
    alive : frozenset of str
        Links that the weights give a probability.
    """

    def __init__(self, network: Network, question: Question, alive: frozenset[str]) -> None:
        self.network, self.question, self.alive = network, question, alive
        self.columns = of_network(network)
        self.targets = self.columns.numbers(question.targets or ())

    def reached(
        self, exporters: Sequence[str], left_out: Counter[str]
    ) -> Iterator[tuple[str, dict[str, Joined]]]:
        """Yield each exporter with the targets that it reaches, and what joins them.

        Parameters
        ----------
        exporters : sequence of str
            Ids, sorted.
        left_out : Counter
            Counts, under "eu", the pairs without a walk that may begin as it does.
        """
        columns, of_id = self.columns, links(self.network)
        every = columns.numbers(exporters)
        asked = self.question
        reach = prune(columns, every, self.targets, asked.max_hops)
        made = steps(columns, reach, self.targets, asked.on)
        ids: list[str] = columns.link_ids.take(made.links).to_pylist()
        alive = np.array([one in self.alive for one in ids], np.bool_)
        regimes = [
            regime(self.network, of_id[one], asked.on) if of_id[one].relation in _FIRST else ""
            for one in ids
        ]
        for first in range(0, len(exporters), CHUNK):
            some = exporters[first : first + CHUNK]
            numbers = np.array([columns.numbers([one])[0] for one in some], np.int32)
            tree = walked(made, numbers, Allowed(alive), Wanted(LOOK))
            found = by_target(regimes, tree, ids, columns.entities, eu_only=asked.eu_only)
            for x, exporter in enumerate(some):
                there = found[x] if tree.whole[x] else self._one_by_one(exporter)
                kept = {target: joined for target, joined in there.items() if joined.total}
                if len(kept) < len(there):
                    left_out["eu"] += len(there) - len(kept)
                yield exporter, kept

    def _one_by_one(self, exporter: str) -> dict[str, Joined]:
        """Return what joins an exporter that has too many walks for one list."""
        from graph.exposure.fast.pair import joined

        begin = self.columns.numbers([exporter])
        fore = prune(self.columns, begin, self.targets, self.question.max_hops).fore
        found = {}
        for number in self.targets:
            target = self.columns.entities[int(number)].as_py()
            ends = slice(PARTS * number + Part.SUPPLY, PARTS * (number + 1))
            if target == exporter or not (fore[ends] < FAR).any():
                continue
            asked = replace(self.question, exporters=(exporter,), targets=(target,))
            pair = joined(self.network, replace(asked, eu_only=False), self.alive)
            if not pair.total:
                continue
            found[target] = joined(self.network, asked, self.alive) if asked.eu_only else pair
        return dict(sorted(found.items()))


def by_target(
    regimes: Sequence[str],
    tree: Tree,
    ids: Sequence[str],
    entities: pa.Array,
    *,
    eu_only: bool = False,
) -> list[dict[str, Joined]]:
    """Return what joins each exporter of a tree with the targets that it reaches.

    Parameters
    ----------
    regimes : sequence of str
        For each link, whether its supplier was under EU rules, were it the first of a walk.
    tree : Tree
        Walks, whole.
    ids : sequence of str
        Ids of the links that the tree names by number.
    entities : pyarrow.Array of str
        Ids of the entities that it names by number.
    eu_only : bool
        Leave out walks whose supplier was not under EU rules.

    Returns
    -------
    list of dict of str to Joined
        For each exporter, by target, in the order of ids; `NOTHING` where no walk is left.
    """
    starts, used = spelled(tree)
    found = []
    for x in range(len(tree.total)):
        first, last = tree.end_first[x], tree.end_first[x + 1]
        order = first + np.argsort(tree.target[first:last], kind="stable")
        groups = np.split(order, np.flatnonzero(np.diff(tree.target[order])) + 1)
        there = {}
        for every in groups:
            if not len(every):
                continue
            target = entities[int(tree.target[every[0]])].as_py()
            walks = [w for w in every if not eu_only or regimes[tree.begins[w]] != "no"]
            there[target] = NOTHING
            if not walks:
                continue
            sets = [frozenset(ids[one] for one in used[starts[w] : starts[w + 1]]) for w in walks]
            few = len(sets) <= LISTED
            there[target] = Joined(
                walks=tuple(sets) if few else (),
                certain=tuple(
                    one for one, w in zip(sets, walks, strict=True) if few and tree.certain[w]
                ),
                links=frozenset().union(*sets),
                eu=foremost(regimes[tree.begins[w]] for w in walks),
                total=len(sets),
                dense=None if few else _dense(tree, x, walks, ids),
            )
        found.append(dict(sorted(there.items())))
    return found


def _dense(tree: Tree, exporter: int, walks: list[np.int64], ids: Sequence[str]) -> Dense:
    kept = np.zeros(len(tree.node), np.bool_)
    kept[walks] = True
    one = chosen(tree, kept)
    nodes, ends = (slice(*bounds[exporter : exporter + 2]) for bounds in (one.first, one.end_first))
    one = one._replace(
        first=np.array([0, nodes.stop - nodes.start]),
        above=one.above[nodes],
        link=one.link[nodes],
        end_first=np.array([0, ends.stop - ends.start]),
        node=one.node[ends],
        target=one.target[ends],
        certain=one.certain[ends],
        begins=one.begins[ends],
    )
    target = one.target[:1]
    return Dense(tuple(ids), of_tree(one, target), of_tree(surely(one), target))
