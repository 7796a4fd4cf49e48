"""Pruning against plain enumeration of typed walks (docs/exposure.md), dates left aside."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import NamedTuple

import pytest

from graph.record import ids
from graph.record.model import AnyRecord
from graph.record.tables import LINKS
from graph.record.vocabulary import RULES, Kind, Relation
from tests.contract.conftest import StoreOf
from tests.contract.rows import claim, entity, source

GRAPHS = 80
CORPORATE, OWNED, SOLD, SERVING = range(4)
SOLD_ON = ("supplies", "contributes_to")


class Link(NamedTuple):
    id: str
    relation: str
    tail: str
    head: str
    programme: str
    contract: str
    product: str

    def continues(self, supply: Link | None) -> bool:
        """Whether it is tied to a supply; without one, there is nothing to be tied to."""
        return supply is None or (
            self.contract == supply.contract != "" or self.product == supply.product != ""
        )


class Graph(NamedTuple):
    kinds: dict[str, Kind]
    links: list[Link]


# -- The oracle ------------------------------------------------------------------------------------


class Walk(NamedTuple):
    here: str
    part: int
    hops: int
    met: tuple[str, ...]
    used: tuple[str, ...]
    supply: Link | None  # the last one


def steps(graph: Graph, walk: Walk) -> Iterator[Walk]:
    """Each way to go on, as "Admissible walks" has it."""

    def go(link: Link, to: str, part: int, hops: int = 1) -> Iterator[Walk]:
        supply = link if link.relation == "supplies" else walk.supply
        if to not in walk.met:
            met, used = (*walk.met, to), (*walk.used, link.id)
            yield Walk(to, part, walk.hops + hops, met, used, supply)

    def is_company(id_: str) -> bool:
        return graph.kinds[id_] is Kind.COMPANY

    def is_programme(id_: str) -> bool:
        return graph.kinds[id_] is Kind.PROGRAMME

    for link in graph.links:
        relation, tail, head = link.relation, link.tail, link.head
        if relation == "same_as" and walk.here in (tail, head):
            other = head if walk.here == tail else tail
            yield from go(link, other, walk.part, hops=0)
        elif relation == "succeeded_by" and head == walk.here and walk.part == CORPORATE:
            yield from go(link, tail, CORPORATE)
        elif tail != walk.here:
            continue
        elif relation == "owns" and walk.part in (CORPORATE, OWNED):
            yield from go(link, head, OWNED)
        elif relation == "part_of" and walk.part == SERVING and is_programme(head):
            yield from go(link, head, SERVING)
        elif walk.part == SERVING or not link.continues(walk.supply):
            continue
        elif relation == "supplies":
            yield from go(link, head, SOLD)
            if link.programme and head != link.programme and head not in walk.met:
                through = walk._replace(met=(*walk.met, head))
                for further in go(link, link.programme, SERVING):
                    yield further._replace(met=(*through.met, link.programme))
        elif relation == "contributes_to" and is_company(tail):
            yield from go(link, head, SERVING)


def walks(graph: Graph, start: str, max_hops: int) -> Iterator[Walk]:
    pending = [Walk(start, CORPORATE, 0, (start,), (), None)]
    while pending:
        walk = pending.pop()
        if walk.hops <= max_hops:
            yield walk
            pending.extend(steps(graph, walk))


def needed(
    graph: Graph, exporters: list[str] | None, targets: list[str] | None, max_hops: int
) -> set[str]:
    """Links on a walk to a target, and those that a lead to it, or from it, needs."""
    links: set[str] = set()
    for start in graph.kinds if exporters is None else graph.kinds.keys() & exporters:
        for walk in walks(graph, start, max_hops):
            if walk.part not in (SOLD, SERVING):
                continue
            arrived = targets is None or walk.here in targets
            if arrived:
                links.update(walk.used)
            if walk.part == SOLD:
                for link in leads_of(graph, walk):
                    if arrived or targets is None or {link.head, link.programme} & {*targets}:
                        links.update((*walk.used, link.id))
    return links


def leads_of(graph: Graph, walk: Walk) -> Iterator[Link]:
    """Links of a buyer that no walk continues with: what it runs, and what nothing ties."""
    is_body = graph.kinds[walk.here] is not Kind.COMPANY
    for link in graph.links:
        if link.tail == walk.here and (
            link.relation == "operates"
            or (link.relation == "contributes_to" and is_body)
            or (link.relation in SOLD_ON and not link.continues(walk.supply))
        ):
            yield link


# -- Random graphs, all in one store ---------------------------------------------------------------

NODES = {Kind.COMPANY: 4, Kind.PUBLIC_BODY: 2, Kind.ORGANISATION: 1, Kind.PROGRAMME: 3}
RELATIONS = "owns succeeded_by same_as supplies supplies supplies operates contributes_to part_of"


def random_graph(seed: int) -> tuple[Graph, list[AnyRecord]]:
    rng = random.Random(seed)
    kinds = {f"{seed}-{k}{i}": k for k, number in NODES.items() for i in range(number)}
    records: list[AnyRecord] = [entity(id_, kind) for id_, kind in kinds.items()]
    links: dict[str, Link] = {}
    for row in range(rng.randint(6, 16)):
        relation = Relation(rng.choice([*RELATIONS.split(), "listed_in", "part_of"]))
        pairs = [
            (a, b)
            for a in kinds
            for b in kinds
            if a != b and (kinds[a], kinds[b]) in RULES[relation].ends
        ]
        if not pairs:
            continue
        tail, head = rng.choice(pairs)
        serves = relation is Relation.SUPPLIES and rng.random() < 0.4
        programme = rng.choice([i for i in kinds if kinds[i] is Kind.PROGRAMME]) if serves else ""
        deal = dict.fromkeys(("contract", "product"), "")
        if relation in SOLD_ON:
            deal = {name: rng.choice(["", f"{seed}-{name}", f"{seed}-other"]) for name in deal}
        made = claim(f"{seed}-c{row}", tail, relation, head, programme=programme, **deal)
        records.append(made)
        key = ids.link_id(made)
        links[key] = Link(key, relation, tail, head, programme, *deal.values())
    return Graph(kinds, list(links.values())), records


Graphs = dict[int, Graph]


@pytest.fixture(scope="module")
def graphs() -> tuple[Graphs, list[AnyRecord]]:
    made = {seed: random_graph(seed) for seed in range(GRAPHS)}
    rows = [source("s"), *(row for _, records in made.values() for row in records)]
    return {seed: graph for seed, (graph, _) in made.items()}, rows


def pick(graphs: Graphs, turn: int, number: int) -> list[str]:
    """Some ids of each graph. The graphs share nothing, so one question asks all of them."""
    rng = random.Random(turn)
    return [id_ for graph in graphs.values() for id_ in rng.sample(list(graph.kinds), number)]


def test_no_link_of_an_admissible_walk_is_missing(
    store_of: StoreOf, graphs: tuple[Graphs, list[AnyRecord]]
) -> None:
    by_seed, rows = graphs
    opened = store_of(*rows)
    kept = wanted = 0
    for turn in range(12):
        exporters, max_hops = pick(by_seed, turn, 2), (6, 1, 2, 3, 4, 6)[turn % 6]
        targets = pick(by_seed, 100 + turn, 2) if turn % 4 else None
        answer = opened.relevant_subgraph(exporters, targets, max_hops)
        assert answer.schema.equals(LINKS)
        found = answer.column("link_id").to_pylist()
        assert found == sorted(set(found))
        for seed, graph in by_seed.items():
            must = needed(graph, exporters, targets, max_hops)
            assert must <= set(found), (seed, turn)
            wanted += len(must)
        kept += len(found)
    assert wanted > GRAPHS  # the graphs do have walks
    # what is kept beyond that hangs on walks that would meet an entity twice
    assert kept < wanted * 1.5
    assert kept < 12 * sum(len(graph.links) for graph in by_seed.values()) / 4


def test_what_hangs_on_no_given_end_is_left_out(
    store_of: StoreOf, graphs: tuple[Graphs, list[AnyRecord]]
) -> None:
    by_seed, rows = graphs
    opened = store_of(*rows)
    for exporters, targets in ((True, False), (False, True)):
        for seed, graph in list(by_seed.items())[:5]:
            ends = list(graph.kinds)
            answer = opened.relevant_subgraph(
                ends if exporters else None, ends if targets else None
            )
            found = set(answer.column("link_id").to_pylist())
            assert needed(graph, ends, ends, 6) <= found <= {link.id for link in graph.links}, seed


@pytest.mark.parametrize("max_hops", [1, 3, 6])
def test_from_anywhere_to_anywhere(
    store_of: StoreOf, graphs: tuple[Graphs, list[AnyRecord]], max_hops: int
) -> None:
    by_seed, rows = graphs
    answer = store_of(*rows).relevant_subgraph(None, None, max_hops)
    found = set(answer.column("link_id").to_pylist())
    for graph in by_seed.values():
        assert needed(graph, None, None, max_hops) <= found
