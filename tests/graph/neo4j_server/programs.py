"""Stand-ins for programs: shell scripts on a PATH that holds nothing else of theirs."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

TOOLS = ("sh", "cat", "echo", "mkdir", "touch", "rm", "sleep")


class Programs:
    """A folder that is the whole PATH, with the scripts that a test puts there."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        folder.mkdir()
        for tool in TOOLS:
            (folder / tool).symlink_to(str(shutil.which(tool)))
        monkeypatch.setenv("PATH", str(folder))
        monkeypatch.delenv("JAVA_HOME", raising=False)

    def add(self, name: str, script: str) -> Path:
        """Put a script there; its arguments go, a line a call, to a file beside it."""
        program = self.folder / name
        program.write_text(f'#!/bin/sh\necho "$*" >> "{program}.calls"\n{script}\n')
        program.chmod(0o755)
        return program

    def calls(self, name: str) -> list[str]:
        file = self.folder / f"{name}.calls"
        return file.read_text().splitlines() if file.exists() else []


def java(version: str) -> str:
    """The script of a Java."""
    return f"echo 'openjdk version \"{version}\" 2025-04-15' >&2"
