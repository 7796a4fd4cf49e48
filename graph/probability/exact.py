"""The exact probability, fast: factoring over links, with common origins conditioned.

Network reliability by factoring (Satyanarayana and Chang 1983; Ball, Colbourn and Provan 1995), in
this order: drop walks that contain another walk; split walks that share neither link nor latent;
settle a latent that several links depend on; and once links are independent, factor out the links
that all walks need, and branch on the link that most walks need.

The result is a circuit of weights. They are decimals, so every probability is an integer over a
power of ten and is computed as one. Nothing is rounded before the last step: neither names nor the
order of rows change a bit.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Iterator
from fractions import Fraction

from graph.errors import SightlineError
from graph.probability.circuit import ALWAYS, NEVER, Circuit, Node, Values
from graph.probability.factoring import Factoring
from graph.probability.few_walks import chance_of_few
from graph.probability.masks import components, link_numbers, shortest, union
from graph.probability.reference import (
    Event,
    EvidencePiece,
    Latent,
    LatentKind,
    World,
    is_satisfied,
    open_latents,
)

#: Most branchings of one question; past them the Monte Carlo worlds answer.
BUDGET = 20_000


class OverBudgetError(SightlineError):
    """A question takes more branchings than the budget."""


class Exact:
    """Exact probabilities of one event.

    Parameters
    ----------
    event : Event
        From `graph.probability.reference.prepare`, with every link of the walks asked about.
    budget : int
        Most branchings of one question.

    Examples
    --------
    >>> from graph.probability.reference import Event
    >>> Exact(Event({}, {}, {})).chance([frozenset()])
    1.0
    """

    def __init__(self, event: Event, budget: int = BUDGET) -> None:
        self.budget = budget
        self._event = event

    def chance(self, walks: Iterable[Collection[str]]) -> float:
        """Return the probability that at least one walk has all its links.

        Parameters
        ----------
        walks : iterable of collections of str
            Link ids of each walk. A walk without links always stands; no walk never does.

        Returns
        -------
        float
            The double nearest to the exact value.

        Raises
        ------
        OverBudgetError
            If the question takes more branchings than the budget.
        """
        asked = {frozenset(walk) for walk in walks}
        if (few := chance_of_few(self._event, asked)) is not None:
            return few
        question = _CircuitOfWalks(self._event, asked, self.budget)
        return Values(question.circuit, question.root).number

    def answered(self, walks: Iterable[Collection[str]]) -> Solution:
        """Return the same probability, ready to be recomputed with other evidence.

        Parameters
        ----------
        walks : iterable of collections of str
            As for `chance`.

        Raises
        ------
        OverBudgetError
            As for `chance`.
        """
        return Solution(_CircuitOfWalks(self._event, walks, self.budget, open_ended=True))


class Solution:
    """A solved question, which can be recomputed with other evidence.

    An answer is None where it does not follow from the solution: where the changed evidence had
    settled a link or a latent on the way.

    Attributes
    ----------
    chance : float
        The double nearest to the probability that at least one walk has all its links.
    spent : int
        How many branchings the solution took.
    """

    def __init__(self, question: _CircuitOfWalks) -> None:
        self._settled = question.settled
        self._sound = question.sound
        self._values = Values(question.circuit, question.root)
        self.chance = self._values.number
        self.spent = question.spent

    def without(self, origin: str) -> float | None:
        """Return the probability without one root source."""
        used = self._sound & {Latent(origin, sort) for sort in (LatentKind.R, LatentKind.Q)}
        if len(used) > 1 or used & self._settled:
            return None
        return self._values.with_weight(min(used), Fraction(0)) if used else self.chance

    def with_more(self, link: str, weight: Fraction) -> float | None:
        """Return the probability with one more piece of evidence for a link, from a new origin.

        Parameters
        ----------
        link : str
            Its id.
        weight : Fraction
            The strength of the evidence times the reliability of its origin.
        """
        return self._with(link, LatentKind.R, weight)

    def with_against(self, link: str, weight: Fraction) -> float | None:
        """Return the probability with evidence against a link; of weight 1, without the link."""
        return self._with(link, LatentKind.Q, weight)

    def _with(self, link: str, sort: LatentKind, weight: Fraction) -> float | None:
        return None if link in self._settled else self._values.with_weight((link, sort), weight)


class _CircuitOfWalks:
    """The circuit of some walks over the weights of an event.

    If it is open-ended, each link has two leaves for evidence to come, one for it and one against
    it, both of weight 0. `settled` holds the links that lack these leaves in some world, and the
    latents of which only one outcome was possible.
    """

    def __init__(
        self,
        event: Event,
        walks: Iterable[Collection[str]],
        budget: int,
        *,
        open_ended: bool = False,
    ) -> None:
        asked = [frozenset(walk) for walk in walks]
        self.circuit = Circuit()
        self.settled: set[Hashable] = set()
        self.sound: set[Latent] = set()
        self.spent = 0
        self._budget = budget
        self._open_ended = open_ended
        self._event = event
        self._ids = sorted(frozenset().union(*asked))  # a walk is a mask over them
        self._pro = [event.pro[link] for link in self._ids]
        self._contra = [event.contra[link] for link in self._ids]
        self._factoring = Factoring(self.circuit, self._spend)
        bit = {link: 1 << number for number, link in enumerate(self._ids)}
        masks = {sum(bit[link] for link in walk) for walk in asked}
        self.root = self._solve(shortest(masks), {})

    def _solve(self, walks: list[int], world: World) -> Node:
        """P(some walk stands), of shortest walks whose links are all open in this world."""
        if not walks:
            return NEVER
        if walks[0] == 0:
            return ALWAYS
        return self.circuit.either(
            self._condition(part, shared, world) if shared else self._factor(part, world)
            for part, shared in self._parts(walks, world)
        )

    def _condition(self, walks: list[int], shared: dict[Latent, int], world: World) -> Node:
        """Settle the latent that most links wait for, and add up what its outcomes weigh."""
        self._spend()
        latent = min(shared, key=lambda latent: (-shared[latent], latent.sort, latent))
        outcomes = []
        for value, weight in self._event.odds[latent]:
            if weight:
                then = {**world, latent: value}
                outcomes.append((weight, self._solve(self._alive(walks, then, latent), then)))
        if len(outcomes) == 1:
            self.settled.add(latent)
            self.sound.add(latent)
            return outcomes[0][1]
        if latent.sort in (LatentKind.R, LatentKind.Q):
            (trust, sound), (_, unsound) = outcomes
            return self.circuit.branch(self._weight(trust, latent), sound, unsound)
        return self.circuit.sum(
            self.circuit.product([self.circuit.weight(weight), node]) for weight, node in outcomes
        )

    def _alive(self, walks: list[int], world: World, latest: Latent) -> list[int]:
        """Return the walks that may still stand, without the links that are settled."""
        dead = certain = 0
        for link in link_numbers(union(walks)):
            if any(latest in piece[:2] for piece in self._pieces(link)):
                against = is_satisfied(self._contra[link], world)
                for_it = is_satisfied(self._pro[link], world)
                if against is True or for_it is False:
                    dead |= 1 << link
                elif against is False and for_it is True:
                    certain |= 1 << link
        self.settled.update(self._ids[link] for link in link_numbers(dead | certain))
        return shortest({walk & ~certain for walk in walks if not walk & dead})

    def _factor(self, walks: list[int], world: World) -> Node:
        """P(some walk stands), of shortest walks over independent links."""
        chances = {link: self._holds(link, world) for link in link_numbers(union(walks))}
        return self._factoring.chance(walks, chances)

    def _spend(self) -> None:
        self.spent += 1
        if self.spent > self._budget:
            raise OverBudgetError(
                f"The score takes more than {self._budget:,} branchings."
                " Use the Monte Carlo worlds."
            )

    # -- links ---------------------------------------------------------------------------------

    def _pieces(self, link: int) -> Iterator[EvidencePiece]:
        yield from self._pro[link]
        yield from self._contra[link]

    def _parts(
        self, walks: list[int], world: World
    ) -> Iterator[tuple[list[int], dict[Latent, int]]]:
        """Yield walks that share links or open latents, and the latents that links share."""
        users: dict[Latent, int] = {}
        for link in link_numbers(union(walks)):
            for latent in open_latents(self._pieces(link), world):
                users[latent] = users.get(latent, 0) | 1 << link
        shared = {latent: links for latent, links in users.items() if links & (links - 1)}
        for part in components(walks, shared.values()) if len(walks) > 1 else [walks]:
            inside = union(part)
            yield part, {o: links.bit_count() for o, links in shared.items() if links & inside}

    def _holds(self, link: int, world: World) -> Node:
        """P(the link holds), where it shares no open latent: each piece stands by itself."""
        supported, refuted = (
            self.circuit.either([*self._counting(pieces, world), *self._to_come(link, sort)])
            for pieces, sort in (
                (self._pro[link], LatentKind.R),
                (self._contra[link], LatentKind.Q),
            )
        )
        return self.circuit.product([supported, self.circuit.complement(refuted)])

    def _counting(self, pieces: tuple[EvidencePiece, ...], world: World) -> Iterator[Node]:
        for sound, word, strength in pieces:
            is_sound, level = world.get(sound), world.get(word)
            if is_sound == 0 or (level is not None and level > strength):
                continue
            factors = []
            if is_sound is None:
                factors.append(self._weight(self._event.odds[sound][0][1], sound))
            if level is None:
                factors.append(self.circuit.weight(strength))
            yield self.circuit.product(factors)

    def _to_come(self, link: int, sort: LatentKind) -> Iterator[Node]:
        if self._open_ended:
            yield self.circuit.weight(Fraction(0), (self._ids[link], sort))

    def _weight(self, trust: Fraction, sound: Latent) -> Node:
        self.sound.add(sound)
        return self.circuit.weight(trust, sound if self._open_ended else None)
