"""The exact probability that links hold, over the latents that they share (docs/exposure.md).

For each origin o: R_o, whether it is sound where it supports, and Q_o, where it refutes. For
each origin, relation and pair of ends: a uniform U for its supporting rows and a uniform V for its
refuting ones. Link l holds when some o has R_o and U <= its strength on l, and no o has Q_o and
V <= its strength against l.

The method is conditioning: settle one latent after the other until the event is decided, and sum
the weights of the outcomes, in rational numbers, so that neither names nor order change a bit. It
is exact, simple, and exponential in the latents that matter: the reference for small graphs.
"""

from __future__ import annotations

import functools
from collections.abc import Collection, Iterable, Iterator, Mapping
from enum import IntEnum
from fractions import Fraction
from typing import Literal, NamedTuple, TypeAlias

from graph.network.build import Link
from graph.network.weights import Weight
from graph.record.vocabulary import Relation

Band: TypeAlias = Literal["low", "value", "high"]


class LatentKind(IntEnum):
    """The four sorts of latents."""

    R = 0
    Q = 1
    U = 2
    V = 3


class Latent(NamedTuple):
    """One independent random variable: an origin's soundness, or its word on one pair of ends."""

    origin: str
    sort: LatentKind
    about: tuple[str, ...] = ()


class EvidencePiece(NamedTuple):
    """One origin's evidence on one link.

    It counts where `sound` is true and `word` is at most `strength`.
    """

    sound: Latent
    word: Latent
    strength: Fraction


Odds: TypeAlias = tuple[tuple[Fraction, Fraction], ...]
World: TypeAlias = dict[Latent, Fraction]


class Event(NamedTuple):
    """Links with their evidence, and the odds of each latent."""

    pro: dict[str, tuple[EvidencePiece, ...]]
    contra: dict[str, tuple[EvidencePiece, ...]]
    odds: dict[Latent, Odds]  # (value, probability); the value of a word is the end of its piece


_YES, _NO = Fraction(1), Fraction(0)
_TURNED: dict[Band, Band] = {"low": "high", "value": "value", "high": "low"}


def prepare(
    origins: Mapping[str, Weight],
    links: Iterable[Link],
    band: Band = "value",
    like: Event | None = None,
) -> Event:
    """Collect the latents of some links.

    Parameters
    ----------
    origins : mapping of str to Weight
        Reliabilities of root sources: a network's `graph["origins"]`.
    links : iterable of Link
        The links of the event.
    band : "low", "value" or "high"
        The low end uses the low weights of supporting evidence and the high weights of refuting
        evidence; the high end does the reverse.
    like : Event, optional
        Of the same links in another band: its latents are used again, which saves most of the
        time and memory.
    """
    pro: dict[str, tuple[EvidencePiece, ...]] = {}
    contra: dict[str, tuple[EvidencePiece, ...]] = {}
    odds: dict[Latent, Odds] = {}
    for link in links:
        id_ = link.link_id
        if like and len(link.rows) == 1 and len(like.pro[id_]) == 1:
            (piece,) = like.pro[id_]
            strength = exactly(getattr(link.rows[0].strength, band))
            pro[id_] = (piece._replace(strength=strength),) if strength > 0 else ()
            contra[id_] = ()
            continue
        pro[id_] = _evidence(link, LatentKind.R, LatentKind.U, band, supports=True)
        contra[id_] = _evidence(link, LatentKind.Q, LatentKind.V, _TURNED[band], supports=False)
    cuts: dict[Latent, set[Fraction]] = {}
    for side, end in ((pro, band), (contra, _TURNED[band])):
        for pieces in side.values():
            for sound, word, strength in pieces:
                if sound not in odds:
                    odds[sound] = _sound_odds(getattr(origins[sound.origin], end))
                cuts.setdefault(word, set()).add(strength)
    for word, strengths in cuts.items():
        odds[word] = _levels(frozenset(strengths))
    return Event(pro, contra, odds)


def _evidence(
    link: Link, sound: LatentKind, word: LatentKind, band: Band, *, supports: bool
) -> tuple[EvidencePiece, ...]:
    strongest: dict[str, Fraction] = {}
    for row in link.rows:
        if row.supports is supports:
            strength = exactly(getattr(row.strength, band))
            for origin in row.origins:
                if origin not in strongest or strength > strongest[origin]:
                    strongest[origin] = strength
    if not strongest:
        return ()
    ends = (link.tail, link.head)
    about = (str(link.relation), *(sorted(ends) if link.relation is Relation.SAME_AS else ends))
    return tuple(
        EvidencePiece(Latent(origin, sound), Latent(origin, word, about), strength)
        for origin, strength in sorted(strongest.items())
        if strength > 0
    )


