"""The typed place graph: each step that a walk may take between places."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from graph.paths.kernels.columns import KINDS, RELATIONS, Codes, Columns
from graph.paths.kernels.prune import HEAD, PROGRAMME, SAME_AS, TAIL, TURNS, Distances, relevant
from graph.record.dates import EARLIEST, LATEST
from graph.record.grammar import ENDS, PARTS, Part
from graph.record.vocabulary import RULES, Relation

#: Relations by what their dates bind (docs/exposure.md, "Dates").
SUCCEEDED_BY, OWNS, SUPPLIES, CONTRIBUTES_TO = map(
    RELATIONS.index,
    (Relation.SUCCEEDED_BY, Relation.OWNS, Relation.SUPPLIES, Relation.CONTRIBUTES_TO),
)


class Dates(NamedTuple):
    """The days on which links may be used, within the lives of their ends.

    Attributes
    ----------
    first, last, sure_first, sure_last : int32 (links)
        First and last day; the inner ones for states only.
    certain : bool (links)
        False where the day of the question may not fit.
    fits : int8 (links)
        1 where the link can be used, 0 where its dates forbid it, -1 where only the day of the
        question does.
    plain_first, plain_last : int32 (links)
        The days regardless of the day of the question.
    """

    first: Codes
    last: Codes
    sure_first: Codes
    sure_last: Codes
    certain: NDArray[np.bool_]
    fits: NDArray[np.int8]
    plain_first: Codes
    plain_last: Codes


class Steps(NamedTuple):
    """The steps of a pruned network, by the place before: nearest to a target first, then by link.

    Attributes
    ----------
    places : int64 (places)
        `PARTS` × entity + part, ascending: a place's number is its place here.
    first : int64 (places + 1)
        Where the steps from each place begin.
    after : int32 (steps)
        The place that a step leads to.
    link : int32 (steps)
        Its link, as a place in `links`.
    buyer : int32 (steps)
        The buyer that a step to the programme of a supply passes, else -1.
    need : int8 (places)
        Fewest hops from here to a target.
    target : int32 (places)
        The entity, where a walk may end here, else -1.
    links : int64 (links)
        Numbers of the links in the columns, ascending.
    relation, ties : arrays (links)
        As in the columns.
    dates : Dates
        Of the links.
    max_hops : int
        Greatest number of hops.
    """

    places: NDArray[np.int64]
    first: NDArray[np.int64]
    after: Codes
    link: Codes
    buyer: Codes
    need: NDArray[np.int8]
    target: Codes
    links: NDArray[np.int64]
    relation: NDArray[np.int8]
    ties: Codes
    dates: Dates
    max_hops: int

    def start(self, exporter: int) -> int:
        """Return the place at which the walks of an exporter begin; -1 where it has none."""
        key = PARTS * exporter + int(Part.SUCCESSION)
        place = int(np.searchsorted(self.places, key))
        return place if place < len(self.places) and self.places[place] == key else -1


def steps(columns: Columns, reach: Distances, targets: Codes, on: int | None = None) -> Steps:
    """Return the steps that can lie on a walk.

    Parameters
    ----------
    columns : Columns
        The links.
    reach : Distances
        From `prune`, with the same targets.
    targets : int32 array
        Numbers of entities where walks may end.
    on : int, optional
        A day (ordinal): every state holds, and every event has happened, on that day.
    """
    links = relevant(columns, reach)
    starts = np.searchsorted(columns.relation[links], np.arange(len(RELATIONS) + 1))
    before, after, used, buyer_of = [], [], [], []
    for relation, end, part, end_after, part_after in TURNS:
        span = np.arange(starts[relation], starts[relation + 1])
        numbers = links[span]
        ends = columns.ends[:, numbers].astype(np.int64)
        a, b = PARTS * ends[end] + part, PARTS * ends[end_after] + part_after
        cost = 0 if relation == SAME_AS else 1
        there = ends[end_after] >= 0
        hops = reach.fore[a].astype(np.int64) + cost + np.where(there, reach.back[b], 100)
        kept = hops <= reach.max_hops
        before.append(a[kept])
        after.append(b[kept])
        used.append(span[kept])
        serving = end_after == PROGRAMME
        buyer_of.append(ends[HEAD][kept] if serving else np.full(int(kept.sum()), -1))
    tails, heads, through, buyers = map(np.concatenate, (before, after, used, buyer_of))
    places = np.unique(np.concatenate([tails, heads, PARTS * targets.astype(np.int64)]))
    left = reach.back[heads] + (columns.relation[links[through]] != SAME_AS)
    order = np.lexsort((heads, through, left, tails))
    sources = np.searchsorted(places, tails[order])
    entity, part_of_place = places // PARTS, places % PARTS
    may_end = np.zeros(len(places), np.bool_)
    for part, kind in ENDS.items():
        of_kind = True if kind is None else columns.kind[entity] == KINDS.index(kind)
        may_end |= (part_of_place == part) & of_kind
    ends_here = np.isin(entity, targets) & may_end
    return Steps(
        places=places,
        first=np.searchsorted(sources, np.arange(len(places) + 1)),
        after=np.searchsorted(places, heads[order]).astype(np.int32),
        link=through[order].astype(np.int32),
        buyer=buyers[order].astype(np.int32),
        need=reach.back[places],
        target=np.where(ends_here, entity, -1).astype(np.int32),
        links=links,
        relation=columns.relation[links],
        ties=columns.ties[:, links],
        dates=_dates(columns, links, on),
        max_hops=reach.max_hops,
    )


def _dates(columns: Columns, links: NDArray[np.int64], on: int | None) -> Dates:
    first, last, sure_first, sure_last = columns.days[:, links]
    relation = columns.relation[links]
    tail, head = columns.ends[TAIL, links], columns.ends[HEAD, links]
    bound = (relation != SUCCEEDED_BY) & (relation != SAME_AS)
    born = np.where(bound, np.maximum(columns.born[tail], columns.born[head]), EARLIEST)
    died = np.where(bound, np.minimum(columns.died[tail], columns.died[head]), LATEST)
    plain_first, plain_last = np.maximum(first, born), np.minimum(last, died)
    inner = np.maximum(sure_first, born), np.minimum(sure_last, died)
    first, last = plain_first, plain_last
    certain = np.ones(len(links), np.bool_)
    off_day = np.zeros(len(links), np.bool_)
    if on is not None:
        events = [RELATIONS.index(name) for name in RELATIONS if RULES[Relation(name)].event]
        event = np.isin(relation, events)
        state = ~event & (relation != SAME_AS)
        days = columns.days[:, links]
        certain = np.where(event, days[1] <= on, ~state | ((days[2] <= on) & (on <= days[3])))
        last = np.where(event, np.minimum(last, on), last)
        off_day = state & ~((plain_first <= on) & (on <= plain_last)) | (event & (first > last))
    never = (plain_first > plain_last) & (relation != SAME_AS)
    return Dates(
        first=first.astype(np.int32),
        last=last.astype(np.int32),
        sure_first=inner[0].astype(np.int32),
        sure_last=inner[1].astype(np.int32),
        certain=certain,
        fits=np.where(never, 0, np.where(off_day, -1, 1)).astype(np.int8),
        plain_first=plain_first.astype(np.int32),
        plain_last=plain_last.astype(np.int32),
    )
