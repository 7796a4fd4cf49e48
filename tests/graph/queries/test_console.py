"""The process of a statement: stopped when it must be, whatever it does. No server is needed."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from graph.errors import ServerError, UsageError
from graph.queries import console, runner
from graph.settings import Settings

NOWHERE = Settings(Path("nowhere"), "bolt://127.0.0.1:1", "neo4j", "secret-password", "")
#: A task is read, then: these lines.
READS = "import sys, json, time, os\ntask = json.load(sys.stdin)\n"


Program = Callable[[str], None]


@pytest.fixture
def program(monkeypatch: pytest.MonkeyPatch) -> Program:
    """Runs other lines in the place of the runner."""

    def put(lines: str) -> None:
        monkeypatch.setattr(console, "_PROGRAM", READS + lines)

    return put


def ask(**options: float) -> console.ConsoleAnswer:
    return console.run_statement("RETURN 1 AS x", NOWHERE, **options)  # type: ignore[arg-type]


def test_answer(program: Program) -> None:
    program(
        """
print('{"columns": ["x", "y"]}')
print('[1, {"a": [null, "é"]}]')
print('{"more": false, "notices": []}')
"""
    )
    assert ask() == console.ConsoleAnswer(("x", "y"), [[1, {"a": [None, "é"]}]])


def test_what_is_sent(program: Program) -> None:
    """Written anew; the password only on standard input."""
    program(
        """
print('{"columns": ["task", "argv"]}')
print(json.dumps([task, sys.argv]))
print('{"more": true, "notices": []}')
"""
    )
    rows = console.run_statement("RETURN $a // x", NOWHERE, {"a": [1]}, limit=7, seconds=3)
    [[task, argv]] = rows.rows
    assert rows.more == "more than 7 rows"
    assert argv == ["-c"]
    assert task == {
        "uri": "bolt://127.0.0.1:1",
        "username": "neo4j",
        "password": "secret-password",
        "database": "",
        "statement": "RETURN $a",
        "parameters": {"a": [1]},
        "limit": 7,
        "seconds": 3,
    }


def test_a_statement_that_is_refused_starts_nothing(program: Program) -> None:
    program("raise SystemExit(9)")
    with pytest.raises(UsageError, match="The statement was not run"):
        console.run_statement("MATCH (n) DELETE n", NOWHERE)


@pytest.mark.parametrize(
    "lines",
    [
        "time.sleep(60)",
        "while True: pass",
        "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)",
        "print('{\"columns\": []}', flush=True); time.sleep(60)",
        "os.close(1); time.sleep(60)",
    ],
)
def test_it_gives_up_by_itself(
    program: Program, monkeypatch: pytest.MonkeyPatch, lines: str
) -> None:
    program(lines)
    monkeypatch.setattr(console, "GRACE", 0.2)
    started = time.monotonic()
    with pytest.raises(ServerError, match=r"it took longer than 0\.5 seconds"):
        ask(seconds=0.5)
    assert time.monotonic() - started < 10


def test_cancel(program: Program) -> None:
    program("time.sleep(60)")
    running = console.Running("RETURN 1", NOWHERE)
    threading.Timer(0.3, running.cancel).start()
    started = time.monotonic()
    with pytest.raises(ServerError, match="it was cancelled"):
        running.result()
    assert time.monotonic() - started < 10


def test_a_flood_is_cut(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(console, "LARGEST", 1024**2)
    program("print('{\"columns\": [\"x\"]}')\nwhile True: print('[\"' + 'x' * 1000 + '\"]')")
    rows = ask()
    assert 900 < len(rows.rows) < 1100
    assert rows.more == "more than 1 MB"


def test_one_endless_line_is_cut(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(console, "LARGEST", 1024**2)
    program("while True: sys.stdout.write('x' * 1000)")
    assert ask().more == "more than 1 MB"


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (f"os._exit({runner.TOO_LARGE})", "its answer is too large"),
        ("os.kill(os.getpid(), 9)", "was stopped from outside"),
        ("raise SystemExit(1)", "was stopped from outside"),
        ("""print('{"error": "No.", "usage": false}')""", "No."),
    ],
)
def test_its_end_is_told(program: Program, lines: str, said: str) -> None:
    program(lines)
    with pytest.raises(ServerError, match=said):
        ask()


def test_a_mistake_of_the_user_is_one() -> None:
    with pytest.raises(UsageError, match="No server is named"):
        console.run_statement("RETURN 1", Settings(Path("nowhere")))


def test_no_server() -> None:
    with pytest.raises(ServerError, match="No Neo4j server answers") as error:
        console.run_statement("RETURN 1", NOWHERE, seconds=20)
    assert "secret-password" not in str(error.value)


def test_memory_is_bounded() -> None:
    """What one value of an answer may fill; the process watches itself."""
    lines = """
import threading, time
from graph.queries import runner
runner.MEMORY = 200
threading.Thread(target=runner._watch, daemon=True).start()
kept = []
for _ in range(100):
    kept.append(bytearray(10 * 1024**2))
    time.sleep(0.02)
"""
    root = Path(__file__).parents[3]
    done = subprocess.run([sys.executable, "-c", lines], cwd=root, timeout=60)
    assert done.returncode == runner.TOO_LARGE


def test_values_become_json() -> None:
    from neo4j.time import Date, Duration

    assert runner._plain(Date(2015, 9, 21)) == "2015-09-21"
    assert runner._plain(Duration(days=1)) == "P1D"
    assert runner._plain([float("nan"), True, None, 2**70, {"a": 1.5}]) == [
        "NaN",
        True,
        None,
        2**70,
        {"a": 1.5},
    ]
