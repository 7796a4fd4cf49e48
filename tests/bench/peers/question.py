"""A question in the plain form that every library takes: numbered places, steps, chances."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain
from typing import NamedTuple, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from graph.exposure.path_sets.draws import Bits
from graph.paths.kernels.columns import Codes
from graph.paths.kernels.prune import SAME_AS
from graph.paths.kernels.steps import CONTRIBUTES_TO, SUPPLIES, Steps
from graph.record.dates import EARLIEST, LATEST
from graph.record.grammar import PARTS

Numbers: TypeAlias = NDArray[np.int64]
Floats: TypeAlias = NDArray[np.float64]

#: Columns of the links that every library's graph of all links carries, beside the ends.
CARRIED = ("link_id", "relation", "outer_from", "outer_to")


class Question(NamedTuple):
    """The steps of a pruned network, of which no two join the same two places.

    Attributes
    ----------
    places : int
        How many places there are.
    sources : int64 array (exporters)
        The place at which each exporter's walks begin; -1: it has none.
    targets : mapping of int to int
        Places at which walks may end, each with the number of its target. A target has one place.
    wanted : int
        How many targets there are.
    tail, head, link : int64 arrays (steps)
        Place before, place after, and the link: a place in `Steps.links`, a row of the bits.
        Ascending by tail and head.
    chance : float64 array (links)
        Probability of each link.
    max_hops : int
        Greatest number of steps of a walk.
    bounded : bool
        No walk from a source is longer than that anyway: what knows no limit of hops, and what
        does not look for cycles, gives the same answer.
    """

    places: int
    sources: Numbers
    targets: Mapping[int, int]
    wanted: int
    tail: Numbers
    head: Numbers
    link: Numbers
    chance: Floats
    max_hops: int
    bounded: bool

    @property
    def ends(self) -> dict[int, int]:
        """The place at which walks to each target end, of those that walks come to."""
        return {number: place for place, number in self.targets.items()}

    def must_be_bounded(self) -> None:
        """Raise ValueError where a walk can be longer than the hops."""
        if not self.bounded:
            raise ValueError("this function knows no limit of hops, and walks here can be longer")


def of_steps(steps: Steps, exporters: Codes, targets: Codes, chance: Floats) -> Question:
    """Ask for the walks from some exporters to some targets.

    Parameters
    ----------
    steps : Steps
        Of undated links, pruned for these exporters and targets.
    exporters, targets : int32 arrays
        Numbers of entities; targets ascending.
    chance : float64 array (links)
        Of each link of `Steps.links`, above 0.

    Returns
    -------
    Question
        Where all links are supplies that name no programme, its places are the entities: whatever
        part of a walk an entity stands in, the same steps lead on. Else they are those of `steps`.

    Raises
    ------
    ValueError
        If a simple path between places could be no admissible walk, or the other way round: a
        link is dated or a `same_as`, supplies are not all tied, or a walk could meet an entity in
        two places. If a link has
        no chance. If two steps join the same two places, because libraries differ in what they
        make of parallel edges.
    """
    if (steps.relation == SAME_AS).any() or (steps.dates.fits != 1).any():
        raise ValueError("a same_as, or a link that cannot be used, is no step of one hop")
    if (steps.dates.first > EARLIEST).any() or (steps.dates.last < LATEST).any():
        raise ValueError("no library knows of dates")
    if not of_one_deal(steps):
        raise ValueError("no library knows of ties")
    if (chance <= 0).any():
        raise ValueError("a link without a chance has no logarithm")
    tail = np.repeat(np.arange(len(steps.places)), np.diff(steps.first))
    head, link = steps.after.astype(np.int64), steps.link.astype(np.int64)
    end = np.flatnonzero(steps.target >= 0)
    number = np.searchsorted(targets, steps.target[end])
    start = np.array([steps.start(int(one)) for one in exporters], np.int64)
    of_place = np.arange(len(steps.places))
    if (steps.relation == SUPPLIES).all() and (steps.buyer < 0).all():
        of_place = np.unique(steps.places // PARTS, return_inverse=True)[1]
    else:
        met = steps.places[np.unique(np.concatenate([tail, head]))] // PARTS
        if len(np.unique(met)) < len(met) or np.isin(steps.buyer, met).any():
            raise ValueError("a walk could meet an entity twice in two places")
    every = np.unique(np.stack([of_place[tail], of_place[head], link]), axis=1)
    tail, head, link = every
    if len(np.unique(every[:2], axis=1).T) < len(tail):
        raise ValueError("two steps join the same two places")
    places = int(of_place.max(initial=-1)) + 1
    start = np.where(start >= 0, of_place[start], -1)
    return Question(
        places=places,
        sources=start,
        targets=dict(zip(of_place[end].tolist(), number.tolist(), strict=True)),
        wanted=len(targets),
        tail=tail,
        head=head,
        link=link,
        chance=chance,
        max_hops=steps.max_hops,
        bounded=_bounded(places, start[start >= 0], tail, head, steps.max_hops),
    )


def of_one_deal(steps: Steps) -> bool:
    """Tell whether all supplies and contributions are of one contract or product, and so tied."""
    sold = np.isin(steps.relation, (SUPPLIES, CONTRIBUTES_TO))
    return any((ids[sold] >= 0).all() and len(np.unique(ids[sold])) < 2 for ids in steps.ties)


def holding(question: Question, bits: Bits, world: int) -> NDArray[np.bool_]:
    """Return which steps hold in a world.

    Parameters
    ----------
    question : Question
        The steps.
    bits : uint64 array (links, words)
        In which worlds each link holds.
    world : int
        Bit `world % 64` of word `world // 64`.
    """
    holds = bits[:, world // 64] >> np.uint64(world % 64) & np.uint64(1) > 0
    return holds[question.link]


def at_targets(question: Question, met: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return which targets are met where some places are.

    Parameters
    ----------
    question : Question
        The targets.
    met : bool array (exporters, places)

    Returns
    -------
    bool array (exporters, targets)
    """
    found = np.zeros((len(met), question.wanted), np.bool_)
    found[:, list(question.targets.values())] = met[:, list(question.targets)]
    return found


