"""Find ids with two rows: an error in one set; across two sets, the rows are compared."""

from __future__ import annotations

import msgspec

from graph.record.merge import is_filled
from graph.record.model import AnyRecord, Claim, Entity, Reply, Source
from graph.validate.faults import Fault, Report, RowLocation


class Twins:
    """Remembers the id and a hash of each row.

    Parameters
    ----------
    report : callable
        Where faults go.
    several : bool
        True where several sets are loaded at once, and have to be compared with each other.
    """

    def __init__(self, report: Report, *, several: bool) -> None:
        self._report = report
        self._several = several
        self._rows: dict[tuple[str, str], dict[str, tuple[int, int]]] = {}
        self._described: dict[tuple[type, str], Entity | Source] = {}
        self._claimed: dict[str, tuple[str, int]] = {}

    def stays(self, record: AnyRecord) -> None:
        """Add a row of a set that stays."""
        if isinstance(record, Claim):
            self._claimed.setdefault(record.id, (record.set, _content(record)))
        elif isinstance(record, Entity | Source):
            self._described.setdefault((type(record), record.id), record)

    def broken(self, identifier: str, place: RowLocation) -> None:
        """Add a rejected row that has an id."""
        if identifier and place.table != "replies":
            self._enter(identifier, 0, place)

    def look(self, record: AnyRecord, place: RowLocation) -> bool:
        """Check a row; return whether it is the first with its id."""
        content = _content(record)
        if isinstance(record, Reply):
            return self._enter(str(content), content, place)
        self._compare(record, content, place)
        if self._several:
            self.stays(record)
        return self._enter(record.id, content, place)

    def _enter(self, identifier: str, content: int, place: RowLocation) -> bool:
        rows = self._rows.setdefault((place.set, place.table), {})
        row, there = rows.setdefault(identifier, (place.row, content))
        if row == place.row:
            return True
        if there == content != 0:
            cure = f"It was loaded once: delete one of the two (the other is row {row})."
            self._report(place, Fault("", "the same row again", "each row once", cure, True))
            return False
        for first, second in ((place.row, row), (row, place.row)):
            cure = f"Give one of the two rows another id (the other is row {second})."
            fault = Fault("id", identifier, "an id that no other row has", cure)
            self._report(place._replace(row=first), fault)
        return False

    def _compare(self, record: AnyRecord, content: int, place: RowLocation) -> None:
        if isinstance(record, Claim):
            name, there = self._claimed.get(record.id, (record.set, content))
            if name != record.set and there != content:
                cure = (
                    f"The set {name!r} has another row of this id: give this one another id, "
                    f"or load the folder as that set with `--as {name}`."
                )
                self._report(place, Fault("id", record.id, "an id that no other row has", cure))
        elif isinstance(record, Entity | Source):
            other = self._described.get((type(record), record.id))
            if other and other.set != record.set:
                for fault in _differences(record, other):
                    self._report(place, fault)


def _content(record: AnyRecord) -> int:
    """Hash what a record says, whichever set says it."""
    return hash(msgspec.json.encode(msgspec.structs.replace(record, set="-"))) or 1


def _contradict(mine: object, theirs: object) -> bool:
    return is_filled(mine) and is_filled(theirs) and mine != theirs


def _differences(record: AnyRecord, other: AnyRecord) -> list[Fault]:
    columns = [
        name
        for name in record.__struct_fields__
        if name != "set" and _contradict(getattr(record, name), getattr(other, name))
    ]
    if "kind" in columns:
        mine, theirs = record.kind, other.kind  # type: ignore[union-attr]
        cure = f"The set {other.set!r} has this id as a {theirs}: choose another id or that kind."
        return [Fault("kind", mine, theirs, cure)]
    if not columns:
        return []
    cure = f"Both are kept, each with its set; it differs in: {', '.join(columns)}."
    allowed = f"the same as in the set {other.set!r}"
    return [Fault("id", getattr(record, "id", ""), allowed, cure, warning=True)]
