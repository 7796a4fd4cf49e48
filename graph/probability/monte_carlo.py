"""The probability by sampling: coupled worlds, 64 to a machine word.

A world settles every latent. World 64 w + b is bit b of word w, and a latent's draw in it is a
keyed hash of (seed, latent, word). There is no running generator, so a latent has the same draw
whatever else is asked, in any order of rows, in any part of the worlds, in any process. All
questions share the same worlds, so the answers are as monotone as the exact ones: more evidence,
more walks or higher weights never lower a probability.

A draw is compared with a threshold digit by digit, for 64 worlds at once. The bits come from
SplitMix64 (Steele, Lea and Flood 2014), started at the BLAKE2b hash of seed and latent.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Collection, Iterable
from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

from graph.probability.reference import Event, EvidencePiece, Latent

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Bits: TypeAlias = NDArray[np.uint64]

#: 18,496 worlds give ±0.01 at 95 % for one question.
WORDS = 289
#: Binary digits of a threshold that are compared; a draw is off by at most 2 ** -53.
DIGITS = 53
GOLDEN = 0x9E3779B97F4A7C15
_ALL = 0xFFFFFFFFFFFFFFFF


def half_width(worlds: int, questions: int = 1, level: float = 0.95) -> float:
    """Return the half-width of the interval that holds the exact value.

    Parameters
    ----------
    worlds : int
        Number of worlds.
    questions : int
        How many values have to lie in their intervals at once.
    level : float
        The probability with which they do, at least.

    Notes
    -----
    Hoeffding 1963, and the union bound over the questions.

    Examples
    --------
    >>> round(half_width(64 * WORDS), 4), round(half_width(64 * 1407, 1_000_000), 4)
    (0.01, 0.0099)
    """
    return math.sqrt(math.log(2 * questions / (1 - level)) / (2 * worlds))


def starting_point(latent: Latent, seed: int) -> int:
    """Return where the bits of a latent start: a 64-bit hash of its name, keyed by the seed."""
    fields = (latent.origin, latent.sort.name, *latent.about)
    name = "".join([f"{len(field)}:{field}" for field in fields]).encode()
    key = seed.to_bytes(16, "big", signed=True)
    return int.from_bytes(hashlib.blake2b(name, digest_size=8, key=key).digest(), "big")


class Worlds:
    """Worlds of one event.

    Parameters
    ----------
    event : Event
        From `graph.probability.reference.prepare`, with every link of the walks asked about.
    seed : int
        Another seed gives other worlds.
    words : int
        How many words of 64 worlds.
    first : int
        Number of the first word, so that worlds can be counted in parts.

    Examples
    --------
    >>> from graph.probability.reference import Event
    >>> Worlds(Event({}, {}, {})).chance([frozenset()])
    1.0
    """

    def __init__(self, event: Event, seed: int = 0, words: int = WORDS, first: int = 0) -> None:
        import numpy as np

        self.worlds = 64 * words
        self._np = np
        self._event = event
        self._seed = seed
        self._places = np.arange(first, first + words, dtype=np.uint64) * np.uint64(64)
        self._links: dict[str, Bits] = {}
        self._draws: dict[tuple[Latent, Fraction], Bits] = {}

    @property
    def error(self) -> float:
        """Half-width of the 95 % interval of one answer."""
        return half_width(self.worlds)

    def chance(self, walks: Iterable[Collection[str]]) -> float:
        """Return the share of the worlds in which at least one walk has all its links."""
        return self.count(walks) / self.worlds

    def count(self, walks: Iterable[Collection[str]]) -> int:
        """Return in how many worlds at least one walk has all its links.

        Parameters
        ----------
        walks : iterable of collections of str
            Link ids of each walk. A walk without links always stands; no walk never does.
        """
        any_stands = self._none()
        for walk in walks:
            whole = ~self._none()
            for link in walk:
                whole &= self._link(link)
            any_stands |= whole
        return int(self._np.bitwise_count(any_stands).sum())

    def _none(self) -> Bits:
        return self._np.zeros(len(self._places), dtype=self._np.uint64)

    def _link(self, link: str) -> Bits:
        if link not in self._links:
            supported = self._any_counts(self._event.pro[link])
            self._links[link] = supported & ~self._any_counts(self._event.contra[link])
        return self._links[link]

    def _any_counts(self, pieces: Iterable[EvidencePiece]) -> Bits:
        counts = self._none()
        for sound, word, strength in pieces:
            trust = next(weight for value, weight in self._event.odds[sound] if value == 1)
            counts |= self._at_most(sound, trust) & self._at_most(word, strength)
        return counts

    def _at_most(self, latent: Latent, threshold: Fraction) -> Bits:
        """In which worlds a latent's uniform draw falls on or under a threshold."""
        key = latent, threshold
        if key not in self._draws:
            self._draws[key] = self._compare(latent, threshold)
        return self._draws[key]

    def _compare(self, latent: Latent, threshold: Fraction) -> Bits:
        under = self._none()
        if threshold >= 1:
            return ~under
        tied = ~under  # all digits so far are the threshold's
        left = threshold
        start = starting_point(latent, self._seed)
        for digit in range(DIGITS):
            left *= 2
            drawn = self._hash(start, digit)
            if left >= 1:
                left -= 1
                under |= tied & ~drawn
                tied &= drawn
            else:
                tied &= ~drawn
            if not left or not tied.any():
                break
        return under

    def _hash(self, start: int, digit: int) -> Bits:
        u64 = self._np.uint64
        z: Bits = u64((start + (digit + 1) * GOLDEN) & _ALL) + self._places * u64(GOLDEN)
        z = (z ^ (z >> u64(30))) * u64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> u64(27))) * u64(0x94D049BB133111EB)
        return z ^ (z >> u64(31))
