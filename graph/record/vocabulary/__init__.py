"""The words of the record, one table an idea: kinds, relations, statuses, types and the like.

The spelling is a contract with users' spreadsheets (docs/formats.md): add, never rename. Each word
carries an entry with all that a face needs to know of it (`graph.record.vocabulary.term`), so that
a new word is one entry.
"""

from __future__ import annotations

from graph.record.vocabulary.kinds import Kind, KindEntry
from graph.record.vocabulary.pictures import Paint, PathRole, Pen, Stroke
from graph.record.vocabulary.procedures import Stage
from graph.record.vocabulary.relations import RULES, Relation, RelationEntry, Section, Verb
from graph.record.vocabulary.replies import ReplyKind
from graph.record.vocabulary.sources import SourceType
from graph.record.vocabulary.statuses import (
    CONTESTED,
    LINE_ORDER,
    Stance,
    Status,
    line_of,
    statuses_of,
)
from graph.record.vocabulary.supplies import Form, Role
from graph.record.vocabulary.term import Term

#: The tables whose words stand in cells of the record, by what a reader calls them.
TABLES: dict[str, type[Term]] = {
    "kind": Kind,
    "relation": Relation,
    "status": Status,
    "stage": Stage,
    "source_type": SourceType,
    "reply_kind": ReplyKind,
    "role": Role,
    "form": Form,
}

__all__ = [
    "CONTESTED",
    "LINE_ORDER",
    "RULES",
    "TABLES",
    "Form",
    "Kind",
    "KindEntry",
    "Paint",
    "PathRole",
    "Pen",
    "Relation",
    "RelationEntry",
    "ReplyKind",
    "Role",
    "Section",
    "SourceType",
    "Stage",
    "Stance",
    "Status",
    "Stroke",
    "Term",
    "Verb",
    "line_of",
    "statuses_of",
]
