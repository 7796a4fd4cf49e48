"""Relations: which ends a claim may join, how its dates are read, and how every face shows it."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

import msgspec

from graph.record.vocabulary.kinds import Kind
from graph.record.vocabulary.pictures import PathRole, Pen
from graph.record.vocabulary.term import Term
from graph.record.vocabulary.turns import BEFORE_PROGRAMME, End, Part, Turn

Ends = frozenset[tuple[Kind, Kind]]


class Section(StrEnum):
    """Headings of an entity's page, in their order."""

    OWNERSHIP = "Ownership over time"
    SUPPLIES = "Supplies and contributions"
    PROGRAMMES = "Programmes and larger bodies"
    PARTS = "Operators and parts"
    LISTINGS = "Listings"
    LISTED = "Parties on this list"
    SAME = "The same under another id"
    STATEMENTS = "Statements that are no link"


class Verb(msgspec.Struct, frozen=True):
    """The verb between two ends.

    Parameters
    ----------
    present : str
        On the line of a link, read from its subject to its object.
    backwards : str
        The same, read from its object to its subject.
    past : str
        Of a state that is over; empty: as `present`.
    helper : str
        What a sentence puts before `present`, and a line leaves out.
    """

    present: str
    backwards: str
    past: str = ""
    helper: str = ""


class RelationEntry(msgspec.Struct, frozen=True, kw_only=True):
    """What the faces know of a relation.

    Parameters
    ----------
    ends : frozenset of (Kind, Kind)
        Allowed (subject, object) pairs; empty for `says`, whose ends are free.
    meaning : str
        What such a link says.
    noun : str
        What such a link is.
    verb : Verb
        Its verb.
    pen : Pen
        What draws it.
    sections : (Section, Section)
        Where it stands on the page of its subject, and on the page of its object.
    roles : (PathRole or None, PathRole or None)
        Role of its subject and of its object, on a path that has it.
    event : bool
        True where it happens at one instant; False where it is a state that lasts.
    needs_object : bool
        False only for `says`.
    timeless : bool
        True where dates bind nothing, and are not shown.
    act : bool
        True where it is something that a supplier did.
    turns : tuple of Turn
        The steps that a walk may take over its links; none: it is never walked.
    lead : str, optional
        What no source says of a buyer's own link that is a lead, as no walk may take it; `{bought}`
        stands for what the buyer was supplied. None: such a link is no lead.
    """

    ends: Ends
    meaning: str
    noun: str
    verb: Verb
    pen: Pen
    sections: tuple[Section, Section]
    roles: tuple[PathRole | None, PathRole | None] = (None, None)
    event: bool = False
    needs_object: bool = True
    timeless: bool = False
    act: bool = False
    turns: tuple[Turn, ...] = ()
    lead: str | None = None

    def objects_of(self, subject: Kind) -> list[Kind]:
        """Return the kinds that may be the object of this relation, for a subject of `subject`."""
        return sorted(o for s, o in self.ends if s is subject)


def _pairs(subjects: Iterable[Kind], objects: Iterable[Kind]) -> Ends:
    others = list(objects)
    return frozenset((subject, other) for subject in subjects for other in others)


def _same(*kinds: Kind) -> Ends:
    return frozenset((kind, kind) for kind in kinds)


_PARTIES = tuple(kind for kind in Kind if kind.entry.party)


