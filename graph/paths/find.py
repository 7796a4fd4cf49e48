"""Supply paths: from an exporter to a buyer or a programme, best first, with what was left out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import msgspec
from tqdm import tqdm

from graph.errors import UnknownIdError
from graph.network.build import Link, Network
from graph.paths.answer import Answer, Path
from graph.paths.question import Question
from graph.paths.search import Search
from graph.paths.subgraph import of_store
from graph.probability.methods import LinkProbabilities
from graph.record.vocabulary import Status, Stroke, statuses_of
from graph.stores.base import Store

#: Beginnings of walks that the plain search goes into; and those where it has not found enough.
LOOK, LOOK_LONGER = 20_000, 100_000
#: Why something is left out, in the order in which it is said.
REASONS = (
    "dates",
    "day",
    "round_trips",
    "status",
    "weights",
    "top",
    "unsearched",
    "uncounted",
)


class AnsweredQuestion(NamedTuple):
    """A question with its answer.

    Parameters
    ----------
    question : Question
        What was asked.
    top : int or None
        How many paths were asked for.
    network : networkx.MultiDiGraph
        The network that answered.
    answer : Answer
        Paths, leads and what was left out.
    """

    question: Question
    top: int | None
    network: Network
    answer: Answer


def ask(
    store: Store, question: Question, *, top: int | None = None, progress: bool = False
) -> AnsweredQuestion:
    """Ask a store for paths.

    Parameters
    ----------
    store : Store
        Any store.
    question, top, progress
        As for `supply_paths`.
    """
    network = of_store(store, question)
    answer = supply_paths(network, question, top=top, progress=progress)
    return AnsweredQuestion(question, top, network, answer)


def supply_paths(
    network: Network,
    question: Question,
    *,
    top: int | None = None,
    progress: bool = False,
    weighed: LinkProbabilities | None = None,
) -> Answer:
    """Find the supply paths from an exporter to a target, best first.

    Parameters
    ----------
    network : networkx.MultiDiGraph
        Made by `graph.network.build.from_records` or `of_store`.
    question : Question
        Of one exporter, and of one target or all of them; `kinds` and `eu_only` choose scores, no
        paths.
    top : int, optional
        How many paths to return; the others are counted.
    progress : bool
        Show how many walks were looked at, where that takes more than a second.
    weighed : LinkProbabilities, optional
        Those of the network, where one network answers many questions.

    Returns
    -------
    Answer
        Paths, leads and what was left out.

    Raises
    ------
    UnknownIdError
        If the network holds no such exporter or target.

    Notes
    -----
    A best-first search by the exact probability of the walk so far, which no further step can
    raise: the first complete walk that leaves the queue is the most probable one. Products of link
    probabilities would be wrong where links share an origin.
    """
    if question.exporter not in network:
        raise UnknownIdError("exporter", question.exporter)
    if question.target and question.target not in network:
        raise UnknownIdError("target", question.target)
    without_status, every_row = 0, network
    if question.statuses is not None:
        network, without_status = with_statuses(network, question.statuses)
        weighed = None  # fewer rows, other chances
    weighed = weighed or LinkProbabilities(network)
    search = Search(network, question, weighed, every_row)
    paths: list[Path] = []
    total = looked_at = 0
    off = None if progress else True
    whole = True
    with tqdm(desc="Searching", unit=" walks", delay=1, disable=off, leave=False) as bar:
        for complete, walk in search.walks():
            looked_at += not complete
            bar.update(not complete)
            if complete:
                total += 1
                if top is None or len(paths) < top:
                    paths.append(search.path(walk))
            enough = top is not None and len(paths) >= top
            if looked_at >= (LOOK if enough or top is None else LOOK_LONGER):
                whole = False
                break
    cut = search.cut
    if not whole:
        from graph.paths.count import count_walks  # here: numba takes its time

        counted = count_walks(search, weighed)
        total, cut = max(total, counted.total), counted.cut
    left_out = {
        **cut,
        "status": without_status,
        "top": total - len(paths),
        "unsearched": int(not whole and top is not None and len(paths) < top),
    }
    left_out = {reason: left_out[reason] for reason in REASONS if left_out.get(reason)}
    misfits = () if total else tuple(search.misfits)
    return Answer(tuple(paths), total, search.leads.all(), left_out, whole, misfits)


def with_statuses(network: Network, statuses: Iterable[Status]) -> tuple[Network, int]:
    """Return the network with only the supporting rows that count for a filter of statuses.

    Supplies and contributions need a row with one of these statuses. For the links that lead to
    them or on from them (ownership, succession, parts of programmes), documented rows do as well:
    who asks for alleged supplies does not ask for alleged ownership.

    Returns
    -------
    (networkx.MultiDiGraph, int)
        The network, and how many links were left without a supporting row.
    """
    asked, documented = frozenset(statuses), statuses_of([Stroke.DOCUMENTED.value])
    kept: Network = network.copy()
    dropped = 0
    for tail, head, key, data in list(kept.edges(keys=True, data=True)):
        link: Link = data["link"]
        count = asked if link.relation.entry.act else asked | documented
        rows = tuple(row for row in link.rows if not row.supports or row.status in count)
        if any(row.supports for row in rows):
            kept.edges[tail, head, key]["link"] = msgspec.structs.replace(link, rows=rows)
        else:
            kept.remove_edge(tail, head, key)
            dropped += 1
    return kept, dropped


def narrowed(network: Network, question: Question) -> tuple[Network, Question]:
    """Return a network of what counts for a question, and the question without those filters."""
    if question.statuses is None:
        return network, question
    kept, _ = with_statuses(network, question.statuses)
    return kept, msgspec.structs.replace(question, statuses=None)
