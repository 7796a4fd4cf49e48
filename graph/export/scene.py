"""What a picture shows, before it is drawn: cards, lines, open ends, and the stamp under it.

Every picture and every table that leaves Sightline is made from a `Scene`, so that all of them
show the same links, with the same words, and say the same of what they leave out.
"""

from __future__ import annotations

import msgspec

from graph import wording
from graph.evidence import Evidence
from graph.record.vocabulary import Kind, PathRole, Relation, Status, Stroke

#: Ids of lines that are no link of their own end in one of these.
SERVES = ":serves"
LEAD = ":lead"


class Card(msgspec.Struct, frozen=True):
    """An entity of the picture.

    Parameters
    ----------
    id : str
        The entity.
    role : PathRole or Kind
        Its role on the paths; where there is no path, what it is.
    name, alias : str
        Its name, and one more: in its own script, where the record has it.
    country : tuple of str
        Its countries.
    collective : bool
        True for a stand-in for several or unnamed bodies.
    lead_only : bool
        True where only a lead points to it.
    """

    id: str
    role: PathRole | Kind
    name: str
    alias: str
    country: tuple[str, ...]
    collective: bool = False
    lead_only: bool = False

    @property
    def caption(self) -> str:
        """Role and country, as they stand on the card."""
        stand_in = wording.STAND_IN if self.collective else ""
        parts = (self.role.words.upper(), ", ".join(self.country), stand_in)
        return " · ".join(part for part in parts if part)


class Line(msgspec.Struct, frozen=True):
    """A link of the picture, from left to right.

    Parameters
    ----------
    id : str
        The link's id; with `SERVES` for the programme that a supply is said to serve, with `LEAD`
        for a lead.
    tail, head : str
        Left and right end, in the order of the walk.
    relation : Relation
        The relation.
    line : Stroke
        How it is drawn.
    said : tuple of str
        The lines of its label.
    statuses : tuple of Status
        All statuses of the link.
    claim_ids : tuple of str
        The rows behind it, supporting ones first.
    lead : str
        Why a lead is on no path; empty for all other lines.
    """

    id: str
    tail: str
    head: str
    relation: Relation
    line: Stroke
    said: tuple[str, ...]
    statuses: tuple[Status, ...]
    claim_ids: tuple[str, ...]
    lead: str = ""


class OpenEnd(msgspec.Struct, frozen=True):
    """Where the record ends: a buyer after which no source names a programme.

    Parameters
    ----------
    buyer : str
        The entity.
    said : str
        The end in words.
    """

    buyer: str
    said: str = wording.OPEN_END


class Stamp(msgspec.Struct, frozen=True):
    """What stands under the picture, so that it never travels without it.

    Parameters
    ----------
    title : str
        What the picture shows.
    data_version, weights_version : str
        Versions, as readers see them.
    filters : tuple of str
        What was asked for beside the two ends.
    """

    title: str
    data_version: str
    weights_version: str = ""
    filters: tuple[str, ...] = ()


class Scene(msgspec.Struct, frozen=True):
    """A picture to be drawn.

    Parameters
    ----------
    cards, lines : tuples
        In the order in which the paths reach them.
    open_ends : tuple of OpenEnd
        The buyers after which no source names a programme.
    left_out : tuple of str
        Sentences on what is not in the picture.
    stamp : Stamp
        What stands under it.
    evidence : dict of str to Evidence
        The rows behind the lines, by id.
    names : dict of str to str
        Names of all entities that the evidence mentions.
    """

    cards: tuple[Card, ...]
    lines: tuple[Line, ...]
    open_ends: tuple[OpenEnd, ...]
    left_out: tuple[str, ...]
    stamp: Stamp
    evidence: dict[str, Evidence] = {}
    names: dict[str, str] = {}

    @property
    def strokes(self) -> tuple[Stroke, ...]:
        """The strokes in the picture, in the order of its legend; an open end is a lead's."""
        present = {line.line for line in self.lines}
        present |= {Stroke.LEAD} if self.open_ends else set()
        return tuple(stroke for stroke in Stroke if stroke in present)

    @property
    def relations(self) -> frozenset[Relation]:
        """The relations of the lines, leads aside: a lead has a pen of its own."""
        return frozenset(line.relation for line in self.lines if line.line is not Stroke.LEAD)

    @property
    def licence(self) -> str:
        """The licences of the rows in the picture, by their sets."""
        return wording.licence(piece.claim.set for piece in self.evidence.values())

    @property
    def sources(self) -> tuple[str, ...]:
        """The root sources that the picture rests on, a line each."""
        roots = {root.id: root for piece in self.evidence.values() for root in piece.origins}
        return tuple(wording.source_line(roots[root]) for root in sorted(roots))
