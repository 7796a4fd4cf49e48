"""What ties the supplies of a path to each other, in sentences."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import TYPE_CHECKING

from graph.record import dates
from graph.record.grammar import Tie
from graph.wording.links import name_or_id

if TYPE_CHECKING:
    from graph.paths.answer import Path, Step


def ties(path: Path, names: Mapping[str, str]) -> list[str]:
    """Say for each supply that follows another what they have in common.

    Parameters
    ----------
    path : Path
        The path.
    names : mapping of str to str
        Names by id.

    Returns
    -------
    list of str
        A sentence for each; empty where one supply is all there is.
    """
    acts = [step for step in path.steps if step.relation.entry.act]
    return [_tie(before, after, names) for before, after in pairwise(acts)]


def _tie(before: Step, after: Step, names: Mapping[str, str]) -> str:
    """Return the sentence for two acts, one after the other on the path."""
    shared = [
        f"{column} {name_or_id(mine, names)}"
        for column, mine, its in zip(Tie._fields, _of(before), _of(after), strict=True)
        if mine and mine == its
    ]
    first, second = name_or_id(before.from_id, names), name_or_id(after.from_id, names)
    tied = f"The links from {first} and from {second} both name {' and '.join(shared)}"
    return (
        f"{tied}; under one contract the order is free." if _is_early(before, after) else f"{tied}."
    )


def _of(step: Step) -> Tie:
    return Tie(step.contract, step.product)


def _is_early(before: Step, after: Step) -> bool:
    """Tell whether the later step of the path comes earlier in time."""
    first = dates.event_readings(before.valid_from, before.valid_to).outer
    second = dates.event_readings(after.valid_from, after.valid_to).outer
    return second.last < first.first
