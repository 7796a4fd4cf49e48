"""The words of the record, one table an idea: kinds, relations, statuses, types and the like.

The spelling is a contract with users' spreadsheets (docs/formats.md): add, never rename. Each word
carries an entry with all that a face needs to know of it (`graph.vocabulary.term`), so that a new
word is one entry.
"""

from __future__ import annotations

from graph.vocabulary.kinds import Kind, KindEntry
from graph.vocabulary.pictures import Paint, PathRole, Pen, Stroke
from graph.vocabulary.procedures import Stage
from graph.vocabulary.relations import RULES, Relation, RelationEntry, Section, Verb
from graph.vocabulary.replies import ReplyKind
from graph.vocabulary.sources import SourceType
from graph.vocabulary.statuses import (
    CONTESTED,
    LINE_ORDER,
    Stance,
    Status,
    line_of,
    statuses_of,
)
from graph.vocabulary.supplies import Form, Role
from graph.vocabulary.term import Term

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
