"""Each question on real servers of both releases: the rows of the embedded store, to the letter."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeAlias

import msgspec
import pytest

from graph.dataset import Archive
from graph.neo4j_server.connection import Connection
from graph.neo4j_server.load import load_version
from graph.queries import library
from graph.stores import open_store
from graph.stores.base import Store
from graph.stores.neo4j_store import ServerStore
from tests.graph.queries.asked import ASKED
from tests.graph.queries.crowded import crowded
from tests.graph.queries.test_answers import ANSWERS, CROWD, parameters, plain
from tests.server.conftest import Server

QUESTIONS = library.questions()
Call: TypeAlias = tuple[str, dict[str, Any]]


def differing(archive: Archive, server: Server, calls: list[Call]) -> list[Any]:
    """Calls that a server answers otherwise than the embedded store, with both answers."""
    with Connection(server.settings) as connection, archive.open() as dataset:
        load_version(connection, dataset, into_existing=True)
    embedded: Store
    with (
        open_store(archive) as embedded,
        ServerStore(Connection(server.settings), archive.open()) as asked,
    ):
        answers = [
            (
                name,
                call,
                plain(QUESTIONS[name](asked, **call)),
                plain(QUESTIONS[name](embedded, **call)),
            )
            for name, call in calls
        ]
    return [answer for answer in answers if answer[2] != answer[3]]


def test_miniature(empty_server: Server, archive: Archive) -> None:
    calls = [(name, call) for name, some in ASKED.items() for call in some]
    assert differing(archive, empty_server, calls) == []
    with ServerStore(Connection(empty_server.settings), archive.open()) as asked:
        for answer in ANSWERS:
            rows = QUESTIONS[answer["question"]](asked, **answer["parameters"])
            assert plain(rows) == answer["rows"], answer["question"]


def test_starter(empty_server: Server, starter: Path) -> None:
    calls: list[Call] = [(name, {}) for name in QUESTIONS]
    assert differing(Archive(starter), empty_server, calls) == []


@pytest.mark.parametrize("seed", [CROWD, 23])
def test_crowded(empty_server: Server, tmp_path: Path, seed: int) -> None:
    """Two sets with some of the ids, all relations, statuses, stages and odd dates."""
    calls = [(name, parameters(question)) for name, question in QUESTIONS.items()]
    assert differing(crowded(tmp_path, seed), empty_server, calls) == []


def test_pasted_into_browser(empty_server: Server, starter: Path) -> None:
    """The whole file, comments and all, with its `:param` lines: the answer is the question's."""
    with Connection(empty_server.settings) as connection, Archive(starter).open() as dataset:
        load_version(connection, dataset)
        for question in QUESTIONS.values():
            told = {parameter.name: parameter.default for parameter in question.header.parameters}
            pasted = connection.rows(question.text, **told)
            assert pasted == connection.rows(question.text, **dict.fromkeys(told))
            asked = connection.rows(question.statements["neo4j"], **question.values({}))
            assert len(pasted) == len(asked)


LINKS = ("link", "supply", "ownership")
DATED = {"what-changed-hands": {"since": "1900-01-01", "until": "2100-01-01"}}


def test_links_made_by_hand_break_no_answer(empty_server: Server, archive: Archive) -> None:
    """A link without id and claims, drawn in Browser, shows with both empty, or not at all."""
    with Connection(empty_server.settings) as connection, archive.open() as dataset:
        load_version(connection, dataset)
        for type_ in ("SUPPLIES", "OWNS", "SUCCEEDED_BY", "CONTRIBUTES_TO", "OPERATES", "PART_OF"):
            connection.write(  # dates as a person writes them
                "MATCH (a:Entity {id: 'observa-bv'}), (b:Entity {id: 'kamera-ab'}), "
                f"(p:Programme {{id: 'clear-sky'}}) CREATE (a)-[:{type_}]->(p), "
                f"(a)-[:{type_} {{valid_from: '2012'}}]->(b)"
            )
    with ServerStore(Connection(empty_server.settings), archive.open()) as asked:
        for name, calls in ASKED.items():
            for row in QUESTIONS[name](asked, **calls[0]):
                assert msgspec.structs.astuple(row)
        rows = QUESTIONS["who-supplied-whom"](asked, supplier="observa-bv")
        assert asked.by_hand() == 12
        # of which nobody has worked out the dates
        for name in ("owner-on-the-day", "supplies-of-predecessors", "what-changed-hands"):
            for row in QUESTIONS[name](asked, **DATED.get(name, {})):
                assert None not in (
                    getattr(row, link, "") for link in ("link", "supply", "ownership")
                )
    assert [(row.buyer, row.link, row.claims) for row in rows] == [
        ("clear-sky", None, []),
        ("interior-ministry", rows[1].link, ["c10"]),
        ("kamera-ab", None, []),
    ]
