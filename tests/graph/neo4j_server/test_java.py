"""Which Java is taken."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import MissingToolError
from graph.neo4j_server.local import java as javas
from tests.graph.neo4j_server.programs import Programs, java


def installed(folder: Path, version: str) -> Path:
    """A Java in a folder of its own."""
    program = folder / "bin" / "java"
    program.parent.mkdir(parents=True)
    program.write_text(f"#!/bin/sh\n{java(version)}\n")
    program.chmod(0o755)
    return program


@pytest.mark.parametrize(
    ("printed", "version"),
    [("17.0.15", 17), ("25", 25), ("21-ea", 21), ("1.8.0_412", 8), ("11.0.2", 11)],
)
def test_versions_are_read(programs: Programs, printed: str, version: int) -> None:
    assert javas.version_of(programs.add("java", java(printed))) == version


def test_java_home_comes_first(
    programs: Programs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    programs.add("java", java("17"))
    chosen = installed(tmp_path / "chosen", "21.0.1")
    monkeypatch.setenv("JAVA_HOME", str(tmp_path / "chosen"))
    assert javas.find_java(17) == chosen


def test_one_that_is_too_old_is_passed_over(
    programs: Programs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_path = programs.add("java", java("17.0.2"))
    installed(tmp_path / "old", "11")
    monkeypatch.setenv("JAVA_HOME", str(tmp_path / "old"))
    newest = installed(tmp_path / "jvm" / "temurin-25", "25.0.1")
    assert javas.find_java(17) == on_path
    assert javas.find_java(21) == newest


def test_macos_knows_its_own(programs: Programs, tmp_path: Path) -> None:
    program = installed(tmp_path / "Home", "21")
    asked = tmp_path / "java_home"
    asked.write_text(f"#!/bin/sh\necho {tmp_path / 'Home'}\n")
    asked.chmod(0o755)
    assert javas.find_java(21) == program


@pytest.mark.parametrize("script", ["exit 1", "echo nothing", "exec no-such-program"])
def test_a_stub_is_no_java(programs: Programs, script: str) -> None:
    programs.add("java", script)
    with pytest.raises(MissingToolError, match="and there is none"):
        javas.find_java(17)


def test_the_newest_that_is_too_old_is_named(programs: Programs, tmp_path: Path) -> None:
    programs.add("java", java("11.0.2"))
    installed(tmp_path / "jvm" / "a", "17.0.2")
    with pytest.raises(MissingToolError, match="Java 21 or later, and only Java 17 is installed"):
        javas.find_java(21)
