"""The chance that some walk stands, of walks over independent links.

Factoring with reductions (Satyanarayana and Chang 1983; Ball, Colbourn and Provan 1995), on walks
instead of a graph: factor out links that all walks need; merge links that the same walks need
(series) and links that can replace one another in every walk (parallel); solve walks that share no
link separately; and only then branch, on the link that most walks need.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TypeAlias

from graph.probability.circuit import ALWAYS, NEVER, Circuit, Node
from graph.probability.masks import busiest, components, link_numbers, shortest, union

#: The chance of each link of some walks.
Chances: TypeAlias = dict[int, Node]


class Factoring:
    """Factors sets of walks, and remembers each result.

    Parameters
    ----------
    circuit : Circuit
        Holds the nodes of the chances.
    spend : callable
        Called for each branching; raises once the budget is spent.
    """

    def __init__(self, circuit: Circuit, spend: Callable[[], None]) -> None:
        self._circuit = circuit
        self._spend = spend
        self._known: dict[object, Node] = {}

    def chance(self, walks: list[int], chances: Mapping[int, Node]) -> Node:
        """Return P(some walk stands).

        Parameters
        ----------
        walks : list of int
            Masks of links, the smallest first. None contains another one.
        chances : mapping of int to Node
            The chance of each link.
        """
        if not walks:
            return NEVER
        if walks[0] == 0:
            return ALWAYS
        own = {link: chances[link] for link in link_numbers(union(walks))}
        key = (tuple(walks), tuple(own.values()))
        if (answer := self._known.get(key)) is not None:
            return answer
        common = walks[0]
        for walk in walks:
            common &= walk
        needed = [own[link] for link in link_numbers(common)]
        if len(walks) > 1:
            needed.append(self._either([walk & ~common for walk in walks], own))
        answer = self._known[key] = self._circuit.product(needed)
        return answer

    def _either(self, walks: list[int], chances: Chances) -> Node:
        parts = components(walks)
        if len(parts) > 1:
            return self._circuit.either(self.chance(part, chances) for part in parts)
        fewer = self._reduced(walks, chances)
        if fewer is not None:
            return self.chance(fewer, chances)
        self._spend()
        pivot = busiest(walks)
        holds = chances[pivot.bit_length() - 1]
        with_it = self.chance(shortest({walk & ~pivot for walk in walks}), chances)
        without = self.chance([walk for walk in walks if not walk & pivot], chances)
        return self._circuit.branch(holds, with_it, without)

    def _reduced(self, walks: list[int], chances: Chances) -> list[int] | None:
        """Merge links in series, or else in parallel; None where there are none to merge.

        The lowest of the merged links stands for all, with their common chance.
        """
        needed: dict[int, int] = {}  # by which walks
        for number, walk in enumerate(walks):
            for link in link_numbers(walk):
                needed[link] = needed.get(link, 0) | 1 << number
        together: dict[int, list[int]] = {}
        for link, by in needed.items():
            together.setdefault(by, []).append(link)
        gone = _merge(together.values(), self._circuit.product, chances)
        if gone:
            return sorted((walk & ~gone for walk in walks), key=_by_size)
        alike: dict[frozenset[int], list[int]] = {}
        for link, by in needed.items():
            rests = frozenset(walks[number] ^ 1 << link for number in link_numbers(by))
            alike.setdefault(rests, []).append(link)
        gone = _merge(alike.values(), self._circuit.either, chances)
        return [walk for walk in walks if not walk & gone] if gone else None


def _merge(
    groups: Iterable[list[int]], as_one: Callable[[Iterable[Node]], Node], chances: Chances
) -> int:
    gone = 0
    for group in groups:
        if len(group) > 1:
            chances[min(group)] = as_one([chances[link] for link in group])
            for link in sorted(group)[1:]:
                gone |= 1 << link
    return gone


def _by_size(walk: int) -> tuple[int, int]:
    return walk.bit_count(), walk
