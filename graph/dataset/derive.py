"""Tables derived from the records: links from the claims, name keys from the entities."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pyarrow as pa
import pyarrow.parquet as pq

from graph.dataset.engine import BATCH, batches, read_parquet
from graph.record.model import Entity
from graph.record.tables import LINKS, records_of
from graph.record.vocabulary import Form
from graph.record.vocabulary.statuses import STANDS

if TYPE_CHECKING:
    import duckdb


_LASTING = ", ".join(f"'{form}'" for form in Form if form.entry.lasts)

# Over the view `claims`, for the links with ids from $low to below $high.
_LINKS = f"""
WITH supporting AS (
    SELECT *, {STANDS} AS stands FROM claims
    WHERE link_id >= $low AND link_id < $high
),
refuting AS (
    SELECT answered.link_id, list(DISTINCT answer.id) AS ids
    FROM claims AS answer JOIN supporting AS answered ON answered.id = answer.about
    WHERE answer.stance = 'refutes'
    GROUP BY answered.link_id
),
links AS (
    SELECT
        link_id,
        min(relation) AS relation,
        min(CASE relation WHEN 'same_as' THEN least(subject, object) ELSE subject END) AS tail,
        min(CASE relation WHEN 'same_as' THEN greatest(subject, object) ELSE object END) AS head,
        -- the rows agree in days, not in spelling: one row's words, always the same one's
        min({{'f': valid_from, 't': valid_to, 'a': as_of}}) FILTER (stands) AS words,
        min(outer_from) AS outer_from,
        min(outer_to) AS outer_to,
        min(inner_from) AS inner_from,
        min(inner_to) AS inner_to,
        min(contract) AS contract,
        min(programme) AS programme,
        min(product) AS product,
        min(relation) = 'supplies' AND bool_and(form IN ({_LASTING})) AS lasting,
        list(DISTINCT status) AS statuses,
        list(DISTINCT id) FILTER (stands) AS claim_ids,
        list(DISTINCT id) FILTER (NOT stands) AS withdrawn_ids
    FROM supporting
    GROUP BY link_id
    HAVING bool_or(stands)
)
SELECT
    links.* EXCLUDE (words, statuses, claim_ids, withdrawn_ids),
    words.f AS valid_from,
    words.t AS valid_to,
    words.a AS as_of,
    list_sort(statuses) AS statuses,
    list_sort(claim_ids) AS claim_ids,
    list_sort(coalesce(withdrawn_ids, [])) AS withdrawn_ids,
    list_sort(coalesce(refuting.ids, [])) AS refuting_ids
FROM links LEFT JOIN refuting USING (link_id)
ORDER BY link_id
"""  # noqa: S608 - made of the vocabulary

#: Claims whose links are derived at a time: grouping more of them would no longer fit in memory.
PART = 250_000


def link_batches(
    connection: duckdb.DuckDBPyConnection, claims: Path, part: int = PART
) -> Iterator[pa.RecordBatch]:
    """Stream the links of a claims file, by id.

    Link ids are hashes, so that equal stretches of them hold equal numbers of claims.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        Of the build.
    claims : Path
        The file of the claims.
    part : int
        About how many claims are taken at a time.
    """
    read_parquet(connection, claims).create_view("claims")
    parts = min(pq.read_metadata(claims).num_rows // part + 1, 16**4)
    bounds = [f"l-{16**4 * i // parts:04x}" for i in range(parts)] + ["l-g"]
    for low, high in pairwise(bounds):
        yield from batches(connection.sql(_LINKS, params={"low": low, "high": high}), LINKS)


def name_batches(entities: Path) -> Iterator[pa.RecordBatch]:
    """Stream the name keys of an entities file, in its order."""
    from graph.record.names import name_rows  # here: transliteration is needed by writers alone

    with pq.ParquetFile(entities) as file:
        for batch in file.iter_batches(BATCH):
            records = records_of("entities", batch.to_pylist())
            yield name_rows(cast("Sequence[Entity]", list(records)))
