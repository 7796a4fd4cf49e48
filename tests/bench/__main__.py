"""`python -m tests.bench [MODULE …]`: run every module here that has `figures`, and write the page.

A module's `figures(room)` measures in an empty folder and returns lines of the table. With modules
named, only these run, and the page stays as it is.
"""

from __future__ import annotations

import datetime
import importlib
import os
import pkgutil
import platform
import sys
import tempfile
from pathlib import Path

import psutil
from tqdm import tqdm

import tests.bench
from tests.bench.measure import ROOT, Figure

PAGE = ROOT / "docs" / "benchmarks.md"
MARK = "<!-- Below this line, `make bench` writes. -->\n"


def measure(names: list[str]) -> list[Figure]:
    """Run the modules one after the other: two at once would measure each other."""
    found = []
    for name in tqdm(names, desc="bench", disable=None):
        with tempfile.TemporaryDirectory() as room:
            made = importlib.import_module(f"tests.bench.{name}").figures(Path(room))
            tqdm.write(table(made))  # what is measured is not lost with what fails after it
            found += made
    return found


def modules() -> list[str]:
    """The modules of this folder that measure something, by name."""
    found = pkgutil.iter_modules(tests.bench.__path__)
    names = [module.name for module in found if not module.ispkg]
    return [name for name in names if "\ndef figures(" in _text(name)]


def table(figures: list[Figure]) -> str:
    """The figures as a table in Markdown."""
    lines = ["| measured | figure | must be | |", "| --- | ---: | ---: | --- |"]
    for figure in figures:
        verdict = ("holds" if figure.holds else "**broken**") if figure.asked else ""
        value = f"{figure.value:,.2f}" if abs(figure.value) >= 0.1 else f"{figure.value:.3g}"
        lines.append(f"| {figure.what} | {value} {figure.unit} | {figure.asked} | {verdict} |")
    return "\n".join(lines) + "\n"


def machine() -> str:
    """The machine in words, without its name."""
    memory = psutil.virtual_memory().total / 2**30
    return (
        f"{platform.system()} on {platform.machine()}, {os.cpu_count()} cores, {memory:.0f} GiB of"
        f" memory, Python {platform.python_version()}"
    )


def _text(name: str) -> str:
    return (Path(__file__).parent / f"{name}.py").read_text("utf-8")


def main() -> int:
    """Measure, print, write the page; exit 1 where a limit is broken."""
    chosen = sys.argv[1:]
    figures = measure(chosen or modules())
    print(table(figures))
    if not chosen:
        today = datetime.datetime.now(tz=datetime.UTC).date()
        head = PAGE.read_text("utf-8").partition(MARK)[0] + MARK
        PAGE.write_text(f"{head}\nMeasured on {today}: {machine()}.\n\n{table(figures)}", "utf-8")
    return int(not all(figure.holds for figure in figures))


if __name__ == "__main__":
    sys.exit(main())
