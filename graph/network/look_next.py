"""Where to look next: who stands near some entities in the record. Never an exposure."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from math import fsum
from typing import TypeAlias

import msgspec
import networkx as nx

from graph.errors import UnknownIdError, UsageError
from graph.network.build import Link, Network
from graph.record.vocabulary import Kind

#: The share of the reader's steps that follow a link, as in networkx; the others start at a seed.
ALPHA = 0.85
#: The reading ends when a step changes all values together by less than this.
TOLERANCE = 1e-10

MEANING = (
    "This suggests where to look next in the record, and is no score: PageRank, which makes it,"
    " breaks axioms that exposure keeps. What links an entity is shown, and is no supply path; to"
    " stand near somebody says nothing of what either did."
)
WEAK = (
    "Over a place or a legal instrument many stand near each other who have nothing else in common."
)
#: Who is linked to whom, in either direction, and by which links.
_Linked: TypeAlias = dict[str, dict[str, list[Link]]]


class EntityPair(msgspec.Struct, frozen=True):
    """What links two entities.

    Parameters
    ----------
    nearer, farther : str
        Their ids; `nearer` is one step closer to the seeds.
    links : tuple of Link
        All links between them, by id; each names its claims.
    """

    nearer: str
    farther: str
    links: tuple[Link, ...]


class Suggestion(msgspec.Struct, frozen=True):
    """An entity to look at next, and why.

    Parameters
    ----------
    id : str
        The entity.
    kind : Kind
        What it is. What stands near over a place or an instrument may have nothing else in common.
    nearness : float
        Share of the steps at which a reader stands at it who goes from link to link at random and,
        now and then, starts again at a seed; comparable within one answer only.
    steps : int
        How many links it is away from the nearest seed.
    ties : tuple of EntityPair
        Its ties to seeds; where it has none, the ties of a shortest way from a seed to it, each
        over the neighbour that lends it most.
    """

    id: str
    kind: Kind
    nearness: float
    steps: int
    ties: tuple[EntityPair, ...]


class Suggested(msgspec.Struct, frozen=True):
    """Where to look next.

    Parameters
    ----------
    total : int
        How many entities are linked to the seeds, over others or directly.
    suggestions : tuple of Suggestion
        The nearest of them, nearest first; ties by id.
    """

    total: int
    suggestions: tuple[Suggestion, ...]


def look_next(
    network: Network,
    seeds: Iterable[str],
    *,
    top: int | None = 20,
    alpha: float = ALPHA,
) -> Suggested:
    """Find who stands nearest to some entities in the record: a suggestion, never a score.

    Parameters
    ----------
    network : networkx.MultiDiGraph
        Made by `graph.network.nearby.network_near`, or by `graph.network.build.from_records`.
    seeds : iterable of str
        Ids of the entities that are looked at already; they are not in the answer.
    top : int or None
        Greatest number of suggestions; None: all. The total is said all the same.
    alpha : float
        Share of the steps that follow a link, at least 0 and less than 1. The lower, the closer
        the answer keeps to the seeds; at 0.85 a reader starts again after 6 to 7 steps on average.

    Returns
    -------
    Suggested
        The nearest entities, each with the links that lead to it.

    Raises
    ------
    UnknownIdError
        If the network does not hold a seed.
    UsageError
        If there is no seed, or alpha is out of range.

    Notes
    -----
    Personalised PageRank [1]_ on the undirected view of the network: who is linked to whom, in
    whichever direction, by whichever relation, whatever its status and its dates. A supply that
    names a programme links all three. Two entities are linked once, however many links, claims or
    sources say so. It keeps none of the promises of `graph.exposure`: a link that is on no supply
    path moves every number, and so does a cycle.

    The values are those of `networkx.pagerank` with `personalization`. Its `tol` is one a node:
    `TOLERANCE / len(network)` compares. It needs SciPy, and its sums depend on the order of the
    nodes; here each sum is rounded once (`math.fsum`), so that neither the order of rows nor other
    names for ids move a bit. At the default alpha it takes about 140 rounds over all links.

    References
    ----------
    .. [1] L. Page, S. Brin, R. Motwani, T. Winograd, The PageRank citation ranking: bringing order
       to the web, 1999, section 6; T. Haveliwala, Topic-sensitive PageRank, 2002.

    Examples
    --------
    >>> from graph.record.model import Claim, Entity
    >>> from graph.network.build import from_records
    >>> from graph.record.vocabulary import Kind, Relation, Status
    >>> def owns(owner, owned):
    ...     return Claim(set="t", id=f"{owner}-{owned}", subject=owner, relation=Relation.OWNS,
    ...                  object=owned, status=Status.REPORTED, sources=("s",))
    >>> companies = [Entity(set="t", id=i, kind=Kind.COMPANY, name=i) for i in "abcd"]
    >>> network = from_records(companies, [], [owns("a", "b"), owns("b", "c")])
    >>> nearest = look_next(network, "a").suggestions
    >>> [(entity.id, round(entity.nearness, 3), entity.steps) for entity in nearest]
    [('b', 0.459, 1), ('c', 0.195, 2)]
    """
    begin = _checked(network, seeds, alpha)
    linked = _linked(network)
    steps = _steps(linked, begin)
    nearness = _nearness({entity: linked[entity] for entity in steps}, begin, alpha)
    suggested = sorted(steps.keys() - begin, key=lambda entity: (-nearness[entity], entity))
    lent = {entity: nearness[entity] / max(1, len(linked[entity])) for entity in steps}
    return Suggested(
        len(suggested),
        tuple(
            Suggestion(
                id=entity,
                kind=network.nodes[entity]["kind"],
                nearness=nearness[entity],
                steps=steps[entity],
                ties=_ties(linked, steps, lent, entity),
            )
            for entity in suggested[:top]
        ),
    )


def _checked(network: Network, seeds: Iterable[str], alpha: float) -> set[str]:
    if not 0 <= alpha < 1:
        raise UsageError(f"alpha is {alpha}. Choose a share of at least 0 and less than 1.")
    begin = set(seeds)
    if not begin:
        raise UsageError("There is no entity to look around. Name one or more.")
    if unknown := sorted(begin - set(network)):
        raise UnknownIdError("entity", unknown[0])
    return begin


def _linked(network: Network) -> _Linked:
    """Return the undirected view; what is linked to itself is not linked by that."""
    linked: _Linked = {node: defaultdict(list) for node in network}
    for tail, head, data in network.edges(data=True):
        link: Link = data["link"]
        ends = {tail, head, link.programme} & linked.keys()
        for entity, other in itertools.permutations(ends, 2):
            linked[entity][other].append(link)
    return linked


def _steps(linked: _Linked, begin: set[str]) -> dict[str, int]:
    """Return who is linked to the seeds, over others or directly, and in how many steps."""
    view: nx.Graph[str] = nx.Graph()
    view.add_nodes_from(begin)
    view.add_edges_from((entity, other) for entity, near in linked.items() for other in near)
    layers = enumerate(nx.bfs_layers(view, sorted(begin)))
    return {entity: away for away, layer in layers for entity in layer}


def _nearness(
    near: Mapping[str, Collection[str]], begin: set[str], alpha: float
) -> dict[str, float]:
    anew = {entity: 1 / len(begin) if entity in begin else 0.0 for entity in near}
    now, change = anew, 1.0
    while change >= TOLERANCE:
        lent = {entity: now[entity] / len(others) for entity, others in near.items() if others}
        stuck = fsum(now[entity] for entity, others in near.items() if not others)
        then = {
            entity: alpha * fsum([lent[other] for other in others])
            + (1 - alpha + alpha * stuck) * anew[entity]
            for entity, others in near.items()
        }
        change = fsum(abs(then[entity] - now[entity]) for entity in near)
        now = then
    return now


def _ties(
    linked: _Linked, steps: Mapping[str, int], lent: Mapping[str, float], entity: str
) -> tuple[EntityPair, ...]:
    if steps[entity] == 1:
        return tuple(
            _tie(linked, seed, entity) for seed in sorted(linked[entity]) if not steps[seed]
        )
    way, place = [], entity
    while steps[place]:
        nearer = (other for other in linked[place] if steps[other] < steps[place])
        best = min(nearer, key=lambda other: (-lent[other], other))
        way.append(_tie(linked, best, place))
        place = best
    return tuple(reversed(way))


def _tie(linked: _Linked, nearer: str, farther: str) -> EntityPair:
    links: Sequence[Link] = linked[farther][nearer]
    return EntityPair(nearer, farther, tuple(sorted(links, key=lambda link: link.link_id)))
