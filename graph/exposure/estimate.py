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
        Those of the event, with every link of the walks.
    joined : PathSet
        The pair's walks, or the states that they pass through.
    certain : bool
        Only walks whose dates are bound to fit.

    Returns
    -------
    Estimate
        Of method "bounded" where not all walks could be taken in: the value is then the share
        of worlds in which a listed walk stands, and the exact one lies between the value less
        the interval's half-width and the value plus `error`.

    Raises
    ------
    OverBudgetError
        If the method is "exact" or "reference", and there are more walks than are listed.
    """
    if joined.dense is None:
        return chances.estimate(joined.certain if certain else joined.walks)
    if chances.method in ("exact", "reference"):
        raise OverBudgetError(TOO_MANY)
    least, most = joined.dense.bounds(chances.event, WORDS, certain=certain)
    worlds = 64 * WORDS
    gap = (most - least) / worlds
    how = "bounded" if gap else "worlds"
    return Estimate(least / worlds, how, gap + half_width(worlds))


def estimate_of_any(chances: Estimator, several: Iterable[PathSet]) -> Estimate:
    """Return the probability that a walk of at least one of several pairs stands.

    Parameters
    ----------
    chances : Estimator
        Those of the event, with every link of the walks.
    several : iterable of PathSet
        The pairs.

    Returns
    -------
    Estimate
        Where walks are not all listed, of method "bounded": pairs stand and fall together
        (all rise with the same latents), so that the value is at least the highest of theirs,
        and at most what they would give were they independent.
    """
    pairs = list(several)
    if all(one.dense is None for one in pairs):
        return chances.estimate([walk for one in pairs for walk in one.walks])
    each = [estimate_of(chances, one) for one in pairs]
    least = max(one.value for one in each)
    most = 1 - math.prod(1 - min(1.0, one.value + one.error) for one in each)
    return Estimate(least, "bounded", most - least)
