"""The peers do the same work as the kernels: the same walks, probabilities, and worlds."""

from __future__ import annotations

import importlib
from types import ModuleType
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from graph.dataset import Archive
from graph.exposure.path_sets.draws import Bits
from graph.exposure.path_sets.reach import count_reached, of_tree
from graph.paths.kernels.columns import of_dataset
from graph.paths.kernels.list_walks import list_walks
from graph.paths.kernels.prune import prune
from graph.paths.kernels.steps import steps
from graph.paths.kernels.tree import Numbers, Tree
from graph.paths.kernels.walk_input import Wanted
from tests.bench import big_record, topologies
from tests.bench.kernels.best import best
from tests.bench.peers.question import CARRIED, Question, of_steps

LINKS = 10_000
WORDS = 5
EVERYTHING = 10**9


class Asked(NamedTuple):
    """A question, and what the kernels answer."""

    table: pa.Table
    question: Question
    bits: Bits
    tree: Tree
    best: dict[tuple[int, int], list[float]]
    counts: Numbers


def asked(archive: Archive, exporters: list[str], targets: list[str], hops: int) -> Asked:
    with archive.open() as dataset:
        columns = of_dataset(dataset)
        table = pq.read_table(dataset.file("links"))
    begin, end = columns.numbers(exporters), columns.numbers(targets)
    made = steps(columns, prune(columns, begin, end, hops), end)
    draw = np.random.default_rng(5)
    chance = draw.uniform(0.1, 0.6, len(made.links))
    drawn = draw.random((len(chance), 64 * WORDS)) < chance[:, None]
    bits = np.packbits(drawn, axis=1, bitorder="little").view(np.uint64)
    tree = list_walks(made, begin, wanted=Wanted(EVERYTHING))
    assert tree.whole.all()
    found: dict[tuple[int, int], list[float]] = {}
    for walk, value in zip(*best(tree, chance, 10), strict=True):
        exporter = int(np.searchsorted(tree.end_first, walk, side="right")) - 1
        target = int(np.searchsorted(end, tree.target[walk]))
        found.setdefault((exporter, target), []).append(float(value))
    question = of_steps(made, begin, end, chance)
    return Asked(table, question, bits, tree, found, count_reached(of_tree(tree, end), bits))


@pytest.fixture(scope="module")
def layered(tmp_path_factory: pytest.TempPathFactory) -> Asked:
    archive = big_record.write(tmp_path_factory.mktemp("big"), LINKS)
    return asked(archive, *big_record.ends(LINKS), 6)


@pytest.fixture(scope="module")
def cyclic(tmp_path_factory: pytest.TempPathFactory) -> Asked:
    """Thirty nodes, each with links to six others: walks meet each other, and come back."""
    draw = np.random.default_rng(2)
    links = np.unique(draw.integers(30, size=(180, 2)), axis=0)
    links = links[links[:, 0] != links[:, 1]]
    exporters = [f"node-{n}" for n in range(6)]
    targets = [f"node-{n}" for n in range(5, 12)]  # one is an exporter too
    topology = topologies.Topology("drawn", links, exporters, targets, 4)
    archive = topologies.write(tmp_path_factory.mktemp("cyclic"), topology)
    return asked(archive, exporters, targets, 4)


@pytest.fixture(params=["layered", "cyclic"])
def one(request: pytest.FixtureRequest) -> Asked:
    found: Asked = request.getfixturevalue(request.param)
    return found


def peer(library: str) -> ModuleType:
    pytest.importorskip(library)
    return importlib.import_module(f"tests.bench.peers.{library}_")


def pairs_of(one: Asked) -> list[tuple[int, int]]:
    shape = len(one.question.sources), one.question.wanted
    return [(x, t) for x in range(shape[0]) for t in range(shape[1])]


def test_the_questions_are_worth_asking(layered: Asked, cyclic: Asked) -> None:
    assert layered.question.bounded
    assert not cyclic.question.bounded
    for one in (layered, cyclic):
        assert one.tree.total.sum() > 500
        assert max(len(values) for values in one.best.values()) == 10
        assert len(np.unique(one.counts)) > 20  # of numbers of worlds
    assert cyclic.tree.cut[:, 0].any()  # round trips


