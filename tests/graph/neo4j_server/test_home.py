"""The folder of a server, without a server."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.errors import BusyError, ServerError, UsageError
from graph.neo4j_server.local import run
from graph.neo4j_server.local.home import Home, RunningServer
from graph.neo4j_server.local.release import LONG_TERM, RELEASES
from graph.settings import Settings

STATE = RunningServer(engine="java", version="5.26.12", bolt=7687, http=7474, pid=1)


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    """A folder that was made under the most generous mask."""
    mask = os.umask(0)
    made = Home(tmp_path / "neo4j")
    made.make()
    yield made
    os.umask(mask)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_looking_makes_nothing(tmp_path: Path) -> None:
    looked = Home(tmp_path / "neo4j")
    assert (run.running(looked), run.stop(looked), looked.password()) == (None, None, "")
    assert list(tmp_path.iterdir()) == []


def test_a_password_is_made_up_once_and_for_the_owner_alone(home: Home) -> None:
    chosen = home.choose_password()
    assert len(chosen) >= 32
    assert home.choose_password("another one") == home.password() == chosen
    assert mode(home.password_file) == 0o600
    assert mode(home.folder) == 0o700


def test_no_two_passwords_are_the_same(home: Home) -> None:
    first = home.choose_password()
    home.password_file.unlink()
    assert home.choose_password() != first


def test_a_wanted_password_is_kept_as_it_is(home: Home) -> None:
    assert home.choose_password(" pass\\word \"ä'# ") == home.password() == " pass\\word \"ä'# "


@pytest.mark.parametrize("wanted", ["short", "two\nlines of it", "with a \x07 bell"])
def test_what_neo4j_would_refuse_is_told(home: Home, wanted: str) -> None:
    with pytest.raises(UsageError, match="at least 8 characters in one line") as refused:
        home.choose_password(wanted)
    assert wanted not in str(refused.value)
    assert not home.password_file.exists()


def test_data_without_a_password_are_told(home: Home) -> None:
    (home.data / "databases").mkdir()
    with pytest.raises(ServerError, match="holds a database, but not its password"):
        home.choose_password("a long secret")


def test_an_older_release_does_not_touch_newer_data(home: Home) -> None:
    home.check(LONG_TERM)
    home.remember(STATE)
    for release in RELEASES.values():
        home.check(release)
    home.remember(RunningServer(engine="java", version="2026.08.1", bolt=1, http=2))
    home.check(RELEASES["current"])
    with pytest.raises(ServerError, match=r"by Neo4j 2026\.08\.1, which 5\.26\.12 cannot read"):
        home.check(LONG_TERM)


@pytest.mark.parametrize("text", ["", "{", '{"engine": "java"}', '{"engine": "abacus"}'])
def test_a_state_that_is_none_is_none(home: Home, text: str) -> None:
    (home.folder / "server.json").write_text(text)
    assert home.state() is None


def test_the_lock_outlives_its_parent(home: Home) -> None:
    """Whoever inherits the open file holds the lock, as the server does."""
    with home.locked() as lock:
        sleeper = subprocess.Popen(
            [sys.executable, "-c", "input()"], stdin=subprocess.PIPE, pass_fds=(lock,)
        )
    home.remember(STATE)
    assert home.is_in_use()
    assert run.running(home) == STATE
    with pytest.raises(BusyError, match="Somebody else is starting"), home.locked():
        pass
    sleeper.kill()
    sleeper.communicate()
    assert not home.is_in_use()


def test_a_process_that_has_the_number_by_chance_is_left_alone(home: Home) -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as other:
        home.remember(
            RunningServer(engine="java", version="5.26.12", bolt=1, http=2, pid=other.pid)
        )
        assert run.running(home) is None
        assert run.stop(home) is None
        assert other.poll() is None
        other.communicate(b"\n")
    assert other.returncode == 0


def test_the_settings_know_the_server_that_runs(tmp_path: Path) -> None:
    given = Settings(data=tmp_path)
    home = Home(tmp_path / "neo4j")
    assert run.settings(given) == given
    home.make()
    home.choose_password("kept in a file")
    home.remember(STATE)
    assert run.settings(given) == given  # it has stopped
    with home.locked():
        found = run.settings(given)
        assert (found.neo4j_uri, found.neo4j_password) == (STATE.uri, "kept in a file")
        assert run.settings(Settings(data=Path("elsewhere")), tmp_path).neo4j_uri == STATE.uri
        own = Settings(data=tmp_path, neo4j_password="of the environment")
        assert run.settings(own).neo4j_password == "of the environment"
        other = Settings(data=tmp_path, neo4j_uri="neo4j+s://db.example")
        assert run.settings(other) == other
