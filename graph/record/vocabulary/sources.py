"""Types of source."""

from __future__ import annotations

import msgspec

from graph.record.vocabulary.term import Term


class SourceTypeEntry(msgspec.Struct, frozen=True):
    """What the faces know of a type of source.

    Parameters
    ----------
    said : str
        The type as it stands beside a source.
    meaning : str
        What is of this type.
    """

    said: str
    meaning: str


class SourceType(Term):
    """What a document is; its default reliability stands in graph/network/weights.toml."""

    entry: SourceTypeEntry

    OFFICIAL_RECORD = (
        "official_record",
        SourceTypeEntry("Official record", "register, gazette, list or decision of an authority"),
    )
    COURT_RECORD = (
        "court_record",
        SourceTypeEntry("Court record", "judgement, order or filing in a court's file"),
    )
    COMPANY_STATEMENT = (
        "company_statement",
        SourceTypeEntry("Company statement", "what a company publishes or answers about itself"),
    )
    LEAKED_DOCUMENT = (
        "leaked_document",
        SourceTypeEntry("Leaked document", "internal document that its owner did not publish"),
    )
    NGO_REPORT = (
        "ngo_report",
        SourceTypeEntry("NGO report", "report of an organisation with a cause"),
    )
    RESEARCH = (
        "research",
        SourceTypeEntry("Research", "study that names its method and its sources"),
    )
    INVESTIGATION = (
        "investigation",
        SourceTypeEntry("Investigation", "journalistic investigation with documents and replies"),
    )
    PRESS = "press", SourceTypeEntry("Press", "news article")
    LEGAL_NOTE = (
        "legal_note",
        SourceTypeEntry("Legal note", "legal analysis of documents, often for a side"),
    )
    STATE_MEDIA = (
        "state_media",
        SourceTypeEntry("State media", "medium that a state owns or directs"),
    )
    REFERENCE = (
        "reference",
        SourceTypeEntry("Reference", "encyclopaedia, directory or database"),
    )
    SECONDARY = (
        "secondary",
        SourceTypeEntry("Secondary", "account of a source that cannot be read any more"),
    )
