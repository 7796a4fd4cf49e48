"""What a score rests on, and what would change it: never a bare number."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import combinations

import msgspec
from tqdm import tqdm

from graph.exposure.chance import prepare
from graph.exposure.engine import Score, score_of
from graph.exposure.methods import Chances, Method, Weighed
from graph.network import Link, Network
from graph.paths import Answer, Lead, Path, supply_paths
from graph.vocabulary import Relation, Status

#: Sets of origins are looked for up to this size.
LARGEST_SET = 3


class Contribution(msgspec.Struct, frozen=True):
    """A path, and what it adds: P(this path and none before it)."""

    path: Path
    adds: float


class OriginLoss(msgspec.Struct, frozen=True):
    """What the score would be without one root source; it rises without one that only refutes."""

    origin: str
    score_without: float
    loss: float


class Explanation(msgspec.Struct, frozen=True):
    """What a score is published with.

    Parameters
    ----------
    score : Score
        The number, its band, its method.
    contributions : tuple of Contribution
        The paths that add most, by falling probability; with `rest` they add up to the score.
    rest : float
        What the paths past the shown ones add.
    origins : tuple of OriginLoss
        Each root source on the way, by falling loss.
    failing_sets : tuple of tuple of str
        The smallest sets of root sources without which no path is left; of one: "rests on one
        source". Empty where no set of up to three does it.
    claim_ids : tuple of str
        Every row on the way, supporting and refuting, for the evidence and the replies.
    alleged : int
        Links that are alleged alone: nobody else has confirmed them.
    undated, disputed : int
        Links on the way without any date; and those disputed, denied, or refuted by a row.
    shares : tuple of str
        Link ids of `owns` on the way whose share is unknown or below half.
    by_succession : bool
        Whether the exporter comes in as a successor on some path.
    leads : tuple of Lead
        Leads to the target or its programmes, outside the score.
    """

    score: Score
    contributions: tuple[Contribution, ...]
    rest: float
    origins: tuple[OriginLoss, ...]
    failing_sets: tuple[tuple[str, ...], ...]
    claim_ids: tuple[str, ...]
    alleged: int
    undated: int
    disputed: int
    shares: tuple[str, ...]
    by_succession: bool
    leads: tuple[Lead, ...]


def explain(
    network: Network,
    exporter: str,
    target: str,
    *,
    max_hops: int = 6,
    top: int = 10,
    eu_only: bool = False,
    progress: bool = False,
    weighed: Weighed | None = None,
) -> Explanation:
    """Explain the exposure of an exporter to a target.

    Parameters
    ----------
    network : networkx.MultiDiGraph
        Made by `graph.network.from_records` or `of_store`.
    exporter, target : str
        Ids.
    max_hops : int
        Greatest number of hops.
    top : int
        How many paths to spell out; the others are in `rest`.
    eu_only : bool
        Only walks whose supplier was, at least possibly, under EU export rules at the supply.
    progress : bool
        Show how far it is, where that takes more than a second.
    weighed : Weighed, optional
        The network's, where many scores of it are explained.

    Returns
    -------
    Explanation
        Also where there is no path: then the score is 0 and only leads may remain.
    """
    weighed = weighed or Weighed(network)
    answer: Answer = supply_paths(
        network, exporter, target, max_hops=max_hops, progress=progress, weighed=weighed
    )
    paths = [path for path in answer.paths if not eu_only or path.eu != "no"]
    score = score_of(network, exporter, target, paths, weighed=weighed)
    ids = sorted(frozenset().union(*(path.links for path in paths)))
    used = [weighed.links[link] for link in ids]
    method: Method = "worlds" if score.error else "auto"  # one method: the parts add up
    chances = weighed.chances("value", method)
    contributions, before = [], 0.0
    off = None if progress else True
    steps = tqdm(paths[:top], "Weighing paths", delay=1, disable=off, leave=False)
    for number, path in enumerate(steps, start=1):
        so_far = chances.estimate([one.links for one in paths[:number]]).value
        contributions.append(Contribution(path, so_far - before))
        before = so_far
    return Explanation(
        score=score,
        contributions=tuple(contributions),
        rest=max(0.0, score.score - before),
        origins=_losses(network, used, paths, score, off),
        failing_sets=failing_sets(used, paths),
        claim_ids=tuple(dict.fromkeys(row.claim_id for link in used for row in link.rows)),
        alleged=sum(set(link.statuses) == {Status.ALLEGED} for link in used),
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
        by_succession=any(
            step.relation is Relation.SUCCEEDED_BY for path in paths for step in path.steps
        ),
        leads=answer.leads,
    )


def without_origins(link: Link, origins: Collection[str]) -> Link:
    """Return the link with the evidence that is left when some root sources are taken away."""
    rows = []
    for row in link.rows:
        left = tuple(origin for origin in row.origins if origin not in origins)
        if left:
            rows.append(msgspec.structs.replace(row, origins=left))
    return msgspec.structs.replace(link, rows=tuple(rows))


def _supporting(used: Sequence[Link]) -> list[str]:
    return sorted({o for link in used for row in link.rows if row.supports for o in row.origins})


def _losses(
    network: Network,
    used: Sequence[Link],
    paths: Sequence[Path],
    score: Score,
    off: bool | None,
) -> tuple[OriginLoss, ...]:
    losses = []
    method: Method = "worlds" if score.error else "auto"
    walks = [path.links for path in paths]
    every = sorted({o for link in used for row in link.rows for o in row.origins})
    for origin in tqdm(every, "Weighing sources", delay=1, disable=off, leave=False):
        left = prepare(network.graph["origins"], [without_origins(link, {origin}) for link in used])
        without = Chances(left, method).estimate(walks).value
        losses.append(OriginLoss(origin, without, score.score - without))
    return tuple(sorted(losses, key=lambda one: (-one.loss, one.origin)))


def failing_sets(used: Sequence[Link], paths: Sequence[Path]) -> tuple[tuple[str, ...], ...]:
    """Return the smallest sets of root sources, up to three, without which no path is left.

    Parameters
    ----------
    used : sequence of Link
        The links of the paths.
    paths : sequence of Path
        The paths.

    Returns
    -------
    tuple of tuple of str
        Sets of equal size, sorted; empty if none of up to three origins takes all paths.
    """
    roots = {
        link.link_id: {o for row in link.rows if row.supports for o in row.origins} for link in used
    }
    if not paths:
        return ()
    for size in range(1, LARGEST_SET + 1):
        found = tuple(
            chosen
            for chosen in combinations(_supporting(used), size)
            if all(any(roots[link] <= set(chosen) for link in path.links) for path in paths)
        )
        if found:
            return found
    return ()
