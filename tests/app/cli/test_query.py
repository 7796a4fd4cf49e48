"""`sightline query` and `sightline cypher`."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.cli import cypher
from app.cli.cypher import ServerContents, _cell
from graph.dataset import Archive
from graph.queries import console, library
from graph.queries.console import ConsoleAnswer
from ingest.pipeline import ingest
from tests.app.cli.conftest import Run
from tests.graph.queries.test_library import FILE, save

Ask = Callable[..., Any]


def test_questions_are_listed(run: Run, ask: Ask) -> None:
    document = ask("query")
    assert [question["name"] for question in document["results"]] == list(library.questions())
    listed = run("query").stdout
    assert listed.index("Supplies") < listed.index("Ownership") < listed.index("Evidence")
    assert "who-supplied-whom" in run("query", "--help").stdout


@pytest.mark.parametrize("name", library.questions())
def test_each_has_a_help_page(run: Run, name: str) -> None:
    shown = run("query", name, "--help").stdout
    header = library.questions()[name].header
    assert header.title in shown
    assert "Does not show:" in shown
    for parameter in header.parameters:
        assert f"--{parameter.name.replace('_', '-')} " in shown
    for column in header.columns:
        assert f"  {column.name}: " in shown


def test_a_question_is_answered(ask: Ask) -> None:
    document = ask("query", "who-supplied-whom", "--supplier", "kamera-ab")
    assert document["filters"] == {
        "question": "who-supplied-whom",
        "supplier": "kamera-ab",
        "buyer": None,
    }
    assert document["total"] == 2
    assert [row["claims"] for row in document["results"]] == [["c05"], ["c20"]]
    assert len(document["data_version"]) == 64


def test_an_entity_may_be_told_by_its_name(ask: Ask) -> None:
    asked = ask("query", "who-supplied-whom", "--supplier", "kamera ab")
    assert asked["filters"]["supplier"] == "kamera-ab"


def test_options_before_the_name_hold_too(run: Run) -> None:
    before = run("query", "--format", "csv", "two-names-one-entity").stdout
    assert before == run("query", "two-names-one-entity", "--format", "csv").stdout
    assert before.splitlines()[0] == "first,first_name,second,second_name,line,link,claims,left_out"


def test_table_puts_names_before_ids_and_leaves_links_out(run: Run) -> None:
    shown = run("query", "who-supplied-whom", "--supplier", "aurora-vision").stdout
    assert "Aurora Vision (aurora-vision)" in " ".join(shown.split())
    assert "l-" not in shown.split("Does not show")[0]
    assert "Does not show: Supplies that no source" in shown
    assert "programme" not in shown.splitlines()[0]  # a column in which nothing stands


def test_sentences_stand_below_their_row(run: Run) -> None:
    shown = run("query", "claims-about", "--entity", "aurora-vision").stdout
    assert "claim: c19 · subject: aurora-vision · relation: contributes to" in shown
    assert "    text: The paper withdrew its report that Aurora Vision helped" in shown


def test_numbers_are_written_for_readers(run: Run) -> None:
    assert "value: 1,250,000.50" in run("query", "contract-values").stdout


def test_an_empty_answer_is_an_answer(run: Run) -> None:
    result = run("query", "shared-suppliers")
    assert result.exit_code == 0
    assert "No rows: nothing in the record matches." in result.stdout


def test_rows_left_out_are_told(run: Run, ask: Ask) -> None:
    document = ask("query", "who-supplied-whom", "--limit", "2")
    assert (document["total"], document["left_out"], len(document["results"])) == (
        6,
        {"limit": 4},
        2,
    )
    assert "4 more; --limit 6" in run("query", "who-supplied-whom", "--limit", "2").stdout


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["whosupplied"], 2, "There is no question 'whosupplied'. Did you mean who-supplied-whom?"),
        (["x"], 2, "There is no question 'x'. `sightline query` lists them."),
        (["who-supplied-whom", "--vendor", "x"], 2, "No such option '--vendor'"),
        (["who-supplied-whom", "--supplier", "nobody-at-all"], 1, "No entity has the id"),
        (["supplies-in-a-period", "--since", "soon"], 2, "since: 'soon' is not a date."),
        (
            ["listed-within-hops", "--entity", "visiolux", "--hops", "x"],
            2,
            "hops: 'x' is not a number of hops",
        ),
        (["rests-on-a-source", "--origin", "x"], 1, "No source has the id 'x'"),
        (["who-supplied-whom", "--limit", "0"], 2, "0 is not in the range"),
    ],
)
def test_what_is_wrong_is_told(run: Run, words: list[str], code: int, message: str) -> None:
    result = run("query", *words)
    assert result.exit_code == code
    assert message in " ".join(result.stderr.split())


@pytest.mark.parametrize("place", ["SIGHTLINE_QUERIES", "the data folder", "--data"])
def test_a_question_of_ones_own(
    run: Run, archive: Any, monkeypatch: pytest.MonkeyPatch, place: str, tmp_path: Path
) -> None:
    data: Path = tmp_path / "data"
    own = tmp_path / "own" if place == "SIGHTLINE_QUERIES" else data / "queries"
    own.mkdir()
    save(own)
    words = ["query", "seat"]
    if place == "SIGHTLINE_QUERIES":
        monkeypatch.setenv(place, str(own))
    result = run(*words, "--data", str(data)) if place == "--data" else run(*words, data=data)
    assert "SE" in result.stdout
    assert archive


def test_a_broken_file_is_told_and_keeps_none_away(run: Run, tmp_path: Path, archive: Any) -> None:
    own = tmp_path / "data" / "queries"
    own.mkdir()
    save(own, FILE.replace("// topic: Mine", "// theme: Mine"))
    listed = run("query", data=tmp_path / "data")
    assert listed.exit_code == 0
    assert "seat.cypher, line 2" in listed.stderr
    assert "who-supplied-whom" in listed.stdout
    asked = run("query", "seat", data=tmp_path / "data")
    assert (asked.exit_code, asked.stdout) == (1, "")
    assert "seat.cypher, line 2" in asked.stderr


# -- cypher ----------------------------------------------------------------------------------------


@pytest.fixture
def answered(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What the console is asked; it answers two rows."""
    asked: list[Any] = []

    def answer(statement: str, settings: Any, given: Any, **options: Any) -> ConsoleAnswer:
        asked.append((statement, settings, given, options))
        node = {"labels": ["Company", "Entity"], "properties": {"id": "axis", "name": "Axis"}}
        rows: list[list[Any]] = [[node, 1], [None, "two"]]
        return ConsoleAnswer(
            ("n", "x"), rows, "more than 2 rows", ["The database has no label Clam."]
        )

    monkeypatch.setattr(console, "run_statement", answer)
    monkeypatch.setattr(cypher, "server_contents", lambda *_: ServerContents("0123456789abcdef", 3))
    monkeypatch.setenv("NEO4J_URI", "bolt://127.0.0.1:1")
    return asked


