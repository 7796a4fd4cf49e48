"""Find a Java that is new enough."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from graph.errors import MissingToolError

#: Where Linux distributions and macOS put them.
_PLACES = (
    ("/usr/lib/jvm", "*/bin/java"),
    ("/Library/Java/JavaVirtualMachines", "*/Contents/Home/bin/java"),
    ("/opt/homebrew/opt", "openjdk*/bin/java"),
    ("/usr/local/opt", "openjdk*/bin/java"),
)
_MACOS = Path("/usr/libexec/java_home")
_VERSION = re.compile(r'version "(?:1\.)?(\d+)')
_SECONDS = 30


def find_java(least: int) -> Path:
    """Return the first Java of that version or a later one.

    Looked for in JAVA_HOME, on the PATH, and where Linux and macOS keep them.

    Parameters
    ----------
    least : int
        The oldest version that will do, such as 17.

    Raises
    ------
    MissingToolError
        If there is none; it names the newest of those that are too old.
    """
    seen: list[int] = []
    for program in _candidates():
        version = version_of(program)
        if version >= least:
            return program
        if version:
            seen.append(version)
    there = f"only Java {max(seen)} is there" if seen else "there is none"
    raise MissingToolError(
        f"This release of Neo4j runs in Docker, which does not answer, or on Java {least} or "
        f"later, and {there}. Start Docker, install a Java (Debian, Ubuntu: "
        f"openjdk-{least}-jre-headless; macOS: temurin), or set JAVA_HOME or NEO4J_URI."
    )


def version_of(program: Path) -> int:
    """Return the version of a Java, or 0 where it does not run (macOS has a stub that does not)."""
    try:
        done = subprocess.run(  # noqa: S603 - a program that was looked for
            [program, "-version"],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=_SECONDS,
        )
    except (OSError, subprocess.TimeoutExpired):
        return 0
    version = _VERSION.search(done.stderr + done.stdout)
    return int(version[1]) if version and done.returncode == 0 else 0


def _candidates() -> Iterator[Path]:
    seen: set[Path] = set()
    for program in _places():
        if program.is_file() and (real := program.resolve()) not in seen:
            seen.add(real)
            yield program


def _places() -> Iterator[Path]:
    if home := os.environ.get("JAVA_HOME"):
        yield Path(home) / "bin" / "java"
    if found := shutil.which("java"):
        yield Path(found)
    for folder, pattern in _PLACES:
        yield from sorted(Path(folder).glob(pattern), reverse=True)
    if _MACOS.exists():
        told = subprocess.run([_MACOS], capture_output=True, text=True)  # noqa: S603
        yield Path(told.stdout.strip()) / "bin" / "java"
