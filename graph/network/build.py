"""The record as a networkx graph: links with their evidence, ready for paths and scores."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, TypeAlias

import networkx as nx

from graph.network.link import Link, LinkEvidence, link_of, reliability
from graph.network.weights import Weight, Weights, load_weights
from graph.record import ids
from graph.record.model import Claim, Entity, Source
from graph.record.vocabulary import Relation, Stance

if TYPE_CHECKING:
    import pyarrow as pa

    from graph.stores.base import Store

__all__ = [
    "Link",
    "LinkEvidence",
    "Network",
    "from_records",
    "links_by_id",
    "of_claims",
    "of_links",
]

#: A MultiDiGraph made by `from_records`: nodes are entity ids, edge keys are link ids.
Network: TypeAlias = "nx.MultiDiGraph[str]"


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
        the attribute `link` holds the Link. `graph["origins"]` maps root ids to their Weight,
        `graph["weights"]` are the Weights.
    """
    weights = weights or load_weights()
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
        made = link_of(link_id, rows[link_id], against[link_id], by_source, weights)
        if made is None:
            continue
        network.add_edge(made.tail, made.head, key=link_id, link=made)
        for row in made.rows:
            for root in row.origins:
                origins[root] = reliability(by_source.get(root), weights)
    network.graph["origins"] = origins
    network.graph["weights"] = weights
    network.graph["weights_version"] = weights.version
    return network


def of_links(
    store: Store, table: pa.Table, more: Iterable[str] = (), weights: Weights | None = None
) -> Network:
    """Make the networkx graph of some links of a store.

    Parameters
    ----------
    store : Store
        Any store.
    table : pyarrow.Table
        Links of that store (`graph.record.tables.LINKS`).
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
    ends = {
        i for column in ("tail", "head", "programme") for i in table.column(column).to_pylist() if i
    }
    return of_claims(store, wanted, ends | set(more), weights)


def of_claims(
    store: Store,
    claim_ids: Iterable[str],
    entity_ids: Iterable[str],
    weights: Weights | None = None,
) -> Network:
    """Make the networkx graph of some rows of a store.

    Parameters
    ----------
    store : Store
        Any store.
    claim_ids : iterable of str
        Every row of the links that are wanted, withdrawn and refuting ones included.
    entity_ids : iterable of str
        The nodes, the links' ends and programmes among them.
    weights : Weights, optional
        Default: the weights that come with Sightline.
    """
    claims = list(store.claims(sorted(set(claim_ids))).values())
    source_ids = {i for claim in claims for i in (*claim.sources, *claim.origin)}
    network = from_records(
        store.entities(sorted(set(entity_ids))).values(),
        store.sources(sorted(source_ids)).values(),
        claims,
        weights,
    )
    network.graph["data_version"] = store.version
    return network


def links_by_id(network: Network) -> dict[str, Link]:
    """Return the links of a network by id."""
    return {key: data["link"] for _, _, key, data in network.edges(keys=True, data=True)}


def _node(entity: Entity) -> dict[str, Any]:
    return {
        "name": entity.name,
        "kind": entity.kind,
        "country": entity.country,
        "life": entity.life,
        "collective": entity.collective,
    }
