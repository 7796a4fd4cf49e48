"""The grammar of walks: which link may follow which, and what ties it to the one before.

The one table of the rule (docs/exposure.md, "Admissible walks"). The search on networkx, the
compiled kernels, the SQL of the embedded store and the Cypher of the server are all made of it.
"""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

from graph.vocabulary import Kind, Relation


class Part(IntEnum):
    """The part of a walk that its last step belonged to."""

    SUCCESSION = 0
    OWNERSHIP = 1
    SUPPLY = 2
    PROGRAMME = 3


#: How many parts there are: a place has a number, `PARTS` × entity + part.
PARTS = len(Part)


class End(IntEnum):
    """An entity that a link names."""

    TAIL = 0
    HEAD = 1
    PROGRAMME = 2


class Tie(NamedTuple):
    """What ties a link to the supply before it: ids in common, column by column.

    Parameters
    ----------
    contract, product : str
        Ids; an empty one ties nothing.

    Examples
    --------
    >>> Tie(contract="c1").shared(Tie(contract="c1", product="p"))
    True
    >>> Tie("c1").shared(Tie("c2")), Tie().shared(Tie())
    (False, False)
    """

    contract: str = ""
    product: str = ""

    def shared(self, other: Tie) -> bool:
        """Tell whether some column holds the same id in both."""
        return any(mine != "" and mine == its for mine, its in zip(self, other, strict=True))


class Turn(NamedTuple):
    """A step that walks may take.

    Parameters
    ----------
    relation : Relation
        The relation of the link.
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
    last supply (`Tie`); only a step that costs no hop need not.
    """

    relation: Relation
    after: tuple[Part, ...]
    part: Part | None
    start: End = End.TAIL
    to: End = End.HEAD
    only: tuple[End, Kind] | None = None
    hops: int = 1

    def is_tied(self, part: Part) -> bool:
        """Tell whether the step has to be tied to the last supply, where the walk is in `part`."""
        return part is Part.SUPPLY and self.hops > 0


_BEFORE_PROGRAMME = (Part.SUCCESSION, Part.OWNERSHIP, Part.SUPPLY)

TURNS: tuple[Turn, ...] = (
    Turn(Relation.SUCCEEDED_BY, (Part.SUCCESSION,), Part.SUCCESSION, End.HEAD, End.TAIL),
    Turn(Relation.OWNS, (Part.SUCCESSION, Part.OWNERSHIP), Part.OWNERSHIP),
    Turn(Relation.SUPPLIES, _BEFORE_PROGRAMME, Part.SUPPLY),
    Turn(Relation.SUPPLIES, _BEFORE_PROGRAMME, Part.PROGRAMME, to=End.PROGRAMME),
    Turn(
        Relation.CONTRIBUTES_TO,
        _BEFORE_PROGRAMME,
        Part.PROGRAMME,
        only=(End.TAIL, Kind.COMPANY),
    ),
    Turn(
        Relation.PART_OF,
        (Part.PROGRAMME,),
        Part.PROGRAMME,
        only=(End.HEAD, Kind.PROGRAMME),
    ),
    Turn(Relation.SAME_AS, tuple(Part), None, hops=0),
    Turn(Relation.SAME_AS, tuple(Part), None, End.HEAD, End.TAIL, hops=0),
)

#: Relations of links that walks may use, in the order of the parts of a walk.
WALKED: tuple[Relation, ...] = tuple(dict.fromkeys(turn.relation for turn in TURNS))

#: Relations of which a buyer's own links are leads, where no walk may take them: what it runs, and
#: what it supplied or contributed that nothing ties to what it bought.
LEADS: tuple[Relation, ...] = (
    Relation.OPERATES,
    Relation.CONTRIBUTES_TO,
    Relation.SUPPLIES,
)

#: The parts in which a walk may end: at a buyer, and at a programme.
ENDS: dict[Part, Kind | None] = {Part.SUPPLY: None, Part.PROGRAMME: Kind.PROGRAMME}
