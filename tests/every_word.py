"""A record that has every word of the vocabulary, so that a face which forgets one is found out."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path
from typing import TypeVar

from graph.record.vocabulary import (
    TABLES,
    Form,
    Kind,
    Relation,
    ReplyKind,
    Role,
    SourceType,
    Stage,
    Status,
    Term,
)
from tests.ingest.folders import Row, folder

_Word = TypeVar("_Word", bound=Term)

#: Every member of every table.
WORDS = [word for table in TABLES.values() for word in table]

SELLER = f"{Kind.COMPANY}-1"
BUYER = f"{Kind.PUBLIC_BODY}-1"


def write(path: Path) -> Path:
    """Write the record as a spreadsheet folder."""
    return folder(
        path,
        entities=[
            {"id": f"{kind}-{number}", "kind": kind, "name": f"{kind.words} {number}"}
            for kind in Kind
            for number in (1, 2)
        ],
        sources=[
            {"id": source, "type": source, "title": f"A {source.words}", "publisher": "P"}
            for source in SourceType
        ],
        claims=[*_links(), *_deals(), _statement()],
        replies=[
            {"claim": f"deal-{number}", "party": SELLER, "kind": kind}
            for number, kind in enumerate(_as_many(ReplyKind))
        ],
    )


def _as_many(table: type[_Word]) -> list[_Word]:
    """Return the words of a table over again, as many as the largest table has."""
    return list(islice(cycle(table), max(map(len, TABLES.values()))))


def _links() -> Iterator[Row]:
    """Yield a link of each relation; what the buyer operates is a lead."""
    for relation in Relation:
        if relation.entry.ends:
            subject, object_ = min(relation.entry.ends, key=lambda ends: (ends[0] is ends[1], ends))
            second = 2 if subject is object_ else 1
            yield _link(relation, f"{subject}-1", f"{object_}-{second}")
    yield _link(Relation.OPERATES, BUYER, f"{Kind.PROGRAMME}-2")


def _link(relation: Relation, subject: str, object_: str) -> Row:
    return {
        "id": f"{subject}-{relation}",
        "subject": subject,
        "relation": relation,
        "object": object_,
        "status": Status.REPORTED,
        "sources": SourceType.PRESS,
    }


def _deals() -> Iterator[Row]:
    """Yield supplies that have all words between them; a second row keeps each a link."""
    columns = (_as_many(table) for table in (Status, SourceType, Stage, Role, Form))
    for number, (status, source, stage, role, form) in enumerate(zip(*columns, strict=True)):
        deal = {
            "subject": SELLER,
            "relation": Relation.SUPPLIES,
            "object": BUYER,
            "contract": f"contract-{number}",
            "valid_from": f"{2001 + number}",
        }
        words = {"status": status, "sources": source, "stage": stage, "role": role, "form": form}
        yield {"id": f"deal-{number}", **deal, **words}
        yield {"id": f"again-{number}", **deal, "status": Status.REPORTED, "sources": source}


def _statement() -> Row:
    return {
        "id": "statement",
        "subject": SELLER,
        "relation": Relation.SAYS,
        "status": Status.REPORTED,
        "sources": SourceType.PRESS,
    }
