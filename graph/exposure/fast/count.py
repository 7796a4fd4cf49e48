"""How many walks a question has, and what it cuts, where they are too many to look at each."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

import numpy as np

from graph.exposure.chance import can_hold
from graph.exposure.fast.columns import of_network
from graph.exposure.fast.prune import prune
from graph.exposure.fast.steps import steps
from graph.exposure.fast.walking import DATES, DAY, ROUND_TRIPS, WEIGHTS
from graph.exposure.fast.walks import walks
from graph.exposure.methods import Weighed
from graph.network import Link, Network

#: Beginnings of walks that are gone into before the count is given up.
COUNT = 20_000_000


class Counted(NamedTuple):
    """What a question has.

    Attributes
    ----------
    total : int
        Number of admissible walks; at least so many where `cut` has `uncounted`.
    cut : dict of str to int
        As in `graph.answers.Answer.left_out`.
    supplies : list of (str, Link)
        Buyers that walks come to, each with the last supply before.
    """

    total: int
    cut: dict[str, int]
    supplies: list[tuple[str, Link]]


def count(
    network: Network,
    exporter: str,
    target: str | None,
    goals: Collection[str] | None,
    max_hops: int,
    on: int | None,
    weighed: Weighed,
    budget: int = COUNT,
) -> Counted:
    """Count the walks of a question.

    Parameters
    ----------
    network, exporter, target, max_hops, on
        As for `graph.paths.supply_paths`.
    goals : collection of str, optional
        Where walks are followed to: the target, and the buyers with leads to it.
    weighed : Weighed
        The network's.
    budget : int
        Beginnings of walks to go into.
    """
    columns = of_network(network)
    every = columns.numbers(network)
    begin = columns.numbers([exporter])
    ends = every if target is None else columns.numbers([target])
    ahead = every if goals is None else columns.numbers(goals)
    made = steps(columns, prune(columns, begin, ahead, max_hops), ends, on)
    ids: list[str] = columns.link_ids.take(made.links).to_pylist()
    event = weighed.chances().event
    tree = walks(
        made,
        begin,
        alive=np.array([can_hold(event, one) for one in ids], np.bool_),
        budget=budget,
        listed=False,
        target=-1 if target is None else int(ends[0]),
        leads=True,
    )
    cut = tree.cut[0]
    return Counted(
        total=int(tree.total[0]),
        cut={
            "dates": int(cut[DATES]),
            "day": int(cut[DAY]),
            "round_trips": int(cut[ROUND_TRIPS]),
            "weights": int(cut[WEIGHTS]),
            "uncounted": int(not tree.whole[0]),
        },
        supplies=[
            (columns.entities[int(made.places[place]) >> 2].as_py(), weighed.links[ids[link]])
            for place, link in tree.leads
        ],
    )
