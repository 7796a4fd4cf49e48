"""A question in the plain form that every library takes: numbered places, steps, chances."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import NamedTuple, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

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

    @property
    def ends(self) -> dict[int, int]:
        """The place at which walks to each target end, of those that walks come to."""
        return {number: place for place, number in self.targets.items()}


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
    )


def of_one_deal(steps: Steps) -> bool:
    """Tell whether all supplies and contributions are of one contract or product, and so tied."""
    sold = np.isin(steps.relation, (SUPPLIES, CONTRIBUTES_TO))
    return any((ids[sold] >= 0).all() and len(np.unique(ids[sold])) < 2 for ids in steps.ties)


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