def test_a_statement_is_run(run: Run, answered: list[Any]) -> None:
    shown = run("cypher", "MATCH (n) RETURN n, 1 AS x", "--limit", "2", "--seconds", "3").stdout
    assert "(:Company axis)  1" in shown
    assert "The whole answer has more than 2 rows" in shown
    assert "Data 0123456789ab + 3 made by hand." in shown
    assert "The database has no label Clam." in shown
    [(statement, settings, given, options)] = answered
    assert statement == "MATCH (n) RETURN n, 1 AS x"
    assert settings.neo4j_uri == "bolt://127.0.0.1:1"
    assert (given, options) == ({}, {"limit": 2, "seconds": 3.0})


def test_a_statement_comes_from_a_file_with_values(run: Run, answered: list[Any]) -> None:
    text = "// who\nMATCH (n) WHERE n.id = $id AND n.x > $least RETURN n.a, $none"
    words = ("cypher", "-", "--param", "id=axis", "--param", "least:=2.5", "--param", "none:=null")
    assert run(*words, stdin=text).exit_code == 0
    [(statement, _, given, _)] = answered
    assert (statement, given) == (text, {"id": "axis", "least": 2.5, "none": None})
    refused = run("cypher", "RETURN 1", "--param", "id")
    assert refused.exit_code == 2
    assert "'id' is not of the form NAME=TEXT or NAME:=JSON" in refused.stderr


