"""The exact probability, fast: factoring over links, with common origins conditioned.

Network reliability by factoring (Satyanarayana and Chang 1983; Ball, Colbourn and Provan 1995), in
this order: drop walks that contain another one; split what shares neither link nor latent; settle a
latent that several links wait for; and once links are independent, take out the ones that all walks
need and branch on the one that most walks need.

Weights are decimals, so every probability is a whole number over a power of ten and is worked out
as such: no rounding before the last step, so neither names nor the order of rows move a bit.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from fractions import Fraction
from typing import TypeAlias

from graph.errors import SightlineError
from graph.exposure.chance import Event, Evidence, Latent, World, counts, waits_for
from graph.exposure.masks import busiest, components, links, shortest, union

#: Branchings after which a question is left to the Monte Carlo worlds.
BUDGET = 20_000

#: (n, e): n over base ** e.
Scaled: TypeAlias = tuple[int, int]


class OverBudgetError(SightlineError):
    """A question that would take more branchings than it may."""


class Exact:
    """The exact chances of one event; remembers what it has worked out.

    Parameters
    ----------
    event : Event
        From `graph.exposure.chance.prepare`, with every link of the walks that are asked for.
    budget : int
        Most branchings of one question.

    Examples
    --------
    >>> from graph.exposure.chance import Event
    >>> Exact(Event({}, {}, {})).chance([frozenset()])
    1.0
    """

    def __init__(self, event: Event, budget: int = BUDGET) -> None:
        self.budget = budget
        self._event = event
        self._base = _base(event)
        self._alone: dict[str, Scaled] = {}
        self._ids: list[str] = []  # the question's links: a walk is a mask over them
        self._pro: list[tuple[Evidence, ...]] = []
        self._contra: list[tuple[Evidence, ...]] = []
        self._left = 0

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
            If it would take more branchings than the budget.
        """
        self._left = self.budget
        asked = [frozenset(walk) for walk in walks]
        self._ids = sorted(frozenset().union(*asked))
        self._pro = [self._event.pro[link] for link in self._ids]
        self._contra = [self._event.contra[link] for link in self._ids]
        bit = {link: 1 << number for number, link in enumerate(self._ids)}
        masks = {sum(bit[link] for link in walk) for walk in asked}
        top, power = self._solve(shortest(masks), {})
        return float(Fraction(top, self._base**power))

    # -- numbers -------------------------------------------------------------------------------

    def _scaled(self, number: Fraction) -> Scaled:
        return number.numerator * (self._base // number.denominator), 1

    def _not(self, a: Scaled) -> Scaled:
        return self._base ** a[1] - a[0], a[1]

    def _sum(self, a: Scaled, b: Scaled) -> Scaled:
        power = max(a[1], b[1])
        return a[0] * self._base ** (power - a[1]) + b[0] * self._base ** (power - b[1]), power

    # -- the question --------------------------------------------------------------------------

    def _solve(self, walks: list[int], world: World) -> Scaled:
        """P(some walk stands), of shortest walks whose links are all open in this world."""
        if not walks:
            return 0, 0
        if walks[0] == 0:
            return 1, 0
        none: Scaled = (1, 0)
        for part, shared in self._parts(walks, world):
            one = self._condition(part, shared, world) if shared else self._factor(part, world, {})
            if len(part) == len(walks):
                return one
            none = _times(none, self._not(one))
        return self._not(none)

    def _condition(self, walks: list[int], shared: dict[Latent, int], world: World) -> Scaled:
        """Settle the latent that most links wait for, and add up what its outcomes weigh."""
        self._spend()
        latent = min(shared, key=lambda one: (-shared[one], one.sort, one))
        total: Scaled = (0, 0)
        for value, weight in self._event.odds[latent]:
            if weight:
                then = {**world, latent: value}
                outcome = self._solve(self._alive(walks, then, latent), then)
                total = self._sum(total, _times(self._scaled(weight), outcome))
        return total

    def _alive(self, walks: list[int], world: World, latest: Latent) -> list[int]:
        """Return the walks that may still stand, without the links that are settled."""
        dead = certain = 0
        for link in links(union(walks)):
            if any(latest in piece[:2] for piece in self._pieces(link)):
                against = counts(self._contra[link], world)
                for_it = counts(self._pro[link], world)
                if against is True or for_it is False:
                    dead |= 1 << link
                elif against is False and for_it is True:
                    certain |= 1 << link
        return shortest({walk & ~certain for walk in walks if not walk & dead})

    def _factor(
        self, walks: list[int], world: World, known: dict[tuple[int, ...], Scaled]
    ) -> Scaled:
        """P(some walk stands), of shortest walks over independent links."""
        if not walks:
            return 0, 0
        if walks[0] == 0:
            return 1, 0
        key = tuple(walks)
        if (answer := known.get(key)) is not None:
            return answer
        common = walks[0]
        for walk in walks:
            common &= walk
        answer = (1, 0)
        for link in links(common):
            answer = _times(answer, self._holds(link, world))
        if len(walks) > 1:
            rest = [walk & ~common for walk in walks]
            answer = _times(answer, self._either(rest, world, known))
        known[key] = answer
        return answer

    def _either(
        self, walks: list[int], world: World, known: dict[tuple[int, ...], Scaled]
    ) -> Scaled:
        parts = components(walks)
        if len(parts) > 1:
            none: Scaled = (1, 0)
            for part in parts:
                none = _times(none, self._not(self._factor(part, world, known)))
            return self._not(none)
        self._spend()
        pivot = busiest(walks)
        holds = self._holds(pivot.bit_length() - 1, world)
        with_it = self._factor(shortest({walk & ~pivot for walk in walks}), world, known)
        without = self._factor([walk for walk in walks if not walk & pivot], world, known)
        return self._sum(_times(holds, with_it), _times(self._not(holds), without))

    def _spend(self) -> None:
        self._left -= 1
        if self._left < 0:
            raise OverBudgetError(
                f"The score takes more than {self.budget:,} branchings. Use the Monte Carlo worlds."
            )

    # -- links ---------------------------------------------------------------------------------

    def _pieces(self, link: int) -> Iterator[Evidence]:
        yield from self._pro[link]
        yield from self._contra[link]

    def _parts(
        self, walks: list[int], world: World
    ) -> Iterator[tuple[list[int], dict[Latent, int]]]:
        """Yield walks that share links or open latents, and the latents that links share."""
        users: dict[Latent, int] = {}
        for link in links(union(walks)):
            for latent in waits_for(self._pieces(link), world):
                users[latent] = users.get(latent, 0) | 1 << link
        shared = {latent: links for latent, links in users.items() if links & (links - 1)}
        for part in components(walks, shared.values()) if len(walks) > 1 else [walks]:
            inside = union(part)
            yield part, {o: links.bit_count() for o, links in shared.items() if links & inside}

    def _holds(self, link: int, world: World) -> Scaled:
        """P(the link holds), where it shares no open latent: each piece stands by itself."""
        id_ = self._ids[link]
        if not world and id_ in self._alone:
            return self._alone[id_]
        none, unrefuted = (
            self._none_counts(pieces, world) for pieces in (self._pro[link], self._contra[link])
        )
        holds = _times(self._not(none), unrefuted)
        if not world:
            self._alone[id_] = holds
        return holds

    def _none_counts(self, pieces: tuple[Evidence, ...], world: World) -> Scaled:
        none: Scaled = (1, 0)
        for sound, word, strength in pieces:
            is_sound, level = world.get(sound), world.get(word)
            if is_sound == 0 or (level is not None and level > strength):
                continue
            one: Scaled = (1, 0)
            if is_sound is None:
                one = _times(one, self._scaled(self._event.odds[sound][0][1]))
            if level is None:
                one = _times(one, self._scaled(strength))
            none = _times(none, self._not(one))
        return none


def _base(event: Event) -> int:
    """Return the power of ten over which every weight is a whole number."""
    base = 1
    numbers = [weight for odds in event.odds.values() for _, weight in odds]
    numbers += [
        p.strength for side in (event.pro, event.contra) for ps in side.values() for p in ps
    ]
    for number in set(numbers):
        while base % number.denominator:
            base *= 10
    return base


def _times(a: Scaled, b: Scaled) -> Scaled:
    return a[0] * b[0], a[1] + b[1]
