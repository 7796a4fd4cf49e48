"""The records: what a dataset version holds, field by field.

A record is immutable and says what its source row said. What is derived from records (links, name
keys, digests) is not part of them. The field names are the columns of the spreadsheet folder
(docs/formats.md).
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, TypeAlias

import msgspec
from msgspec import Meta

from graph.record import dates
from graph.record.vocabulary import (
    Form,
    Kind,
    Relation,
    ReplyKind,
    Role,
    SourceType,
    Stage,
    Stance,
    Status,
)

Text: TypeAlias = str
Id = Annotated[str, Meta(min_length=1, max_length=200, pattern=r"^[^\s;,]+\Z")]
Filled = Annotated[str, Meta(min_length=1)]
Country = Annotated[str, Meta(pattern=r"^[A-Z]{2}\Z")]
Digest = Annotated[str, Meta(pattern=r"^([0-9a-f]{64})?\Z")]
Fraction = Annotated[float, Meta(ge=0, le=1)]
Percent = Annotated[float, Meta(ge=0, le=100)]
Currency = Annotated[str, Meta(pattern=r"^([A-Z]{3})?\Z")]


class Record(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What all records share.

    Parameters
    ----------
    set : str
        The named source of the version that this row belongs to ("starter", a folder's name).
    properties : dict of str to str
        Columns that are not of the format, kept as they were.
    """

    set: Filled
    properties: dict[str, str] = {}


class Entity(Record, frozen=True, kw_only=True, omit_defaults=True):
    """A company, body, organisation, programme, product, instrument or place. Never a person.

    `aliases` may carry a language prefix (`zh:天网工程`); `identifiers` carry their scheme
    (`lei:…`, `wikidata:…`, `reg:FR:…`); `collective` marks a stand-in for several or unnamed
    bodies, which is never merged.
    """

    id: Id
    kind: Kind
    name: Filled
    aliases: tuple[str, ...] = ()
    country: tuple[Country, ...] = ()
    identifiers: tuple[str, ...] = ()
    founded: Text = ""
    dissolved: Text = ""
    collective: bool = False
    url: Text = ""
    note: Text = ""

    @property
    def life(self) -> dates.Days:
        """The days on which it may have existed."""
        return dates.days_allowed(self.founded, self.dissolved)


class Source(Record, frozen=True, kw_only=True, omit_defaults=True):
    """A document. `origin` is the id of the source that it relays; empty where it is a root."""

    id: Id
    title: Filled
    publisher: Filled
    author: Text = ""
    date: Text = ""
    url: Text = ""
    archive_url: Text = ""
    sha256: Digest = ""
    language: Text = ""
    type: SourceType
    origin: Text = ""
    reliability: Fraction | None = None
    read_scope: Text = ""
    checked: Text = ""
    note: Text = ""


class Claim(Record, frozen=True, kw_only=True, omit_defaults=True):
    """One statement, by somebody, in its sources: one row of evidence."""

    id: Id
    subject: Id
    relation: Relation
    object: Text = ""
    status: Status
    sources: Annotated[tuple[str, ...], Meta(min_length=1)]
    valid_from: Text = ""
    valid_to: Text = ""
    as_of: Text = ""
    origin: tuple[str, ...] = ()
    asserted_by: Text = ""
    stance: Stance = Stance.SUPPORTS
    about: Text = ""
    strength: Fraction | None = None
    contract: Text = ""
    role: Role | None = None
    programme: Text = ""
    product: Text = ""
    technology: Text = ""
    value: Decimal | None = None
    currency: Currency = ""
    form: Form | None = None
    share: Percent | None = None
    locator: Text = ""
    text: Text = ""
    stage: Stage | None = None
    ref: Text = ""
    note: Text = ""

    @property
    def lasting(self) -> bool:
        """Whether it is a supply that lasts: a subscription, hosting, maintenance."""
        return (
            self.relation is Relation.SUPPLIES and self.form is not None and self.form.entry.lasts
        )

    @property
    def readings(self) -> dates.Readings:
        """The outer and inner interval of the claim, in days."""
        if self.relation.entry.event:
            return dates.event_readings(self.valid_from, self.valid_to)
        return dates.state_readings(self.valid_from, self.valid_to, self.as_of)


class Reply(Record, frozen=True, kw_only=True, omit_defaults=True):
    """What the party said to a claim, or that it declined, or that nothing was readable."""

    claim: Id
    party: Id
    kind: ReplyKind
    text: Text = ""
    source: Text = ""
    date: Text = ""


class Judgement(Record, frozen=True, kw_only=True, omit_defaults=True):
    """A reviewer's word that two ids are one entity, or are not; applied when read, reversible."""

    id: Id
    left: Id
    right: Id
    same: bool
    who: Filled
    when: Filled
    why: Text = ""


AnyRecord: TypeAlias = Entity | Source | Claim | Reply | Judgement

#: Table name -> record type, in the order in which tables are written.
RECORDS: dict[str, type[AnyRecord]] = {
    "entities": Entity,
    "sources": Source,
    "claims": Claim,
    "replies": Reply,
    "judgements": Judgement,
}
