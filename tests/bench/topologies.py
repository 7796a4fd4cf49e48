"""Real networks as records: who voted for whom, which peers knew which, where airlines fly.

None of them is about sales: what is real is their shape, with hubs and cycles, where the big record
stands in layers. Each link becomes a supply between companies, with a root source of its own and
no date. The files are never part of the repository:

- `Wiki-Vote.txt`, `p2p-Gnutella08.txt`, `p2p-Gnutella24.txt`, `p2p-Gnutella31.txt`: lists of links
  from the Stanford Large Network Dataset Collection;
- `routes.dat.txt`, `airports.dat.txt`: OpenFlights (Open Database License).
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from graph.dataset import Archive
from graph.record.model import Claim, Entity, Source
from graph.record.vocabulary import Kind, Relation
from tests.bench.big_record import STATUSES, TYPES

Numbers: TypeAlias = NDArray[np.int64]

SET = "topology"
#: What all of them supply: each supply is tied to the one before it.
PRODUCT = "product"
ROUTES, AIRPORTS = "routes.dat.txt", "airports.dat.txt"

#: File, exporters and as many targets, hops: for some hundred thousand walks. Where nodes have
#: many links, few hops are enough.
CHOSEN = (
    ("Wiki-Vote.txt", 200, 3),
    ("p2p-Gnutella08.txt", 300, 6),
    ("p2p-Gnutella24.txt", 1000, 6),
    ("p2p-Gnutella31.txt", 2000, 6),
    (ROUTES, 200, 3),
)


class Topology(NamedTuple):
    """A network, and what is asked of it.

    Attributes
    ----------
    name : str
        The file's, without its ending.
    links : int64 array (links, 2)
        Tails and heads, as the file numbers them: each pair once, none with itself.
    exporters, targets : list of str
        Entity ids of drawn nodes, none in both. Targets are companies too, so that what leads on
        from them stays.
    max_hops : int
        How long walks may be.
    """

    name: str
    links: Numbers
    exporters: list[str]
    targets: list[str]
    max_hops: int


def topologies(folder: Path, seed: int = 1) -> Iterator[Topology]:
    """Read those of the files that a folder has.

    Parameters
    ----------
    folder : Path
        Where they lie; a folder that does not exist has none.
    seed : int
        Of the draw of exporters and targets.
    """
    for name, ends, hops in CHOSEN:
        if (folder / name).exists():
            links = routes(folder) if name == ROUTES else pairs(folder / name)
            chance = np.random.default_rng(seed)
            tails, heads = (np.unique(side) for side in links.T)
            begin = chance.choice(tails, min(ends, len(tails) // 2), replace=False)
            left = np.setdiff1d(heads, begin)
            end = chance.choice(left, min(ends, len(left)), replace=False)
            exporters, targets = ([_id(node) for node in side.tolist()] for side in (begin, end))
            yield Topology(name.partition(".")[0], links, exporters, targets, hops)


def pairs(file: Path) -> Numbers:
    """Read a list of links: two numbers to a line, with comments that begin with #."""
    return _simple(np.loadtxt(file, np.int64, comments="#", ndmin=2))


def routes(folder: Path) -> Numbers:
    """Read between which airports of the list airlines fly, however many do."""
    known = {row[0] for row in _rows(folder / AIRPORTS)}
    found = [
        (int(row[3]), int(row[5]))
        for row in _rows(folder / ROUTES)
        if row[3] in known and row[5] in known
    ]
    return _simple(np.array(found, np.int64).reshape(-1, 2))


def write(folder: Path, topology: Topology, seed: int = 1) -> Archive:
    """Write a version with a network as its record.

    Parameters
    ----------
    folder : Path
        The data folder.
    topology : Topology
        The network.
    seed : int
        Of the draw of what kind each source is, and of how each claim stands.
    """
    chance = np.random.default_rng(seed)
    types, statuses = (
        chance.integers(len(of), size=len(topology.links)).tolist() for of in (TYPES, STATUSES)
    )
    archive = Archive(folder)
    with archive.writer() as writer:
        writer.add("entities", map(_entity, np.unique(topology.links).tolist()))
        writer.add("entities", [Entity(set=SET, id=PRODUCT, kind=Kind.PRODUCT, name="Product")])
        writer.add("sources", (_source(n, type_) for n, type_ in enumerate(types)))
        writer.add("claims", _claims(topology.links, statuses))
        writer.publish()
    return archive


def _simple(links: Numbers) -> Numbers:
    return np.unique(links[links[:, 0] != links[:, 1]], axis=0)


def _rows(file: Path) -> Iterator[list[str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        yield from csv.reader(lines)


def _id(node: int) -> str:
    return f"node-{node}"


def _entity(node: int) -> Entity:
    return Entity(set=SET, id=_id(node), kind=Kind.COMPANY, name=f"Node {node}")


def _source(number: int, type_: int) -> Source:
    return Source(
        set=SET, id=f"s{number}", title=f"Report {number}", publisher="A medium", type=TYPES[type_]
    )


def _claims(links: Numbers, statuses: list[int]) -> Iterator[Claim]:
    for number, (tail, head) in enumerate(links.tolist()):
        yield Claim(
            set=SET,
            id=f"c{number}",
            subject=_id(tail),
            relation=Relation.SUPPLIES,
            object=_id(head),
            status=STATUSES[statuses[number]],
            sources=(f"s{number}",),
            product=PRODUCT,
        )
