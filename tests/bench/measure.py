"""Measuring a command as a cold process: wall time, CPU time and peak memory."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
START = "import sys; sys.argv[0] = 'sightline'; from app.cli import main; main()"
# ru_maxrss counts kilobytes on Linux and bytes on macOS.
MEMORY_UNIT = 1 if sys.platform == "darwin" else 1024


class Cost(NamedTuple):
    """What a process took: seconds on the clock, seconds of CPU, bytes at its peak."""

    seconds: float
    cpu: float
    peak: int


class Figure(NamedTuple):
    """A line of docs/benchmarks.md; `limit` is what must hold, as a number in the same unit."""

    what: str
    value: float
    unit: str
    limit: float | None = None

    @property
    def holds(self) -> bool:
        return self.limit is None or self.value <= self.limit


def sightline(*words: str | Path, data: Path) -> Cost:
    """Run `sightline` in a process of its own and return what it took.

    Raises
    ------
    subprocess.CalledProcessError
        It failed: a figure of a failure would be worth nothing.
    """
    command = [sys.executable, "-c", START, *map(str, words)]
    environ = {**os.environ, "SIGHTLINE_DATA": str(data), "PYTHONPATH": str(ROOT)}
    begin = time.perf_counter()
    process = subprocess.Popen(command, env=environ, cwd=data.parent, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)  # this process's usage; getrusage mixes them all
    seconds = time.perf_counter() - begin
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Cost(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * MEMORY_UNIT)


def best(times: int, *words: str | Path, data: Path) -> Cost:
    """Run several times and return the quickest: the others measured the machine's other work."""
    return min(sightline(*words, data=data) for _ in range(times))
