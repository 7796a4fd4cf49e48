"""How many walks a question has, and what it cuts, where they are too many to look at each."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from graph.paths.kernels.columns import of_network
from graph.paths.kernels.list_walks import Allowed, list_walks
from graph.paths.kernels.prune import prune
from graph.paths.kernels.steps import steps
from graph.paths.kernels.walk_input import (
    DATES,
    DAY,
    ROUND_TRIPS,
    WEIGHTS,
    Wanted,
)
from graph.probability.methods import LinkProbabilities
from graph.probability.reference import can_hold
from graph.record.grammar import PARTS, Part

if TYPE_CHECKING:
    from graph.paths.search import Search

#: Beginnings of walks that are gone into before the count is given up.
COUNT = 20_000_000


class Counted(NamedTuple):
    """What a question has.

    Attributes
    ----------
    total : int
        Number of admissible walks; at least so many where `cut` has `uncounted`.
    cut : dict of str to int
        As in `graph.paths.answer.Answer.left_out`.
    """

    total: int
    cut: dict[str, int]


def count_walks(search: Search, weighed: LinkProbabilities, budget: int = COUNT) -> Counted:
    """Count the walks of a search, and note its leads.

    Parameters
    ----------
    search : Search
        The question; its leads get those of the walks that it did not look at.
    weighed : LinkProbabilities
        The network's.
    budget : int
        Beginnings of walks to go into.
    """
    network, question, goals = search.network, search.question, search.goals
    columns = of_network(network)
    every = columns.numbers(network)
    begin = columns.numbers([question.exporter])
    ends = every if question.targets is None else columns.numbers(question.targets)
    ahead = every if goals is None else columns.numbers(goals)
    made = steps(columns, prune(columns, begin, ahead, question.max_hops), ends, question.on)
    ids: list[str] = columns.link_ids.take(made.links).to_pylist()
    event = weighed.chances().event
    alive = np.array([can_hold(event, link_id) for link_id in ids], np.bool_)
    allowed = Allowed(alive, target=int(ends[0]) if question.target else -1)
    tree = list_walks(made, begin, allowed, Wanted(budget, listed=False, leads=True))
    cut = tree.cut[0]
    entity, part = np.divmod(made.places[tree.leads[:, 0]], PARTS)
    visited: list[str] = columns.entities.take(entity).to_pylist()
    search.leads.reached.update(itertools.compress(visited, part == Part.PROGRAMME))
    for buyer, (_, supply, latest) in itertools.compress(
        zip(visited, tree.leads.tolist(), strict=True), part == Part.SUPPLY
    ):
        search.leads.note_last(buyer, weighed.links[ids[supply]], latest)
    return Counted(
        total=int(tree.total[0]),
        cut={
            "dates": int(cut[DATES]),
            "day": int(cut[DAY]),
            "round_trips": int(cut[ROUND_TRIPS]),
            "weights": int(cut[WEIGHTS]),
            "uncounted": int(not tree.whole[0]),
        },
    )
