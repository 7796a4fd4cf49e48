"""The rule for rows of one id in several sets: Python and SQL agree."""

from __future__ import annotations

from typing import Any

import duckdb
import msgspec
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.record.merge import SHARED, merged, merged_rows
from graph.record.model import AnyRecord
from graph.record.tables import batch_of, records_of
from tests.graph.record.strategies import records


def merged_by_sql(table: str, rows: list[AnyRecord], *, several: bool) -> dict[str, AnyRecord]:
    with duckdb.connect() as connection:
        connection.from_arrow(pa.Table.from_batches([batch_of(table, rows)])).create(table)
        found = connection.sql(merged_rows(table, several=several)).to_arrow_table().to_pylist()
    assert all(row["_set"] == sorted(row["_set"]) for row in found)
    made: list[Any] = list(records_of(table, ({**row, "set": row["_set"][0]} for row in found)))
    return {record.id: record for record in made}


@pytest.mark.parametrize("table", SHARED)
@given(data=st.data())
def test_any_rows_of_several_sets(table: str, data: st.DataObject) -> None:
    keys = st.tuples(st.sampled_from("abcé天"), st.sampled_from("xy"))
    made: dict[tuple[str, str], Any] = data.draw(
        st.dictionaries(keys, records(table), min_size=1, max_size=8)
    )
    rows = [msgspec.structs.replace(row, set=set_, id=id_) for (set_, id_), row in made.items()]
    wanted: dict[str, AnyRecord] = merged(rows)
    assert merged_by_sql(table, rows, several=True) == wanted
    if len(wanted) == len(rows):
        assert merged_by_sql(table, rows, several=False) == wanted
