"""From an answer to a scene: the evidence, the names and the leads' supplies, out of the store."""

from __future__ import annotations

from collections.abc import Sequence

from graph.answers import Answer, Path
from graph.evidence import entities_in, gather
from graph.export.compose import MOST_CARDS, scene_of
from graph.export.scene import Scene, Stamp
from graph.network import Network, links
from graph.paths import supply_paths
from graph.stores.base import Store


def scene_from(
    store: Store,
    network: Network,
    exporter: str,
    answer: Answer,
    stamp: Stamp,
    *,
    only: int | None = None,
    max_hops: int = 6,
    most_cards: int = MOST_CARDS,
) -> Scene:
    """Lay out the picture of an answer, with the evidence of every link in it.

    Parameters
    ----------
    store : Store
        The store that answered.
    network : networkx.MultiDiGraph
        The network in which the paths were found.
    exporter : str
        Id at which the paths begin.
    answer : Answer
        Paths and leads.
    stamp : Stamp
        What stands under the picture. Its title should name both ends.
    only : int, optional
        Position of the one path to draw; default: all of them in one picture.
    max_hops : int
        As it was asked for: where there are leads and no path, the way to their buyers is drawn.
    most_cards : int
        See `graph.export.compose.scene_of`.
    """
    paths: Sequence[Path] = answer.paths
    left_out = dict(answer.left_out)
    leads = answer.leads
    if only is not None:
        paths = paths[only : only + 1]
        leads = tuple(lead for lead in leads if lead.buyer in {path.buyer for path in paths})
        left_out["top"] = answer.total - len(paths)
    if not answer.paths:
        paths = _ways_to_leads(network, exporter, answer, max_hops)
    known = links(network)
    shown = {link for path in paths for link in path.links}
    shown |= {id_ for lead in leads for id_ in (lead.supply_link_id, lead.link_id)}
    rows = dict.fromkeys(
        claim
        for id_ in sorted(shown)
        for claim in (*known[id_].claim_ids, *known[id_].refuting_ids)
    )
    evidence = gather(store, rows)
    drawn = [known[id_] for id_ in shown]
    ids = {end for link in drawn for end in (link.tail, link.head, link.programme, link.product)}
    ids |= entities_in(evidence)
    return scene_of(
        network,
        paths,
        leads,
        store.entities(sorted(ids - {""})),
        stamp,
        evidence=evidence,
        left_out={reason: number for reason, number in left_out.items() if number},
        most_cards=most_cards,
    )


def _ways_to_leads(network: Network, exporter: str, answer: Answer, max_hops: int) -> list[Path]:
    """Return the best path from the exporter to the buyer of each lead."""
    found: dict[str, Path] = {}
    for lead in answer.leads:
        if lead.buyer not in found:
            best = supply_paths(network, exporter, lead.buyer, max_hops=max_hops, top=1).paths
            found |= dict(zip([lead.buyer], best, strict=False))
    return list(found.values())
