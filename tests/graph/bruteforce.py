"""The definitions of docs/exposure.md once more, by plain enumeration: the oracle of the tests.

Nothing here is shared with the code under test but the records and the reading of dates.
"""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from typing import NamedTuple

from graph.network.weights import Weights
from graph.record import dates
from graph.record.model import Claim, Entity
from graph.record.vocabulary import Form, Kind, Relation, Stance, Status
from tests.graph.random_records import DAYS, Record


class Piece(NamedTuple):
    """A link, as the brute force sees it."""

    name: tuple[object, ...]
    relation: Relation
    tail: str
    head: str
    outer: dates.Days
    inner: dates.Days
    contract: str
    programme: str
    product: str

    def continues(self, supply: Piece) -> bool:
        """Whether it is tied to a supply: by the contract, or by the product."""
        columns = ((self.contract, supply.contract), (self.product, supply.product))
        return any(mine == its != "" for mine, its in columns)


def name_of(claim: Claim, ends: tuple[str, ...]) -> tuple[object, ...]:
    """What rows of one link agree in."""
    lasts = claim.relation is Relation.SUPPLIES and claim.form is Form.SERVICE
    deal = (claim.contract, claim.programme, claim.product, lasts)
    return (claim.relation, *ends, *claim.readings, *deal)


def pieces(record: Record) -> dict[tuple[object, ...], Piece]:
    made: dict[tuple[object, ...], Piece] = {}
    for claim in record.claims:
        if claim.stance is Stance.REFUTES or claim.status is Status.WITHDRAWN:
            continue
        ends = (claim.subject, claim.object)
        if claim.relation is Relation.SAME_AS:
            ends = tuple(sorted(ends))  # type: ignore[assignment]
        name = name_of(claim, ends)
        deal = (claim.contract, claim.programme, claim.product)
        made[name] = Piece(name, claim.relation, *ends, *claim.readings, *deal)
    return made


LETTERS = {
    Relation.OWNS: "o",
    Relation.SUPPLIES: "s",
    Relation.CONTRIBUTES_TO: "c",
    Relation.PART_OF: "t",
}
TO_BUYER = re.compile(r"[p=]*[o=]*s[s=]*")
TO_PROGRAMME = re.compile(r"[p=]*[o=]*(s[s=]*)?(c|(?<=s)g)[t=]*")


class Found(NamedTuple):
    nodes: tuple[str, ...]
    links: tuple[tuple[object, ...], ...]
    possible: bool
    certain: bool


def walks(record: Record, start: str, goal: str, max_hops: int) -> list[Found]:
    """Every admissible walk, dates apart, with the verdict on its dates."""
    kinds = {e.id: e.kind for e in record.entities}
    lives = {e.id: _life(e) for e in record.entities}
    all_pieces = list(pieces(record).values())
    found: list[Found] = []

    def go(nodes: list[str], used: list[Piece], letters: str) -> None:
        if sum(letter in "posct" for letter in letters) > max_hops:
            return
        here = nodes[-1]
        pattern = TO_PROGRAMME if kinds[goal] is Kind.PROGRAMME else TO_BUYER
        if here == goal and pattern.fullmatch(letters):
            found.append(
                Found(
                    tuple(nodes),
                    tuple(p.name for p in used),
                    _possible(used, lives),
                    _certain(used, lives),
                )
            )
            return
        if letters.endswith("s") and used[-1].programme and used[-1].programme not in nodes:
            go([*nodes, used[-1].programme], used, letters + "g")
        for piece in all_pieces:
            for tail, head, letter in _readings_of(piece):
                if tail != here or head in nodes:
                    continue
                if letter == "c" and kinds[here] is not Kind.COMPANY:
                    continue
                sold = [used_one for used_one in used if used_one.relation is Relation.SUPPLIES]
                if letter in "sc" and sold and not piece.continues(sold[-1]):
                    continue
                go([*nodes, head], [*used, piece], letters + letter)

    go([start], [], "")
    return found


def _readings_of(piece: Piece) -> list[tuple[str, str, str]]:
    if piece.relation is Relation.SAME_AS:
        return [(piece.tail, piece.head, "="), (piece.head, piece.tail, "=")]
    if piece.relation is Relation.SUCCEEDED_BY:
        return [(piece.head, piece.tail, "p")]
    return [(piece.tail, piece.head, LETTERS[piece.relation])]


def _life(entity: Entity) -> range:
    first = dates.parse_date(entity.founded).first if entity.founded else DAYS[0]
    last = dates.parse_date(entity.dissolved).last if entity.dissolved else DAYS[-1]
    return range(first, last + 1)


EVENTS = (Relation.SUPPLIES, Relation.CONTRIBUTES_TO, Relation.SUCCEEDED_BY)


