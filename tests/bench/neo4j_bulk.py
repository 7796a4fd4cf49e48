"""The first load of a large record by Neo4j's importer, beside the importer alone."""

from __future__ import annotations

import time
from pathlib import Path

from graph.neo4j_server import bulk, importer
from graph.neo4j_server.check import complete
from graph.neo4j_server.connection import Connection
from graph.neo4j_server.local import run
from graph.neo4j_server.local.home import USER, Home
from graph.neo4j_server.local.release import LONG_TERM
from graph.settings import Settings
from tests.bench.large_graph import write
from tests.bench.measure import Figure
from tests.tools.ports import free_ports

ENTITIES, LINKS = 1_000_000, 3_000_000
MEMORY = "2g"


def figures(room: Path) -> list[Figure]:
    """Measure in an empty folder."""
    archive = write(room / "data", ENTITIES, LINKS)
    home = Home(room / "neo4j")
    bolt, http = free_ports(2)
    try:
        state = run.start(home, setup=run.Setup(bolt=bolt, http=http, memory=MEMORY))
        given = Settings(room, state.uri, USER, home.password())
        with archive.open() as dataset:
            laps = [time.perf_counter()]
            files = bulk.write_import_files(dataset, room / "files", progress=False)
            laps.append(time.perf_counter())
            importer.into_own(home, files)
            laps.append(time.perf_counter())
            with Connection(given) as connection:
                complete(connection, dataset)
            laps.append(time.perf_counter())
        run.stop(home)
        begin = time.perf_counter()
        importer.run_on(home, LONG_TERM, state.engine, files)
        alone = time.perf_counter() - begin
    finally:
        run.stop(home, kill=True)
    written, whole = laps[1] - laps[0], laps[-1] - laps[0]
    what = f"Neo4j, {ENTITIES:,} entities, {LINKS:,} links: `load --bulk`"
    alone_too = "as a multiple of the importer alone on the same files"
    return [
        Figure(what, whole, "s"),
        Figure(f"{what}, files and importer, {alone_too}", (written + alone) / alone, "×", 1.5),
        Figure(f"{what}, with restart, indexes and check, {alone_too}", whole / alone, "×"),
    ]
