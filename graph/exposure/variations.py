"""What a probability would be with other evidence: many variations of one solved question."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import TypeAlias

import msgspec
from tqdm import tqdm

from graph.exposure.estimate import estimate_of
from graph.exposure.path_sets.path_set import PathSet
from graph.probability.exact import BUDGET, Exact, OverBudgetError, Solution
from graph.probability.methods import Estimate, Estimator, Method
from graph.probability.reference import Event, EvidencePiece, Latent, LatentKind, Odds

_NEW = "\0what is missing"  # no id of the record
_YES, _NO = Fraction(1), Fraction(0)


class Without(msgspec.Struct, frozen=True):
    """Without one root source."""

    origin: str

    def event(self, event: Event) -> Event:
        """Return an event with this variation."""
        pro, contra = (
            {
                link: tuple(piece for piece in pieces if piece.sound.origin != self.origin)
                for link, pieces in side.items()
            }
            for side in (event.pro, event.contra)
        )
        return Event(pro, contra, event.odds)

    def follows(self, answered: Solution) -> float | None:
        """Return the probability where it follows from the solved event, else None."""
        return answered.without(self.origin)


class More(msgspec.Struct, frozen=True):
    """With one more root source that supports a link."""

    link: str
    strength: Fraction
    trust: Fraction

    def event(self, event: Event) -> Event:
        """Return an event with this variation."""
        piece, odds = _evidence(self.link, LatentKind.R, LatentKind.U, self.strength, self.trust)
        pro = event.pro | {self.link: (*event.pro[self.link], piece)}
        return event._replace(pro=pro, odds=event.odds | odds)

    def follows(self, answered: Solution) -> float | None:
        """Return the probability where it follows from the solved event, else None."""
        return answered.with_more(self.link, self.strength * self.trust)


class Against(msgspec.Struct, frozen=True):
    """With one more root source that refutes a link; at the default weights it removes the link."""

    link: str
    strength: Fraction = _YES
    trust: Fraction = _YES

    def event(self, event: Event) -> Event:
        """Return an event with this variation."""
        piece, odds = _evidence(self.link, LatentKind.Q, LatentKind.V, self.strength, self.trust)
        contra = event.contra | {self.link: (*event.contra[self.link], piece)}
        return event._replace(contra=contra, odds=event.odds | odds)

    def follows(self, answered: Solution) -> float | None:
        """Return the probability where it follows from the solved event, else None."""
        return answered.with_against(self.link, self.strength * self.trust)


Variation: TypeAlias = Without | More | Against


def varied(
    event: Event,
    joined: PathSet,
    variations: Sequence[Variation],
    method: Method = "auto",
    *,
    progress: str = "",
) -> tuple[Estimate, list[Estimate]]:
    """Return the probability that a walk of a pair stands, as it is and with variations.

    One method computes them all, so that only the evidence differs between them.

    Parameters
    ----------
    event : Event
        From `graph.probability.reference.prepare`, with every link of the walks.
    joined : PathSet
        The walks of the pair.
    variations : sequence of Variation
        Each is applied to the event alone.
    method : "auto", "reference", "exact" or "worlds"
        How to compute; "auto" is exact where all questions together stay within the budget of one.
    progress : str
        The name of the progress bar that is shown after a second; empty: none.

    Raises
    ------
    OverBudgetError
        If the method is "exact" and a question takes more branchings than the budget.
    """

    def shown() -> Iterator[Variation]:
        hidden = None if progress else True
        yield from tqdm(variations, progress, delay=1, disable=hidden, leave=False)

    if method == "auto" and joined.dense is None:
        try:
            return _exact(event, joined, shown())
        except OverBudgetError:
            method = "worlds"
    now = estimate_of(Estimator(event, method), joined)
    return now, [
        estimate_of(Estimator(variation.event(event), method), joined) for variation in shown()
    ]


def _exact(
    event: Event, joined: PathSet, variations: Iterable[Variation]
) -> tuple[Estimate, list[Estimate]]:
    answered = Exact(event, BUDGET).answered(joined.walks)
    left = BUDGET - answered.spent
    estimates = []
    for variation in variations:
        value = variation.follows(answered)
        if value is None:
            again = Exact(variation.event(event), left).answered(joined.walks)
            left -= again.spent
            value = again.chance
        estimates.append(Estimate(value, "exact", 0.0))
    return Estimate(answered.chance, "exact", 0.0), estimates


def _evidence(
    link: str, sound: LatentKind, word: LatentKind, strength: Fraction, trust: Fraction
) -> tuple[EvidencePiece, dict[Latent, Odds]]:
    piece = EvidencePiece(Latent(_NEW, sound), Latent(_NEW, word, (link,)), strength)
    odds: dict[Latent, Odds] = {piece.sound: ((_YES, trust), (_NO, 1 - trust))}
    odds[piece.word] = ((strength, strength), (_YES, 1 - strength))
    return piece, odds
