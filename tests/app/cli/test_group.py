"""The group: cheap help, and errors that are sentences."""

from __future__ import annotations

import json
import os
import resource
import shlex
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from app.cli import COMMANDS, main
from graph.errors import DataError, UnknownIdError, UsageError
from tests.app.cli.conftest import Run

HEAVY = ("duckdb", "pyarrow", "networkx", "streamlit", "pandas", "numpy", "msgspec", "platformdirs")
START = "import sys; from app.cli import main; main()"
ROOT = Path(__file__).parents[3]


def program(*args: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run the command line in a process of its own."""
    return subprocess.run(
        [sys.executable, "-c", START, *args],
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", **environ},
        capture_output=True,
        text=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
    )


def commands() -> dict[str, click.Command]:
    context = click.Context(main)
    known = {name: main.get_command(context, name) for name in main.list_commands(context)}
    return {name: command for name, command in known.items() if command}


def test_help_is_cheap_and_imports_no_engine() -> None:
    code = f"""
import atexit, json, sys
from app.cli import main
atexit.register(lambda: sys.stderr.write(json.dumps([m for m in {HEAVY} if m in sys.modules])))
main(["--help"])
"""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(f"sightline --help: {seconds:.2f} s of CPU")  # make bench holds it to 0.3
    assert json.loads(done.stderr) == []


def test_help_lists_every_command_in_order_with_its_line(run: Run) -> None:
    shown = run("--help").stdout
    places = [shown.index(f"\n  {name} ") for name in COMMANDS]
    assert places == sorted(places)


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_is_called_what_its_module_is(name: str) -> None:
    command = commands()[name]
    assert command.name == name
    assert not command.hidden


@pytest.mark.parametrize("name", COMMANDS)
def test_each_help_ends_with_examples_that_parse(name: str, run: Run) -> None:
    shown = run(name, "--help").stdout
    examples = shown.rpartition("Example:\n")[2].splitlines()
    assert examples
    for example in examples:
        program_name, command, *args = shlex.split(example)
        assert program_name == "sightline"
        commands()[command].make_context(command, args)
    assert any(example.split()[1] == name for example in examples)


GROUPS = {"query", "neo4j"}  # their members have options of their own


@pytest.mark.parametrize("name", [name for name in COMMANDS if name not in GROUPS])
def test_the_common_options_are_everywhere(name: str) -> None:
    options = {option for param in commands()[name].params for option in param.opts}
    assert {"--data", "--store"} <= options
    assert name == "cypher" or "--data-version" in options
    answers = {
        "find",
        "show",
        "look-next",
        "paths",
        "exposure",
        "ranking",
        "explain",
        "versions",
        "diff",
        "cypher",
    }
    assert ("--format" in options) is (name in answers)


@pytest.mark.parametrize(
    ("error", "code"),
    [(UsageError("No."), 2), (UnknownIdError("x", "y"), 1), (DataError("No."), 1)],
)
def test_known_errors_are_their_sentence(
    error: Exception, code: int, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    _fail(monkeypatch, error)
    result = run("find", "x")
    assert result.exit_code == code
    assert result.stdout == ""
    assert result.stderr == f"{error}\n"


def test_an_unexpected_error_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    _fail(monkeypatch, KeyError("a\nb"))
    result = CliRunner().invoke(main, ["find", "x"], env={"SIGHTLINE_DEBUG": "0"})
    assert result.exit_code == 1
    assert result.stdout == ""
    assert len(result.stderr.splitlines()) == 1
    assert "report it" in result.stderr
    assert "SIGHTLINE_DEBUG=1" in result.stderr


def test_debug_shows_the_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    _fail(monkeypatch, KeyError("a"))
    result = CliRunner().invoke(main, ["find", "x"], env={"SIGHTLINE_DEBUG": "1"})
    assert "Traceback" in result.stderr
    assert result.stderr.splitlines()[-1].startswith("Internal error in Sightline")


def test_an_error_of_the_system_names_the_file(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    _fail(monkeypatch, PermissionError(13, "Permission denied", "/x/y"))
    result = run("find", "x")
    assert (result.exit_code, result.stderr) == (
        1,
        "Cannot read or write /x/y: Permission denied.\n",
    )


def test_ctrl_c_is_quiet(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    _fail(monkeypatch, KeyboardInterrupt())
    result = run("find", "x")
    assert (result.exit_code, result.output.strip()) == (130, "")


def _fail(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    def fail(*_args: object) -> None:
        raise error

    monkeypatch.setattr("app.cli.find.Request.open", fail)


@pytest.mark.parametrize("form", ["table", "json", "csv"])
def test_a_reader_who_stops_early_sees_no_error(form: str, ingested: Path) -> None:
    command = [sys.executable, "-c", START, "exposure", "--data", str(ingested), "--format", form]
    with subprocess.Popen(
        command,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()  # before anything is written
        assert process.stderr.read() == b""
    assert process.returncode == 1


def test_it_runs_from_any_folder_whatever_lies_there(tmp_path: Path, ingested: Path) -> None:
    (tmp_path / "graph.py").write_text("raise RuntimeError('the wrong graph')")
    done = subprocess.run(
        [
            sys.executable,
            "-P",
            "-c",
            START,
            "find",
            "kamera",
            "--data",
            os.path.relpath(ingested, tmp_path),
        ],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "kamera-ab" in done.stdout


def test_a_plain_ascii_locale_reads_and_writes(ingested: Path) -> None:
    plain = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": ""}
    done = program("find", "明眼", "--data", str(ingested), **plain)
    assert (done.returncode, done.stderr) == (0, "")
    assert "open-eye" in done.stdout
    assert "MingYan" in done.stdout
    drawn = program("paths", "aurora-vision", "northport-psb", "--data", str(ingested), **plain)
    assert (drawn.returncode, drawn.stderr) == (0, "")
    assert "no source names a programme" in drawn.stdout
    assert drawn.stdout.isascii()


def test_version_is_shown() -> None:
    result = CliRunner().invoke(main, ["--version"])
    assert result.exit_code == 0
    assert result.stdout.startswith("sightline ")
