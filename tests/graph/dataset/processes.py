"""Other processes, which tests start, stop at a step, and kill.

They are forked from a server that has the libraries loaded already, so that each costs little.
"""

from __future__ import annotations

import multiprocessing
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from graph.dataset import Archive
from tests.graph.dataset.records import publish, sample

_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["duckdb", "graph.dataset", "graph.record.names", __name__])

#: Seconds after which a test gives up on another process.
PATIENCE = 60


class Child:
    """A process that reports the steps it comes to, and waits at the one that it is told to."""

    def __init__(self, work: Callable[..., None], folder: Path, *arguments: Any) -> None:
        self._here, there = _CONTEXT.Pipe()
        self.process = _CONTEXT.Process(
            target=_run, args=(work, there, folder, *arguments), daemon=True
        )
        self.process.start()
        there.close()

    def hear(self) -> Any:
        """The next report, or None once the process has ended."""
        if not self._here.poll(PATIENCE):
            raise TimeoutError
        try:
            return self._here.recv()
        except EOFError:
            return None

    def await_step(self, step: str) -> None:
        """Hear until the process comes to a step."""
        while (heard := self.hear()) != step:
            assert heard is not None, f"it ended before it came to {step}"

    def go_on(self) -> None:
        """Let the process go on from where it waits."""
        self._here.send(None)

    def kill(self) -> None:
        """Kill -9, and wait until it is over."""
        self.process.kill()
        self.end()

    def end(self) -> int | None:
        """Wait until the process has ended, and return its exit code."""
        self.process.join(PATIENCE)
        self._here.close()
        return self.process.exitcode


@contextmanager
def child(work: Callable[..., None], folder: Path, *arguments: Any) -> Iterator[Child]:
    """Start a process; it is over when the block ends."""
    started = Child(work, folder, *arguments)
    try:
        yield started
    finally:
        if started.process.is_alive():
            started.kill()


def _run(work: Callable[..., None], there: Connection, folder: Path, *arguments: Any) -> None:
    work(there, folder, *arguments)
    there.close()
    sys.stdout.flush()


def write(there: Connection, folder: Path, stop: str | None, seed: int) -> None:
    """Publish a version, then prune; report each step, and wait at the one called `stop`."""

    def checkpoint(step: str) -> None:
        there.send(step)
        if step == stop:
            there.recv()

    with TemporaryDirectory() as warm:  # so that random times do not all fall into the first steps
        publish(Archive(Path(warm)), sample())
    archive = Archive(folder, checkpoint=checkpoint)
    there.send("begin")
    publish(archive, sample("mine", 40, seed), replacing={"mine"})
    archive.prune(keep=1)
    there.send("end")


def hold_lock(there: Connection, folder: Path) -> None:
    """Be the one who writes, until told to go on."""
    with Archive(folder).writer() as writer:
        writer.add("entities", sample()["entities"])
        there.send("held")
        there.recv()


def hold_version(there: Connection, folder: Path, version: str) -> None:
    """Keep a version open, until told to go on; then read it."""
    with Archive(folder).open(version) as dataset:
        there.send("held")
        there.recv()
        there.send(len(list(dataset.records("claims"))))


def read_on(there: Connection, folder: Path) -> None:
    """Open the current version and read it whole, again and again, until told to stop."""
    from graph.record.ids import digest, version_id
    from graph.record.model import RECORDS

    archive = Archive(folder)
    seen = []
    there.send("begin")
    while not there.poll():
        with archive.open() as dataset:
            records = [(table, r) for table in RECORDS for r in dataset.records(table)]
            found = version_id(digest(table, record) for table, record in records)
            seen.append((dataset.id, found))
    there.send(seen)
