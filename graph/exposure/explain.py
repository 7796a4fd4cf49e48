"""What a score rests on: the paths that add most, the origins, the smallest cut sets."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from tqdm import tqdm

from graph.exposure.engine import Score, score_of
from graph.exposure.path_sets.collect import collect_path_set
from graph.exposure.path_sets.path_set import PathSet
from graph.exposure.variations import Without, varied
from graph.network.build import Link, Network
from graph.paths.answer import Lead, Misfit, Path
from graph.paths.find import narrowed, supply_paths
from graph.paths.question import Question
from graph.probability.methods import LinkProbabilities, Method
from graph.probability.reference import Event
from graph.record.vocabulary import Relation, Status

#: Sets of origins are looked for up to this size.
LARGEST_SET = 3


class Contribution(msgspec.Struct, frozen=True):
    """A path, and what it adds: P(this path and none before it)."""

    path: Path
    adds: float


class OriginImportance(msgspec.Struct, frozen=True):
    """What the score would be without one root source; without a refuting one it rises.

    Parameters
    ----------
    origin : str
        The root source.
    score_without, loss : float
        The score without it, and by how much that is lower.
    error : float
        How far off either may be at 95 %; 0 where they are exact.
    """

    origin: str
    score_without: float
    loss: float
    error: float = 0.0


class Explanation(msgspec.Struct, frozen=True):
    """What is published with a score.

    Parameters
    ----------
    score : Score
        The number, its band, its method.
    contributions : tuple of Contribution
        The shown paths, by falling probability; with `rest` they add up to the score.
    rest : float
        What the other paths add.
    origins : tuple of OriginImportance
        Each root source on the way, by falling loss.
    minimal_cut_sets : tuple of tuple of str
        The smallest sets of root sources without which no path is left; a set of one means that
        the score rests on one source. Empty where no set of up to three cuts all paths.
    claim_ids : tuple of str
        Every claim on a path, supporting and refuting, for the evidence and the replies.
    alleged : int
        Links that are only alleged: no source confirms them.
    undated, disputed : int
        Links on a path without any date; and those disputed, denied, or refuted by a claim.
    shares : tuple of str
        Ids of the `owns` links on a path whose share is unknown or below half.
    by_succession : bool
        Whether the exporter is on some path as a successor.
    leads : tuple of Lead
        Leads to the target or its programmes; they do not count in the score.
    joined : PathSet
        What the score was computed from.
    left_out : dict of str to int
        What the search left out, by reason, as in `graph.paths.answer.Answer`.
    misfits : tuple of Misfit
        Why there is no path, as in `graph.paths.answer.Answer`.
    """

    score: Score
    contributions: tuple[Contribution, ...]
    rest: float
    origins: tuple[OriginImportance, ...]
    minimal_cut_sets: tuple[tuple[str, ...], ...]
    claim_ids: tuple[str, ...]
    alleged: int
    undated: int
    disputed: int
    shares: tuple[str, ...]
    by_succession: bool
    leads: tuple[Lead, ...]
    joined: PathSet
    left_out: dict[str, int] = {}
    misfits: tuple[Misfit, ...] = ()


def explain(
    network: Network,
    question: Question,
    *,
    top: int = 10,
    progress: bool = False,
    weighed: LinkProbabilities | None = None,
) -> Explanation:
    """Explain the exposure of an exporter to a target.

    Parameters
    ----------
    network : networkx.MultiDiGraph
        Made by `graph.network.build.from_records` or `of_store`.
    question : Question
        One exporter and one target.
    top : int
        How many paths to show; `rest` holds what the others add.
    progress : bool
        Show a progress bar after a second.
    weighed : LinkProbabilities, optional
        Those of the network, to share them between questions.

    Returns
    -------
    Explanation
        Where there is no path, the score is 0 and only leads may remain.
    """
    if question.statuses is not None:
        network, question = narrowed(network, question)
        weighed = None
    weighed = weighed or LinkProbabilities(network)
    answer = supply_paths(network, question, progress=progress, weighed=weighed)
    paths = [path for path in answer.paths if not question.eu_only or path.eu != "no"]
    joined = collect_path_set(network, question, answer, weighed=weighed)
    score = score_of(network, question.ends, joined, weighed=weighed)
    used = [weighed.links[link] for link in sorted(joined.links)]
    method: Method = "worlds" if score.error else "auto"  # one method: the parts add up
    chances = weighed.chances("value", method)
    contributions, before = [], 0.0
    off = None if progress else True
    steps = tqdm(paths[:top], "Weighing paths", delay=1, disable=off, leave=False)
    for number, path in enumerate(steps, start=1):
        so_far = chances.estimate([earlier.links for earlier in paths[:number]]).value
        contributions.append(Contribution(path, so_far - before))
        before = so_far
    return Explanation(
        score=score,
        contributions=tuple(contributions),
        rest=max(0.0, score.score - before),
        origins=_losses(chances.event, used, joined, score, progress=progress),
        minimal_cut_sets=minimal_cut_sets(used, joined),
        claim_ids=tuple(dict.fromkeys(row.claim_id for link in used for row in link.rows)),
        alleged=sum(
            {row.status for row in link.rows if row.supports} == {Status.ALLEGED} for link in used
        ),
        undated=sum(not (link.valid_from or link.valid_to or link.as_of) for link in used),
        disputed=sum(
            bool(link.refuting_ids)
            or not {Status.DISPUTED, Status.DENIED}.isdisjoint(link.statuses)
            for link in used
        ),
        shares=tuple(
            link.link_id
            for link in used
            if link.relation is Relation.OWNS and (link.share is None or link.share < 50)
        ),
        by_succession=any(link.relation is Relation.SUCCEEDED_BY for link in used),
        leads=answer.leads,
        joined=joined,
        left_out=dict(answer.left_out),
        misfits=answer.misfits,
    )


def _losses(
    event: Event, used: Sequence[Link], joined: PathSet, score: Score, *, progress: bool
) -> tuple[OriginImportance, ...]:
    origins = sorted({origin for link in used for row in link.rows for origin in row.origins})
    method: Method = "worlds" if score.error else "auto"
    now, without_each = varied(
        event,
        joined,
        [Without(origin) for origin in origins],
        method,
        progress="Weighing sources" if progress else "",
    )
    losses = []
    for origin, estimate in zip(origins, without_each, strict=True):
        loss = now.value - estimate.value
        # a sampled loss is taken from the published score
        score_without = max(0.0, score.score - loss) if estimate.error else estimate.value
        losses.append(OriginImportance(origin, score_without, loss, estimate.error))
    return tuple(sorted(losses, key=lambda importance: (-importance.loss, importance.origin)))


def minimal_cut_sets(used: Sequence[Link], joined: PathSet) -> tuple[tuple[str, ...], ...]:
    """Return the smallest sets of root sources, up to three, without which no path is left.

    Parameters
    ----------
    used : sequence of Link
        The links of the paths.
    joined : PathSet
        The paths.

    Returns
    -------
    tuple of tuple of str
        Sets of equal size, sorted; empty if none of up to three origins takes all paths.

    Notes
    -----
    A search for hitting sets: while a path is left, one of its links has to lose all its sources.
    """
    roots = {
        link.link_id: frozenset(
            origin for row in link.rows if row.supports for origin in row.origins
        )
        for link in used
    }
    if not joined.total:
        return ()
    cut_sets: set[frozenset[str]] = set()
    seen: set[frozenset[str]] = set()
    left: list[frozenset[str]] = [frozenset()]
    while left:
        gone = left.pop()
        walk = joined.survivor({link for link, origins in roots.items() if origins <= gone})
        if walk is None:
            cut_sets.add(gone)
            continue
        for link in walk:
            more = gone | roots[link]
            if len(more) <= LARGEST_SET and more not in seen:
                seen.add(more)
                left.append(more)
    least = min(map(len, cut_sets), default=0)
    return tuple(sorted(tuple(sorted(chosen)) for chosen in cut_sets if len(chosen) == least))
