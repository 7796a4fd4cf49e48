"""A real file system of a few MiB, to be filled: only root may mount one, and not everywhere."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def mounted(folder: Path, mebibytes: int) -> Iterator[Path]:
    """Mount a new file system at a folder that is made for it, or skip the test."""
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={mebibytes}m", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(command, capture_output=True).returncode:
        pytest.skip("may not mount a file system; the refusals are tried by other means as well")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def resize(folder: Path, mebibytes: int) -> None:
    """Give it another size."""
    subprocess.run(["mount", "-o", f"remount,size={mebibytes}m", str(folder)], check=True)


def used(folder: Path) -> int:
    """How much of it is used, in MiB, rounded up."""
    space = os.statvfs(folder)
    return -(-(space.f_blocks - space.f_bfree) * space.f_frsize // 2**20)
