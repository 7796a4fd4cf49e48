"""The grammar of walks: which link may follow which, and what ties it to the one before.

The rule (docs/exposure.md, "Admissible walks") stands in the table of relations
(`graph.record.vocabulary.relations`); what is made of it stands here. The search on networkx, the
compiled kernels, the SQL of the embedded store and the Cypher of the server read nothing else.
"""

from __future__ import annotations

from typing import NamedTuple

from graph.record.vocabulary import Kind, Relation
from graph.record.vocabulary.turns import End, Part, Turn

__all__ = [
    "BEGINS",
    "ENDS",
    "LEADS",
    "PARTS",
    "STOPS",
    "TURNS",
    "WALKED",
    "End",
    "Part",
    "Tie",
    "Turn",
]

#: How many parts there are: a place has a number, `PARTS` × entity + part.
PARTS = len(Part)

#: Every relation with each of its turns, in the order of the parts of a walk.
TURNS: tuple[tuple[Relation, Turn], ...] = tuple(
    sorted(
        ((relation, turn) for relation in Relation for turn in relation.entry.turns),
        key=lambda item: (len(item[1].after) == PARTS, item[1].after[-1], item[1].part or 0),
    )
)

#: Relations of links that walks may use, in the order of the parts of a walk.
WALKED: tuple[Relation, ...] = tuple(dict.fromkeys(relation for relation, _ in TURNS))

#: Relations of which a buyer's own links are leads, where no walk may take them: what it runs, and
#: what it supplied or contributed that nothing ties to what it bought.
LEADS: tuple[Relation, ...] = tuple(relation for relation in Relation if relation.entry.lead)

#: The parts in which a walk may end: at a buyer, and at a programme.
ENDS: dict[Part, Kind | None] = {Part.SUPPLY: None, Part.PROGRAMME: Kind.PROGRAMME}

#: The ends of a relation's links at which a walk may begin, and at which one, or a lead, may end.
BEGINS: dict[Relation, frozenset[End]] = {
    relation: frozenset(
        turn.start for turn in relation.entry.turns if Part.SUCCESSION in turn.after
    )
    for relation in Relation
}
STOPS: dict[Relation, frozenset[End]] = {
    relation: frozenset(
        turn.to
        for turn in relation.entry.turns
        if any(turn.leaves(part) in ENDS for part in turn.after)
    )
    | ({End.HEAD} if relation.entry.lead else set())
    for relation in Relation
}


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
