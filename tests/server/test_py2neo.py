"""py2neo on today's servers: what it still does, and what it no longer does."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from graph.dataset import Archive
from graph.errors import ServerError, UnknownIdError, UsageError
from graph.queries import library, notebook
from graph.stores import open_store
from graph.stores.base import Store
from tests.server.conftest import Server
from tests.server.contract.conftest import fill

py2neo = pytest.importorskip("py2neo")

QUESTIONS = library.questions()
Py2neo: Any = notebook.Py2neo  # stands where a store does, as far as questions go
NOTE = "note-of-an-investigator"


@pytest.fixture(scope="module")
def loaded(neo4j_server: Server, starter: Path) -> Server:
    """A server that holds the starter data."""
    fill(neo4j_server, Archive(starter))
    return neo4j_server


@pytest.fixture(scope="module")
def graph(loaded: Server) -> Iterator[Any]:
    """py2neo's graph on it."""
    made = notebook.graph(loaded.settings)
    yield made
    made.service.connector.close()


@pytest.fixture(scope="module")
def store(loaded: Server, starter: Path) -> Iterator[Store]:
    """The same through the official driver."""
    with pytest.MonkeyPatch.context() as environment:
        for name in ("uri", "username", "password", "database"):
            environment.setenv(f"NEO4J_{name.upper()}", getattr(loaded, name))
        with open_store(Archive(starter), "neo4j") as opened:
            yield opened


@pytest.mark.parametrize("name", QUESTIONS)
def test_questions_have_the_same_answers(name: str, graph: Any, store: Store) -> None:
    question = QUESTIONS[name]
    assert question(Py2neo(graph)) == question(store)


def test_some_answers_are_not_empty(graph: Any) -> None:
    rows = QUESTIONS["who-supplied-whom"](Py2neo(graph), supplier="morpho")
    assert [row.buyer for row in rows] == ["shanghai-psb"]


def test_values_are_those_of_plain_python(graph: Any) -> None:
    statement = "RETURN date($day) AS d, [date($day)] AS l, $n AS n, 1.5 AS f, null AS none"
    [row] = Py2neo(graph).ask(statement, {"day": "2015-09-21", "n": [1, 2]})
    day = datetime.date(2015, 9, 21)
    assert row == {"d": day, "l": [day], "n": [1, 2], "f": 1.5, "none": None}
    assert type(row["d"]) is datetime.date


def test_questions_only_read(graph: Any) -> None:
    with pytest.raises(py2neo.errors.ClientError, match="read access mode"):
        notebook.Py2neo(graph).ask("CREATE (n:Note) RETURN n.id AS id", {})


def test_unknown_ids_and_parameters_are_told(graph: Any) -> None:
    question, asked = QUESTIONS["who-supplied-whom"], Py2neo(graph)
    with pytest.raises(UnknownIdError, match="No entity has the id 'nobody'"):
        question(asked, supplier="nobody")
    with pytest.raises(UsageError, match="has no parameter 'colour'"):
        question(asked, colour="red")
    with pytest.raises(UnknownIdError, match="No source has the id 'nothing'"):
        QUESTIONS["rests-on-a-source"](asked, origin="nothing")


def test_data_frames(graph: Any, store: Store) -> None:
    question = QUESTIONS["who-supplied-whom"]
    frames = [notebook.frame(question, asked) for asked in (Py2neo(graph), store)]
    columns = [column.name for column in question.header.columns]
    assert [list(frame.columns) for frame in frames] == [columns, columns]
    assert frames[0].equals(frames[1])
    none = notebook.frame(question, store, supplier="shanghai-psb")
    assert (len(none), list(none.columns)) == (0, columns)
    own = graph.run("MATCH (e:Entity {id: 'morpho'}) RETURN e.id AS id").to_data_frame()
    assert own.to_dict("records") == [{"id": "morpho"}]


def test_a_note_is_merged_and_outlives_a_load(graph: Any, loaded: Server, starter: Path) -> None:
    morpho = graph.nodes.match("Entity", id="morpho").first()
    note = py2neo.Node("Note", id=NOTE, text="Asked for the contract.")
    about = py2neo.Relationship(note, "ABOUT", morpho)
    try:
        for _ in range(2):
            graph.merge(note, "Note", "id")
            graph.merge(about)
        fill(loaded, Archive(starter))
        statement = "MATCH (n:Note {id: $id})-[:ABOUT]->(e) RETURN e.id"
        assert [row["e.id"] for row in graph.run(statement, id=NOTE)] == ["morpho"]
    finally:
        graph.run("MATCH (n:Note {id: $id}) DETACH DELETE n", id=NOTE)


def test_what_is_rolled_back_is_not_there(graph: Any) -> None:
    begun = graph.begin()
    begun.create(py2neo.Node("Note", id=NOTE))
    graph.rollback(begun)
    assert graph.nodes.match("Note", id=NOTE).first() is None


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ("create_index", ("Note", "id")),
        ("create_uniqueness_constraint", ("Note", "id")),
        ("drop_index", ("Note", "id")),
        ("drop_uniqueness_constraint", ("Note", "id")),
        ("get_indexes", ("Note",)),
        ("get_uniqueness_constraints", ("Note",)),
    ],
)
def test_its_schema_calls_fail(graph: Any, call: str, words: tuple[str, ...]) -> None:
    """As docs/neo4j.md says: should one work again, the page is to be mended."""
    with pytest.raises(py2neo.errors.ClientError):
        getattr(graph.schema, call)(*words)
    page = (Path(__file__).parents[2] / "docs" / "neo4j.md").read_text("utf-8")
    assert f"`{call}`" in page


def test_a_wrong_password_is_told(loaded: Server) -> None:
    wrong = msgspec.structs.replace(loaded.settings, neo4j_password="not the right one")
    with pytest.raises(ServerError, match="refused the user or the password") as told:
        notebook.graph(wrong)
    assert "not the right one" not in str(told.value)
