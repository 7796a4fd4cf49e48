"""What people added to a server in Browser, Bloom or a notebook: read as records, marked as a set.

Whatever has no `_set` is made by hand. A node becomes a record where it has an id and one of the
schema's labels; a link between two entities becomes a claim where it says its status and names its
sources. All else is named and left where it is: the record holds nothing without a source.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import msgspec

from graph import ids
from graph.model import RECORDS, AnyRecord, Claim
from graph.server.join import theirs
from graph.server.records import TABLES
from graph.server.schema import CLAIM, ENTITY, GONE, LABELS, LOAD, LOCK, NODES, REPLY, VANISHED
from graph.vocabulary import Relation

if TYPE_CHECKING:
    from graph.server.connection import Connection

#: Labels that are not a person's.
_OWN = (LOAD, LOCK, VANISHED)
_KIND_OF = {label: kind for kind, label in LABELS.items()}
_RECORD_TYPES = {reference.type for node in NODES for reference in node.references}

#: Neither written by the loader, nor only joined by it.
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
_ADOPT = (
    "UNWIND $rows AS r MATCH (n) WHERE elementId(n) = r.at AND n._set IS NULL "
    "SET n.id = coalesce(n.id, r.id), n:Entity"
)
_ADOPT_LINKS = (
    "UNWIND $rows AS r MATCH ()-[l]->() WHERE elementId(l) = r.at AND l._set IS NULL "
    "SET l.link_id = r.link"
)
COUNT = (
    f"RETURN COUNT {{ MATCH (n) WHERE {_HAND} AND NOT any(l IN labels(n) WHERE l IN $own) }} + "
    f"COUNT {{ MATCH ()-[n]->() WHERE {_HAND} AND type(n) <> '{GONE}' }}"
)


class ByHand(msgspec.Struct, frozen=True, kw_only=True):
    """What was added by hand.

    Parameters
    ----------
    records : dict of str to list of Record
        By table: what can stand in the record, in the named set.
    unsourced : tuple of str
        Links and claims that name no source: kept out of the record, and so out of all scores.
    nameless : tuple of str
        Entities without an id, or without the label `Entity`: `adopt` gives them one.
    unready : tuple of str
        What lacks something else, each with what it lacks.
    beside : dict of str to int
        Labels and types that the record does not know: how many there are.
    """

    records: dict[str, list[AnyRecord]]
    unsourced: tuple[str, ...] = ()
    nameless: tuple[str, ...] = ()
    unready: tuple[str, ...] = ()
    beside: dict[str, int] = {}

    @property
    def total(self) -> int:
        """How many nodes and links there are."""
        found = sum(map(len, self.records.values())) + sum(self.beside.values())
        return found + len(self.unsourced) + len(self.nameless) + len(self.unready)


def count(connection: Connection) -> int:
    """Return how many nodes and relationships were made by hand."""
    return int(connection.one(COUNT, own=list(_OWN)))


def read(connection: Connection, name: str) -> ByHand:
    """Read what was added by hand.

    Parameters
    ----------
    connection : Connection
        To the server.
    name : str
        Set that the records belong to.
    """
    return _Reading(connection, name).result()


def adopt(connection: Connection, name: str) -> int:
    """Give what was made by hand an id: entities one from their name, links their link's.

    With it, a later load knows them again, and leaves them as they are.

    Parameters
    ----------
    connection : Connection
        To the server.
    name : str
        Set that their records belong to.

    Returns
    -------
    int
        How many entities and links had none.
    """
    reading = _Reading(connection, name)
    reading.result()
    taken = {id_ for (id_,) in connection.rows("MATCH (n) WHERE n.id IS NOT NULL RETURN n.id")}
    rows = []
    for at, fields in reading.strangers.items():
        id_ = fields.get("id") or _free_id(str(fields.get("name", "")), taken)
        taken.add(id_)
        rows.append({"at": at, "id": id_})
    links = [
        {"at": at, "link": ids.link_id(claim)}
        for at, (claim, known) in reading.drawn.items()
        if not known
    ]
    if rows:
        connection.write(_ADOPT, rows=rows)
    if links:
        connection.write(_ADOPT_LINKS, rows=links)
    return len(rows) + len(links)


def _free_id(name: str, taken: set[str]) -> str:
    from graph.names import latin

    slug = latin(name).replace(" ", "-")[:80] or "unnamed"
    return next(
        id_
        for id_ in (slug, *(f"{slug}-{n}" for n in range(2, len(taken) + 3)))
        if id_ not in taken
    )


class _Reading:
    """One reading: nodes first, then links, which may belong to hand-made claims and replies."""

    def __init__(self, connection: Connection, name: str) -> None:
        self.connection = connection
        self.set = name
        self.strangers: dict[str, dict[str, Any]] = {}
        self.drawn: dict[str, tuple[Claim, bool]] = {}
        self.records: dict[str, list[AnyRecord]] = {table: [] for table in RECORDS}
        self.unsourced: list[str] = []
        self.unready: list[str] = []
        self.beside: Counter[str] = Counter()

    def result(self) -> ByHand:
        nodes = self.connection.rows(_NODES, own=list(_OWN))
        links = self.connection.rows(_LINKS)
        said = {
            at: (label, theirs(fields)) for at, labels, fields in nodes if (label := _label(labels))
        }
        for row in links:
            self._link(row, said)
        for at, labels, _ in nodes:
            self._node(at, labels, said[at][1] if at in said else {})
        return ByHand(
            records=self.records,
            unsourced=tuple(sorted(self.unsourced)),
            nameless=tuple(sorted(_called(fields) for fields in self.strangers.values())),
            unready=tuple(sorted(self.unready)),
            beside=dict(sorted(self.beside.items())),
        )

    def _node(self, at: str, labels: list[str], fields: dict[str, Any]) -> None:
        label = _label(labels)
        if not label or label not in TABLES:
            self.beside[":".join(["", *sorted(labels)])] += 1
            return
        if label == ENTITY.label:
            fields.setdefault("kind", next((_KIND_OF[x] for x in labels if x in _KIND_OF), None))
            if "id" not in fields or ENTITY.label not in labels:
                self.strangers[at] = fields
                return
        if label == CLAIM.label and not fields.get("sources"):
            self.unsourced.append(f"{label} {_called(fields)}")
            return
        if label == REPLY.label:
            fields.pop("id", None)
        self._take(TABLES[label], fields, f"{label} {_called(fields)}")

    def _link(self, row: list[Any], said: dict[str, tuple[str, dict[str, Any]]]) -> None:
        at, type_, fields, tail, head, tail_at, labels = row
        if type_ in _RECORD_TYPES and tail_at in said:
            _tell(*said[tail_at], type_, head)
        elif type_.lower() not in set(Relation) or ENTITY.label not in labels:
            self.beside[f"-[:{type_}]->"] += 1
        else:
            name = f"({tail or '?'})-[:{type_}]->({head or '?'})"
            fields = {**theirs(fields), "subject": tail, "object": head, "relation": type_.lower()}
            known = bool(fields.pop("link_id", ""))
            if not fields.get("sources"):
                self.unsourced.append(name)
            elif not tail or not head:
                self.unready.append(f"{name}: an end has no id; `--adopt` gives it one")
            else:
                told = sorted(f"{key}={value}" for key, value in fields.items())
                claim = self._take("claims", {**fields, "id": ids.stable_id("hand", *told)}, name)
                if claim is not None:
                    self.drawn[at] = (claim, known)  # type: ignore[assignment]

    def _take(self, table: str, fields: dict[str, Any], name: str) -> AnyRecord | None:
        try:
            made = _record(table, fields, self.set)
        except (msgspec.ValidationError, ValueError) as error:
            self.unready.append(f"{name}: {error}")
            return None
        self.records[table].append(made)
        return made


def _label(labels: list[str]) -> str:
    """Return the label of the schema that a node has; that of entities for the second ones."""
    known = [node.label for node in NODES if node.label in labels]
    if known:
        return known[0]
    return ENTITY.label if any(label in _KIND_OF for label in labels) else ""


def _tell(label: str, fields: dict[str, Any], type_: str, id_: str) -> None:
    """Let a claim or a reply made by hand say what its relationship says."""
    [node] = [node for node in NODES if node.label == label]
    for reference in (r for r in node.references if r.type == type_):
        if reference.many:
            held = fields.setdefault(reference.column, [])
            fields[reference.column] = [*held, id_] if id_ not in held else held
        else:
            fields.setdefault(reference.column, id_)


def _called(fields: dict[str, Any]) -> str:
    text = fields.get("id") or fields.get("name") or fields.get("title") or fields.get("text")
    return str(text or "without a name")


def _record(table: str, fields: dict[str, Any], name: str) -> AnyRecord:
    """Make a record of properties; those that the model lacks are kept as columns of one's own."""
    model = RECORDS[table]
    known: dict[str, Any] = {"set": name}
    own: dict[str, str] = {}
    lists = {f.name for f in msgspec.structs.fields(model) if f.default == ()} | {"sources"}
    for key, value in fields.items():
        if value is None or key.startswith("_"):
            continue
        if key in model.__struct_fields__ and key not in ("set", "properties"):
            many = key in lists and not (key == "origin" and table == "sources")
            known[key] = _items(value) if many else _plain(value)
        else:
            own[key] = str(value)
    return msgspec.convert({**known, "properties": own}, model, strict=False)


def _items(value: Any) -> list[str]:
    parts = value if isinstance(value, list) else str(value).split(";")
    return [text for part in parts if (text := str(part).strip())]


def _plain(value: Any) -> Any:
    return value if isinstance(value, bool | int | float) else str(value)
