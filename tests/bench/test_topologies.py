"""Real networks become records: each pair of different ends one supply."""

from __future__ import annotations

from pathlib import Path

from graph.paths.kernels.columns import of_dataset
from graph.paths.kernels.list_walks import list_walks
from graph.paths.kernels.prune import prune
from graph.paths.kernels.steps import steps
from graph.stores import open_store
from tests.bench.topologies import topologies, write

PEERS = """\
# Directed graph: of our own making
# FromNodeId\tToNodeId
1\t2
2\t3
3\t1
1\t2
2\t2
3\t4
"""
AIRPORTS = """\
10,"One, North","A","B","AAA"
20,"Two","A","B","BBB"
30,"Three","A","B","CCC"
"""
ROUTES = """\
XX,1,AAA,10,BBB,20,,0,CR2
YY,2,AAA,10,BBB,20,,0,CR2
XX,1,BBB,20,AAA,10,,0,CR2
XX,1,BBB,20,CCC,30,,0,CR2
XX,1,CCC,30,DDD,40,,0,CR2
XX,1,CCC,30,DDD,\\N,,0,CR2
"""


def folder(room: Path) -> Path:
    (room / "p2p-Gnutella08.txt").write_text(PEERS, "utf-8")
    (room / "airports.dat.txt").write_text(AIRPORTS, "utf-8")
    (room / "routes.dat.txt").write_text(ROUTES, "utf-8")
    return room


def test_files_are_read_that_are_there(tmp_path: Path) -> None:
    assert list(topologies(tmp_path / "nowhere")) == []
    peers, flights = topologies(folder(tmp_path))
    assert (peers.name, flights.name) == ("p2p-Gnutella08", "routes")
    assert peers.links.tolist() == [[1, 2], [2, 3], [3, 1], [3, 4]]
    assert flights.links.tolist() == [[10, 20], [20, 10], [20, 30]]


def test_the_ends_are_drawn_by_the_seed(tmp_path: Path) -> None:
    folder(tmp_path)
    drawn = {seed: next(topologies(tmp_path, seed)) for seed in range(9)}
    for seed, one in drawn.items():
        assert set(one.exporters) < {"node-1", "node-2", "node-3"}
        assert one.targets
        assert not set(one.exporters) & set(one.targets)
        assert next(topologies(tmp_path, seed)).exporters == one.exporters
    assert len({tuple(one.exporters) for one in drawn.values()}) > 1


def test_a_network_is_a_record(tmp_path: Path) -> None:
    peers = next(topologies(folder(tmp_path)))
    archive = write(tmp_path / "data", peers)
    with open_store(archive) as store:
        claims = store.claims([f"c{n}" for n in range(4)])
        assert [len(claim.sources) for claim in claims.values()] == [1] * 4
        assert len({claim.sources for claim in claims.values()}) == 4
        sources = store.sources([f"s{n}" for n in range(4)])
        assert not any(source.origin for source in sources.values())
    with archive.open() as dataset:
        columns = of_dataset(dataset)
    begin, end = columns.numbers(["node-1"]), columns.numbers(["node-3", "node-4"])
    tree = list_walks(steps(columns, prune(columns, begin, end), end), begin)
    assert tree.total.tolist() == [2]  # 1 2 3, and 1 2 3 4; not 1 2 3 1 2 3
