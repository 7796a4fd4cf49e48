"""The peers do the same work as the kernels: they list the same walks."""

from __future__ import annotations

import importlib
from types import ModuleType
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from graph.dataset import Archive
from graph.paths.kernels.columns import of_dataset
from graph.paths.kernels.list_walks import list_walks
from graph.paths.kernels.prune import prune
from graph.paths.kernels.steps import steps
from graph.paths.kernels.tree import Tree
from graph.paths.kernels.walk_input import Wanted
from tests.bench import big_record, topologies
from tests.bench.peers.question import CARRIED, Question, of_steps

LINKS = 10_000
EVERYTHING = 10**9


class Asked(NamedTuple):
    """A question, and what the kernels answer."""

    table: pa.Table
    question: Question
    tree: Tree


def asked(archive: Archive, exporters: list[str], targets: list[str], hops: int) -> Asked:
    with archive.open() as dataset:
        columns = of_dataset(dataset)
        table = pq.read_table(dataset.file("links"))
    begin, end = columns.numbers(exporters), columns.numbers(targets)
    made = steps(columns, prune(columns, begin, end, hops), end)
    draw = np.random.default_rng(5)
    chance = draw.uniform(0.1, 0.6, len(made.links))
    tree = list_walks(made, begin, wanted=Wanted(EVERYTHING))
    assert tree.whole.all()
    question = of_steps(made, begin, end, chance)
    return Asked(table, question, tree)


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


def test_the_questions_are_worth_asking(layered: Asked, cyclic: Asked) -> None:
    for one in (layered, cyclic):
        assert one.tree.total.sum() > 500
    assert cyclic.tree.cut[:, 0].any()  # round trips


@pytest.mark.parametrize("library", ["networkx", "igraph", "rustworkx"])
def test_the_same_number_of_walks(one: Asked, library: str) -> None:
    module = peer(library)
    made = module.graph(one.question)
    for exporter, total in enumerate(one.tree.total):
        assert module.walks(made, one.question, [exporter]) == total
    every = range(len(one.tree.total))
    assert module.walks(made, one.question, every) == one.tree.total.sum()


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
