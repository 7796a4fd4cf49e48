"""Check references between rows: the ids exist, and origins end in a root."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import islice
from typing import NamedTuple, TypeAlias

from graph.record.model import AnyRecord, Claim, Entity, Source
from graph.record.vocabulary import Kind, Relation, Stance
from graph.validate.faults import Fault, Report, RowLocation

#: Table -> column -> the table that its ids belong to.
REFERENCES: dict[str, dict[str, str]] = {
    "entities": {},
    "sources": {"origin": "sources"},
    "claims": {
        "subject": "entities",
        "object": "entities",
        "programme": "entities",
        "product": "entities",
        "sources": "sources",
        "origin": "sources",
        "about": "claims",
    },
    "replies": {"claim": "claims", "party": "entities", "source": "sources"},
}

_SUGGESTED = 20  # problems that get a suggestion: looking for one takes its time
_COMPARED = 50_000  # ids that are looked at for it


#: Kind of an entity, and whether it is collective.
Traits: TypeAlias = tuple[Kind | None, bool]


class _Waiting(NamedTuple):
    """A reference into the table that is being read, judged once its last row was seen."""

    place: RowLocation
    column: str
    id: str
    refutes: bool


class References:
    """Knows the ids of all rows that stay or are loaded.

    Parameters
    ----------
    report : callable
        Where faults go.
    rejected : mapping of str to collection of str
        By table, ids of rows that were left out: dependent rows get an error.

    Attributes
    ----------
    kinds : dict of str to Kind or None
        Of each entity; None where its row has no readable kind.
    collective : set of str
        Entities that stand for several or unnamed bodies.
    known : dict of str to collection of str
        By table, the ids that are there.
    """

    def __init__(self, report: Report, rejected: Mapping[str, Collection[str]]) -> None:
        self._report = report
        self._rejected = rejected
        self._unreadable: set[str] = set()
        self.kinds: dict[str, Kind | None] = {}
        self.collective: set[str] = set()
        self._sources: set[str] = set()
        self._claims: set[str] = set()
        self.known: dict[str, Collection[str]] = {
            "entities": self.kinds,
            "sources": self._sources,
            "claims": self._claims,
        }
        self._unlinked: set[str] = set()  # claims that carry no link
        self._waiting: list[_Waiting] = []
        self._origins: list[tuple[str, str, RowLocation | None]] = []
        self._suggested = 0

    def unreadable(self, table: str) -> None:
        """Mark a table as unreadable: references to its ids are not checked."""
        self._unreadable.add(table)

    def broken(self, identifier: str, table: str) -> None:
        """Add the id of a rejected row, so that references to it are not reported."""
        if table == "entities":
            self.kinds.setdefault(identifier, None)
        elif table == "sources":
            self._sources.add(identifier)
        elif table == "claims":
            self._claims.add(identifier)

    def note(self, record: AnyRecord, place: RowLocation | None = None) -> None:
        """Add a record; `place` is that of a row that is being loaded."""
        if isinstance(record, Entity):
            if self.kinds.get(record.id) is None:
                self.kinds[record.id] = record.kind
            if record.collective:
                self.collective.add(record.id)
        elif isinstance(record, Source):
            self._sources.add(record.id)
            if record.origin:
                self._origins.append((record.id, record.origin, place))
        elif isinstance(record, Claim):
            self._claims.add(record.id)
            if record.relation is Relation.SAYS or record.stance is Stance.REFUTES:
                self._unlinked.add(record.id)

    def traits(self, identifier: str) -> Traits:
        """Return what the rules ask about an entity: its kind, and whether it is collective."""
        return self.kinds.get(identifier), identifier in self.collective

    def look(self, record: AnyRecord, place: RowLocation) -> None:
        """Check the ids that a record names."""
        refutes = isinstance(record, Claim) and record.stance is Stance.REFUTES
        for column, target, named in named_by(record, place.table):
            if target == place.table:
                self._waiting.append(_Waiting(place, column, named, refutes))
            elif named not in self.known[target]:
                self._unknown(place, column, named, target)

    def finish(self) -> None:
        """Check the references that had to wait for the last row."""
        for place, column, named, refutes in self._waiting:
            if named not in self.known[place.table]:
                self._unknown(place, column, named, place.table)
            elif refutes and column == "about" and named in self._unlinked:
                cure = "Name a row that supports a link; a `says` row carries none."
                self._report(place, Fault(column, named, "the id of a supporting row", cure))
        for identifier, place in self._cycles():
            cure = (
                "An origin is a root, or leads to one; leave it empty where the source is a root."
            )
            self._report(place, Fault("origin", identifier, "no cycle of origins", cure))

    def _cycles(self) -> Iterator[tuple[str, RowLocation]]:
        relays = {source for source, _, _ in self._origins}
        chained = [link for link in self._origins if link[1] in relays]
        if not chained:
            return
        import networkx as nx  # here: few records have a relay of a relay

        graph = nx.DiGraph((source, origin) for source, origin, _ in chained)
        number = {
            node: at
            for at, part in enumerate(nx.strongly_connected_components(graph))
            for node in part
        }
        for source, origin, place in chained:
            if place and number[source] == number[origin]:
                yield origin, place

    def _unknown(self, place: RowLocation, column: str, named: str, table: str) -> None:
        if table in self._unreadable:
            return
        if named in self._rejected.get(table, ()):
            fault = Fault(column, named, f"an id of {table}", "The row of this id was rejected.")
        else:
            cure = self._near(named, self.known[table])
            fault = Fault(column, named, f"an id of {table}", cure or f"Add it to {table}.")
        self._report(place, fault)

    def _near(self, named: str, known: Iterable[str]) -> str:
        self._suggested += 1
        if self._suggested > _SUGGESTED:
            return ""
        alike = islice(
            (identifier for identifier in known if identifier[:1] == named[:1]), _COMPARED
        )
        near = difflib.get_close_matches(named, alike, 1, 0.75)
        return f"Did you mean {near[0]!r}?" if near else ""


def named_by(record: AnyRecord, table: str) -> Iterator[tuple[str, str, str]]:
    """List the ids that a record names: column, the table it points into, id.

    Examples
    --------
    >>> from graph.record.model import Reply
    >>> reply = Reply(set="s", claim="c1", party="acme", kind="no_comment")
    >>> list(named_by(reply, "replies"))
    [('claim', 'claims', 'c1'), ('party', 'entities', 'acme')]
    """
    for column, target in REFERENCES[table].items():
        value = getattr(record, column)
        for named in (value,) if isinstance(value, str) else value:
            if named:
                yield column, target, named
