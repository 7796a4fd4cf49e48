"""A record's links as columns of numbers."""

from __future__ import annotations

import pyarrow as pa

from graph.paths.kernels import columns as columns_
from tests.graph.paths.kernels.test_list_walks import network_of


def test_of_several_rows_of_an_entity_the_first_counts() -> None:
    network = network_of(7, claims=30)
    plain = columns_.of_network(network)
    entities = pa.table(
        {
            "id": plain.entities,
            "kind": [str(columns_.KINDS[number]) for number in plain.kind],
            "founded": [""] * len(plain.entities),
            "dissolved": [""] * len(plain.entities),
        }
    )
    others = entities.set_column(2, "founded", pa.array(["2000"] * len(entities)))
    rows = pa.table(
        {
            "link_id": plain.link_ids,
            "relation": [str(columns_.RELATIONS[number]) for number in plain.relation],
            **{
                name: ["" if number < 0 else plain.entities[int(number)].as_py() for number in end]
                for name, end in zip(("tail", "head", "programme"), plain.ends, strict=True)
            },
            **dict.fromkeys(("contract", "product"), [""] * len(plain.link_ids)),
            **dict(
                zip(("outer_from", "outer_to", "inner_from", "inner_to"), plain.days, strict=True)
            ),
        }
    )
    both = pa.concat_tables([entities.slice(0, 3), others, entities.slice(3)])
    twice = columns_.of_tables(rows, pa.concat_tables([entities, others]))
    mixed = columns_.of_tables(rows, both)
    once = columns_.of_tables(rows, entities)
    for columns in (twice, mixed):
        assert columns.entities.equals(once.entities)
        assert (columns.ends == once.ends).all()
    assert (twice.born == once.born).all()
    assert (mixed.born == once.born).tolist() == [True] * 3 + [False] * (len(entities) - 3)
