"""The same answer to the last bit: in any process, by any number of threads, in any order of rows.

An answer is all scores, an explanation, a ranking and sampled worlds, as bytes of JSON.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys

import msgspec
import numpy as np
import pytest

from graph.exposure.engine import exposure, scores
from graph.exposure.explain import explain
from graph.exposure.path_sets import collect
from graph.exposure.path_sets.draws import Draws
from graph.exposure.path_sets.reach import count_reached, of_tree
from graph.exposure.rankings import By, ranking
from graph.network.build import Network, from_records
from graph.paths.kernels import columns as columns_
from graph.paths.kernels.list_walks import list_walks_of, walk_input_of
from graph.paths.kernels.prune import prune
from graph.paths.kernels.steps import steps
from graph.paths.kernels.walk_input import Wanted
from graph.paths.question import Question
from graph.probability.methods import LinkProbabilities
from tests.graph.random_records import random_record

SEEDS = range(12)
BY: tuple[By, ...] = ("end-users", "programmes")


def network_of(seed: int, order: int) -> Network:
    record = random_record(seed, claims=20)
    rng = random.Random(order)
    return from_records(*record.shuffled(rng))


def answered(seed: int, order: int = 0, plain: int = collect.PLAIN) -> bytes:
    """What a record answers, its rows in some order, by the plain search or by the kernels."""
    network = network_of(seed, order)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(collect, "PLAIN", plain)
        found_scores = list(scores(network))
    return msgspec.json.encode(
        {
            "scores": found_scores,
            "sampled": exposure(network, Question.between("c0", "b0"), method="worlds"),
            "explained": explain(network, Question.between("c0", "b0")),
            "ranked": [ranking(network, by) for by in BY],
        },
        order="deterministic",  # sets of links are sorted
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_in_any_order_of_rows_and_by_either_search(seed: int) -> None:
    first = answered(seed)
    assert [answered(seed, order) for order in (1, 2, 3)] == [first] * 3
    assert answered(seed, 4, plain=0) == first


@pytest.mark.slow
def test_in_any_process() -> None:
    here = b"".join(answered(seed) for seed in SEEDS)
    assert len(here) > 10_000
    code = (
        "import sys\n"
        "from tests.graph.exposure.test_determinism import SEEDS, answered\n"
        "for seed in SEEDS:\n"
        "    sys.stdout.buffer.write(answered(seed, order=seed + 5, plain=int(sys.argv[1])))\n"
    )
    for hashing, plain, threads in (("1", "0", "1"), ("2", "3000", "3")):
        there = subprocess.run(
            [sys.executable, "-c", code, plain],
            env=os.environ
            | {"PYTHONHASHSEED": hashing, "PYTHONPATH": ".", "NUMBA_NUM_THREADS": threads},
            check=True,
            capture_output=True,
        ).stdout
        assert there == here


@pytest.mark.parametrize("seed", SEEDS)
def test_by_any_number_of_threads(seed: int) -> None:
    def arrays(order: int, threads: int, block: int) -> list[bytes]:
        network = network_of(seed, order)
        columns = columns_.of_network(network)
        every = columns.numbers(network)
        made = steps(columns, prune(columns, every, every), every)
        begin = np.array([made.start(int(exporter)) for exporter in every], np.int64)
        tree = list_walks_of(walk_input_of(made), begin, Wanted(10**9), threads)
        ids = columns.link_ids.take(made.links).to_pylist()
        draws = Draws(LinkProbabilities(network).chances().event, ids)
        states = of_tree(tree, every)
        counted = sum(
            count_reached(states, draws.bits(min(block, 40 - first), first, threads), threads)
            for first in range(0, 40, block)
        )
        return [*(part.tobytes() for part in tree), np.asarray(counted).tobytes()]

    first = arrays(0, 1, 40)
    for order, threads, block in ((1, 1, 7), (2, 2, 40), (3, 3, 16), (4, 8, 1)):
        assert arrays(order, threads, block) == first
