"""The record as a networkx graph: links with their evidence, ready for paths and scores."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

import msgspec
import networkx as nx

from graph import dates, ids
from graph.evidence import roots_of
from graph.exposure.weights import Weight, Weights, load
from graph.model import Claim, Entity, Source
from graph.vocabulary import RULES, Relation, Role, Stance, Status

if TYPE_CHECKING:
    import pyarrow as pa

    from graph.stores.base import Store

#: A MultiDiGraph made by `from_records`: nodes are entity ids, edge keys are link ids.
Network: TypeAlias = "nx.MultiDiGraph[str]"


class Row(msgspec.Struct, frozen=True):
    """One row of evidence on a link, as the scores see it.

    Parameters
    ----------
    claim_id : str
        The row.
    origins : tuple of str
        Ids of the root sources it rests on.
    status : Status
        Its status.
    strength : Weight
        How firmly it speaks.
    supports : bool
        False where it refutes the link.
    """

    claim_id: str
    origins: tuple[str, ...]
    status: Status
    strength: Weight
    supports: bool


class Link(msgspec.Struct, frozen=True):
    """What the rows that agree in relation, ends, interval, contract and programme say together.

    Stored whole as the edge attribute `link`, so that no edge attribute can meet a name that
    networkx' writers use themselves.
    """

    link_id: str
    relation: Relation
    tail: str
    head: str
    valid_from: str
    valid_to: str
    as_of: str
    readings: dates.Readings
    contract: str
    programme: str
    subcontract: bool
    statuses: tuple[Status, ...]
    rows: tuple[Row, ...]
    share: float | None = None
    product: str = ""
    technology: str = ""

    @property
    def claim_ids(self) -> tuple[str, ...]:
        """Ids of the supporting rows."""
        return tuple(row.claim_id for row in self.rows if row.supports)

    @property
    def refuting_ids(self) -> tuple[str, ...]:
        """Ids of the refuting rows."""
        return tuple(row.claim_id for row in self.rows if not row.supports)

    @property
    def when(self) -> str:
        """The interval in a reader's words."""
        event = RULES[self.relation].event
        return dates.show(self.valid_from, self.valid_to, self.as_of, event=event)


def from_records(
    entities: Iterable[Entity],
    sources: Iterable[Source],
    claims: Iterable[Claim],
    weights: Weights | None = None,
) -> Network:
    """Make the networkx graph of records.

    Parameters
    ----------
    entities, sources, claims : iterables of records
        Claims may be in any order; `says` rows are passed over. A refuting row joins the link of
        the row in its `about`; a withdrawn row makes no link.
    weights : Weights, optional
        Default: the weights that come with Sightline.

    Returns
    -------
    networkx.MultiDiGraph
        Node attributes `name`, `kind`, `country`, `life` (Days from founded to dissolved),
        `collective`. Edges are keyed by link id and run from the claim's subject to its object;
        the attribute `link` holds the Link. `graph["origins"]` maps root ids to their Weight.
    """
    weights = weights or load()
    by_source = {source.id: source for source in sources}
    rows: dict[str, list[Claim]] = defaultdict(list)
    refuting: list[Claim] = []
    of_claim: dict[str, str] = {}
    for claim in claims:
        if claim.stance is Stance.REFUTES:
            refuting.append(claim)
        elif claim.relation is not Relation.SAYS:
            of_claim[claim.id] = link = ids.link_id(claim)
            rows[link].append(claim)
    against: dict[str, list[Claim]] = defaultdict(list)
    for claim in refuting:
        if link := of_claim.get(claim.about, ""):
            against[link].append(claim)

    network: Network = nx.MultiDiGraph()
    for entity in entities:
        if entity.id not in network:
            network.add_node(entity.id, **_node(entity))
    origins: dict[str, Weight] = {}
    for link_id in sorted(rows):
        made = _link(link_id, rows[link_id], against[link_id], by_source, weights)
        if made is None:
            continue
        network.add_edge(made.tail, made.head, key=link_id, link=made)
        for row in made.rows:
            for root in row.origins:
                origins[root] = _reliability(by_source.get(root), weights)
    network.graph["origins"] = origins
    network.graph["weights_version"] = weights.version
    return network