def best(question: Question, paths: Sequence[Sequence[int]], k: int) -> dict[int, list[float]]:
    """Return the probabilities of the best of some listed paths, for each target.

    Parameters
    ----------
    question : Question
        The steps.
    paths : sequence of sequences of int
        Places; each path ends at a target.
    k : int
        How many paths to a target.

    Returns
    -------
    dict of int to list of float
        Target's number to probabilities, falling.
    """
    if not paths:
        return {}
    lengths = np.fromiter(map(len, paths), np.int64, len(paths))
    places = np.fromiter(chain.from_iterable(paths), np.int64, int(lengths.sum()))
    last = np.cumsum(lengths) - 1
    first = last - lengths + 1
    keys = question.tail * question.places + question.head
    step = np.searchsorted(keys, places[:-1] * question.places + places[1:])
    factor = np.ones(len(places))
    inner = np.ones(len(places), np.bool_)
    inner[first] = False  # no step leads from one path to the next
    factor[inner] = question.chance[question.link[step[inner[1:]]]]
    probable = np.multiply.reduceat(factor, first)
    target = np.array([question.targets[place] for place in places[last].tolist()])
    found: dict[int, list[float]] = {}
    order = np.lexsort((-probable, target))
    for number, value in zip(target[order].tolist(), probable[order].tolist(), strict=True):
        mine = found.setdefault(number, [])
        if len(mine) < k:
            mine.append(value)
    return found


def by_exporter(pairs: Iterable[tuple[int, int]]) -> dict[int, set[int]]:
    """Return the targets that are asked for with each exporter."""
    found: dict[int, set[int]] = {}
    for exporter, target in pairs:
        found.setdefault(exporter, set()).add(target)
    return found


@contextmanager
def uncollected() -> Iterator[None]:
    """Pause Python's collector: it goes through millions of new objects, and finds none to free."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def numbered(table: pa.Table) -> tuple[list[str], list[int], list[int]]:
    """Return the ids of all ends of links, and the links' tails and heads as places in them.

    Parameters
    ----------
    table : pyarrow.Table
        With the columns `tail` and `head`, of strings.

    Returns
    -------
    (list of str, list of int, list of int)
    """
    ends = [table[name].cast(pa.string()) for name in ("tail", "head")]
    every = pa.chunked_array([*ends[0].chunks, *ends[1].chunks], pa.string())
    coded = pc.dictionary_encode(every.combine_chunks())
    numbers = coded.indices.to_pylist()
    return coded.dictionary.to_pylist(), numbers[: len(table)], numbers[len(table) :]


def _bounded(places: int, start: Numbers, tail: Numbers, head: Numbers, max_hops: int) -> bool:
    there = np.zeros(places, np.bool_)
    there[start] = True
    for _ in range(max_hops + 1):
        after = np.zeros(places, np.bool_)
        after[head[there[tail]]] = True
        there = after
    return not there.any()
