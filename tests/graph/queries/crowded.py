"""A crowded record, the same for the same seed: few ends, and every kind of row between them.

So each question has something to say. Some ids stand in two sets, with other words in each.
"""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

from graph.dataset import Archive
from graph.record import dates
from graph.record.model import AnyRecord
from graph.record.vocabulary import (
    RULES,
    Form,
    Kind,
    Relation,
    ReplyKind,
    Role,
    SourceType,
    Stage,
    Status,
)
from tests.graph.dataset.records import made

_COUNTS = {
    Kind.COMPANY: 7,
    Kind.PUBLIC_BODY: 4,
    Kind.ORGANISATION: 2,
    Kind.PROGRAMME: 4,
    Kind.PRODUCT: 2,
    Kind.INSTRUMENT: 2,
}
_DATES = ("", "", "2009", "2010-06", "2012", "2012-03-01", "2013/2014", "2014-12-31", "2016")


def crowded(folder: Path, seed: int, claims: int = 160) -> Archive:
    """An archive with one version, which holds the record."""
    rng = random.Random(seed)
    ids = {kind: [f"{kind.value}-{n}" for n in range(many)] for kind, many in _COUNTS.items()}
    tables: dict[str, list[AnyRecord]] = {
        "entities": [
            made("entities", **_entity(rng, kind, id_, set_))
            for kind, some in ids.items()
            for id_ in some
            for set_ in _sets(rng)
        ],
        "sources": [
            made("sources", **_source(rng, number, set_))
            for number in range(9)
            for set_ in _sets(rng)
        ],
        "claims": [
            made("claims", **_claim(rng, f"c-{n:03}", set_, ids))
            for n in range(claims)
            for set_ in _sets(rng)
        ],
    }
    answered = rng.sample(tables["claims"], claims // 8)
    tables["claims"] += [
        made(
            "claims",
            id=f"r-{number:03}",
            subject=row.subject,  # type: ignore[union-attr]
            relation=row.relation,  # type: ignore[union-attr]
            object=row.object,  # type: ignore[union-attr]
            status=rng.choice(list(Status)),
            sources=[f"s-{rng.randrange(9)}"],
            stance="refutes",
            about=row.id,  # type: ignore[union-attr]
        )
        for number, row in enumerate(answered)
    ]
    tables["replies"] = [
        made(
            "replies",
            set=set_,
            claim=rng.choice(tables["claims"]).id,  # type: ignore[union-attr]
            party=rng.choice(ids[Kind.COMPANY]),
            kind=rng.choice(list(ReplyKind)),
            text=rng.choice(["", "No.", "We looked into it."]),
            source=rng.choice(["", "s-0"]),
            date=rng.choice(_DATES[:-3]),
        )
        for _ in range(60)
        for set_ in _sets(rng)
    ]
    archive = Archive(folder)
    with archive.writer() as writer:
        for table, rows in tables.items():
            writer.add(table, rows)
        writer.publish()
    return archive


def _sets(rng: random.Random) -> list[str]:
    """The sets that hold a row; some are in both."""
    return rng.choice([["one"], ["one"], ["two"], ["one", "two"]])


def _entity(rng: random.Random, kind: Kind, id_: str, set_: str) -> dict[str, Any]:
    return {
        "set": set_,
        "id": id_,
        "kind": kind,
        "name": f"{id_} of {set_}",
        "aliases": rng.sample(["Axis", "zh:天网", "Ürümqi Works"], rng.randrange(3)),
        "country": rng.sample(["FR", "SE", "CN"], rng.choice([0, 1, 1, 2])),
        "dissolved": rng.choice(["", "", "2015"]),
        "collective": kind is Kind.PUBLIC_BODY and rng.random() < 0.3,
        "note": rng.choice(["", f"a note of {set_}"]),
    }


def _source(rng: random.Random, number: int, set_: str) -> dict[str, Any]:
    return {
        "set": set_,
        "id": f"s-{number}",
        "title": f"title {number} of {set_}",
        "publisher": f"publisher {number}",
        # always the same one before it: two sets that disagree could make a circle
        "origin": f"s-{number // 2}" if number > 4 else "",
        "type": rng.choice([SourceType.PRESS, SourceType.NGO_REPORT, SourceType.COMPANY_STATEMENT]),
        "read_scope": rng.choice(["", "whole text", "opening part"]),
        "url": rng.choice(["", f"https://s{number}.example/"]),
    }


def _claim(rng: random.Random, id_: str, set_: str, ids: dict[Kind, list[str]]) -> dict[str, Any]:
    relation = rng.choice([*Relation, Relation.SUPPLIES, Relation.SUPPLIES, Relation.OWNS])
    some = {"set": set_, "id": id_, "relation": relation, "status": rng.choice(list(Status))}
    some["sources"] = [f"s-{n}" for n in sorted(rng.sample(range(9), rng.choice([1, 1, 2, 3])))]
    some["origin"] = [f"s-{rng.randrange(9)}"] if rng.random() < 0.2 else []
    some["valid_from"], some["valid_to"], some["as_of"] = _interval(rng, relation)
    some["text"] = rng.choice(["", f"words of {id_} in {set_}"])
    some["stage"] = rng.choice(list(Stage)) if rng.random() < 0.2 else None
    if relation is Relation.SAYS:
        parties = ids[Kind.COMPANY] + ids[Kind.PUBLIC_BODY]
        return some | {"subject": rng.choice(parties), "object": rng.choice(["", *parties])}
    pairs = sorted((a, b) for a, b in RULES[relation].ends if a in ids and b in ids)
    if relation is Relation.PART_OF and rng.random() < 0.5:
        pairs = [(Kind.PROGRAMME, Kind.PROGRAMME)]
    tail, head = rng.choice(pairs)
    some["subject"] = rng.choice(ids[tail])
    some["object"] = rng.choice([one for one in ids[head] if one != some["subject"]])
    if relation is Relation.SUPPLIES:
        some |= {
            "contract": rng.choice(["", f"deal-{rng.randrange(12)}"]),
            "role": rng.choice([None, *Role]),
            "programme": rng.choice(["", "", *ids[Kind.PROGRAMME]]),
            "product": rng.choice(["", *ids[Kind.PRODUCT]]),
            "technology": rng.choice(["", "cameras", "Spyware", "面部识别"]),
            "value": rng.choice([None, "1250000.5", "0.1", "48000000000"]),
            "currency": rng.choice(["", "EUR", "USD"]),
            "form": rng.choice([None, *Form]),
        }
    return some


def _interval(rng: random.Random, relation: Relation) -> tuple[str, str, str]:
    first, last = rng.choice(_DATES), rng.choice(_DATES)
    if first and last and dates.parse_date(last).last < dates.parse_date(first).first:
        first, last = last, first
    if not RULES[relation].event and not last and rng.random() < 0.3:
        return first, "", rng.choice(["2016-05-01", "2016-05"])
    return first, last, ""