def test_paths_are_drawn() -> None:
    def node(id_: str) -> dict[str, Any]:
        return {"labels": ["Company", "Entity"], "properties": {"id": id_}}

    empty: tuple[Any, ...] = (None, [], "")
    link = {"type": "OWNS", "ends": ["a", "b"], "properties": {}}
    path = {"nodes": [node("a"), node("b")], "links": [link]}
    back = {"nodes": [node("b"), node("a")], "links": [link]}
    assert _cell(path) == "(:Company a)-[:OWNS]->(:Company b)"
    assert _cell(back) == "(:Company b)<-[:OWNS]-(:Company a)"
    assert _cell([link, None, 1, {"x": True}]) == '(a)-[:OWNS]->(b), null, 1, {"x":true}'
    assert [_cell(value) for value in empty] == ["null", "[]", ""]


def test_a_statement_as_json_and_csv(run: Run, answered: list[Any]) -> None:
    document = json.loads(run("cypher", "RETURN 1", "--format", "json").stdout)
    assert document["results"][1] == {"n": None, "x": "two"}
    assert document["left_out"] == {"limit": 1}
    assert document["data_version"] == "0123456789abcdef"
    assert (document["by_hand"], document["notices"]) == (3, ["The database has no label Clam."])
    assert run("cypher", "RETURN 1", "--format", "csv").stdout.splitlines()[2] == ",two,limit=1"


def test_a_write_is_refused(run: Run) -> None:
    result = run("cypher", "MATCH (n) DELETE n")
    assert result.exit_code == 2
    assert "The statement was not run: line 1, column 11" in result.stderr


def test_cypher_needs_a_server(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NEO4J_URI", raising=False)
    result = run("cypher", "RETURN 1")
    assert result.exit_code == 2
    assert "No server is named" in result.stderr
    other = run("cypher", "RETURN 1", "--store", "embedded")
    assert other.exit_code == 2
    assert "does not speak Cypher" in other.stderr


def test_help_lists_what_may_be_called(run: Run) -> None:
    shown = run("cypher", "--help").stdout
    assert "coalesce" in shown
    assert "db.labels" in shown


CHAIN = """// title: What lies below
// topic: Ownership
// explains: Everything below an owner.
// parameter owner: entity = 'o0'; the owner
// parameter depth: integer = 4; how many ownerships to follow
// column company: entity; what lies below
// column hops: integer; how far
// does not show: Shares.
// engines: neo4j, embedded
//
// :param owner => 'o0'
// :param depth => 4

MATCH p = (o:Entity)-[:OWNS*1..8]->(c:Entity)
WHERE o.id = coalesce($owner, 'o0') AND length(p) <= coalesce($depth, 4)
RETURN c.id AS company, length(p) AS hops
ORDER BY hops, company
"""
BELOW = """WITH RECURSIVE below(company, hops) AS (
    SELECT head, 1 FROM graph.links WHERE relation = 'owns' AND tail = $owner
    UNION ALL
    SELECT w.head, u.hops + 1 FROM below AS u
    JOIN graph.links AS w ON w.relation = 'owns' AND w.tail = u.company WHERE u.hops < $depth
)
SELECT company, hops FROM below ORDER BY hops, company
"""


@pytest.fixture
def deep(tmp_path: Path) -> Path:
    """A chain of eight ownerships, and a question of its own that follows four by default."""
    rows = tmp_path / "rows"
    rows.mkdir()
    entities = "".join(f"o{n},company,O{n}\n" for n in range(9))
    (rows / "entities.csv").write_text(f"id,kind,name\n{entities}")
    (rows / "sources.csv").write_text("id,title,publisher,type\ns,T,P,press\n")
    claims = "".join(f"c{n},o{n},owns,o{n + 1},reported,s\n" for n in range(8))
    (rows / "claims.csv").write_text(f"id,subject,relation,object,status,sources\n{claims}")
    data = tmp_path / "data"
    ingest(Archive(data), [rows])
    (data / "queries" / "embedded").mkdir(parents=True)
    (data / "queries" / "below.cypher").write_text(CHAIN)
    (data / "queries" / "embedded" / "below.sql").write_text(BELOW)
    return data


def test_rows_deeper_than_the_default_are_counted(run: Run, deep: Path) -> None:
    shown = " ".join(run("query", "below", data=deep).stdout.split())
    assert "At least 1 further row lies deeper than 4: --depth 5 goes one step further." in shown
    document = run("query", "below", "--format", "json", data=deep)
    assert json.loads(document.stdout)["left_out"] == {"depth": 1}
    assert "--depth 5 goes one step further" in document.stderr
    whole = run("query", "below", "--depth", "8", "--format", "csv", data=deep)
    assert whole.stderr == ""
    assert len(whole.stdout.splitlines()) == 9
