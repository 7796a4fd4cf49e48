"""The part of the record around some entities, as a network: links of every relation."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

import pyarrow as pa
from tqdm import tqdm

from graph.network.build import Network, of_links
from graph.stores.base import Store

#: Links are followed from this many entities at most: a step that would need more is not begun.
MOST_FOLLOWED = 1_000


class Near(NamedTuple):
    """What is near some entities.

    Parameters
    ----------
    links : pyarrow.Table
        The links (`graph.record.tables.LINKS`), the nearer first.
    entities : list of str
        Ids of the entities that were met, the nearer first.
    left_out : dict of str to int
        How many entities stand at the edge, whose further links were not followed: under "steps",
        or under "followed" where too many would have to be.
    """

    links: pa.Table
    entities: list[str]
    left_out: dict[str, int]


def network_near(
    store: Store,
    seeds: Collection[str],
    steps: int = 6,
    *,
    most_followed: int = MOST_FOLLOWED,
    progress: bool = False,
) -> tuple[Network, dict[str, int]]:
    """Make the networkx graph of the links within some steps of entities, of every relation.

    Parameters
    ----------
    store : Store
        Any store.
    seeds : collection of str
        Ids of the entities.
    steps : int
        How many links away from them, in either direction; 1 or more.
    most_followed : int
        Links are followed from this many entities at most, beside the seeds: a further step that
        would need more is not begun.
    progress : bool
        Show how far it is, where that takes more than a second.

    Returns
    -------
    (networkx.MultiDiGraph, dict of str to int)
        As of `graph.network.build.of_links`, with the seeds among its nodes; and `Near.left_out`.
    """
    near = links_near(store, seeds, steps, most_followed=most_followed, progress=progress)
    return of_links(store, near.links, near.entities), near.left_out


def links_near(
    store: Store,
    seeds: Collection[str],
    steps: int,
    *,
    most_followed: int | None = None,
    progress: bool = False,
) -> Near:
    """Return the links within some steps of entities, and the entities: the nearer come first.

    Parameters
    ----------
    store, seeds, steps, progress
        As of `network_near`.
    most_followed : int, optional
        As of `network_near`. Default: any number.
    """
    visited = dict.fromkeys(sorted(seeds))
    edge = list(visited)
    tables: list[pa.Table] = []
    reason, off = "steps", None if progress else True
    with tqdm(desc="Following", unit=" entities", delay=1, disable=off, leave=False) as bar:
        for step in range(steps):
            if step and most_followed is not None and len(visited) - len(seeds) > most_followed:
                reason = "followed"
                break
            near: list[pa.Table] = []
            for entity in edge:
                near.append(store.neighbours(entity))
                bar.update()
            tables += near
            columns = [table.column(end) for table in near for end in ("tail", "head", "programme")]
            ends = {end for column in columns for end in column.to_pylist() if end}
            edge = sorted(ends - visited.keys())
            visited |= dict.fromkeys(edge)
    links = pa.concat_tables(tables)
    places = enumerate(links.column("link_id").to_pylist())
    first = {id_: at for at, id_ in reversed(list(places))}
    nearest = links.take(pa.array(sorted(first.values()), pa.int64()))
    return Near(nearest, list(visited), {reason: len(edge)} if edge else {})
