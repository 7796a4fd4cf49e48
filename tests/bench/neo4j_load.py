"""A Neo4j server filled, filled again and read back, beside plain loops that do the same.

The plain loop is what one would write by hand: the constraints, then UNWIND and MERGE in batches of
the best of three sizes, label by label and type by type, by the same driver.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from graph.dataset import Archive
from graph.neo4j_server import read, writing
from graph.neo4j_server.connection import Connection
from graph.neo4j_server.load import load_version
from graph.neo4j_server.local import run
from graph.neo4j_server.local.home import USER, Home
from graph.neo4j_server.rows import DIGITS, VersionRows, rows_of
from graph.neo4j_server.schema import LABELS, NODES, TABLES
from graph.neo4j_server.shape import NodeLabel, RelationshipType
from graph.record.vocabulary import Kind
from graph.settings import Settings
from tests.bench.large_graph import write
from tests.bench.measure import Figure
from tests.tools.ports import free_ports

ENTITIES, LINKS = 200_000, 400_000
SAMPLE = 20
SIZES = (1_000, 10_000, 50_000)
MEMORY = "2g"


def figures(room: Path) -> list[Figure]:
    """Measure in an empty folder."""
    sample = write(room / "sample", ENTITIES // SAMPLE, LINKS // SAMPLE)
    whole = write(room / "whole", ENTITIES, LINKS)
    best = min(SIZES, key=lambda size: _plain(room / f"plain-{size}", sample, size)[0])
    plain, frame = _plain(room / "plain", whole, best)
    what = f"{ENTITIES:,} entities, {LINKS:,} links"
    found = []
    with _server(room / "ours") as connection, whole.open() as dataset:
        notes = room / "notes.json"

        def fill() -> None:
            load_version(connection, dataset, notes=notes)

        first, again = _timed(fill), _timed(fill)
        back = _timed(lambda: [read.read_table(connection, table) for table in TABLES])
        connection.write("CREATE (:Note {text: 'made by hand'})")
        compared = _timed(fill)
        found += [
            Figure(f"Neo4j, {what}: first load", first, "s"),
            Figure(f"as a multiple of a plain loop in batches of {best:,}", first / plain, "×", 1),
            Figure("loaded again, unchanged, as a part of the first", again / first, "×", 0.1),
            Figure("the same after a note by hand: all rows compared", compared / first, "×"),
            Figure(
                "read back, as a multiple of MATCH … RETURN into data frames", back / frame, "×", 1
            ),
        ]
    return found


def _plain(folder: Path, archive: Archive, size: int) -> tuple[float, float]:
    """Seconds to fill a new server by a plain loop, and to read it into data frames."""
    with _server(folder) as connection, archive.open() as dataset, rows_of(dataset) as rows:
        loaded = _timed(lambda: _loop(connection, rows, archive.current(), size))
        return loaded, _timed(lambda: _frames(connection))


def _loop(connection: Connection, rows: VersionRows, version: str, size: int) -> None:
    connection.make(writing.constraints())
    for table in TABLES:
        for batch in rows.batches(table, size):
            made = [
                {name: value for name, value in row.items() if value is not None}
                for row in batch.to_pylist()
            ]
            for row in made:
                row["_v"] = version[:DIGITS]
            if isinstance(table, RelationshipType):
                connection.write(
                    f"UNWIND $rows AS r MATCH (a:{table.tail} {{id: r.tail}}) "
                    f"MATCH (b:{table.head} {{id: r.head}}) "
                    f"MERGE (a)-[l:{table.type} {{link_id: r.p.link_id}}]->(b) SET l += r.p",
                    rows=[{"tail": r.pop("tail"), "head": r.pop("head"), "p": r} for r in made],
                )
            else:
                for label, some in _by_label(table, made).items():
                    connection.write(
                        f"UNWIND $rows AS r MERGE (n:{table.label} {{id: r.id}}) SET n += r{label}",
                        rows=some,
                    )
    for node in NODES:  # once all nodes are there
        for batch in rows.batches(node, size):
            _refer(connection, node, batch.to_pylist(), version)


def _by_label(node: NodeLabel, rows: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        label = f", n:{LABELS[Kind(row['kind'])]}" if node.label == "Entity" else ""
        found.setdefault(label, []).append(row)
    return found


def _refer(
    connection: Connection, node: NodeLabel, rows: list[dict[str, Any]], version: str
) -> None:
    for reference in node.references:
        pairs = []
        for row in rows:
            named = row[reference.column] or []
            marks = {"_set": row["_set"], "_v": version[:DIGITS], "_h": row["_h"]}
            carried = {name: row[name] for name in reference.carries if row[name] is not None}
            for id_ in named if reference.many else [named] if named else []:
                pairs.append({"tail": row["id"], "head": id_, "p": {**marks, **carried}})
        if pairs:
            connection.write(
                f"UNWIND $rows AS r MATCH (a:{node.label} {{id: r.tail}}) "
                f"MATCH (b:{reference.target} {{id: r.head}}) "
                f"MERGE (a)-[l:{reference.type}]->(b) SET l += r.p",
                rows=pairs,
            )


def _frames(connection: Connection) -> None:
    with connection.session("READ") as session:
        for table in TABLES:
            names = [p.name for p in table.properties] + ["_set", "_v", "_h"]
            values = ", ".join(f"n.{name} AS {name}" for name in names)
            if isinstance(table, NodeLabel):
                session.run(f"MATCH (n:{table.label}) RETURN {values}").to_df()
            else:
                ends = "a.id AS tail, b.id AS head"
                session.run(f"MATCH (a)-[n:{table.type}]->(b) RETURN {ends}, {values}").to_df()


def _timed(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


@contextmanager
def _server(folder: Path) -> Iterator[Connection]:
    """A new server, which nothing has been asked of yet."""
    home = Home(folder)
    bolt, http = free_ports(2)
    try:
        run.start(home, setup=run.Setup(bolt=bolt, http=http, memory=MEMORY))
        given = Settings(folder, f"bolt://127.0.0.1:{bolt}", USER, home.password())
        with Connection(given) as connection:
            yield connection
    finally:
        run.stop(home, kill=True)
