"""Real Neo4j servers: NEO4J_URI if set, else one in Docker, else one on Java from Maven's jars.

Where none can be had, these tests fail in CI, and are skipped with a word on it elsewhere.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import msgspec
import pytest

from graph import settings
from graph.errors import MissingToolError
from graph.neo4j_server.local import run
from graph.neo4j_server.local.home import USER, Home
from graph.neo4j_server.local.release import RELEASES
from graph.settings import Settings
from tests.tools.browser import in_ci
from tests.tools.ports import free_ports

MEMORY = "512m"


#: How many moments a fault is tried at: on one release, and on the other. They swap each day.
MANY, FEW = 10, 3


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark all tests of this folder, and give those of a release to one worker."""
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.server)
            item.add_marker(pytest.mark.xdist_group(f"server-{release_of(item)}"))


def release_of(item: pytest.Item) -> str:
    """Return the release that a test runs on; empty if it needs no server."""
    given = (
        item.callspec.params.values()
        if isinstance(item, pytest.Function) and hasattr(item, "callspec")
        else ()
    )
    return next((value for value in given if isinstance(value, str) and value in RELEASES), "")


def thorough() -> str:
    """Return the release on which faults are tried at many moments today.

    The variable `SIGHTLINE_TEST_RELEASE` names another one, or `all`.
    """
    chosen = os.environ.get("SIGHTLINE_TEST_RELEASE", "")
    return chosen or sorted(RELEASES)[date.today().toordinal() % len(RELEASES)]


def moments(release: str) -> int:
    """Return at how many moments a fault is tried on a release today."""
    return MANY if thorough() in (release, "all") else FEW


def pytest_report_header() -> str:
    """Name the release on which faults are tried at many moments."""
    return f"faults at {MANY} moments on Neo4j {thorough()}, at {FEW} on others"


class Server(msgspec.Struct, frozen=True):
    """A server that runs, and how to get in."""

    release: str
    settings: Settings

    @property
    def uri(self) -> str:
        return self.settings.neo4j_uri

    @property
    def username(self) -> str:
        return self.settings.neo4j_username

    @property
    def password(self) -> str:
        return self.settings.neo4j_password

    @property
    def database(self) -> str:
        return self.settings.neo4j_database


class OwnServer:
    """A server in a folder of its own, on ports of its own, to be stopped and killed."""

    def __init__(self, release: str, folder: Path) -> None:
        self.release = release
        self.home = Home(folder / "neo4j")
        self.bolt, self.http = free_ports(2)

    def start(self) -> None:
        try:
            run.start(
                self.home,
                RELEASES[self.release],
                setup=run.Setup(bolt=self.bolt, http=self.http, memory=MEMORY),
            )
        except MissingToolError as error:
            if in_ci():
                pytest.fail(str(error))
            pytest.skip(f"No Neo4j {self.release} to test with. {error}")

    def stop(self) -> None:
        run.stop(self.home)

    def kill(self) -> None:
        """As a power cut would."""
        run.stop(self.home, kill=True)

    @property
    def log(self) -> Path:
        return self.home.log

    @property
    def settings(self) -> Settings:
        return Settings(
            data=Path("nowhere"),
            neo4j_uri=f"bolt://127.0.0.1:{self.bolt}",
            neo4j_username=USER,
            neo4j_password=self.home.password(),
        )


@pytest.fixture(scope="session", params=RELEASES)
def neo4j_server(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """A server of each release; what other tests left in it may still be there."""
    release: str = request.param
    if settings.read_settings().neo4j_uri:
        yield _given(release)
        return
    own = OwnServer(release, tmp_path_factory.mktemp("server"))
    try:
        own.start()
        yield Server(release, own.settings)
    finally:
        own.kill()


@pytest.fixture
def empty_server(neo4j_server: Server) -> Server:
    """The same with nothing in it: no nodes, no constraints, no indexes."""
    _empty(neo4j_server)
    return neo4j_server


@pytest.fixture(params=RELEASES)
def own_server(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[OwnServer]:
    """A server of each release that this test alone uses, and may kill."""
    own = OwnServer(request.param, tmp_path)
    try:
        own.start()
        yield own
    finally:
        own.kill()


def _given(release: str) -> Server:
    """The server of NEO4J_URI, if it is of that release, and empty: the tests delete."""
    from neo4j import GraphDatabase

    wanted = settings.read_settings()
    auth = (wanted.neo4j_username, wanted.neo4j_password)
    with GraphDatabase.driver(wanted.neo4j_uri, auth=auth) as driver:
        version = driver.get_server_info().agent.removeprefix("Neo4j/")
        [[nodes]] = driver.execute_query(
            "MATCH (n) RETURN count(n)", database_=wanted.neo4j_database or None
        )[0]
    if version.startswith("5.26") != (release == "5.26"):
        pytest.skip(f"NEO4J_URI names a server of release {version}, and not {release}.")
    if nodes:
        pytest.fail(
            f"The database of NEO4J_URI holds {nodes} nodes, and these tests would delete them. "
            "Name an empty one, or unset NEO4J_URI."
        )
    return Server(release, wanted)


def _empty(server: Server) -> None:
    from neo4j import GraphDatabase

    database = server.database or None
    with (
        GraphDatabase.driver(server.uri, auth=(server.username, server.password)) as driver,
        driver.session(database=database) as session,
    ):
        session.run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS").consume()
        for name in session.run("SHOW CONSTRAINTS YIELD name").value():
            session.run(f"DROP CONSTRAINT `{name}`").consume()
        indexes = "SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP' RETURN name"
        for name in session.run(indexes).value():
            session.run(f"DROP INDEX `{name}`").consume()
