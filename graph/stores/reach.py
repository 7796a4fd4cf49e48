"""Links within reach of some entities, fetched from a server step by step.

What comes back holds every link of every admissible walk from, or to, these entities; the rest of
the pruning is left to the statement that all stores share.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple, TypeAlias

from graph.server.records import LINK_FIELDS, LINK_TYPES

#: Runs a statement with parameters and returns its rows.
Ask: TypeAlias = Callable[..., list[list[Any]]]


class Turn(NamedTuple):
    """Where one can go from a place in a part of a walk.

    Parameters
    ----------
    out, into : tuple of str
        Types of links that are followed from their tail, and from their head.
    serving : bool
        Whether supplies are followed that name the entity as their programme.
    """

    out: tuple[str, ...] = ()
    into: tuple[str, ...] = ()
    serving: bool = False


_SOLD = ("SUPPLIES", "CONTRIBUTES_TO")
_RUNS = ("OPERATES", "CONTRIBUTES_TO")

#: From an exporter: 0 succession, 1 ownership, 2 supply, 3 programme.
FORTH: dict[int, Turn] = {
    0: Turn(("OWNS", *_SOLD), ("SUCCEEDED_BY",)),
    1: Turn(("OWNS", *_SOLD)),
    2: Turn(("OPERATES", *_SOLD)),
    3: Turn(("PART_OF",)),
}
#: From a target back; 4 is a buyer beside the walk, of whom only leads are wanted.
BACK: dict[int, Turn] = {
    3: Turn((), ("PART_OF", *_RUNS), serving=True),
    2: Turn((*_RUNS, "SUCCEEDED_BY"), ("SUPPLIES", "OWNS")),
    1: Turn(("SUCCEEDED_BY",), ("OWNS",)),
    0: Turn(("SUCCEEDED_BY",)),
    4: Turn(_RUNS),
}
_AFTER_FORTH = {"SUCCEEDED_BY": 0, "OWNS": 1, "SUPPLIES": 2, "CONTRIBUTES_TO": 3, "PART_OF": 3}
_AFTER_BACK = {
    "PART_OF": 3,
    "CONTRIBUTES_TO": 2,
    "OPERATES": 2,
    "SUPPLIES": 2,
    "OWNS": 1,
    "SUCCEEDED_BY": 0,
}

_ROW = f"WITH a, b, l, properties(l) AS p WHERE p._set IS NOT NULL RETURN {LINK_FIELDS}, a.kind"
_OUT = "UNWIND $ids AS id MATCH (a:Entity {{id: id}})-[l:{0}]->(b:Entity) " + _ROW
_INTO = "UNWIND $ids AS id MATCH (b:Entity {{id: id}})<-[l:{0}]-(a:Entity) " + _ROW
_SERVING = "UNWIND $ids AS id MATCH (a:Entity)-[l:SUPPLIES {programme: id}]->(b:Entity) " + _ROW

#: All links but those of lists, which nobody walks.
EVERYTHING = f"MATCH (a:Entity)-[l:{LINK_TYPES.replace('|LISTED_IN', '')}]->(b:Entity) {_ROW}"


class Reach:
    """The links that were met, and the kinds of their tails.

    Attributes
    ----------
    links : dict of str to list
        Link id -> values as in `graph.server.records.LINK_FIELDS`.
    kinds : dict of str to str
        Entity id -> kind, of the tails.
    """

    def __init__(self) -> None:
        self.links: dict[str, list[Any]] = {}
        self.kinds: dict[str, str] = {}

    def take(self, rows: Iterable[list[Any]]) -> list[list[Any]]:
        """Keep rows of links, and return the links."""
        found = []
        for values, kind in rows:
            self.links[values[0]] = values
            self.kinds[values[2]] = kind
            found.append(values)
        return found


def forth(ask: Ask, exporters: Iterable[str], hops: int) -> Reach:
    """Fetch what can be walked from exporters within so many hops, leads included."""
    return _follow(ask, {(0, id_) for id_ in exporters}, hops, FORTH, _ahead)


def back(ask: Ask, targets: Iterable[str], hops: int) -> Reach:
    """Fetch what leads to targets within so many hops, leads included."""
    begin = {(part, id_) for id_ in targets for part in (2, 3)}
    return _follow(ask, begin, hops + 1, BACK, _behind)  # a lead is no hop


_Places: TypeAlias = set[tuple[int, str]]


def _follow(
    ask: Ask,
    begin: _Places,
    hops: int,
    turns: Mapping[int, Turn],
    next_of: Callable[[int, list[Any], str], _Places],
) -> Reach:
    reach = Reach()
    seen: _Places = set()
    edge = begin
    for _ in range(hops + 1):  # once more, for the leads of those met last
        edge = _tied(ask, reach, edge - seen)
        seen |= edge
        further: _Places = set()
        for part, turn in turns.items():
            ids = sorted(id_ for where, id_ in edge if where == part)
            for link in reach.take(_links(ask, turn, ids)):
                further |= next_of(part, link, reach.kinds[link[2]])
        edge = further
    return reach


def _tied(ask: Ask, reach: Reach, places: _Places) -> _Places:
    """Add to places those that `same_as` ties to them, in the same part: it costs no hop."""
    all_of, edge = set(places), places
    while edge:
        ids = sorted({id_ for _, id_ in edge})
        other: dict[str, set[str]] = {}
        for link in reach.take(_links(ask, Turn(("SAME_AS",), ("SAME_AS",)), ids)):
            other.setdefault(link[2], set()).add(link[3])
            other.setdefault(link[3], set()).add(link[2])
        met = {(part, twin) for part, id_ in edge for twin in other.get(id_, ())}
        edge = met - all_of
        all_of |= edge
    return all_of


def _links(ask: Ask, turn: Turn, ids: list[str]) -> list[list[Any]]:
    if not ids:
        return []
    rows = ask(_OUT.format("|".join(turn.out)), ids=ids) if turn.out else []
    rows += ask(_INTO.format("|".join(turn.into)), ids=ids) if turn.into else []
    rows += ask(_SERVING, ids=ids) if turn.serving else []
    return rows


def _ahead(part: int, link: list[Any], kind: str) -> _Places:
    """Return where a walk stands after a link; nowhere after a lead."""
    del part
    relation, tail, head, programme = link[1], link[2], link[3], link[12]
    if relation == "SUCCEEDED_BY":
        return {(0, tail)}
    if relation == "OPERATES" or (relation == "CONTRIBUTES_TO" and kind != "company"):
        return set()
    found = {(_AFTER_FORTH[relation], head)}
    return found | {(3, programme)} if programme else found


def _behind(part: int, link: list[Any], kind: str) -> _Places:
    """Return from where a walk comes to a link; the buyer of what serves a programme is met too."""
    del kind
    relation, tail, head = link[1], link[2], link[3]
    if part == 4 or (part == 2 and relation in _RUNS):
        return set()
    if relation == "SUCCEEDED_BY":
        return {(0, head)}
    return {(_AFTER_BACK[relation], tail)} | ({(4, head)} if relation == "SUPPLIES" else set())
