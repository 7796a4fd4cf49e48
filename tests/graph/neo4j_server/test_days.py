"""Days in the rows of the graph are those of the model."""

from __future__ import annotations

from datetime import date
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from graph.neo4j_server.schema import CLAIM, ENTITY
from graph.paths.kernels.columns import of_tables
from graph.record import dates
from graph.record.model import Claim
from graph.record.tables import LINKS, batch_of
from tests.contract.rows import claim, entity
from tests.graph.neo4j_server.test_rows import by_id, day, dicts, rows_with
from tests.graph.record.strategies import DATES, records
from tests.tools.examples import at_most


@pytest.mark.parametrize(
    ("founded", "dissolved", "first", "last"),
    [
        ("1998", "2017", "1998-01-01", "2017-12-31"),
        ("1998-02", "2016-02", "1998-02-01", "2016-02-29"),
        ("2000-01-31", "2001/2002-04", "2000-01-31", "2002-04-30"),
        ("1999/2001", "", "1999-01-01", None),
        ("", "9999", None, "9999-12-31"),
    ],
)
def test_first_and_last_days(founded: str, dissolved: str, first: Any, last: Any) -> None:
    with rows_with(entity("x", founded=founded, dissolved=dissolved)) as rows:
        row = by_id(rows, ENTITY)["x"]
    assert (row["founded_first"] and str(row["founded_first"])) == first
    assert (row["dissolved_last"] and str(row["dissolved_last"])) == last


@settings(max_examples=at_most(40))
@given(st.just("") | DATES, st.just("") | DATES)
@example("9999", "0001")
def test_the_life_of_any_entity(founded: str, dissolved: str) -> None:
    """In the model, in SQL and in the columns of the kernels."""
    made = entity("x", founded=founded, dissolved=dissolved)
    with rows_with(made) as rows:
        row = by_id(rows, ENTITY)["x"]
    first, last = row["founded_first"] or date.min, row["dissolved_last"] or date.max
    assert made.life == (first.toordinal(), last.toordinal())
    columns = of_tables(LINKS.empty_table(), pa.Table.from_batches([batch_of("entities", [made])]))
    assert made.life == (columns.born[0], columns.died[0])


@given(records("claims"))
@example(claim("c", "a", "owns", "b", valid_to="0001-01-01"))
@example(claim("c", "a", "owns", "b", valid_from="9999-12-31"))
@settings(max_examples=at_most(40))
def test_days_of_any_claim(made: Claim) -> None:
    with rows_with(made) as rows:
        [row] = dicts(rows, CLAIM)
    outer, inner = made.readings
    assert row["outer_from"] == (None if outer.first == dates.EARLIEST else day(outer.first))
    assert row["outer_to"] == (None if outer.last == dates.LATEST else day(outer.last))
    assert row["inner_empty"] == (not inner)
    if inner:
        assert row["inner_from"] == (None if inner.first == dates.EARLIEST else day(inner.first))
        assert row["inner_to"] == (None if inner.last == dates.LATEST else day(inner.last))
    else:
        assert row["inner_from"] is row["inner_to"] is None
    written = made.valid_from or made.valid_to or made.as_of
    assert row["date_precision"] == dates.precision(written)
