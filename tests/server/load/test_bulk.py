"""A first load by Neo4j's importer leaves what any load leaves."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import ServerError
from graph.neo4j_server import bulk, importer, state
from graph.neo4j_server.check import complete
from graph.neo4j_server.connection import Connection
from graph.neo4j_server.load import load_version
from tests.contract.conftest import publish
from tests.contract.rows import claim, entity
from tests.server.conftest import OwnServer
from tests.server.dump import dump
from tests.server.load.records import RECORDS, empty

TEXT = 'a "quoted" word, a\\slash; and\na line; 天网 |\t end '
ODD = (
    entity("odd", name=TEXT, aliases=("a;b", 'c"d', "e,f"), properties={"k;": TEXT}),
    claim("odd", "odd", "says", text=TEXT, locator="'", sources=("s", "s", "report")),
)
pytestmark = pytest.mark.slow


def test_the_same_graph(own_server: OwnServer, tmp_path: Path) -> None:
    archive = publish(tmp_path / "data", (*RECORDS, *ODD))
    with archive.open() as dataset:
        files = bulk.write_import_files(dataset, tmp_path / "it's here", progress=False)
        importer.into_own(own_server.home, files)
        with Connection(own_server.settings) as connection:
            mark = state.read_load_state(connection)
            assert mark is not None
            assert not mark.complete
            checked = complete(connection, dataset)
            mark = state.read_load_state(connection)
            assert mark is not None
            assert mark.complete
            imported = dump(connection, without=())
            again = load_version(connection, dataset)
            assert (again.written, again.removed, again.edited) == (0, 0, ())
            assert again.counts == checked.counts
            with pytest.raises(ServerError, match=r"--bulk needs an empty database"):
                importer.refuse_filled(connection)

            connection.write("MATCH (c:Claim {id: 'c3'}) SET c.text = 'other'")
            with pytest.raises(ServerError, match=r"holds \d+ Claim of a sample instead of"):
                complete(connection, dataset)
            connection.write("MATCH (c:Claim {id: 'c3'}) DETACH DELETE c")
            with pytest.raises(ServerError, match=r"holds 6 Claim instead of 7"):
                complete(connection, dataset)

            empty(connection)
            load_version(connection, dataset)
            assert dump(connection, without=()) == imported


def test_an_import_that_fails_leaves_a_server_that_runs(
    own_server: OwnServer, tmp_path: Path
) -> None:
    archive = publish(tmp_path / "data", RECORDS)
    with archive.open() as dataset:
        files = bulk.write_import_files(dataset, tmp_path / "files", progress=False)
        (files.folder / "Claim.csv").write_text("id:ID(Claim),nonsense:date\nc1,never\n")
        with pytest.raises(ServerError, match=r"^Neo4j's importer failed: "):
            importer.into_own(own_server.home, files)
    with Connection(own_server.settings) as connection:
        assert connection.single_value("RETURN 1") == 1
