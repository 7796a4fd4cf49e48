"""Find a Java that is new enough."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from graph.errors import MissingToolError

#: Where Linux distributions and macOS install Java.
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
    """Return the first Java of at least that version.

    The search covers JAVA_HOME, the PATH, and where Linux and macOS install Java.

    Parameters
    ----------
    least : int
        The minimum version, such as 17.

    Raises
    ------
    MissingToolError
        If there is none; the message names the newest one that is too old.
    """
    seen: list[int] = []
    for program in _candidates():
        version = version_of(program)
        if version >= least:
            return program
        if version:
            seen.append(version)
    available = f"only Java {max(seen)} is installed" if seen else "there is none"
    raise MissingToolError(
        f"This release of Neo4j runs in Docker, which does not answer, or on Java {least} or "
        f"later, and {available}. Start Docker, install a Java (Debian, Ubuntu: "
        f"openjdk-{least}-jre-headless; macOS: temurin), or set JAVA_HOME or NEO4J_URI."
    )


def version_of(program: Path) -> int:
    """Return the version of a Java, or 0 if it does not run, like the stub of macOS."""
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
    if on_path := shutil.which("java"):
        yield Path(on_path)
    for folder, pattern in _PLACES:
        yield from sorted(Path(folder).glob(pattern), reverse=True)
    if _MACOS.exists():
        answer = subprocess.run([_MACOS], capture_output=True, text=True)  # noqa: S603
        yield Path(answer.stdout.strip()) / "bin" / "java"
