"""The command line, run in this process."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from app.cli import main

Run = Callable[..., Result]


@pytest.fixture
def run(ingested: Path) -> Run:
    """`run("find", "x")` over the miniature, which it only reads; `data=` is another folder."""

    def call(*args: str, data: Path | None = None, stdin: str | None = None) -> Result:
        environ = {"SIGHTLINE_DATA": str(data or ingested), "SIGHTLINE_DEBUG": ""}
        result = CliRunner().invoke(main, args, env=environ, input=stdin)
        assert "Traceback" not in result.output
        assert "Internal error" not in result.output
        return result

    return call


@pytest.fixture
def ask(run: Run) -> Callable[..., Any]:
    """The same for a question that has an answer: the JSON document."""

    def call(*args: str, **options: Path) -> Any:
        result = run(*args, "--format", "json", **options)
        assert result.exit_code == 0
        document = json.loads(result.stdout)
        assert bool(result.stderr) == bool(document["left_out"])
        return document

    return call
