"""How walks turn: the parts of a walk, and the steps that a relation allows (docs/exposure.md)."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

from graph.record.vocabulary.kinds import Kind


class Part(IntEnum):
    """The part of a walk that its last step belonged to."""

    SUCCESSION = 0
    OWNERSHIP = 1
    SUPPLY = 2
    PROGRAMME = 3


class End(IntEnum):
    """An entity that a link names."""

    TAIL = 0
    HEAD = 1
    PROGRAMME = 2


class Turn(NamedTuple):
    """A step that walks may take over the links of a relation.

    Parameters
    ----------
    after : tuple of Part
        The parts in which a walk may stand before the step.
    part : Part or None
        The part after it; None: the same one.
    start, to : End
        The end at which the walk stands, and the one that it comes to. A walk that comes to the
        programme of a supply meets its head, the buyer, on the way.
    only : (End, Kind), optional
        An end that has to be of a kind.
    hops : int
        How many hops the step is.

    Notes
    -----
    After the supply part a step continues what was supplied, so that it has to be *tied* to the
    last supply (`graph.record.grammar.Tie`); only a step that costs no hop need not.
    """

    after: tuple[Part, ...]
    part: Part | None
    start: End = End.TAIL
    to: End = End.HEAD
    only: tuple[End, Kind] | None = None
    hops: int = 1

    def is_tied(self, part: Part) -> bool:
        """Tell whether the step has to be tied to the last supply, where the walk is in `part`."""
        return part is Part.SUPPLY and self.hops > 0

    def leaves(self, part: Part) -> Part:
        """Return the part in which a walk stands after the step, where it stood in `part`."""
        return part if self.part is None else self.part


#: The parts in which what is supplied, or contributed, can begin or go on.
BEFORE_PROGRAMME = (Part.SUCCESSION, Part.OWNERSHIP, Part.SUPPLY)
