"""The exact probability of a few walks whose links rest on one piece of evidence each.

Inclusion and exclusion over the walks. Some links all hold exactly where every origin behind them
is sound and every word is at most the least strength that they need of it, and these latents are
independent: so each term is a product, whatever origins the links share.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterable
from fractions import Fraction
from typing import TypeAlias

from graph.probability.reference import Event, EvidencePiece, Latent

#: Most walks for which the terms are fewer than the steps of factoring.
FEW = 3

#: A numerator and a denominator, not reduced.
_Ratio: TypeAlias = tuple[int, int]


def chance_of_few(event: Event, walks: Collection[Collection[str]]) -> float | None:
    """Return the probability that at least one of a few walks has all its links.

    Parameters
    ----------
    event : Event
        From `graph.probability.reference.prepare`, with every link of the walks.
    walks : collection of collections of str
        Link ids of each walk.

    Returns
    -------
    float or None
        The double nearest to the exact value. None where there are more than `FEW` walks, or a
        link has no evidence, several pieces of it, or evidence against it.

    Examples
    --------
    >>> chance_of_few(Event({}, {}, {}), [frozenset()])
    1.0
    """
    if len(walks) > FEW:
        return None
    pieces: dict[str, EvidencePiece] = {}
    for link in itertools.chain.from_iterable(walks):
        if len(event.pro[link]) != 1 or event.contra[link]:
            return None
        (pieces[link],) = event.pro[link]
    numerator, denominator = 0, 1
    for size in range(1, len(walks) + 1):
        for chosen in itertools.combinations(walks, size):
            links = set().union(*chosen)
            top, bottom = _all_hold(event, [pieces[link] for link in links])
            sign = 1 if size % 2 else -1
            numerator = numerator * bottom + sign * top * denominator
            denominator *= bottom
    return numerator / denominator


def _all_hold(event: Event, pieces: Iterable[EvidencePiece]) -> _Ratio:
    """Return the probability that all of some pieces count."""
    sounds: set[Latent] = set()
    words: dict[Latent, Fraction] = {}
    for sound, word, strength in pieces:
        sounds.add(sound)
        if word not in words or strength < words[word]:
            words[word] = strength
    numerator = denominator = 1
    for weight in itertools.chain((event.odds[sound][0][1] for sound in sounds), words.values()):
        numerator *= weight.numerator
        denominator *= weight.denominator
    return numerator, denominator