class Relation(Term):
    """What a claim says of its subject and object."""

    entry: RelationEntry

    OWNS = (
        "owns",
        RelationEntry(
            ends=_pairs(_PARTIES, [Kind.COMPANY]),
            meaning="holds a company, from when to when",
            noun="ownership",
            verb=Verb("owns", "owned by", past="owned"),
            pen=Pen.THIN,
            sections=(Section.OWNERSHIP, Section.OWNERSHIP),
            roles=(PathRole.PARENT, None),
            turns=(Turn((Part.SUCCESSION, Part.OWNERSHIP), Part.OWNERSHIP),),
        ),
    )
    SUCCEEDED_BY = (
        "succeeded_by",
        RelationEntry(
            ends=_same(*_PARTIES, Kind.PROGRAMME),
            meaning="merger, rename or takeover by absorption",
            noun="succession",
            verb=Verb("succeeded by", "succeeded", helper="was "),
            pen=Pen.RING,
            sections=(Section.OWNERSHIP, Section.OWNERSHIP),
            roles=(None, PathRole.SUCCESSOR),
            event=True,
            turns=(Turn((Part.SUCCESSION,), Part.SUCCESSION, End.HEAD, End.TAIL),),
        ),
    )
    SAME_AS = (
        "same_as",
        RelationEntry(
            ends=_same(*Kind),
            meaning="two ids are one, says a source; from the lower id to the higher",
            noun="the same under another id",
            verb=Verb("same as", "same as", helper="is the "),
            pen=Pen.BARE,
            sections=(Section.SAME, Section.SAME),
            timeless=True,
            turns=(
                Turn(tuple(Part), None, hops=0),
                Turn(tuple(Part), None, End.HEAD, End.TAIL, hops=0),
            ),
        ),
    )
    SUPPLIES = (
        "supplies",
        RelationEntry(
            ends=_pairs([Kind.COMPANY], _PARTIES),
            meaning="delivered to, or took an order from",
            noun="supply",
            verb=Verb("supplied", "supplied by"),
            pen=Pen.HEAVY,
            sections=(Section.SUPPLIES, Section.SUPPLIES),
            roles=(None, PathRole.RESELLER),
            event=True,
            act=True,
            turns=(
                Turn(BEFORE_PROGRAMME, Part.SUPPLY),
                Turn(BEFORE_PROGRAMME, Part.PROGRAMME, to=End.PROGRAMME),
            ),
            lead="{bought} went there",
        ),
    )
    OPERATES = (
        "operates",
        RelationEntry(
            ends=_pairs(_PARTIES, [Kind.PROGRAMME]),
            meaning="runs a programme",
            noun="operation",
            verb=Verb("operates", "operated by", past="operated"),
            pen=Pen.HOLLOW,
            sections=(Section.PROGRAMMES, Section.PARTS),
            lead="this supply serves it",
        ),
    )
    CONTRIBUTES_TO = (
        "contributes_to",
        RelationEntry(
            ends=_pairs(_PARTIES, [Kind.PROGRAMME]),
            meaning="has a part in a programme",
            noun="contribution",
            verb=Verb("contributed to", "received a contribution from"),
            pen=Pen.HEAVY,
            sections=(Section.SUPPLIES, Section.SUPPLIES),
            roles=(None, PathRole.PROGRAMME),
            event=True,
            act=True,
            turns=(Turn(BEFORE_PROGRAMME, Part.PROGRAMME, only=(End.TAIL, Kind.COMPANY)),),
            lead="this supply serves it",
        ),
    )
    PART_OF = (
        "part_of",
        RelationEntry(
            ends=_same(Kind.PUBLIC_BODY, Kind.PROGRAMME, Kind.PLACE)
            | _pairs(
                [Kind.COMPANY, Kind.PUBLIC_BODY, Kind.PROGRAMME, Kind.PLACE], [Kind.ORGANISATION]
            )
            | _same(Kind.COMPANY),
            meaning="a programme within a programme, a bureau of a ministry",
            noun="part",
            verb=Verb("part of", "includes", past="was part of", helper="is "),
            pen=Pen.HOLLOW,
            sections=(Section.PROGRAMMES, Section.PARTS),
            roles=(None, PathRole.PROGRAMME),
            turns=(Turn((Part.PROGRAMME,), Part.PROGRAMME, only=(End.HEAD, Kind.PROGRAMME)),),
        ),
    )
    LISTED_IN = (
        "listed_in",
        RelationEntry(
            ends=_pairs(_PARTIES, [Kind.INSTRUMENT]),
            meaning="stands on a list",
            noun="listing",
            verb=Verb("listed in", "lists", past="was listed in", helper="is "),
            pen=Pen.HOLLOW,
            sections=(Section.LISTINGS, Section.LISTED),
        ),
    )
    SAYS = (
        "says",
        RelationEntry(
            ends=frozenset(),
            meaning="what is no link: a policy, a denial, a bid, a negotiation, a ruling",
            noun="statement",
            verb=Verb("on", "named by"),
            pen=Pen.BARE,
            sections=(Section.STATEMENTS, Section.STATEMENTS),
            needs_object=False,
        ),
    )


#: The entries by relation, for those who look one up by what a row says.
RULES = {relation: relation.entry for relation in Relation}
