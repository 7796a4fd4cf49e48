"""Scoring: the exact method beside the plain reference on the same questions, and a whole record.

What either does first is shared: the network, the walks, the latents. Numbers have to be equal.
"""

from __future__ import annotations

import time
from pathlib import Path

from graph.exposure.engine import scores
from graph.exposure.path_sets.collect import path_sets_by_target
from graph.paths.subgraph import of_store
from graph.probability.exact import Exact
from graph.probability.methods import LinkProbabilities
from graph.probability.reference import chance
from graph.stores import open_store
from tests.bench.large_graph import write
from tests.bench.measure import Figure

SMALL, LARGE = 2_000, 20_000


def figures(room: Path) -> list[Figure]:
    with open_store(write(room / "small", SMALL // 2, SMALL)) as store:
        network = of_store(store)
    weighed = LinkProbabilities(network)
    event = weighed.chances().event
    questions = [
        joined.walks
        for _, by_target in path_sets_by_target(network, weighed=weighed)
        for joined in by_target.values()
    ]
    begin = time.process_time()
    plain = [chance(event, walks) for walks in questions]
    middle = time.process_time()
    exact = Exact(event)
    factored = [exact.chance(walks) for walks in questions]
    end = time.process_time()
    assert plain == factored
    with open_store(write(room / "large", LARGE // 2, LARGE)) as store:
        network = of_store(store)
    began = time.process_time()
    found = list(scores(network))
    took = time.process_time() - began
    solved = sum(score.method == "exact" for score in found) / len(found)
    return [
        Figure(
            f"{len(questions):,} scores of {SMALL:,} links: exact, as a part of the reference",
            (end - middle) / (middle - begin),
            "×",
            1,
        ),
        Figure(
            f"all {len(found):,} scores of {LARGE:,} links, with walks and bands", took, "s of CPU"
        ),
        Figure("of these not solved exactly", 100 * (1 - solved), "%", 1),
    ]
