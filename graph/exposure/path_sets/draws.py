"""In which worlds links hold: the draws of `monte_carlo`, for many links at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction
from functools import lru_cache
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from graph.paths.kernels.jit import inlined, kernel
from graph.probability.monte_carlo import DIGITS, GOLDEN, starting_point
from graph.probability.reference import Event, EvidencePiece

Bits: TypeAlias = NDArray[np.uint64]

_WHOLE = 1 << DIGITS
#: Words of 64 worlds that are drawn together.
TOGETHER = 64


class Draws:
    """The evidence on some links, ready for drawing worlds.

    Parameters
    ----------
    event : Event
        From `graph.probability.reference.prepare`.
    links : sequence of str
        Ids, in the order of the answer's rows.
    seed : int
        Another seed gives other worlds.
    """

    def __init__(self, event: Event, links: Sequence[str], seed: int = 0) -> None:
        self._seed = seed
        self._event = event
        self._known: dict[object, np.uint64] = {}
        self._pro = self._side(event.pro[link] for link in links)
        self._contra = self._side(event.contra[link] for link in links)
        self._number = len(links)

    def bits(self, words: int, first: int = 0, threads: int = 1) -> Bits:
        """Return in which worlds each link holds.

        Parameters
        ----------
        words : int
            How many words of 64 worlds.
        first : int
            Number of the first word.
        threads : int
            How many threads share the work; the bits are the same for any number.

        Returns
        -------
        uint64 array (links, words)
            Bit b of word w is world 64 (first + w) + b: the same as `Worlds` draws.
        """
        bits = np.empty((self._number, words), np.uint64)
        if threads == 1:
            _draw(*self._pro, *self._contra, first, bits, 0, self._number)
            return bits
        cuts = np.linspace(0, self._number, threads + 1).astype(np.int64)

        def part(number: int) -> None:
            _draw(*self._pro, *self._contra, first, bits, cuts[number], cuts[number + 1])

        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(part, range(threads)))
        return bits

    def _side(
        self, of_links: Iterable[tuple[EvidencePiece, ...]]
    ) -> tuple[NDArray[np.int64], Bits, Bits]:
        first, starts, limits = [0], [], []
        for pieces in of_links:
            for sound, word, strength in pieces:
                trust = self._event.odds[sound][0][1]
                for latent, threshold in ((sound, trust), (word, strength)):
                    if latent not in self._known:
                        self._known[latent] = np.uint64(starting_point(latent, self._seed))
                    starts.append(self._known[latent])
                    limits.append(_digits(threshold))
            first.append(len(starts))
        return np.array(first), np.array(starts, np.uint64), np.array(limits, np.uint64)


@lru_cache(1024)
def _digits(threshold: Fraction) -> int:
    return _WHOLE if threshold >= 1 else threshold.numerator * _WHOLE // threshold.denominator


@inlined
def _at_most(
    start: np.uint64, limit: np.uint64, place: int, under: Bits, tied: Bits, many: int
) -> None:
    """In which worlds of some words a uniform draw falls on or under a threshold, digit by digit.

    Words side by side, so that the processor takes several at a step.
    """
    whole = np.uint64(1) << np.uint64(DIGITS)
    if limit >= whole:
        for word in range(many):
            under[word] = ~np.uint64(0)
        return
    for word in range(many):
        under[word] = np.uint64(0)
        tied[word] = ~np.uint64(0)
    step = np.uint64(GOLDEN)
    begin = start + np.uint64(place) * np.uint64(64) * step
    mask = whole >> np.uint64(1)
    while mask and limit & ((mask << np.uint64(1)) - np.uint64(1)):
        begin += step
        digit = ~np.uint64(0) if limit & mask else np.uint64(0)
        open_ = np.uint64(0)
        for word in range(many):
            z = begin + np.uint64(word) * (np.uint64(64) * step)
            z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
            z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
            z ^= z >> np.uint64(31)
            under[word] |= tied[word] & ~z & digit
            tied[word] &= ~(z ^ digit)
            open_ |= tied[word]
        if not open_:
            break
        mask >>= np.uint64(1)


@kernel
def _draw(
    pro_first: NDArray[np.int64],
    pro_start: Bits,
    pro_limit: Bits,
    contra_first: NDArray[np.int64],
    contra_start: Bits,
    contra_limit: Bits,
    first: int,
    bits: Bits,
    begin: int,
    end: int,
) -> None:
    sound, word_counts = np.empty(TOGETHER, np.uint64), np.empty(TOGETHER, np.uint64)
    tied = np.empty(TOGETHER, np.uint64)
    for link in range(begin, end):
        for at in range(0, bits.shape[1], TOGETHER):
            many = min(TOGETHER, bits.shape[1] - at)
            place, holds = first + at, bits[link, at : at + many]
            for word in range(many):
                holds[word] = np.uint64(0)
            for piece in range(pro_first[link], pro_first[link + 1], 2):
                _at_most(pro_start[piece], pro_limit[piece], place, sound, tied, many)
                _at_most(pro_start[piece + 1], pro_limit[piece + 1], place, word_counts, tied, many)
                for word in range(many):
                    holds[word] |= sound[word] & word_counts[word]
            for piece in range(contra_first[link], contra_first[link + 1], 2):
                _at_most(contra_start[piece], contra_limit[piece], place, sound, tied, many)
                _at_most(
                    contra_start[piece + 1], contra_limit[piece + 1], place, word_counts, tied, many
                )
                for word in range(many):
                    holds[word] &= ~(sound[word] & word_counts[word])
