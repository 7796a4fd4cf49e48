"""The commands of `sightline neo4j`, without a server."""

from __future__ import annotations

import shlex
from pathlib import Path

import click
import pytest

from app.cli.neo4j import COMMANDS, command
from tests.app.cli.conftest import Run

MEMBERS = {name: command.get_command(click.Context(command), name) for name in COMMANDS}


@pytest.mark.parametrize("name", COMMANDS)
def test_each_member_is_a_command_like_the_others(name: str, run: Run) -> None:
    member = MEMBERS[name]
    assert member is not None
    assert member.name == name
    assert {"--data", "--store", "--data-version"} <= {o for p in member.params for o in p.opts}
    shown = run("neo4j", name, "--help").stdout
    examples = shown.rpartition("Example:\n")[2].splitlines()
    for example in examples:
        assert shlex.split(example)[:2] == ["sightline", "neo4j"]
        other, *words = shlex.split(example)[2:]
        found = MEMBERS[other]
        assert found is not None
        found.make_context(other, words)
    assert any(shlex.split(example)[2] == name for example in examples)


def test_nothing_runs_and_nothing_is_made(run: Run, tmp_path: Path) -> None:
    stopped = run("neo4j", "stop", data=tmp_path / "data")
    assert (stopped.exit_code, stopped.stderr) == (0, "")
    assert stopped.stdout.startswith("No server runs in ")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("start --memory lots", "is not a size"),
        ("start --memory 0g", "is not a size"),
        ("start --port 0", "--port"),
        ("start --release 4.4", "'5.26', 'current'"),
        ("start --folder ''", "the name of the folder is empty"),
        ("stop --folder ''", "the name of the folder is empty"),
        ("fly", "There is no command 'fly'"),
    ],
)
def test_wrong_words_are_usage_errors(words: str, told: str, run: Run) -> None:
    refused = run("neo4j", *shlex.split(words))
    assert refused.exit_code == 2
    assert told in " ".join(refused.stderr.split())