@pytest.mark.parametrize("library", ["networkx", "igraph", "rustworkx"])
def test_the_same_number_of_walks(one: Asked, library: str) -> None:
    module = peer(library)
    made = module.graph(one.question)
    for exporter, total in enumerate(one.tree.total):
        assert module.walks(made, one.question, [exporter]) == total
    every = range(len(one.tree.total))
    assert module.walks(made, one.question, every) == one.tree.total.sum()


@pytest.mark.parametrize(
    ("library", "function"),
    [
        ("networkx", "top"),
        ("networkx", "top_listed"),
        ("igraph", "top"),
        ("igraph", "top_listed"),
        ("rustworkx", "top_listed"),
    ],
)
def test_the_same_best_walks(one: Asked, library: str, function: str) -> None:
    module = peer(library)
    top, made, pairs = getattr(module, function), module.graph(one.question), pairs_of(one)
    if function == "top" and not one.question.bounded:
        with pytest.raises(ValueError, match="no limit of hops"):
            top(made, one.question, pairs)
        return
    found = dict(zip(pairs, top(made, one.question, pairs), strict=True))
    for pair in pairs:
        assert found[pair] == pytest.approx(one.best.get(pair, []), abs=1e-9, rel=0)
    some = max(one.best, key=lambda pair: len(one.best[pair]))
    assert top(made, one.question, [some], 3) == [pytest.approx(one.best[some][:3])]


@pytest.mark.parametrize("library", ["networkx", "igraph", "rustworkx"])
def test_the_same_worlds_one_by_one(one: Asked, library: str) -> None:
    module = peer(library)
    made = module.graph(one.question)
    if library == "rustworkx" and not one.question.bounded:
        with pytest.raises(ValueError, match="no limit of hops"):
            module.all_pairs(made, one.question, one.bits, range(2))
        return
    every = module.all_pairs(made, one.question, one.bits, range(64 * WORDS))
    assert (every == one.counts).all()
    some = sum(module.all_pairs(made, one.question, one.bits, range(n, n + 3)) for n in (0, 3))
    assert (some == module.all_pairs(made, one.question, one.bits, range(6))).all()


@pytest.mark.parametrize(("wide", "rows"), [(64, 100), (2, 4), (1, 1)])
def test_the_same_worlds_at_once(one: Asked, wide: int, rows: int) -> None:
    module = peer("graphblas")
    made = module.graph(one.question)
    found = module.all_pairs(made, one.question, one.bits, range(WORDS), wide, rows)
    assert (found == one.counts).all()
    halves = range(2), range(2, WORDS)
    parts = (module.all_pairs(made, one.question, one.bits, half, wide) for half in halves)
    assert (sum(parts) == one.counts).all()


def test_all_links_become_a_networkx_graph(layered: Asked) -> None:
    made = peer("networkx").from_links(layered.table)
    assert made.number_of_edges() == LINKS
    for row in layered.table.slice(0, 50).to_pylist():
        data = made.edges[row["tail"], row["head"], row["link_id"]]
        assert data == {name: row[name] for name in CARRIED if name != "link_id"}


def test_all_links_become_an_igraph_graph(layered: Asked) -> None:
    made = peer("igraph").from_links(layered.table)
    assert made.ecount() == LINKS
    for edge, row in zip(made.es[:50], layered.table.to_pylist(), strict=False):
        ends = made.vs[edge.source]["name"], made.vs[edge.target]["name"]
        assert ends == (row["tail"], row["head"])
        assert edge.attributes() == {name: row[name] for name in CARRIED}


def test_all_links_become_a_rustworkx_graph(layered: Asked) -> None:
    made = peer("rustworkx").from_links(layered.table)
    assert made.num_edges() == LINKS
    for edge, row in zip(made.weighted_edge_list(), layered.table.to_pylist(), strict=True):
        assert (made[edge[0]], made[edge[1]]) == (row["tail"], row["head"])
        assert edge[2] == tuple(row[name] for name in CARRIED)
