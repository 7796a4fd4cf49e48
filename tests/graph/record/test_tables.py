"""Records as Arrow and Parquet: nothing is lost on the way there and back."""

from __future__ import annotations

import hashlib
import io

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.record import ids
from graph.record.model import RECORDS, AnyRecord, Claim
from graph.record.tables import LINKS, NAMES, SCHEMAS, batch_of, records_of
from graph.record.vocabulary import Relation, Stance
from tests.graph.dataset.records import made
from tests.graph.record.strategies import records

LISTS = st.sampled_from(sorted(RECORDS)).flatmap(
    lambda table: st.tuples(st.just(table), st.lists(records(table), max_size=4))
)


@given(LISTS)
def test_any_records_survive_parquet(pair: tuple[str, list[AnyRecord]]) -> None:
    table, some = pair
    file = io.BytesIO()
    pq.write_table(pa.Table.from_batches([batch_of(table, some)]), file, compression="zstd")
    read = pq.read_table(file)
    assert read.schema == SCHEMAS[table]
    assert list(records_of(table, read.to_pylist())) == some
    assert read["digest"].to_pylist() == [ids.digest(table, record) for record in some]


@given(LISTS)
def test_what_was_read_is_written_the_same(pair: tuple[str, list[AnyRecord]]) -> None:
    table, some = pair
    batch = batch_of(table, some)
    assert batch_of(table, list(records_of(table, batch.to_pylist()))) == batch


@given(records("claims"))
def test_days_and_link_of_a_claim_stand_beside_it(claim: Claim) -> None:
    (row,) = batch_of("claims", [claim]).to_pylist()
    outer, inner = claim.readings
    assert (row["outer_from"], row["outer_to"]) == outer
    assert (row["inner_from"], row["inner_to"]) == inner
    linked = claim.relation is not Relation.SAYS and claim.stance is Stance.SUPPORTS
    assert row["link_id"] == (ids.link_id(claim) if linked else "")


@pytest.mark.parametrize("table", RECORDS)
def test_no_records_are_a_batch_as_well(table: str) -> None:
    assert batch_of(table, []).schema == SCHEMAS[table]


def test_numbers_are_exact_text() -> None:
    claim = made("claims", id="c", strength=0.1, share=12.50, value="1234567890123456789.10")
    (row,) = batch_of("claims", [claim]).to_pylist()
    assert (row["strength"], row["share"]) == ("0.1", "12.5")
    assert row["value"] == "1234567890123456789.1"


def test_the_schema_number_rises_with_the_schemas() -> None:
    """Versions on users' disks are read by it: raise ids.SCHEMA, then mend this test."""
    named = [*SCHEMAS.items(), ("links", LINKS), ("names", NAMES)]
    columns = [f"{table}.{f.name}: {f.type}" for table, schema in named for f in schema]
    found = hashlib.sha256("\n".join(columns).encode()).hexdigest()
    assert (ids.SCHEMA, found[:16]) == (2, "02939a1f49d0bb04")
