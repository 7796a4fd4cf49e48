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
from graph.problems import Problem
from graph.record import ids
from graph.record.model import RECORDS, AnyRecord, Claim, Reply
from graph.record.vocabulary import Relation
from graph.validate.explain import explain_row
from graph.validate.faults import Fault
from graph.validate.layout import LAYOUTS

if TYPE_CHECKING:
    from graph.neo4j_server.connection import Connection

#: Prefix of the id of a claim that was drawn as a link without an id.
UNNAMED = "hand-"
#: Labels of Sightline's own nodes.
_OWN = (LOAD, LOCK, VANISHED)
_KIND_OF = {label: kind for kind, label in LABELS.items()}
_RECORD_TYPES = {reference.type for node in NODES for reference in node.references}

#: Not written by the loader; it may have joined a row to it.
_HAND = "(n._set IS NULL OR n._ours IS NOT NULL)"
_NODES = (
    f"MATCH (n) WHERE {_HAND} AND NOT any(l IN labels(n) WHERE l IN $own) "
    "RETURN elementId(n), labels(n), properties(n)"
)
_LINKS = (
    f"MATCH (a)-[l]->(b) WHERE {_HAND.replace('n.', 'l.')} AND type(l) <> '{GONE}' "
    "RETURN elementId(l), type(l), properties(l), coalesce(a.id, ''), coalesce(b.id, ''), "
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


def joinable(connection: Connection) -> list[tuple[str, str, Claim | Reply]]:
    """Return the claims and replies without a key of their own.

    Parameters
    ----------
    connection : Connection
        An open connection to the server.

    Returns
    -------
    list of (str, str, Claim or Reply)
        Element id of the link or the reply's node; the `link_id` or `id` that a load gave it, or
        ""; the record.
    """
    reading = _Reading(connection, "by-hand")
    reading.result()
    return reading.joinable


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
        self.joinable: list[tuple[str, str, Claim | Reply]] = []

    def result(self) -> ByHand:
        nodes = self.connection.rows(_NODES, own=list(_OWN))
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
                self.joinable.append((at, fields.get("id", ""), record))
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
            if "id" not in fields or ENTITY.label not in labels:
                self.nameless.append(_called(fields))
                return None
        if label == CLAIM.label and not fields.get("sources"):
            self.unsourced.append(f"{label} {_called(fields)}")
            return None
        if label == REPLY.label:
            fields.pop("id", None)
        return self._take(TABLES[label], fields, f"{label} {_called(fields)}")

    def _link(self, row: list[Any], own_fields: dict[str, tuple[str, dict[str, Any]]]) -> None:
        at, type_, fields, tail, head, tail_at, labels = row
        if type_ in _RECORD_TYPES and tail_at in own_fields:
            _add_reference(*own_fields[tail_at], type_, head)
        elif type_.lower() not in set(Relation) or ENTITY.label not in labels:
            self.beside[f"-[:{type_}]->"] += 1
        else:
            name = f"({tail or '?'})-[:{type_}]->({head or '?'})"
            own = theirs(fields)
            claim_fields = _claim(type_, tail, head, own)
            if not claim_fields.get("sources"):
                self.unsourced.append(name)
            elif not tail or not head:
                self.unready.append(f"{name}: an end has no id; `--adopt` gives it one")
            elif (
                isinstance(claim := self._take("claims", claim_fields, name), Claim)
                and "link_id" not in own
            ):
                self.joinable.append((at, fields.get("link_id", ""), claim))

    def _take(self, table: str, fields: dict[str, Any], name: str) -> AnyRecord | None:
        record = _record(table, fields, self.set)
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


def _add_reference(label: str, fields: dict[str, Any], type_: str, id_: str) -> None:
    """Add the id at the end of a relationship to the fields of a manually added claim or reply."""
    [node] = [node for node in NODES if node.label == label]
    for reference in (r for r in node.references if r.type == type_):
        if reference.many:
            ids_so_far = fields.setdefault(reference.column, [])
            if id_ not in ids_so_far:
                fields[reference.column] = [*ids_so_far, id_]
        else:
            fields.setdefault(reference.column, id_)


def _called(fields: dict[str, Any]) -> str:
    text = fields.get("id") or fields.get("name") or fields.get("title") or fields.get("text")
    return str(text or "without a name")


def _claim(type_: str, tail: str, head: str, fields: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of the claim for a drawn link, with an id derived from its values."""
    values = {**fields, "subject": tail, "object": head, "relation": type_.lower()}
    values.pop("link_id", None)
    parts = sorted(f"{key}={value}" for key, value in values.items())
    return {"id": ids.stable_id(UNNAMED.rstrip("-"), *parts), **values}


def _record(table: str, fields: dict[str, Any], name: str) -> AnyRecord | list[Fault]:
    """Make a record from properties; unknown ones become its own extra columns."""
    shapes = LAYOUTS[table].shapes
    known: dict[str, Any] = {}
    own: dict[str, str] = {}
    for key, value in fields.items():
        if value is None or key.startswith("_"):
            continue
        if key not in shapes:
            own[key] = str(value)
        elif shapes[key].is_list:
            known[key] = tuple(_items(value))
        elif shapes[key].is_flag and isinstance(value, bool):
            known[key] = value
        else:
            known[key] = ids.plain(value) if isinstance(value, float) else str(value)
    known = {key: value for key, value in known.items() if value not in ("", ())}
    try:
        whole = {**known, "properties": own, "set": name}
        return msgspec.convert(whole, RECORDS[table], strict=False)
    except msgspec.ValidationError:
        return explain_row(table, known)


def _items(value: Any) -> list[str]:
    parts = value if isinstance(value, list) else str(value).split(";")
    return [text for part in parts if (text := str(part).strip())]
