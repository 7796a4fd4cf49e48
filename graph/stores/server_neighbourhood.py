"""Links within reach of some entities, fetched from a server step by step.

What comes back holds every link of every admissible walk from, or to, these entities; the rest of
the pruning is left to the statement that all stores share.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple, Self, TypeAlias

from graph.neo4j_server.records import LINK_FIELDS
from graph.record.grammar import ENDS, LEADS, TURNS, WALKED, End, Part, Tie, Turn
from graph.record.tables import LINKS
from graph.record.vocabulary import Relation

#: Runs a statement with parameters and returns its rows.
Ask: TypeAlias = Callable[..., list[list[Any]]]


class Stand(NamedTuple):
    """Where a walk stands: an entity, the part, and what ties the next step; `ANY`: not asked."""

    part: Part
    entity: str
    tie: str


#: Held where a walk ends at a buyer, and where any supply will do.
ANY = ""

_ROW = (
    "WITH a, b, l, properties(l) AS p WHERE p._set IS NOT NULL "
    f"RETURN {LINK_FIELDS}, a.kind, b.kind"
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
#: Types of links to follow from an end of theirs: forth, and back.
_FORTH: dict[End, str] = {
    end: _types([one for one, turn in TURNS if turn.hops and turn.start is end])
    for end in (End.TAIL, End.HEAD)
}
_FORTH[End.TAIL] += "|" + _types(set(LEADS) - set(WALKED))
_BACK = {end: _types([one for one, turn in TURNS if turn.hops and turn.to is end]) for end in End}
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
    """The links that were met, and the kinds of their ends.

    Attributes
    ----------
    links : dict of str to list
        Link id -> values as in `graph.neo4j_server.records.LINK_FIELDS`.
    kinds : dict of str to str
        Entity id -> kind.
    """

    def __init__(self, ask: Ask) -> None:
        self.links: dict[str, list[Any]] = {}
        self.kinds: dict[str, str] = {}
        self._ask = ask
        self._at: dict[tuple[End, str], list[list[Any]]] = defaultdict(list)
        self._asked: set[tuple[End, str, str]] = set()

    def everything(self) -> Self:
        """Fetch all links."""
        for row in self._ask(EVERYTHING):
            self._keep(row)
        return self

    def forth(self, exporters: Iterable[str], hops: int) -> Self:
        """Fetch what can be walked from exporters within so many hops, leads included."""
        begin = {Stand(Part.SUCCESSION, id_, ANY) for id_ in exporters}
        return self._follow(begin, hops, self._ahead)

    def back(self, targets: Iterable[str], hops: int) -> Self:
        """Fetch what leads to targets within so many hops, leads included."""
        begin = self._twins({Stand(part, id_, ANY) for id_ in targets for part in ENDS})
        self._fetch(End.TAIL, _FORTH, begin)  # leads beyond a target
        return self._follow(begin | set(self._behind_leads(begin)), hops, self._behind)

    def _follow(
        self, begin: set[Stand], hops: int, step: Callable[[set[Stand]], Iterable[Stand]]
    ) -> Self:
        seen: set[Stand] = set()
        edge = begin
        for _ in range(hops + 1):  # once more, for the leads of those met last
            edge = self._twins(edge - seen)
            seen |= edge
            edge = set(step(edge)) - seen
        return self

    def _ahead(self, edge: set[Stand]) -> Iterator[Stand]:
        """Yield where walks stand after one more link."""
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
        """Yield from where walks come to where they stand."""
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
        """Yield the buyers of whom a link may be a lead to where walks stand."""
        for end in _BACK:
            self._fetch(end, _BACK, edge)
        for stand in edge:
            for relation, turn in _LEAD_TURNS:
                for link in self._links(relation, turn, turn.to, stand.entity):
                    yield Stand(Part.SUPPLY, _end(link, End.TAIL), ANY)

    def _twins(self, stands: set[Stand]) -> set[Stand]:
        """Add those that `same_as` ties to where walks stand: it costs no hop."""
        every, edge = set(stands), stands
        while edge:
            for end in _SAME:
                self._fetch(end, _SAME, edge)
            met = {
                stand._replace(entity=_end(link, turn.to))
                for stand in edge
                for relation, turn in TURNS
                if not turn.hops
                for link in self._links(relation, turn, turn.start, stand.entity)
            }
            edge = met - every
            every |= edge
        return every

    def _links(self, relation: Relation, turn: Turn, end: End, entity: str) -> Iterator[list[Any]]:
        """Yield the links of a turn of which an entity is an end, as far as they were fetched."""
        for link in self._at[end, entity]:
            if link[_PLACE["relation"]].lower() == relation and (
                turn.only is None or self.kinds.get(_end(link, turn.only[0])) == turn.only[1]
            ):
                yield link

    def _fetch(self, end: End, types: Mapping[End, str], stands: Iterable[Stand]) -> None:
        """Fetch the links of some types of which entities are an end, once each."""
        asked = {(end, types[end], one.entity) for one in stands} - self._asked
        if not asked:
            return
        self._asked |= asked
        ids = sorted(entity for _, _, entity in asked)
        pattern = _MATCH[end].format(types[end])
        for row in self._ask(f"UNWIND $ids AS id MATCH {pattern} {_ROW}", ids=ids):
            link = self._keep(row)
            self._at[end, _end(link, end)].append(link)

    def _keep(self, row: list[Any]) -> list[Any]:
        link, tail, head = row
        self.links[link[0]] = link
        self.kinds |= {_end(link, End.TAIL): tail, _end(link, End.HEAD): head}
        return list(link)


def _end(link: list[Any], end: End) -> str:
    return link[_PLACE[_ENDS[end]]] or ""


def _ties(link: list[Any]) -> list[str]:
    return [f"{name}:{id_}" for name in Tie._fields if (id_ := link[_PLACE[name]])]


def _stands(part: Part, entity: str, link: list[Any]) -> Iterator[Stand]:
    held = [ANY, *_ties(link)] if part is Part.SUPPLY else [ANY]
    yield from (Stand(part, entity, tie) for tie in held)
