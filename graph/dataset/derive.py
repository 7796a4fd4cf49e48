"""What follows from the records: links from the claims, name keys from the entities."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pyarrow as pa
import pyarrow.parquet as pq

from graph.dataset.engine import BATCH
from graph.model import Entity
from graph.tables import records_of

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Links over the view `claims`, in the columns of `graph.tables.LINKS`.
LINKS_QUERY = """
WITH supporting AS (
    SELECT *, status <> 'withdrawn' AS stands FROM claims WHERE link_id <> ''
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
        min({'f': valid_from, 't': valid_to, 'a': as_of}) FILTER (stands) AS words,
        min(outer_from) AS outer_from,
        min(outer_to) AS outer_to,
        min(inner_from) AS inner_from,
        min(inner_to) AS inner_to,
        min(contract) AS contract,
        min(programme) AS programme,
        bool_or(role = 'subcontractor') FILTER (stands) AS subcontract,
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
ORDER BY tail, head, relation, link_id
"""


def name_batches(entities: Path) -> Iterator[pa.RecordBatch]:
    """Stream the name keys of an entities file, in its order."""
    from graph.names import name_rows  # here: transliteration is needed by writers alone

    with pq.ParquetFile(entities) as file:
        for batch in file.iter_batches(BATCH):
            read = records_of("entities", batch.to_pylist())
            yield name_rows(cast("Sequence[Entity]", list(read)))
