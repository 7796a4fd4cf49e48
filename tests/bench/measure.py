"""Measuring a command as a cold process: wall time, CPU time and peak memory."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple, TypeVar

R = TypeVar("R")

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
    """A line of docs/benchmarks.md; what must hold is a number in the same unit.

    Attributes
    ----------
    what : str
        What was measured.
    value : float
        The figure.
    unit : str
        Its unit; × for ratios.
    limit : float, optional
        What it must not exceed.
    least : float, optional
        What it must reach.
    """

    what: str
    value: float
    unit: str
    limit: float | None = None
    least: float | None = None

    @property
    def holds(self) -> bool:
        """Whether it keeps to what must hold, or nothing must."""
        return (self.limit is None or self.value <= self.limit) and (
            self.least is None or self.value >= self.least
        )

    @property
    def asked(self) -> str:
        """What must hold, in words."""
        if self.limit is not None:
            return f"≤ {self.limit:g} {self.unit}"
        return "" if self.least is None else f"≥ {self.least:g} {self.unit}"


def peak() -> int:
    """Return the most memory that this process has taken, in bytes.

    Linux hands the greatest size of whoever started a process on to its `ru_maxrss`; what it says
    of the process itself is in its status.
    """
    status = Path("/proc/self/status")
    if status.exists():
        (line,) = [row for row in status.read_text("utf-8").splitlines() if "VmHWM" in row]
        return int(line.split()[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * MEMORY_UNIT


def timed(of: Callable[[], R], times: int = 3) -> tuple[float, R]:
    """Return the fewest seconds on the clock that something took, and what it gave."""
    least = float("inf")
    for _ in range(times):
        began = time.perf_counter()
        given = of()
        least = min(least, time.perf_counter() - began)
    return least, given


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
