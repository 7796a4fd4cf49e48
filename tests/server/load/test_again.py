"""Loading again: another version, after a kill, over an untouched server."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from graph.neo4j_server import state
from graph.neo4j_server.connection import Connection
from tests.contract.rows import claim
from tests.server.dump import dump
from tests.server.load.conftest import Put
from tests.server.load.records import RECORDS, changed, empty, load_of


@pytest.mark.parametrize("seed", range(3))
def test_any_way_to_a_version_ends_in_the_same_graph(
    connection: Connection, put: Put, seed: int
) -> None:
    chance = random.Random(seed)
    records = RECORDS
    for _ in range(3):
        put(*records)
        records = changed(records, chance)
    put(*records)
    grown = dump(connection)
    empty(connection)
    put(*records)
    assert grown == dump(connection)


class KilledError(Exception):
    pass


@pytest.mark.parametrize("moment", range(10))
def test_a_load_goes_on_where_it_was_cut_off(
    connection: Connection,
    put: Put,
    monkeypatch: pytest.MonkeyPatch,
    moment: int,
) -> None:
    monkeypatch.setattr("graph.neo4j_server.load.BATCH", 2)
    left = 1 + 2 * moment
    write = Connection.write

    def dying(self: Connection, statement: str, **parameters: Any) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise KilledError
        write(self, statement, **parameters)

    with monkeypatch.context() as patch:
        patch.setattr(Connection, "write", dying)
        with pytest.raises(KilledError):
            put(*RECORDS)
    mark = state.read_load_state(connection)
    assert mark is None or not mark.complete
    put(*RECORDS)
    mark = state.read_load_state(connection)
    assert mark is not None
    assert mark.complete
    resumed = dump(connection)
    empty(connection)
    put(*RECORDS)
    assert resumed == dump(connection)


def test_an_untouched_server_is_known_at_once(
    connection: Connection, starter: Path, tmp_path: Path
) -> None:
    notes = tmp_path / "notes.json"
    load_of(connection, starter, notes=notes)
    assert load_of(connection, starter, notes=notes).counts == {}
    connection.write("MATCH (e:Entity {id: 'axis-communications'}) SET e.note = 'mine'")
    again = load_of(connection, starter, notes=notes)
    assert [str(edit) for edit in again.edited] == ["Entity axis-communications: note"]
    # as long as an edit stands, nothing is taken for granted
    assert load_of(connection, starter, notes=notes).edited == again.edited
    notes.write_text("{")
    assert load_of(connection, starter, notes=notes).edited == again.edited


def test_a_new_version_over_an_untouched_one(
    connection: Connection, put: Put, tmp_path: Path
) -> None:
    notes = tmp_path / "notes.json"
    put(*RECORDS, notes=notes)
    second = put(*RECORDS[:-1], claim("c9", "axis", "says"), notes=notes)
    assert second.written == 1
    grown = dump(connection)
    empty(connection)
    put(*RECORDS[:-1], claim("c9", "axis", "says"))
    assert grown == dump(connection)
