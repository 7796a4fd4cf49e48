"""`sightline neo4j load`, `status`, `read`, and `--store neo4j`, as they are typed."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from app.cli import main
from graph.dataset import Archive
from graph.neo4j_server.connection import Connection
from tests.server.conftest import Server
from tests.server.load.records import empty

Run = Callable[..., Result]


@pytest.fixture
def data(starter: Path, tmp_path: Path) -> Path:
    return shutil.copytree(starter, tmp_path / "data")


@pytest.fixture
def run(empty_server: Server, data: Path) -> Run:
    given = empty_server.settings

    def call(*words: str, **environ: str) -> Result:
        result = CliRunner().invoke(
            main,
            words,
            env={
                "SIGHTLINE_DATA": str(data),
                "NEO4J_URI": given.neo4j_uri,
                "NEO4J_USERNAME": given.neo4j_username,
                "NEO4J_PASSWORD": given.neo4j_password,
                "NEO4J_DATABASE": given.neo4j_database,
                **environ,
            },
        )
        assert "Traceback" not in result.output
        assert "Internal error" not in result.output
        assert not given.neo4j_password or given.neo4j_password not in result.output
        return result

    return call


def test_from_nothing_to_an_answer(run: Run) -> None:
    refused = run("find", "axis", "--store", "neo4j")
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "holds no version" in refused.stderr
    assert "`sightline neo4j load`" in refused.stderr
    assert run("neo4j", "status").stdout.splitlines()[1].startswith("Nothing was loaded")
    assert "now holds version" in run("neo4j", "load").stdout
    assert "nothing was written since" in run("neo4j", "load").stdout
    for words in (
        ("find", "axis"),
        ("show", "axis-communications"),
        ("paths", "safran", "shanghai-psb"),
        ("explain", "safran", "shanghai-psb"),
        ("exposure", "--from", "axis-communications"),
    ):
        asked = run(*words, "--store", "neo4j")
        assert (asked.exit_code, asked.stderr) == (0, "")
        assert asked.stdout == run(*words).stdout


def test_status_for_programs(run: Run, data: Path) -> None:
    run("neo4j", "load")
    document = json.loads(run("neo4j", "status", "--format", "json").stdout)
    assert document["data_version"] == Archive(data).current()
    assert (document["state"], document["sets"]) == ("complete", ["starter"])
    assert {row["what"]: row["number"] for row in document["results"]}["Claim"] > 100


def test_a_half_done_load_is_warned_of(run: Run, empty_server: Server) -> None:
    run("neo4j", "load")
    with Connection(empty_server.settings) as connection:
        connection.write("MATCH (l:SightlineLoad) SET l.state = 'loading'")
    asked = run("find", "axis", "--store", "neo4j")
    assert asked.exit_code == 0
    assert "axis-communications" in asked.stdout
    assert "is incomplete" in asked.stderr
    assert "incomplete" in run("neo4j", "status").stdout
    run("neo4j", "load")
    assert run("find", "axis", "--store", "neo4j").stderr == ""


def test_another_version_is_not_answered_from(run: Run, data: Path, tmp_path: Path) -> None:
    run("neo4j", "load")
    run("new", str(tmp_path / "mine"))
    assert run("ingest", str(tmp_path / "mine")).exit_code == 0
    refused = run("find", "axis", "--store", "neo4j")
    assert refused.exit_code == 1
    assert "version with `sightline neo4j load`" in refused.stderr
    assert "loads it" in run("neo4j", "status").stdout


def test_what_was_added_comes_back_and_counts(run: Run, empty_server: Server, data: Path) -> None:
    run("neo4j", "load")
    with Connection(empty_server.settings) as connection:
        connection.write(
            "MATCH (s:Source) WITH s.id AS source ORDER BY source LIMIT 1 "
            "MATCH (b:Entity {id: 'shanghai-psb'}) "
            "CREATE (a:Company {name: 'Acme Optics'})-[:SUPPLIES {sources: source, "
            "status: 'alleged', valid_from: '2016', text: 'A note says so.'}]->(b), "
            "(a)-[:SUPPLIES]->(b)"
        )
    before = Archive(data).current()
    read = run("neo4j", "read")
    assert (read.exit_code, Archive(data).current()) == (0, before)
    assert "Without a source, so kept out of the record and of all scores: " in read.stdout
    read = run("neo4j", "read", "--adopt")
    assert f"In the server: version {before[:12]} + 3 made by hand." in read.stdout
    assert "The set neo4j of the record now has 1 entity, 1 claim" in read.stdout
    paths = run("paths", "acme-optics", "shanghai-psb")
    assert paths.exit_code == 0
    assert "Acme Optics" in paths.stdout
    assert "Joined to manual additions" in run("neo4j", "load").stdout
    assert run("paths", "acme-optics", "shanghai-psb", "--store", "neo4j").stdout == paths.stdout
    version = Archive(data).current()
    assert f"holds them already: version {version[:12]}" in run("neo4j", "read").stdout
    assert Archive(data).current() == version
    assert f"version {version[:12]} + 1 made by hand" in run("neo4j", "status").stdout
    run("drop", "neo4j")
    run("neo4j", "load")
    with Connection(empty_server.settings) as connection:
        assert connection.single_value("MATCH (e:Entity {id: 'acme-optics'}) RETURN e._set") is None


def test_what_the_page_shows_works(run: Run, empty_server: Server, data: Path) -> None:
    """The block below "Add" in docs/neo4j.md: a link, its source and a reply to it."""
    page = (Path(__file__).parents[3] / "docs" / "neo4j.md").read_text("utf-8")
    [block] = re.findall(r"```cypher\n(.*?)```", page.partition("## Add")[2], re.DOTALL)[:1]
    run("neo4j", "load")
    with Connection(empty_server.settings) as connection:
        for statement in filter(None, block.split(";\n")):
            connection.write(statement)
    asked = run("query", "who-supplied-whom", "--supplier", "morpho", "--store", "neo4j")
    assert f"Data {Archive(data).current()[:12]} + 3 made by hand" in asked.stdout
    assert "now has 1 source, 1 claim, 1 reply" in run("neo4j", "read").stdout
    shown = run("show", "morpho").stdout
    assert "The note lists cameras." in shown
    assert "did not comment" in shown
    run("neo4j", "load")
    asked = run("query", "who-supplied-whom", "--supplier", "morpho", "--store", "neo4j")
    assert asked.stdout == run("query", "who-supplied-whom", "--supplier", "morpho").stdout
    assert "by hand" not in asked.stdout
    held = json.loads(run("cypher", "RETURN 1", "--format", "json").stdout)
    assert (held["data_version"], held["by_hand"]) == (Archive(data).current(), 0)


def test_each_fault_is_told_by_the_name_of_what_was_drawn(
    run: Run, empty_server: Server, data: Path
) -> None:
    run("neo4j", "load")
    with Connection(empty_server.settings) as connection:
        connection.write(
            "MATCH (a:Entity {id: 'safran'}), (b:Entity {id: 'shanghai-psb'}) CREATE "
            "(a)-[:SUPPLIES {sources: 'nowhere', status: 'alleged', valid_from: 2016}]->(b), "
            "(a)-[:OWNS {sources: 'nowhere', status: 'sure', share: 'half'}]->(b)"
        )
    before = Archive(data).current()
    read = run("neo4j", "read")
    assert read.exit_code == 0
    assert "Left out: (safran)-[:SUPPLIES]->(shanghai-psb): sources is 'nowhere'; " in read.stdout
    assert "(safran)-[:OWNS]->(shanghai-psb): status is 'sure'; allowed: " in read.stdout
    assert "share is 'half'; allowed: a number from 0 to 100. " in read.stdout
    assert "csv" not in read.stdout
    assert not list((data / "made-by-hand").glob("*rejects*"))
    run("neo4j", "read")
    assert Archive(data).current() == before


def test_what_was_read_before_is_not_lost_by_a_new_server(
    run: Run, empty_server: Server, data: Path
) -> None:
    run("neo4j", "load")
    link = (
        "MATCH (s:Source) WITH s.id AS source ORDER BY source LIMIT 1 "
        "MATCH (a:Entity {id: 'safran'}), (b:Entity {id: $buyer}) "
        "CREATE (a)-[:SUPPLIES {sources: source, status: 'alleged', text: 'A note.'}]->(b)"
    )
    with Connection(empty_server.settings) as connection:
        connection.write(link, buyer="shanghai-psb")
        run("neo4j", "read")
        version = Archive(data).current()
        empty(connection)
        run("neo4j", "load")
        connection.write(link, buyer="mps-china")
    refused = run("neo4j", "read")
    assert refused.exit_code == 1
    assert "has 1 row that this server does not hold as made by hand" in refused.stderr
    assert Archive(data).current() == version
    assert run("neo4j", "read", "--set", "more").exit_code == 0
    assert run("paths", "safran", "mps-china").stdout.startswith("1 supply path")
    assert "2 supply paths" in run("paths", "safran", "shanghai-psb").stdout
    assert run("neo4j", "read", "--let-go").exit_code == 0
    assert "1 supply path " in run("paths", "safran", "shanghai-psb").stdout


def test_the_whole_record_into_an_empty_folder(run: Run, data: Path, tmp_path: Path) -> None:
    run("neo4j", "load")
    read = run("neo4j", "read", SIGHTLINE_DATA=str(tmp_path / "elsewhere"))
    assert read.exit_code == 0
    assert "the same as the server's" in read.stdout
    assert Archive(tmp_path / "elsewhere").current() == Archive(data).current()
    assert Archive(tmp_path / "elsewhere").verify() == []


@pytest.mark.parametrize(
    ("environ", "said"),
    [
        (
            {"NEO4J_USERNAME": "guest", "NEO4J_PASSWORD": "wrong-and-long"},
            "refused the user or the password",
        ),
        ({"NEO4J_URI": "bolt://127.0.0.1:9"}, "No Neo4j server answers"),
        ({"NEO4J_DATABASE": "elsewhere"}, "No such database"),
        ({"NEO4J_URI": "ftp://x"}, "not the address of a Neo4j server"),
    ],
)
def test_one_sentence_each(run: Run, environ: dict[str, str], said: str) -> None:
    for words in (("neo4j", "load"), ("neo4j", "status"), ("find", "axis", "--store", "neo4j")):
        refused = run(*words, **environ)
        assert refused.exit_code in (1, 2)
        assert said in refused.stderr
        assert len(refused.stderr.strip().splitlines()) == 1
        assert "wrong-and-long" not in refused.output
