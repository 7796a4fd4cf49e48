"""Fetch the links within reach of some entities from a server, step by step.

The result holds every link of every admissible walk from or to these entities. The statement that
all stores share then prunes it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple, Self, TypeAlias

from graph.neo4j_server.records import LINK_FIELDS, LeftOut, readable_link
from graph.neo4j_server.stored import value_of
from graph.record.grammar import ENDS, LEADS, TURNS, WALKED, End, Part, Tie, Turn
from graph.record.tables import LINKS
from graph.record.vocabulary import Relation

#: Runs a statement with parameters and returns its rows.
Ask: TypeAlias = Callable[..., list[list[Any]]]


class Stand(NamedTuple):
    """The state of a walk: its part, its entity, and the tie of the next step or `ANY`."""

    part: Part
    entity: str
    tie: str


#: The tie of a walk that ends at a buyer, or that any supply may continue.
ANY = ""

_ROW = (
    "WITH a, b, l, properties(l) AS p WHERE p._set IS NOT NULL "
    f"RETURN {LINK_FIELDS}, {value_of('kind', 'string', 'a')}, {value_of('kind', 'string', 'b')}"
)
_MATCH = {
    End.TAIL: "(a:Entity {{id: id}})-[l:{0}]->(b:Entity)",
    End.HEAD: "(b:Entity {{id: id}})<-[l:{0}]-(a:Entity)",
    End.PROGRAMME: "(a:Entity)-[l:{0} {{programme: id}}]->(b:Entity)",
}


def _types(relations: Iterable[Relation]) -> str:
    return "|".join(sorted({relation.upper() for relation in relations}))


#: All links that walks or leads may use.
EVERYTHING = f"MATCH (a:Entity)-[l:{_types((*WALKED, *LEADS))}]->(b:Entity) {_ROW}"
#: End of a link -> types of the links to follow from it, forward and backward.
_FORTH: dict[End, str] = {
    end: _types([relation for relation, turn in TURNS if turn.hops and turn.start is end])
    for end in (End.TAIL, End.HEAD)
}
_FORTH[End.TAIL] += "|" + _types(set(LEADS) - set(WALKED))
_BACK = {
    end: _types([relation for relation, turn in TURNS if turn.hops and turn.to is end])
    for end in End
}
_SAME = {end: str(Relation.SAME_AS.upper()) for end in (End.TAIL, End.HEAD)}
_BACK[End.HEAD] += "|" + _types(set(LEADS) - set(WALKED))

_ENDS = {End.TAIL: "tail", End.HEAD: "head", End.PROGRAMME: "programme"}
_PLACE = {field.name: number for number, field in enumerate(LINKS)}
_LEAD_TURNS = tuple(
    (relation, Turn((Part.SUPPLY,), None, to=to, hops=0))
    for relation in LEADS
    for to in (End.HEAD, End.PROGRAMME)
)


class Neighbourhood:
    """The links that were fetched, and the kinds of their ends.

    Attributes
    ----------
    links : dict of str to list
        Values by link id, as in `graph.neo4j_server.records.LINK_FIELDS`.
    kinds : dict of str to str
        Kinds by entity id.
    """

    def __init__(self, ask: Ask, left_out: LeftOut = lambda _: None) -> None:
        self._left_out = left_out
        self.links: dict[str, list[Any]] = {}
        self.kinds: dict[str, str] = {}
        self._ask = ask
        self._at: dict[tuple[End, str], list[list[Any]]] = defaultdict(list)
        self._fetched: set[tuple[End, str, str]] = set()

    def everything(self) -> Self:
        """Fetch all links."""
        for row in self._ask(EVERYTHING):
            self._keep(row)
        return self

    def forth(self, exporters: Iterable[str], hops: int) -> Self:
        """Fetch the links of walks and leads from exporters within a number of hops."""
        begin = {Stand(Part.SUCCESSION, id_, ANY) for id_ in exporters}
        return self._follow(begin, hops, self._ahead)

    def back(self, targets: Iterable[str], hops: int) -> Self:
        """Fetch the links of walks and leads to targets within a number of hops."""
        begin = self._twins({Stand(part, id_, ANY) for id_ in targets for part in ENDS})
        self._fetch(End.TAIL, _FORTH, begin)  # leads beyond a target
        return self._follow(begin | set(self._behind_leads(begin)), hops, self._behind)

    def _follow(
        self, begin: set[Stand], hops: int, step: Callable[[set[Stand]], Iterable[Stand]]
    ) -> Self:
        seen: set[Stand] = set()
        edge = begin
        for _ in range(hops + 1):  # one more round, for the leads of the last ones
            edge = self._twins(edge - seen)
            seen |= edge
            edge = set(step(edge)) - seen
        return self

    def _ahead(self, edge: set[Stand]) -> Iterator[Stand]:
        """Yield the states after one more link."""
        for end in _FORTH:
            self._fetch(end, _FORTH, edge)
        for stand in edge:
            for relation, turn in TURNS:
                if stand.part not in turn.after or not turn.hops:
                    continue
                for link in self._links(relation, turn, turn.start, stand.entity):
                    tied = stand.tie in _ties(link) if turn.is_tied(stand.part) else True
                    if tied and turn.part is not None and (place := _end(link, turn.to)):
                        yield from _stands(turn.part, place, link)

    def _behind(self, edge: set[Stand]) -> Iterator[Stand]:
        """Yield the states before the last link."""
        for end in _BACK:
            self._fetch(end, _BACK, edge)
        for stand in edge:
            for relation, turn in TURNS:
                if stand.part is not turn.part or not turn.hops:
                    continue
                for link in self._links(relation, turn, turn.to, stand.entity):
                    if stand.tie in (ANY, *_ties(link)):
                        yield from self._before(turn, link)

    def _before(self, turn: Turn, link: list[Any]) -> Iterator[Stand]:
        start = _end(link, turn.start)
        for part in turn.after:
            if turn.is_tied(part):
                yield from (Stand(part, start, tie) for tie in _ties(link))
            else:
                yield Stand(part, start, ANY)

    def _behind_leads(self, edge: set[Stand]) -> Iterator[Stand]:
        """Yield the states of buyers from which a lead points to one of the states."""
        for end in _BACK:
            self._fetch(end, _BACK, edge)
        for stand in edge:
            for relation, turn in _LEAD_TURNS:
                for link in self._links(relation, turn, turn.to, stand.entity):
                    yield Stand(Part.SUPPLY, _end(link, End.TAIL), ANY)

    def _twins(self, stands: set[Stand]) -> set[Stand]:
        """Add the states at entities joined by `same_as`, which costs no hop."""
        every, edge = set(stands), stands
        while edge:
            for end in _SAME:
                self._fetch(end, _SAME, edge)
            joined = {
                stand._replace(entity=_end(link, turn.to))
                for stand in edge
                for relation, turn in TURNS
                if not turn.hops
                for link in self._links(relation, turn, turn.start, stand.entity)
            }
            edge = joined - every
            every |= edge
        return every

    def _links(self, relation: Relation, turn: Turn, end: End, entity: str) -> Iterator[list[Any]]:
        """Yield the fetched links of a turn that have an entity at an end."""
        for link in self._at[end, entity]:
            if link[_PLACE["relation"]].lower() == relation and (
                turn.only is None or self.kinds.get(_end(link, turn.only[0])) == turn.only[1]
            ):
                yield link

    def _fetch(self, end: End, types: Mapping[End, str], stands: Iterable[Stand]) -> None:
        """Fetch the links of some types at the entities of some states, once each."""
        missing = {(end, types[end], stand.entity) for stand in stands} - self._fetched
        if not missing:
            return
        self._fetched |= missing
        ids = sorted(entity for _, _, entity in missing)
        pattern = _MATCH[end].format(types[end])
        for row in self._ask(f"UNWIND $ids AS id MATCH {pattern} {_ROW}", ids=ids):
            if link := self._keep(row):
                self._at[end, _end(link, end)].append(link)

    def _keep(self, row: list[Any]) -> list[Any]:
        link, tail, head = row
        if not readable_link(link, self._left_out):
            return []
        self.links[link[0]] = link
        for end, kind in ((End.TAIL, tail), (End.HEAD, head)):
            self.kinds[_end(link, end)] = kind if isinstance(kind, str) else ""
        return list(link)


def _end(link: list[Any], end: End) -> str:
    return link[_PLACE[_ENDS[end]]] or ""


def _ties(link: list[Any]) -> list[str]:
    return [f"{name}:{id_}" for name in Tie._fields if (id_ := link[_PLACE[name]])]


def _stands(part: Part, entity: str, link: list[Any]) -> Iterator[Stand]:
    ties = [ANY, *_ties(link)] if part is Part.SUPPLY else [ANY]
    yield from (Stand(part, entity, tie) for tie in ties)