@functools.lru_cache(1024)
def exactly(number: float) -> Fraction:
    """Read a weight as the decimal that was written, not as the nearest binary fraction."""
    return Fraction(repr(number))


@functools.lru_cache(1024)
def _sound_odds(reliability: float) -> Odds:
    """Return the odds that an origin is sound."""
    trust = exactly(reliability)
    return (_YES, trust), (_NO, 1 - trust)


@functools.lru_cache(1024)
def _levels(cuts: frozenset[Fraction]) -> Odds:
    """Split the unit interval at the cuts: (upper end, length) of each piece."""
    below, levels = _NO, []
    for cut in [*sorted(cuts), _YES]:
        if cut > below:
            levels.append((cut, cut - below))
            below = cut
    return tuple(levels)


def chance(event: Event, walks: Collection[frozenset[str]]) -> float:
    """Return the probability that at least one walk has all its links.

    Parameters
    ----------
    event : Event
        From `prepare`, with every link of the walks.
    walks : collection of frozenset of str
        Link ids of each walk. A walk without links always stands; no walk never does.

    Returns
    -------
    float
        In [0, 1], the double nearest to the exact value.
    """
    shortest = [w for w in set(walks) if not any(other < w for other in walks)]
    return float(_Conditioning(event).chance(sorted(shortest, key=sorted), {}))


def can_hold(event: Event, link: str) -> bool:
    """Return whether a link has a probability above zero.

    Parameters
    ----------
    event : Event
        From `prepare`, with the link.
    link : str
        Id of the link.
    """

    def trust(piece: EvidencePiece) -> Fraction:
        return event.odds[piece.sound][0][1]

    refuted = any(piece.strength == 1 and trust(piece) == 1 for piece in event.contra[link])
    return not refuted and any(trust(piece) > 0 for piece in event.pro[link])


def is_satisfied(pieces: Iterable[EvidencePiece], world: World) -> bool | None:
    """Return True if some piece counts in a world, False if none can, None if it is open."""
    settled = True
    for sound, word, strength in pieces:
        is_sound, level = world.get(sound), world.get(word)
        if is_sound == 0 or (level is not None and level > strength):
            continue
        if is_sound is None or level is None:
            settled = False
        else:
            return True
    return False if settled else None


def open_latents(pieces: Iterable[EvidencePiece], world: World) -> Iterator[Latent]:
    """Yield the unsettled latents of the pieces that may still count."""
    for sound, word, strength in pieces:
        is_sound, level = world.get(sound), world.get(word)
        if is_sound == 0 or (level is not None and level > strength):
            continue
        if is_sound is None:
            yield sound
        if level is None:
            yield word


class _Conditioning:
    """One run, which remembers the answer to each remaining question."""

    def __init__(self, event: Event) -> None:
        self.event = event
        self.known: dict[object, Fraction] = {}

    def chance(self, walks: list[frozenset[str]], world: World) -> Fraction:
        alive: list[frozenset[str]] = []
        for walk in walks:
            open_links = set()
            for link in walk:
                holds = self._holds(link, world)
                if holds is False:
                    break
                if holds is None:
                    open_links.add(link)
            else:
                if not open_links:
                    return _YES
                alive.append(frozenset(open_links))
        if not alive:
            return _NO
        question = self._question(alive, world)
        if (answer := self.known.get(question)) is not None:
            return answer
        latent = self._next(alive, world)
        answer = _NO
        for value, weight in self.event.odds[latent]:
            if weight > 0:
                answer += weight * self.chance(alive, {**world, latent: value})
        self.known[question] = answer
        return answer

    def _pieces(self, link: str) -> Iterator[EvidencePiece]:
        yield from self.event.contra[link]
        yield from self.event.pro[link]

    def _holds(self, link: str, world: World) -> bool | None:
        against = is_satisfied(self.event.contra[link], world)
        for_it = is_satisfied(self.event.pro[link], world)
        if against is True or for_it is False:
            return False
        return True if against is False and for_it is True else None

    def _next(self, alive: list[frozenset[str]], world: World) -> Latent:
        """Return the open latent of the first walk that most links depend on."""
        waits: dict[Latent, int] = {}
        for link in frozenset().union(*alive):
            for latent in open_latents(self._pieces(link), world):
                waits[latent] = waits.get(latent, 0) + 1
        first = {latent for link in alive[0] for latent in open_latents(self._pieces(link), world)}
        return min(first, key=lambda latent: (-waits[latent], latent))

    def _question(self, alive: list[frozenset[str]], world: World) -> object:
        """Return the remaining question: the links, and evidence that may still count."""
        left = frozenset(
            (link, sound, world.get(sound), world.get(word))
            for link in frozenset().union(*alive)
            for sound, word, strength in self._pieces(link)
            if world.get(sound) != 0 and world.get(word, _NO) <= strength
        )
        return frozenset(alive), left
