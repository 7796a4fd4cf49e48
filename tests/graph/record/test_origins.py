"""The chain of origins: Python and SQL agree on the roots."""

from __future__ import annotations

from typing import Any

import duckdb
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.record.merge import merged, merged_rows
from graph.record.model import Claim, Source
from graph.record.origins import claim_roots, origins_in, roots, roots_of
from graph.record.tables import batch_of
from tests.contract.rows import claim, source

CHAIN = {"echo": "article", "article": "report"}.get


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({"sources": ("report",)}, ("report",)),
        ({"sources": ("echo",)}, ("report",)),
        ({"sources": ("echo", "article", "report")}, ("report",)),
        ({"sources": ("echo", "ruling")}, ("report", "ruling")),
        # the row's own origin overrides its sources'
        ({"sources": ("echo",), "origin": ("ruling",)}, ("ruling",)),
        ({"sources": ("ruling",), "origin": ("echo", "article")}, ("report",)),
        ({"sources": ("echo",), "origin": ("zz", "ruling")}, ("ruling", "zz")),
    ],
)
def test_roots(fields: dict[str, Any], found: tuple[str, ...]) -> None:
    assert roots_of(claim("c", "x", "says", **fields), CHAIN) == found


def test_origins_that_go_round_have_one_root_from_everywhere() -> None:
    ring = {"a": "b", "b": "c", "c": "a"}
    for start in ring:
        assert roots_of(claim("c", "x", "says", sources=(start,)), ring.get) == ("a",)


NUMBERS = st.integers(0, 11)


@st.composite
def chains(draw: st.DrawFn) -> list[Source]:
    """Sources of two sets, each of which relays an earlier one, or none."""
    return [
        source(f"s{number}", set=set_, origin=f"s{before}" if before < number else "")
        for number in range(12)
        for set_ in draw(st.sampled_from(["x", "y", "xy"]))
        for before in [draw(NUMBERS)]
    ]


def claims() -> st.SearchStrategy[list[Claim]]:
    ids = st.lists(NUMBERS.map("s{}".format), min_size=1, max_size=3).map(tuple)
    fields: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
        {"sources": ids, "origin": st.just(()) | ids}
    )
    return st.lists(fields, min_size=1, max_size=5).map(
        lambda some: [claim(f"c{i}", "x", "says", **row) for i, row in enumerate(some)]
    )


@given(chains(), claims())
def test_any_chains(sources: list[Source], some: list[Claim]) -> None:
    origin = origins_in(merged(sources))
    with duckdb.connect() as connection:
        for table, rows in {"sources": sources, "claims": some}.items():
            batch = batch_of(table, rows)  # type: ignore[arg-type]
            connection.from_arrow(pa.Table.from_batches([batch])).create(table)
        found = connection.execute(claim_roots(roots(merged_rows("sources")))).fetchall()
    assert sorted(found) == sorted((c.id, root) for c in some for root in roots_of(c, origin))
