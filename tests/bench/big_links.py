"""The links of the big record, as numbers of entities: the part that matters, and the rest."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from graph.record.vocabulary import Kind, Relation

Numbers: TypeAlias = NDArray[np.int64]

OWNS, SUPPLIES, PART_OF = Relation.OWNS, Relation.SUPPLIES, Relation.PART_OF
CONTRIBUTES_TO = Relation.CONTRIBUTES_TO
BODIES = 10  # that serve each programme

#: What the rest holds: relation, pools of tails and heads, share.
REST = (
    (OWNS, ("firm",), "firm", 0.35),
    (SUPPLIES, ("firm",), "bureau", 0.34),
    (PART_OF, ("bureau",), "bureau", 0.08),
    (Relation.LISTED_IN, ("firm",), "list", 0.06),
    (Relation.OPERATES, ("bureau",), "programme", 0.05),
    (Relation.SUCCEEDED_BY, ("firm",), "firm", 0.04),
    (CONTRIBUTES_TO, ("bureau",), "programme", 0.03),
    (SUPPLIES, ("firm",), "body", 0.02),  # leads to programmes, from nobody who matters
    (OWNS, ("exporter", "subsidiary"), "branch", 0.01),  # from exporters, to no programme
    (SUPPLIES, ("exporter", "subsidiary", "affiliate", "branch"), "office", 0.02),
)


class Pool(NamedTuple):
    """Entities of one sort, numbered in a row."""

    kind: Kind
    first: int
    size: int

    @property
    def numbers(self) -> Numbers:
        return np.arange(self.first, self.first + self.size)


class Links(NamedTuple):
    """Links of one relation as numbers of entities; -1 where no programme is named."""

    relation: Relation
    tail: Numbers
    head: Numbers
    programme: Numbers


def pools(links: int) -> dict[str, Pool]:
    """Return the entities of a record with so many links."""
    number = max(links // 3000, 10)
    sizes = {
        "exporter": (Kind.COMPANY, number),
        "predecessor": (Kind.COMPANY, number // 2),
        "subsidiary": (Kind.COMPANY, 2 * number),
        "affiliate": (Kind.COMPANY, 4 * number),
        "reseller": (Kind.COMPANY, 4 * number),
        "branch": (Kind.COMPANY, 10 * number),
        "firm": (Kind.COMPANY, max(links // 6, 200)),
        "programme": (Kind.PROGRAMME, number),
        "body": (Kind.PUBLIC_BODY, BODIES * number),
        "office": (Kind.PUBLIC_BODY, 20 * number),
        "bureau": (Kind.PUBLIC_BODY, max(links // 20, 100)),
        "list": (Kind.INSTRUMENT, 50),
    }
    found, first = {}, 0
    for name, (kind, size) in sizes.items():
        found[name] = Pool(kind, first, size)
        first += size
    return found


def draw(pools: dict[str, Pool], links: int, chance: np.random.Generator) -> list[Links]:
    """Draw so many links, the part that matters first.

    No two of them join the same ends, and no two of the steps that a walk may take.
    """
    found = _relevant(pools, chance)
    left = links - sum(len(part.tail) for part in found)
    counts = [int(left * share) for *_, share in REST]
    counts[0] += left - sum(counts)
    for (relation, tails, heads, _), count in zip(REST, counts, strict=True):
        by = np.concatenate([pools[name].numbers for name in tails])
        tail, head = _pairs(chance, by, pools[heads].numbers, count)
        served = (head - pools["body"].first) // BODIES + pools["programme"].first
        found.append(Links(relation, tail, head, served if heads == "body" else _none(count)))
    return found


def _relevant(pools: dict[str, Pool], chance: np.random.Generator) -> list[Links]:
    """Draw the layers, for each exporter as many links on average as there are exporters."""
    number = pools["exporter"].size
    of = {name: pool.numbers for name, pool in pools.items()}
    first = np.concatenate([of["predecessor"], of["subsidiary"]])
    second, sellers = of["affiliate"], np.concatenate([of["affiliate"], of["reseller"]])
    owner, owned = _pairs(chance, of["exporter"], first, 5 * number, cover="heads")
    came = owned < pools["subsidiary"].first  # by succession: from the successor back
    found = [
        Links(Relation.SUCCEEDED_BY, owned[came], owner[came], _none(int(came.sum()))),
        Links(OWNS, owner[~came], owned[~came], _none(int((~came).sum()))),
        _plain(OWNS, _pairs(chance, first, second, 6 * number, cover="heads")),
    ]
    upper = np.concatenate([of["exporter"], first])
    by = np.concatenate([upper, second])
    found.append(_plain(SUPPLIES, _pairs(chance, by, of["reseller"], 8 * number, cover="heads")))
    # few programmes are served by many, many by few
    popular = np.power(1.0 + chance.permutation(number), -0.95, dtype=np.float64)
    popular /= popular.sum()
    for companies, each in ((upper, 3), (sellers, 7)):
        seller, plan = _pairs(
            chance, companies, of["programme"], each * len(companies), cover="tails", weight=popular
        )
        itself = chance.random(len(seller)) < 0.15
        found.append(_plain(CONTRIBUTES_TO, (seller[itself], plan[itself])))
        # each body serves one programme, so that a company and a body meet but once
        place = BODIES * (plan - pools["programme"].first) + chance.integers(BODIES, size=len(plan))
        body = pools["body"].first + place
        found.append(Links(SUPPLIES, seller[~itself], body[~itself], plan[~itself]))
    return [*found, _plain(PART_OF, _forest(of["programme"], chance))]


def _forest(programmes: Numbers, chance: np.random.Generator) -> tuple[Numbers, Numbers]:
    """Put half of the programmes under another one, twice at most."""
    shuffled = chance.permutation(programmes)
    low, middle, high = np.split(shuffled, [len(shuffled) * 6 // 10, len(shuffled) * 85 // 100])
    inside, above = low[: len(low) // 2], middle[: len(middle) // 2]
    return (
        np.concatenate([inside, above]),
        np.concatenate([chance.choice(middle, len(inside)), chance.choice(high, len(above))]),
    )


def _plain(relation: Relation, ends: tuple[Numbers, Numbers]) -> Links:
    return Links(relation, *ends, _none(len(ends[0])))


def _none(count: int) -> Numbers:
    return np.full(count, -1)


def _pairs(
    chance: np.random.Generator,
    tails: Numbers,
    heads: Numbers,
    count: int,
    *,
    cover: str = "",
    weight: NDArray[np.float64] | None = None,
) -> tuple[Numbers, Numbers]:
    """Draw different pairs of different entities; every one of `cover` gets one, if it can."""
    most = max(int(tails.max()), int(heads.max())) + 1
    every = {"tails": len(tails), "heads": len(heads)}.get(cover, 0)
    keys = np.empty(0, np.int64)
    while len(keys) < count:
        size = count - len(keys) + every
        left = chance.integers(len(tails), size=size)
        if weight is None:
            right = chance.integers(len(heads), size=size)
        else:
            right = chance.choice(len(heads), size=size, p=weight)
        if cover == "tails":
            left[:every] = np.arange(every)
        elif cover == "heads":
            right[:every] = np.arange(every)
        every, cover = 0, ""
        one, other = tails[left], heads[right]
        keys = np.concatenate([keys, (one * most + other)[one != other]])
        keys = keys[np.sort(np.unique(keys, return_index=True)[1])]
    return keys[:count] // most, keys[:count] % most
