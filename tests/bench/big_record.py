"""A record of a wished number of links, of which a few percent lie on walks from exporters.

The part that matters stands in layers, so that no walk meets an entity twice, and none is longer
than 6 hops:

exporter -> predecessor or subsidiary -> affiliate -> reseller -> programme -> part_of, twice at
most. Each company of the first four layers may be the one that supplies a body for the programme,
or that contributes to it.

The rest is what a record of the world holds besides: firms that no exporter owns or supplies, what
they own and sell, the ranks of authorities, lists, and what exporters sell to no programme.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from graph.dataset import Archive
from graph.record.dates import event_readings, state_readings
from graph.record.model import Claim, Entity, Source
from graph.record.vocabulary import RULES, Kind, Relation, SourceType, Status
from tests.bench.big_links import Links, Pool, draw, pools

SET = "big"
#: What all of them supply and contribute: each is tied to the supply before it.
PRODUCT = "product"
SOLD = (Relation.SUPPLIES, Relation.CONTRIBUTES_TO)
#: Countries of exporters, and of all others: nobody else is an EU exporter.
EU = ("DE", "FR", "IT", "NL", "SE", "ES", "PL", "AT")
ELSEWHERE = ("CN", "US", "SG", "AE", "CH", "IL", "MY", "KZ")
#: The products of their weights lie between 0.30 and 0.90 (graph/network/weights.toml).
STATUSES = (Status.ALLEGED, Status.REPORTED, Status.ACKNOWLEDGED)
TYPES = (
    SourceType.STATE_MEDIA,
    SourceType.REFERENCE,
    SourceType.PRESS,
    SourceType.NGO_REPORT,
    SourceType.COMPANY_STATEMENT,
)


def write(folder: Path, links: int, seed: int = 1) -> Archive:
    """Write a version with so many links, a claim and a root source each, undated.

    Parameters
    ----------
    folder : Path
        The data folder.
    links : int
        Their number, 10,000 at least. A three-thousandth of it, and 10 at least, is the number
        of `exporter-N`, and that of `programme-N`.
    seed : int
        Of the draw.
    """
    chance = np.random.default_rng(seed)
    entities = pools(links)
    found = draw(entities, links, chance)
    types, statuses = (chance.integers(len(of), size=links) for of in (TYPES, STATUSES))
    archive = Archive(folder)
    with archive.writer() as writer:
        writer.add("entities", _entities(entities))
        writer.add("entities", [Entity(set=SET, id=PRODUCT, kind=Kind.PRODUCT, name="Product")])
        writer.add("sources", _sources(types.tolist()))
        writer.add("claims", _claims(_ids(entities), found, statuses.tolist()))
        writer.publish()
    return archive


def ends(links: int) -> tuple[list[str], list[str]]:
    """Return the ids of the exporters and of the programmes of a record with so many links."""
    number = pools(links)["exporter"].size
    return [f"exporter-{n}" for n in range(number)], [f"programme-{n}" for n in range(number)]


def _ids(entities: dict[str, Pool]) -> list[str]:
    return [f"{name}-{n}" for name, pool in entities.items() for n in range(pool.size)]


def _entities(entities: dict[str, Pool]) -> Iterator[Entity]:
    for name, pool in entities.items():
        countries = EU if name == "exporter" else ELSEWHERE
        placed = pool.kind in (Kind.COMPANY, Kind.PUBLIC_BODY)
        for n in range(pool.size):
            yield Entity(
                set=SET,
                id=f"{name}-{n}",
                kind=pool.kind,
                name=f"{name.title()} {n}",
                country=(countries[n % len(countries)],) if placed else (),
            )


def _sources(types: list[int]) -> Iterator[Source]:
    for n, type_ in enumerate(types):
        yield Source(
            set=SET, id=f"s{n}", title=f"Report {n}", publisher="A medium", type=TYPES[type_]
        )


def _claims(ids: list[str], found: list[Links], statuses: list[int]) -> Iterator[Claim]:
    n = 0
    for part in found:
        for tail, head, served in zip(
            part.tail.tolist(), part.head.tolist(), part.programme.tolist(), strict=True
        ):
            yield Claim(
                set=SET,
                id=f"c{n}",
                subject=ids[tail],
                relation=part.relation,
                object=ids[head],
                status=STATUSES[statuses[n]],
                sources=(f"s{n}",),
                programme=ids[served] if served >= 0 else "",
                product=PRODUCT if part.relation in SOLD else "",
            )
            n += 1


def dated(table: pa.Table, seed: int = 1) -> pa.Table:
    """Return links with dates: what dates cost shows beside the same links without.

    States begin in a year, and half of them end in one; events are known to a year or to a span
    of years; every tenth link stays undated. Of the supplies to and by those who sell on, some
    share a contract.

    Parameters
    ----------
    table : pyarrow.Table
        Of `graph.record.tables.LINKS`, undated.
    seed : int
        Of the draw.
    """
    chance = np.random.default_rng(seed)
    rows = len(table)
    relation = table["relation"].to_numpy(zero_copy_only=False)
    event = np.isin(relation, [str(one) for one, rule in RULES.items() if rule.event])
    begin = chance.integers(2000, 2016, size=rows)
    end = begin + chance.integers(0, 10, size=rows)
    half = chance.random(rows) < 0.5
    end[half] = np.where(event, begin, 0)[half]  # 0: open
    undated = chance.random(rows) < 0.1
    begin[undated] = end[undated] = 0
    spans, codes = np.unique(100_000_000 * event + 10_000 * begin + end, return_inverse=True)
    found = []
    for span in spans.tolist():
        since, until = (
            str(year) if year else "" for year in (span // 10_000 % 10_000, span % 10_000)
        )
        happens = span >= 100_000_000
        outer, inner = event_readings(since, until) if happens else state_readings(since, until)
        found.append([since, until, *outer, *inner])
    names = ("valid_from", "valid_to", "outer_from", "outer_to", "inner_from", "inner_to")
    for name, values in zip(names, zip(*found, strict=True), strict=True):
        made = pa.array(values, table.schema.field(name).type)
        table = _replaced(table, name, made.take(pa.array(codes)))
    return _contracts(table, relation == str(Relation.SUPPLIES), chance)


def _contracts(table: pa.Table, supplies: np.ndarray, chance: np.random.Generator) -> pa.Table:
    tail, head = table["tail"], table["head"]
    through = supplies & _is_in(head, tail.filter(pa.array(supplies)))
    onward = supplies & _is_in(tail, head.filter(pa.array(through)))
    drawn = chance.random(len(table))
    tails, heads = (table[name].to_numpy(zero_copy_only=False) for name in ("tail", "head"))
    shared = np.where(through, heads, np.where(onward, tails, ""))
    contract = np.where(drawn < 0.2, shared, "")
    return _replaced(table, "contract", pa.array(contract, pa.string()))


def _is_in(column: pa.ChunkedArray, values: pa.ChunkedArray) -> np.ndarray:
    return pc.is_in(column, value_set=pc.unique(values)).to_numpy()


def _replaced(table: pa.Table, name: str, values: pa.Array) -> pa.Table:
    place = table.schema.get_field_index(name)
    return table.set_column(place, table.schema.field(name), values)
