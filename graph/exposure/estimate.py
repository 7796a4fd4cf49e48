"""The probability that some walk of a pair, or of several pairs, stands."""

from __future__ import annotations

import math
from collections.abc import Iterable

from graph.exposure.path_sets.path_set import PathSet
from graph.probability.exact import OverBudgetError
from graph.probability.limits import TOO_MANY
from graph.probability.methods import Estimate, Estimator
from graph.probability.monte_carlo import WORDS, half_width


def estimate_of(chances: Estimator, joined: PathSet, *, certain: bool = False) -> Estimate:
    """Return the probability that at least one walk of a pair stands.

    Parameters
    ----------
    chances : Estimator
        The chances of an event that holds every link of the walks.
    joined : PathSet
        The pair's walks, or the states that they pass through.
    certain : bool
        Count only walks whose dates are bound to fit.

    Returns
    -------
    Estimate
        Its method is "bounded" where not every walk could be included: the value is then the
        share of worlds in which a listed walk stands, and the exact probability lies between the
        value minus the half-width of the interval and the value plus `error`.

    Raises
    ------
    OverBudgetError
        If the method is "exact" or "reference" and there are too many walks to list.
    """
    if joined.dense is None:
        return chances.estimate(joined.certain if certain else joined.walks)
    if chances.method in ("exact", "reference"):
        raise OverBudgetError(TOO_MANY)
    least, most = joined.dense.bounds(chances.event, WORDS, certain=certain)
    worlds = 64 * WORDS
    gap = (most - least) / worlds
    method = "bounded" if gap else "worlds"
    return Estimate(least / worlds, method, gap + half_width(worlds))


def estimate_of_any(chances: Estimator, several: Iterable[PathSet]) -> Estimate:
    """Return the probability that a walk of at least one of several pairs stands.

    Parameters
    ----------
    chances : Estimator
        The chances of an event that holds every link of the walks.
    several : iterable of PathSet
        The pairs.

    Returns
    -------
    Estimate
        Its method is "bounded" where not every walk is listed. Pairs are positively correlated,
        since all rise with the same latents: the probability is at least the highest of theirs,
        and at most what independent pairs would give.
    """
    pairs = list(several)
    if all(pair.dense is None for pair in pairs):
        return chances.estimate([walk for pair in pairs for walk in pair.walks])
    estimates = [estimate_of(chances, pair) for pair in pairs]
    least = max(estimate.value for estimate in estimates)
    most = 1 - math.prod(1 - min(1.0, estimate.value + estimate.error) for estimate in estimates)
    return Estimate(least, "bounded", most - least)
