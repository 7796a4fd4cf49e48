"""Read what people added to a server in Browser, Bloom or a notebook, as records of a set.

Everything without the property `_set` was added manually. A node becomes a record if it has an id
and one of the schema's labels. A link between two entities becomes a claim if it has a status and
names its sources. Everything else is listed and stays in the server, because the record holds
nothing without a source.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import msgspec

from graph.neo4j_server.join_manual import theirs
from graph.neo4j_server.manual_records import (
    add_reference,
    claim_fields_of,
    dates_are_readable,
    record_of,
)
from graph.neo4j_server.records import TABLES
from graph.neo4j_server.schema import (
    CLAIM,
    ENTITY,
    GONE,
    LABELS,
    LOAD,
    LOCK,
    NODES,
    REPLY,
    VANISHED,
)
from graph.neo4j_server.writing import properties_of
from graph.problems import Problem
from graph.record.model import AnyRecord, Claim, Reply
from graph.record.vocabulary import Relation
from graph.validate.faults import Fault
from graph.validate.layout import LAYOUTS
from graph.validate.rules import Known, faults

if TYPE_CHECKING:
    from graph.neo4j_server.connection import Connection

#: For rules that look at one record alone.
_NOTHING_KNOWN = Known(lambda _: None, lambda _: False)
#: Labels of Sightline's own nodes.
_OWN = (LOAD, LOCK, VANISHED)
_KIND_OF = {label: kind for kind, label in LABELS.items()}
_RECORD_TYPES = {reference.type for node in NODES for reference in node.references}

#: Not written by the loader; it may have joined a row to it.
_HAND = "(n._set IS NULL OR n._ours IS NOT NULL)"
#: The id of a node, which only a text may be.
_ID = "CASE WHEN {0}.id IS :: STRING THEN coalesce({0}.id, '') ELSE '' END"
_NODES = (
    f"MATCH (n) WHERE {_HAND} AND NOT any(l IN labels(n) WHERE l IN $own) "
    f"RETURN elementId(n), labels(n), {properties_of('n')}"
)
_LINKS = (
    f"MATCH (a)-[l]->(b) WHERE {_HAND.replace('n.', 'l.')} AND type(l) <> '{GONE}' "
    f"RETURN elementId(l), type(l), {properties_of('l')}, {_ID.format('a')}, {_ID.format('b')}, "
    "elementId(a), labels(b)"
)
#: Counts what the record does not hold.
_BESIDE = (
    "RETURN COUNT { MATCH (n) WHERE n._set IS NULL AND NOT any(l IN labels(n) WHERE l IN $own) } "
    f"+ COUNT {{ MATCH ()-[n]->() WHERE n._set IS NULL AND type(n) <> '{GONE}' }}"
)


class ByHand(msgspec.Struct, frozen=True, kw_only=True):
    """Manual additions, as records and as lists of what cannot become one.

    Parameters
    ----------
    records : dict of str to list of Record
        By table: the records of the set.
    unsourced : tuple of str
        Links and claims without a source. They stay out of the record and of all scores.
    nameless : tuple of str
        Entities without an id or without the label `Entity`; `assign_ids` adds both.
    unready : tuple of str
        Rows with another error, each with its description.
    beside : dict of str to int
        Number of nodes and relationships by label and type that the schema does not have.
    """

    records: dict[str, list[AnyRecord]]
    unsourced: tuple[str, ...] = ()
    nameless: tuple[str, ...] = ()
    unready: tuple[str, ...] = ()
    beside: dict[str, int] = {}


def count_manual_edits(connection: Connection) -> int:
    """Return the number of nodes and relationships that were added manually."""
    return int(connection.single_value(_BESIDE, own=list(_OWN)))


def joinable(connection: Connection) -> tuple[list[tuple[str, Any, Claim | Reply]], list[str]]:
    """Return the claims and replies without a key of their own, and what cannot become one.

    Parameters
    ----------
    connection : Connection
        An open connection to the server.

    Returns
    -------
    list of (str, str, Claim or Reply)
        Element id of the link or the reply's node; the `link_id` or `id` that a load gave it, or
        ""; the record.
    list of str
        Links and replies with an error, each with its description.
    """
    reading = _Reading(connection, "by-hand")
    reading.result()
    return reading.joinable, sorted(reading.unready + reading.undated)


def read_manual_edits(connection: Connection, name: str) -> ByHand:
    """Read the manual additions of a server.

    Parameters
    ----------
    connection : Connection
        An open connection to the server.
    name : str
        Name of the set for the records.
    """
    return _Reading(connection, name).result()


class _Reading:
    """Reads nodes first, then links, which may belong to manually added claims and replies."""

    def __init__(self, connection: Connection, name: str) -> None:
        self.connection = connection
        self.set = name
        self.records: dict[str, list[AnyRecord]] = {table: [] for table in LAYOUTS}
        self.unsourced: list[str] = []
        self.nameless: list[str] = []
        self.unready: list[str] = []
        self.beside: Counter[str] = Counter()
        self.undated: list[str] = []
        self.joinable: list[tuple[str, Any, Claim | Reply]] = []

    def result(self) -> ByHand:
        rows = self.connection.rows(_NODES, own=list(_OWN))
        nodes = [(at, labels, dict(pairs)) for at, labels, pairs in rows]
        own_fields = {
            at: (label, theirs(fields))
            for at, labels, fields in nodes
            if (label := label_of(labels))
        }
        for row in self.connection.rows(_LINKS):
            self._link(row, own_fields)
        for at, labels, fields in nodes:
            own = own_fields[at][1] if at in own_fields else {}
            record = self._node(labels, dict(own))
            if isinstance(record, Reply) and "id" not in own:
                self._join(at, fields.get("id", ""), record, f"{REPLY.label} {_called(fields)}")
        return ByHand(
            records=self.records,
            unsourced=tuple(sorted(self.unsourced)),
            nameless=tuple(sorted(self.nameless)),
            unready=tuple(sorted(self.unready)),
            beside=dict(sorted(self.beside.items())),
        )

    def _node(self, labels: list[str], fields: dict[str, Any]) -> AnyRecord | None:
        label = label_of(labels)
        if TABLES.get(label, "") not in LAYOUTS:
            self.beside[":".join(["", *sorted(labels)])] += 1
            return None
        if label == ENTITY.label:
            fields.setdefault("kind", next((_KIND_OF[x] for x in labels if x in _KIND_OF), None))
            if not isinstance(fields.get("id"), str) or ENTITY.label not in labels:
                self.nameless.append(_called(fields))
                return None
        elif not isinstance(id_ := fields.get("id", ""), str):
            cure = f"Write it as a text, {str(id_)!r}."
            self.unready.append(f"{label} {id_}: id is {id_!r}; allowed: a text. {cure}")
            return None
        if label == CLAIM.label and not fields.get("sources"):
            self.unsourced.append(f"{label} {_called(fields)}")
            return None
        if label == REPLY.label:
            fields.pop("id", None)
        return self._take(TABLES[label], fields, f"{label} {_called(fields)}")

    def _link(self, row: list[Any], own_fields: dict[str, tuple[str, dict[str, Any]]]) -> None:
        at, type_, pairs, tail, head, tail_at, labels = row
        fields = dict(pairs)
        if type_ in _RECORD_TYPES and tail_at in own_fields:
            add_reference(*own_fields[tail_at], type_, head)
        elif type_.lower() not in set(Relation) or ENTITY.label not in labels:
            self.beside[f"-[:{type_}]->"] += 1
        else:
            own = theirs(fields)
            name = f"({tail or '?'})-[:{type_}]->({head or '?'})"
            if own.get("id"):
                name = f"{own['id']}, {name}"
            claim_fields = claim_fields_of(type_, tail, head, own)
            if not claim_fields.get("sources"):
                self.unsourced.append(name)
            elif not tail or not head:
                self.unready.append(f"{name}: an end has no text as id; --adopt gives it one")
            elif type_ != type_.upper():
                cure = f"Draw it as :{type_.upper()} and delete this one."
                self.unready.append(
                    f"{name}: its type is {type_}; allowed: {type_.upper()}. {cure}"
                )
            elif (
                isinstance(claim := self._take("claims", claim_fields, name), Claim)
                and "link_id" not in own
            ):
                self._join(at, fields.get("link_id", ""), claim, name)

    def _join(self, at: str, key: Any, record: Claim | Reply, name: str) -> None:
        """Note a record that a load joins to what was drawn, unless its dates are wrong."""
        wrong = [fault for fault in faults(record, _NOTHING_KNOWN) if not fault.warning]
        if wrong and not dates_are_readable(record):
            self.undated.append(f"{name}: {' '.join(map(in_words, wrong))}")
        else:
            self.joinable.append((at, key, record))

    def _take(self, table: str, fields: dict[str, Any], name: str) -> AnyRecord | None:
        record = record_of(table, fields, self.set)
        if isinstance(record, list):
            self.unready.append(f"{name}: {' '.join(map(in_words, record))}")
            return None
        self.records[table].append(record)
        return record


def in_words(fault: Fault | Problem) -> str:
    """Describe the error in a property and how to fix it."""
    problem = f"is {fault.found!r}" if fault.found else "is missing"
    return f"{fault.column} {problem}; allowed: {fault.allowed}. {fault.cure}".strip()


def label_of(labels: list[str]) -> str:
    """Return the schema's label of a node; `Entity` for a node with only a second label."""
    known = [node.label for node in NODES if node.label in labels]
    if known:
        return known[0]
    return ENTITY.label if any(label in _KIND_OF for label in labels) else ""


def _called(fields: dict[str, Any]) -> str:
    text = fields.get("id") or fields.get("name") or fields.get("title") or fields.get("text")
    return str(text or "without a name")
