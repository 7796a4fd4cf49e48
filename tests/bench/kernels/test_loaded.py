"""A record in memory answers as a store does that reads all its links."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from graph.exposure.explain import explain
from graph.paths.question import Question
from graph.paths.subgraph import of_store
from graph.stores import open_store
from tests.bench.kernels.loaded import Loaded
from tests.contract.conftest import publish
from tests.graph.random_records import random_record


@pytest.mark.parametrize("seed", range(12))
def test_explanations_are_those_of_the_whole_record(tmp_path: Path, seed: int) -> None:
    record = random_record(seed, claims=24)
    archive = publish(tmp_path, (*record.entities, *record.sources, *record.claims))
    with open_store(archive) as store, archive.open() as dataset:
        loaded = Loaded(store, dataset)
        for exporter, target in (("c0", "p0"), ("c0", "b0"), ("c1", "c2"), ("c1", "nobody")):
            question = Question.between(exporter, target, max_hops=4)
            whole, part = of_store(store, question), loaded.network(question)
            if target not in whole or exporter not in whole:
                continue
            found, wanted = (explain(one, question) for one in (part, whole))
            for reason, number in wanted.left_out.items():
                assert found.left_out[reason] >= number
            assert replace(found, left_out={}) == replace(wanted, left_out={})
