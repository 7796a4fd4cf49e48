"""Small random records with every kind of link, the same for the same seed."""

from __future__ import annotations

import random
from datetime import date
from typing import NamedTuple

from graph.record import dates
from graph.record.model import Claim, Entity, Source
from graph.record.vocabulary import Form, Kind, Relation, Role, SourceType, Stance, Status

FIRST = dates.parse_date("2000-01-02").first
LAST = FIRST + 4
#: Days that are looked at: those that dates name, and one on either side for the open ends.
DAYS = range(FIRST - 1, LAST + 2)


class Record(NamedTuple):
    entities: list[Entity]
    sources: list[Source]
    claims: list[Claim]

    def shuffled(self, rng: random.Random) -> Record:
        """The same rows in another order."""
        return Record(
            rng.sample(self.entities, len(self.entities)),
            rng.sample(self.sources, len(self.sources)),
            rng.sample(self.claims, len(self.claims)),
        )


def day(ordinal: int) -> str:
    return date.fromordinal(ordinal).isoformat()


def random_record(seed: int, *, dated: bool = True, claims: int = 11) -> Record:
    """A small record with every kind of link, a few origins that links share, and odd dates."""
    rng = random.Random(seed)
    companies = [f"c{i}" for i in range(rng.randint(3, 5))]
    bodies = [f"b{i}" for i in range(2)]
    programmes = [f"p{i}" for i in range(3)]
    kinds = [(Kind.COMPANY, companies), (Kind.PUBLIC_BODY, bodies), (Kind.PROGRAMME, programmes)]
    entities = [
        Entity(
            set="t",
            id=name,
            kind=kind,
            name=name,
            founded=day(rng.randint(FIRST, FIRST + 2)) if dated and rng.random() < 0.1 else "",
            dissolved=day(rng.randint(LAST - 1, LAST)) if dated and rng.random() < 0.1 else "",
        )
        for kind, names in kinds
        for name in names
    ]
    sources = [
        Source(
            set="t",
            id=f"o{i}",
            title="t",
            publisher="p",
            type=SourceType.PRESS,
            reliability=rng.choice([0.3, 0.5, 0.8, 1.0]),
        )
        for i in range(rng.randint(2, 3))
    ]
    made: list[Claim] = []
    for number in range(claims):
        relation = rng.choice(
            [Relation.SUPPLIES] * 5
            + [Relation.OWNS] * 2
            + [Relation.SUCCEEDED_BY, Relation.CONTRIBUTES_TO, Relation.PART_OF, Relation.SAME_AS]
        )
        subject, target = _ends(rng, relation, companies, bodies, programmes)
        supply = relation is Relation.SUPPLIES
        sold = supply or relation is Relation.CONTRIBUTES_TO
        begin, end = _interval(rng) if dated else ("", "")
        made.append(
            Claim(
                set="t",
                id=f"k{number:02}",
                subject=subject,
                relation=relation,
                object=target,
                status=rng.choice([Status.ALLEGED, Status.REPORTED, Status.ACKNOWLEDGED]),
                sources=tuple(sorted(rng.sample([s.id for s in sources], rng.choice([1, 1, 2])))),
                valid_from=begin,
                valid_to=end,
                strength=rng.choice([None, 0.4, 0.7]),
                contract=rng.choice(["", "", "deal"]) if sold else "",
                product=rng.choice(["", "camera", "camera", "drone"]) if sold else "",
                form=Form.SERVICE if sold and rng.random() < 0.1 else None,
                role=Role.SUBCONTRACTOR if supply and rng.random() < 0.2 else None,
                programme=rng.choice(programmes) if supply and rng.random() < 0.3 else "",
            )
        )
    for answered in rng.sample(made, 2):
        made.append(
            Claim(
                set="t",
                id=f"r{answered.id}",
                subject=answered.subject,
                relation=answered.relation,
                object=answered.object,
                status=Status.REPORTED,
                sources=(rng.choice(sources).id,),
                stance=Stance.REFUTES,
                about=answered.id,
                strength=rng.choice([None, 0.3]),
            )
        )
    return Record(entities, sources, made)


def _ends(
    rng: random.Random,
    relation: Relation,
    companies: list[str],
    bodies: list[str],
    progs: list[str],
) -> tuple[str, str]:
    match relation:
        case Relation.SUPPLIES:
            return rng.choice(companies), rng.choice(companies + bodies)
        case Relation.CONTRIBUTES_TO:
            return rng.choice(companies + bodies[:1]), rng.choice(progs)
        case Relation.PART_OF:
            return tuple(rng.sample(progs, 2))  # type: ignore[return-value]
        case Relation.SAME_AS:
            return tuple(rng.sample(rng.choice([companies, progs, bodies]), 2))  # type: ignore[return-value]
        case _:
            return tuple(rng.sample(companies, 2))  # type: ignore[return-value]


def _interval(rng: random.Random) -> tuple[str, str]:
    def some() -> str:
        if rng.random() < 0.2:
            return ""
        a = rng.randint(FIRST, LAST)
        b = min(LAST, a + rng.choice([0, 0, 0, 1, 2]))
        return day(a) if a == b else f"{day(a)}/{day(b)}"

    begin, end = some(), some()
    if begin and end and dates.parse_date(end).last < dates.parse_date(begin).first:
        begin, end = end, begin
    return begin, end