def _choices(used: list[Piece], lives: dict[str, range]) -> list[tuple[Piece, list[int]]]:
    chosen = []
    for piece in used:
        if piece.relation in EVENTS:
            days = [d for d in DAYS if piece.outer.first <= d <= piece.outer.last]
            if piece.relation is not Relation.SUCCEEDED_BY:
                days = [d for d in days if d in lives[piece.tail] and d in lives[piece.head]]
            chosen.append((piece, days))
    return chosen


def _fits(used: list[Piece], at: dict[int, int], lives: dict[str, range], reading: str) -> bool:
    """Whether one choice of instants satisfies every sentence of the page; `at` by position."""

    def holds(piece: Piece, moment: int) -> bool:
        span: dates.Days = getattr(piece, reading)
        return (
            span.first <= moment <= span.last
            and moment in lives[piece.tail]
            and moment in lives[piece.head]
        )

    where = {name: [i for i, p in enumerate(used) if p.relation is name] for name in Relation}
    supplies, contributions = where[Relation.SUPPLIES], where[Relation.CONTRIBUTES_TO]
    t1 = at[(supplies or contributions)[0]]
    if not all(holds(used[i], t1) for i in where[Relation.OWNS]):
        return False
    if not all(t1 <= at[i] for i in where[Relation.SUCCEEDED_BY]):
        return False
    for i, j in itertools.combinations(supplies, 2):
        a, b = used[i], used[j]
        free = a.contract != "" and a.contract == b.contract
        if not free and at[i] > at[j]:
            return False
    if contributions and supplies and at[contributions[0]] < at[supplies[-1]]:
        return False
    since = at[(contributions or supplies)[-1]]
    return all(
        any(holds(used[i], moment) for moment in DAYS if moment >= since)
        for i in where[Relation.PART_OF]
    )


def _all_choices(used: list[Piece], lives: dict[str, range]) -> list[dict[int, int]]:
    options = _choices(used, lives)
    positions = [i for i, piece in enumerate(used) if piece.relation in EVENTS]
    return [
        dict(zip(positions, picked, strict=True))
        for picked in itertools.product(*(days for _, days in options))
    ]


def _possible(used: list[Piece], lives: dict[str, range]) -> bool:
    return any(_fits(used, at, lives, "outer") for at in _all_choices(used, lives))


def _certain(used: list[Piece], lives: dict[str, range]) -> bool:
    every = _all_choices(used, lives)
    return bool(every) and all(_fits(used, at, lives, "inner") for at in every)


def probability(
    record: Record, wanted: list[frozenset[tuple[object, ...]]], weights: Weights
) -> float:
    """P(some wanted set of links holds whole), by listing every world of the latents."""
    reliability = {s.id: s.reliability for s in record.sources}
    by_id = {c.id: c for c in record.claims}
    names: dict[str, tuple[object, ...]] = {}
    for claim in record.claims:
        if claim.stance is Stance.SUPPORTS:
            ends: tuple[str, ...] = (claim.subject, claim.object)
            ends = tuple(sorted(ends)) if claim.relation is Relation.SAME_AS else ends
            names[claim.id] = name_of(claim, ends)
    used = frozenset().union(*wanted)
    rows = []  # (link, supports, origin, (relation, ends), strength)
    for claim in record.claims:
        answered = by_id[claim.about] if claim.stance is Stance.REFUTES else claim
        link = names[answered.id]
        if link not in used or (claim is answered and claim.status is Status.WITHDRAWN):
            continue
        given = claim.strength
        strength = weights.strength[claim.status].value if given is None else given
        for origin in claim.sources:
            rows.append((link, claim is answered, origin, link[:3], strength))
    words: dict[tuple[object, ...], set[float]] = defaultdict(set)
    for _, supports, origin, about, strength in rows:
        words[supports, origin, about].add(strength)
    sound = sorted({(supports, origin) for _, supports, origin, _, _ in rows})
    total = 0.0
    for outcome in itertools.product([True, False], repeat=len(sound)):
        is_sound = dict(zip(sound, outcome, strict=True))
        p_sound = 1.0
        for (_, origin), yes in is_sound.items():
            p_sound *= reliability[origin] if yes else 1 - reliability[origin]  # type: ignore[operator]
        if p_sound == 0:
            continue
        cells = []
        for cuts in words.values():
            edges = [0.0, *sorted(cuts), 1.0]
            cells.append([((a + b) / 2, b - a) for a, b in itertools.pairwise(edges) if b > a])
        for drawn in itertools.product(*cells):
            p_world = p_sound
            level = {}
            for key, (value, length) in zip(words, drawn, strict=True):
                p_world *= length
                level[key] = value
            up = dict.fromkeys(used, False)
            down = dict.fromkeys(used, False)
            for link, supports, origin, about, strength in rows:
                if is_sound[supports, origin] and level[supports, origin, about] <= strength:
                    (up if supports else down)[link] = True
            if any(all(up[link] and not down[link] for link in walk) for walk in wanted):
                total += p_world
    return total
