"""A dataset version of a wished size: companies, bodies, programmes, and links of every kind."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from graph.dataset import Archive
from graph.record.model import Claim, Entity, Reply, Source
from graph.record.vocabulary import Form, Kind, Relation, ReplyKind, Role, SourceType, Status

SET = "large"


def write(folder: Path, entities: int, links: int, seed: int = 1) -> Archive:
    """Write a version with so many entities and about as many links, a claim each."""
    programmes = max(entities // 100, 1)
    bodies = max(entities // 5, 1)
    firms = max(entities - programmes - bodies, 2)
    archive = Archive(folder)
    with archive.writer() as writer:
        writer.add("entities", _entities(firms, bodies, programmes))
        writer.add("sources", _sources(max(links // 100, 1)))
        writer.add("claims", _claims(firms, bodies, programmes, links, random.Random(seed)))
        writer.add("replies", _replies(links, max(links // 100, 1)))
        writer.publish()
    return archive


def _entities(firms: int, bodies: int, programmes: int) -> Iterator[Entity]:
    for n in range(firms):
        yield Entity(
            set=SET,
            id=f"firm-{n}",
            kind=Kind.COMPANY,
            name=f"Firm {n} AG",
            aliases=(f"Firm {n}",),
            country=("DE",),
            identifiers=(f"reg:DE:{n}",),
            founded="1990",
        )
    for n in range(bodies):
        yield Entity(
            set=SET, id=f"body-{n}", kind=Kind.PUBLIC_BODY, name=f"Bureau {n}", country=("CN",)
        )
    for n in range(programmes):
        yield Entity(set=SET, id=f"plan-{n}", kind=Kind.PROGRAMME, name=f"Programme {n}")


def _sources(number: int) -> Iterator[Source]:
    for n in range(number):
        yield Source(
            set=SET,
            id=f"source-{n}",
            title=f"Report {n}",
            publisher="A medium",
            date="2019-05-01",
            type=SourceType.PRESS,
            origin=f"source-{n - 1}" if n % 4 else "",
            url=f"https://medium.example/{n}",
        )


def _claims(
    firms: int, bodies: int, programmes: int, links: int, chance: random.Random
) -> Iterator[Claim]:
    for n in range(links):
        subject, owned = (f"firm-{i}" for i in chance.sample(range(firms), 2))
        year = str(chance.randint(2005, 2024))
        sold = n % 3 > 0
        buyer = f"body-{chance.randrange(bodies)}"
        yield Claim(
            set=SET,
            id=f"c{n}",
            subject=subject,
            relation=Relation.SUPPLIES if sold else Relation.OWNS,
            object=buyer if sold else owned,
            status=Status.ALLEGED if n % 7 == 0 else Status.REPORTED,
            sources=(f"source-{chance.randrange(max(links // 100, 1))}",),
            valid_from=year,
            contract=f"contract-{n}" if n % 20 == 1 else "",
            role=Role.SUPPLIER if sold else None,
            form=Form.ORDER if sold else None,
            programme=f"plan-{chance.randrange(programmes)}" if n % 10 == 2 and sold else "",
            technology="video surveillance" if sold else "",
            locator=f"page {n % 90}",
            text=f"The medium writes that {subject} was tied to another party in {year}.",
        )


def _replies(links: int, sources: int) -> Iterator[Reply]:
    for n in range(0, links, 40):
        yield Reply(
            set=SET,
            claim=f"c{n}",
            party=f"firm-{n % 10}",
            kind=ReplyKind.ANSWER,
            text="The company writes that it does not comment on its customers.",
            source=f"source-{n % sources}",
            date="2020",
        )
