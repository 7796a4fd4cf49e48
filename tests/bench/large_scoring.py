"""What a large record takes, stage by stage: `python -m tests.bench.large_scoring FOLDER LINKS`.

Each stage takes what the one before it made. Run as a process of its own, it tells what the whole
takes in memory; a bench that measures others beside it takes the same stages one by one.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from graph.dataset import Archive
from graph.exposure.path_sets.draws import Bits, Draws
from graph.exposure.path_sets.reach import States, count_reached, of_tree
from graph.network.build import of_links
from graph.paths.kernels.columns import Codes, Columns, of_dataset
from graph.paths.kernels.list_walks import list_walks_of, walk_input_of
from graph.paths.kernels.prune import prune
from graph.paths.kernels.steps import Steps, steps
from graph.paths.kernels.tree import Tree, spelled
from graph.paths.kernels.walk_input import Numbers, WalkInput, Wanted
from graph.probability.exact import Exact, OverBudgetError
from graph.probability.methods import LinkProbabilities
from graph.probability.monte_carlo import WORDS
from graph.probability.reference import Event
from graph.stores import open_store
from tests.bench.big_record import ends
from tests.bench.measure import ROOT, peak, timed

ALL = 10**9  # beginnings of walks: no budget
THREADS = min(os.cpu_count() or 1, 8)
COPIED = 2**26  # numbers, 512 MB: what memory gives


class Ready(NamedTuple):
    """A record whose walks can be asked for: the index of the warm rows."""

    exporters: Codes
    targets: Codes
    steps: Steps
    ground: WalkInput
    begin: Numbers


class Chances(NamedTuple):
    """What the links of `Ready.steps` can be worth."""

    weighed: LinkProbabilities
    event: Event
    ids: list[str]
    alone: NDArray[np.float64]


def ready(
    columns: Columns, exporters: Iterable[str], targets: Iterable[str], max_hops: int = 6
) -> Ready:
    """Prune a record to what lies on walks from its exporters to its targets."""
    begin, end = columns.numbers(exporters), columns.numbers(targets)
    made = steps(columns, prune(columns, begin, end, max_hops), end)
    starts = np.array([made.start(int(one)) for one in begin], np.int64)
    return Ready(begin, end, made, walk_input_of(made), starts)


def all_walks(of: Ready) -> Tree:
    """List every admissible walk."""
    return list_walks_of(of.ground, of.begin, Wanted(ALL), THREADS)


def draws(found: Chances) -> Bits:
    """Draw the worlds of all links."""
    return Draws(found.event, found.ids).bits(WORDS, threads=THREADS)


def chances(archive: Archive, columns: Columns, of: Ready) -> Chances:
    """Read the evidence on the links of the walks."""
    ids = columns.link_ids.take(of.steps.links).to_pylist()
    with open_store(archive) as store:
        weighed = LinkProbabilities(of_links(store, store.links(ids)))
    event = weighed.chances().event
    return Chances(weighed, event, ids, np.array([weighed.most[one] for one in ids]))


def by_pair(tree: Tree, ids: list[str]) -> dict[tuple[int, int], list[frozenset[str]]]:
    """Write out the walks of each exporter and target, by their numbers."""
    starts, links = spelled(tree)
    owner = np.repeat(np.arange(len(tree.total)), np.diff(tree.end_first)).tolist()
    found = defaultdict(list)
    for walk, (exporter, target) in enumerate(zip(owner, tree.target.tolist(), strict=True)):
        used = links[starts[walk] : starts[walk + 1]].tolist()
        found[exporter, target].append(frozenset(ids[one] for one in used))
    return found


def solved(event: Event, pairs: dict[tuple[int, int], list[frozenset[str]]]) -> int:
    """Score pairs exactly, and count those for which the budget is enough."""
    exact, number = Exact(event), 0
    for walks in pairs.values():
        try:
            exact.chance(walks)
        except OverBudgetError:
            continue
        number += 1
    return number


def distance(states: States, bits: Bits, took: float) -> float:
    """Tell how many times more a second copying memory moves than the pass over the states did."""
    ways, held = len(states.link), len(states.end)
    moved = 8 * bits.shape[1] * (3 * ways + held)
    one = np.ones(COPIED)
    other = np.empty_like(one)
    copying, _ = timed(lambda: np.copyto(other, one))
    return (2 * one.nbytes / copying) / (moved / took)


def measured(folder: Path, links: int) -> dict[str, Any]:
    """Take all stages of a record in a process of its own.

    Returns
    -------
    dict
        `seconds` by stage; `peak` bytes; `walks`, `pairs`, `solved`, how many there are;
        `distance`, from copying memory.
    """
    command = [sys.executable, "-m", "tests.bench.large_scoring", str(folder), str(links)]
    done = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE)
    return dict(msgspec.json.decode(done.stdout))


def main() -> None:
    """Take all stages of a record, and print what each took, and the whole in memory."""
    archive, links = Archive(Path(sys.argv[1])), int(sys.argv[2])
    took: dict[str, float] = {}
    took["read"], columns = timed(lambda: of_dataset(archive.open()))
    took["prune"], of = timed(lambda: ready(columns, *ends(links)))
    took["walk"], tree = timed(lambda: all_walks(of))
    took["evidence"], found = timed(lambda: chances(archive, columns, of), 1)
    states = of_tree(tree, of.targets)
    took["draw"], bits = timed(lambda: draws(found))
    took["reach"], _ = timed(lambda: count_reached(states, bits))
    pairs = by_pair(tree, found.ids)
    took["solve"], exactly = timed(lambda: solved(found.event, pairs), 1)
    within = peak()
    said = {
        "seconds": took,
        "peak": within,
        "steps": len(of.steps.after),
        "walks": len(tree.node),
        "pairs": len(pairs),
        "solved": exactly,
        "distance": distance(states, bits, took["reach"]),
    }
    sys.stdout.buffer.write(msgspec.json.encode(said) + b"\n")


if __name__ == "__main__":
    main()
