"""What a library could not answer as the kernels do is no question for it."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from graph.paths.kernels.columns import Columns, of_tables
from graph.paths.kernels.prune import prune
from graph.paths.kernels.steps import steps
from graph.record.dates import EARLIEST, LATEST
from graph.record.tables import LINKS
from tests.bench.peers.question import Question, of_steps

KINDS = {"b": "public_body", "p": "programme"}
Link = tuple[str, str, str]


def columns_of(
    *links: Link, first: int = EARLIEST, programme: str = "", product: str = "camera"
) -> Columns:
    """Make the columns of links: relation and ends, of companies but for KINDS."""
    rows = [
        {
            "link_id": f"{relation} {tail} {head}",
            "relation": relation,
            "tail": tail,
            "head": head,
            "outer_from": first,
            "outer_to": LATEST,
            "inner_from": LATEST,
            "inner_to": EARLIEST,
            "contract": "",
            "programme": programme if relation == "supplies" else "",
            "product": product if relation in ("supplies", "contributes_to") else "",
        }
        for relation, tail, head in links
    ]
    ids = sorted({end for _, *ends in links for end in ends} | ({programme} - {""}))
    entities = {
        "id": ids,
        "kind": [KINDS.get(one, "company") for one in ids],
        "founded": [""] * len(ids),
        "dissolved": [""] * len(ids),
    }
    schema = pa.schema([LINKS.field(name) for name in rows[0]])
    return of_tables(pa.Table.from_pylist(rows, schema=schema), pa.table(entities))


def ask(columns: Columns, start: str, *ends: str, chance: float = 0.5, hops: int = 6) -> Question:
    begin, end = columns.numbers([start]), columns.numbers(ends)
    made = steps(columns, prune(columns, begin, end, hops), end)
    return of_steps(made, begin, end, np.full(len(made.links), chance))


def test_supplies_alone_are_asked_of_entities() -> None:
    ring = columns_of(*[("supplies", *pair) for pair in ("xy", "yz", "zx", "zw")])
    asked = ask(ring, "x", "w", "y")
    assert asked.places == 4
    assert len(asked.tail) == 4  # y to z once, whatever part of a walk y stands in
    assert asked.sources.tolist() == [1]
    assert asked.targets == {0: 0, 2: 1}


def test_dates_are_refused() -> None:
    with pytest.raises(ValueError, match="dates"):
        ask(columns_of(("supplies", "x", "b"), first=EARLIEST + 1), "x", "b")


def test_supplies_that_nothing_ties_are_refused() -> None:
    with pytest.raises(ValueError, match="ties"):
        ask(columns_of(("supplies", "x", "y"), ("supplies", "y", "b"), product=""), "x", "b")


def test_links_that_cost_no_hop_are_refused() -> None:
    with pytest.raises(ValueError, match="same_as"):
        ask(columns_of(("same_as", "x", "y"), ("supplies", "y", "b")), "x", "b")


def test_links_without_a_chance_are_refused() -> None:
    with pytest.raises(ValueError, match="chance"):
        ask(columns_of(("supplies", "x", "b")), "x", "b", chance=0.0)


def test_two_steps_between_the_same_places_are_refused() -> None:
    twice = columns_of(("supplies", "x", "y"), ("supplies", "x", "y"), ("supplies", "y", "b"))
    with pytest.raises(ValueError, match="same two places"):
        ask(twice, "x", "b")


def test_an_entity_in_two_places_is_refused() -> None:
    """From x to y as what it owns, and to y as what it supplies, is one entity in two parts."""
    twice = columns_of(("owns", "x", "y"), ("supplies", "x", "y"), ("supplies", "y", "b"))
    with pytest.raises(ValueError, match="two places"):
        ask(twice, "x", "b")


def test_a_buyer_that_could_be_met_before_is_refused() -> None:
    """To y, which sells on to z for the programme; and to y for the programme."""
    met = columns_of(("supplies", "x", "y"), ("supplies", "y", "z"), programme="p")
    with pytest.raises(ValueError, match="two places"):
        ask(met, "x", "p")
