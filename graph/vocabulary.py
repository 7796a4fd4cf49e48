"""The words of the record: kinds, relations, statuses, types.

The spelling is a contract with users' spreadsheets (see docs/formats.md): add, never rename.
"""

from __future__ import annotations

from enum import StrEnum

import msgspec


class Kind(StrEnum):
    """What an entity is. There is no kind for natural persons, on purpose."""

    COMPANY = "company"
    PUBLIC_BODY = "public_body"
    ORGANISATION = "organisation"
    PROGRAMME = "programme"
    PRODUCT = "product"
    INSTRUMENT = "instrument"
    PLACE = "place"


class Status(StrEnum):
    """How firmly a claim is made, taken from its source, never from a default."""

    ALLEGED = "alleged"
    REPORTED = "reported"
    ACKNOWLEDGED = "acknowledged"
    DENIED = "denied"
    DISPUTED = "disputed"
    OFFICIAL_RECORD = "official_record"
    COURT_FINDING = "court_finding"
    WITHDRAWN = "withdrawn"


#: Claims of these statuses need a reply (`graph.replies`). One that is denied holds it already.
CONTESTED = frozenset({Status.ALLEGED, Status.DISPUTED})


class Stance(StrEnum):
    """Whether a row supports a link or refutes the row it names in `about`."""

    SUPPORTS = "supports"
    REFUTES = "refutes"


class Relation(StrEnum):
    """What a claim says of its subject and object."""

    OWNS = "owns"
    SUCCEEDED_BY = "succeeded_by"
    SAME_AS = "same_as"
    SUPPLIES = "supplies"
    OPERATES = "operates"
    CONTRIBUTES_TO = "contributes_to"
    PART_OF = "part_of"
    LISTED_IN = "listed_in"
    SAYS = "says"


class Role(StrEnum):
    """The part that a supplier plays in a contract."""

    SUPPLIER = "supplier"
    SUBCONTRACTOR = "subcontractor"
    RESELLER = "reseller"
    INTEGRATOR = "integrator"
    MAINTENANCE = "maintenance"


class Form(StrEnum):
    """What kind of transfer a supply is known as."""

    ORDER = "order"
    AWARD = "award"
    DELIVERY = "delivery"
    REPORTED_TRANSFER = "reported transfer"


class Stage(StrEnum):
    """Stage of a procedure, so that a charge is never read as a finding."""

    COMPLAINT = "complaint"
    INVESTIGATION = "investigation"
    CHARGED = "charged"
    SETTLED = "settled"
    DISMISSED = "dismissed"
    ANNULLED = "annulled"
    RULING = "ruling"
    FINAL = "final"


class SourceType(StrEnum):
    """What a document is; its default reliability stands in graph/exposure/weights.toml."""

    OFFICIAL_RECORD = "official_record"
    COURT_RECORD = "court_record"
    COMPANY_STATEMENT = "company_statement"
    LEAKED_DOCUMENT = "leaked_document"
    NGO_REPORT = "ngo_report"
    RESEARCH = "research"
    INVESTIGATION = "investigation"
    PRESS = "press"
    LEGAL_NOTE = "legal_note"
    STATE_MEDIA = "state_media"
    REFERENCE = "reference"
    SECONDARY = "secondary"


class ReplyKind(StrEnum):
    """How the party answered a claim."""

    ANSWER = "answer"
    NO_COMMENT = "no_comment"
    NONE_READABLE = "none_readable"


class Rule(msgspec.Struct, frozen=True):
    """Which kinds a relation may join, and how its dates are read.

    Parameters
    ----------
    ends : frozenset of (Kind, Kind)
        Allowed (subject, object) pairs; empty for `says`, whose ends are free.
    event : bool
        True where it happens at one instant; False where it is a state that lasts.
    needs_object : bool
        False only for `says`.
    """

    ends: frozenset[tuple[Kind, Kind]]
    event: bool = False
    needs_object: bool = True

    def objects_of(self, subject: Kind) -> list[Kind]:
        """Return the kinds that may be the object of this relation, for a subject of `subject`."""
        return sorted(o for s, o in self.ends if s is subject)


def _pairs(subjects: str, objects: str) -> frozenset[tuple[Kind, Kind]]:
    return frozenset((Kind(s), Kind(o)) for s in subjects.split() for o in objects.split())


def _same(kinds: str) -> frozenset[tuple[Kind, Kind]]:
    return frozenset((Kind(k), Kind(k)) for k in kinds.split())


_PARTY = "company public_body organisation"

RULES: dict[Relation, Rule] = {
    Relation.OWNS: Rule(_pairs(_PARTY, "company")),
    Relation.SUCCEEDED_BY: Rule(_same(f"{_PARTY} programme"), event=True),
    Relation.SAME_AS: Rule(_same(" ".join(Kind))),
    Relation.SUPPLIES: Rule(_pairs("company", _PARTY), event=True),
    Relation.OPERATES: Rule(_pairs(_PARTY, "programme")),
    Relation.CONTRIBUTES_TO: Rule(_pairs(_PARTY, "programme"), event=True),
    Relation.PART_OF: Rule(
        _same("public_body programme place")
        | _pairs("company", "company organisation")
        | _pairs("public_body programme place", "organisation")
    ),
    Relation.LISTED_IN: Rule(_pairs(_PARTY, "instrument")),
    Relation.SAYS: Rule(frozenset(), needs_object=False),
}

LINE_ORDER = (Status.WITHDRAWN, Status.DISPUTED, Status.DENIED, Status.ALLEGED)


def line_of(statuses: frozenset[Status] | set[Status]) -> str:
    """Return how a link with these statuses is drawn.

    Examples
    --------
    >>> line_of({Status.ALLEGED, Status.ACKNOWLEDGED})
    'alleged'
    >>> line_of({Status.REPORTED})
    'documented'
    """
    return next((str(status) for status in LINE_ORDER if status in statuses), "documented")
