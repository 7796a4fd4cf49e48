"""What lies beyond the depth of a question that follows links step by step.

A question's statement goes a fixed number of steps, as paths of any length may be too many. How
many entities lie further is counted breadth first, which visits each link once.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from typing import Any, Protocol

import msgspec

_DEPTH = re.compile(r"(\d+) ([A-Z_]+) (from|to) ([a-z_]+)(, tied)?")

_CYPHER = (
    "MATCH (a:Entity)-[l:{0}]->(b:Entity) WHERE $ids IS NULL OR {1}.id IN $ids "
    "RETURN a.id AS tail, b.id AS head, l.contract AS contract, l.product AS product"
)
_SQL = (
    "SELECT tail, head, contract, product FROM graph.links "
    "WHERE relation = '{0}' AND ($ids IS NULL OR {1} IN (SELECT unnest($ids::VARCHAR[])))"
)


class Asked(Protocol):
    """What a question needs from a store: the engine's name and a method to ask."""

    engine: str

    def ask(self, statement: str, parameters: Mapping[str, Any]) -> list[dict[str, Any]]:
        """Return the rows of a statement as mappings, in its order."""


class Depth(msgspec.Struct, frozen=True):
    """How far a question goes.

    Parameters
    ----------
    steps : int
        Most links of a type, one after the other.
    type : str
        Type of the links.
    forward : bool
        Whether it follows their direction.
    parameter : str
        The question's parameter that names where it begins.
    tied : bool
        Whether each link continues the one before by a contract or product.
    """

    steps: int
    type: str
    forward: bool
    parameter: str
    tied: bool


def parse_depth(text: str) -> Depth | None:
    """Read the field `depth` of a header; None if it is not valid.

    Examples
    --------
    >>> parse_depth("4 OWNS from owner")
    Depth(steps=4, type='OWNS', forward=True, parameter='owner', tied=False)
    """
    if match := _DEPTH.fullmatch(text):
        return Depth(int(match[1]), match[2], match[3] == "from", match[4], bool(match[5]))
    return None


def beyond(store: Asked, depth: Depth, start: str | None) -> int:
    """Count the entities that lie further from where a question begins than it goes.

    Parameters
    ----------
    store : Store
        The store that answers the question.
    depth : Depth
        How far the question goes.
    start : str or None
        Where it begins; None: anywhere, and pairs of entities are counted.
    """
    links = _Links(store, depth)
    starts = [start] if start is not None else links.everywhere()
    return sum(links.further(begin) for begin in starts)


#: A link as it is walked: where to, and the contract and product that tie it.
_Step = tuple[str, str | None, str | None]


class _Links:
    """The links of a type, fetched where they are needed."""

    def __init__(self, store: Asked, depth: Depth) -> None:
        self._store = store
        self._depth = depth
        self._from: dict[str, list[_Step]] = defaultdict(list)
        self._fetched: set[str] = set()
        self._whole = False

    def everywhere(self) -> list[str]:
        """Fetch all links, and return where they begin."""
        self._fetch(None)
        self._whole = True
        return sorted(self._from)

    def further(self, start: str) -> int:
        """Count the entities that lie beyond the depth, seen from one of them."""
        edge: set[_Step] = {(start, None, None)}
        seen, nearest = set(edge), {start: 0}
        hops = 0
        while edge:
            hops += 1
            self._fetch({entity for entity, _, _ in edge})
            edge = {step for last in edge for step in self._next(last, hops)} - seen
            seen |= edge
            for entity, _, _ in edge:
                nearest.setdefault(entity, hops)
        return sum(distance > self._depth.steps for distance in nearest.values())

    def _next(self, last: _Step, hops: int) -> list[_Step]:
        entity, contract, product = last
        steps = self._from[entity]
        if not self._depth.tied:
            return [(head, None, None) for head, _, _ in steps]
        return [
            step
            for step in steps
            if hops == 1
            or (contract is not None and step[1] == contract)
            or (product is not None and step[2] == product)
        ]

    def _fetch(self, entities: set[str] | None) -> None:
        missing = None if entities is None else sorted(entities - self._fetched)
        if self._whole or missing == []:
            return
        self._fetched |= set(missing or ())
        forward, type_ = self._depth.forward, self._depth.type
        if self._store.engine == "embedded":
            statement = _SQL.format(type_.lower(), "tail" if forward else "head")
        else:
            statement = _CYPHER.format(type_, "a" if forward else "b")
        near, far = ("tail", "head") if forward else ("head", "tail")
        for row in self._store.ask(statement, {"ids": missing}):
            ends = row[near], row[far]
            contract, product = (_text(row[name]) for name in ("contract", "product"))
            if all(isinstance(end, str) for end in ends):  # people may have written others
                self._from[ends[0]].append((ends[1], contract, product))


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None