def of_store(
    store: Store,
    exporters: Iterable[str] | None = None,
    targets: Iterable[str] | None = None,
    max_hops: int = 6,
    weights: Weights | None = None,
) -> Network:
    """Make the networkx graph of the part of a store that can lie on an admissible walk.

    Parameters
    ----------
    store : Store
        Any store.
    exporters, targets : iterables of str, optional
        Where walks may begin and end; None: anywhere.
    max_hops : int
        Greatest length of a walk.
    weights : Weights, optional
        Default: the weights that come with Sightline.
    """
    table = store.relevant_subgraph(exporters, targets, max_hops)
    asked = {i for given in (exporters, targets) if given is not None for i in given}
    return of_links(store, table, asked, weights)


def of_links(
    store: Store, table: pa.Table, more: Iterable[str] = (), weights: Weights | None = None
) -> Network:
    """Make the networkx graph of some links of a store.

    Parameters
    ----------
    store : Store
        Any store.
    table : pyarrow.Table
        Links of that store (`graph.tables.LINKS`).
    more : iterable of str
        Ids of entities that are to be nodes, beside the links' ends.
    weights : Weights, optional
        Default: the weights that come with Sightline.
    """
    wanted = {
        i
        for column in ("claim_ids", "withdrawn_ids", "refuting_ids")
        for cell in table.column(column).to_pylist()
        for i in cell
    }
    claims = list(store.claims(sorted(wanted)).values())
    source_ids = {i for claim in claims for i in (*claim.sources, *claim.origin)}
    ends = {
        i for column in ("tail", "head", "programme") for i in table.column(column).to_pylist() if i
    }
    network = from_records(
        store.entities(sorted(ends | set(more))).values(),
        store.sources(sorted(source_ids)).values(),
        claims,
        weights,
    )
    network.graph["data_version"] = store.version
    return network


def links(network: Network) -> dict[str, Link]:
    """Return the links of a network by id."""
    return {key: data["link"] for _, _, key, data in network.edges(keys=True, data=True)}


def _node(entity: Entity) -> dict[str, Any]:
    first = dates.parse(entity.founded).first if entity.founded else dates.EARLIEST
    last = dates.parse(entity.dissolved).last if entity.dissolved else dates.LATEST
    return {
        "name": entity.name,
        "kind": entity.kind,
        "country": entity.country,
        "life": dates.Days(first, last),
        "collective": entity.collective,
    }


def _link(
    link_id: str,
    supporting: list[Claim],
    refuting: list[Claim],
    sources: Mapping[str, Source],
    weights: Weights,
) -> Link | None:
    standing = sorted((c for c in supporting if c.status is not Status.WITHDRAWN), key=_by_id)
    if not standing:
        return None
    first = standing[0]
    tail, head = first.subject, first.object
    if first.relation is Relation.SAME_AS:
        tail, head = sorted((tail, head))
    evidence = [
        Row(
            claim_id=c.id,
            origins=roots_of(c, sources),
            status=c.status,
            strength=_strength(c, weights),
            supports=c.stance is Stance.SUPPORTS,
        )
        for c in (*standing, *sorted(refuting, key=_by_id))
    ]
    shares = [c.share for c in standing if c.share is not None]
    return Link(
        link_id=link_id,
        relation=first.relation,
        tail=tail,
        head=head,
        valid_from=first.valid_from,
        valid_to=first.valid_to,
        as_of=first.as_of,
        readings=first.readings,
        contract=first.contract,
        programme=first.programme,
        subcontract=any(c.role is Role.SUBCONTRACTOR for c in standing),
        statuses=tuple(sorted({c.status for c in supporting})),
        rows=tuple(evidence),
        share=min(shares) if shares else None,
        product=next((c.product for c in standing if c.product), ""),
        technology=next((c.technology for c in standing if c.technology), ""),
    )


def _by_id(claim: Claim) -> str:
    return claim.id


def _strength(claim: Claim, weights: Weights) -> Weight:
    if claim.strength is not None:
        return Weight(claim.strength, claim.strength, claim.strength)
    return weights.strength[claim.status]


def _reliability(source: Source | None, weights: Weights) -> Weight:
    if source is None:  # cannot pass validation; an unknown root must not make a link stronger
        return Weight(0.0, 0.0, 0.0)
    if source.reliability is not None:
        return Weight(source.reliability, source.reliability, source.reliability)
    return weights.reliability[source.type]
