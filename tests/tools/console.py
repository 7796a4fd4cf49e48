"""What the docs show of the command line, run: in each ```console block the lines after a
`$ sightline …` are its output, exactly.

`python -m tests.tools.console` compares; with `--write` it writes the outputs anew, and with them
the pictures of docs/pictures that a shown command draws (`make docs`).
"""

from __future__ import annotations

import difflib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.tools.cli_page import CLI_PAGE, cli_page
from tests.tools.queries_page import QUERIES_PAGE, queries_page
from tests.tools.schema_page import SCHEMA_PAGE, schema_page

ROOT = Path(__file__).parents[2]
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"^\$ (sightline (?!app$|app (?!--help)).*)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)
PICTURES = ROOT / "docs" / "pictures"
WIDTH = 100
#: Pages that are written from the code, and how.
WRITTEN = {
    ROOT / CLI_PAGE: cli_page,
    ROOT / QUERIES_PAGE: queries_page,
    ROOT / SCHEMA_PAGE: schema_page,
}


class Console:
    """A shell in which `sightline` is this checkout's, with a home and a data folder of its own.

    Parameters
    ----------
    room : Path
        An empty folder: the commands run in it.
    data : Path, optional
        A data folder that holds the starter data; without it, one is made in the room.
    """

    def __init__(self, room: Path, data: Path | None = None) -> None:
        self.folder = room / "here"
        self.environ = {
            **os.environ,
            "HOME": str(room / "home"),
            "PATH": f"{room / 'bin'}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT),
            "SIGHTLINE_DATA": str(data or room / "data"),
            "COLUMNS": str(WIDTH),
            "LC_ALL": "C.UTF-8",
            "PYTHONUTF8": "1",
            "NO_COLOR": "1",
        }
        for folder in (self.folder, room / "home", room / "bin"):
            folder.mkdir(parents=True)
        program = room / "bin" / "sightline"
        start = "import sys; sys.argv[0] = 'sightline'; from app.cli import main; main()"
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -c "{start}" "$@"\n')
        program.chmod(0o755)
        if data is None:
            self.run("sightline ingest")

    def run(self, command: str) -> str:
        """Return what a command prints, both streams, without blanks at the ends of lines."""
        done = subprocess.run(
            command,
            shell=True,
            cwd=self.folder,
            env=self.environ,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        return "".join(f"{line.rstrip()}\n" for line in done.stdout.rstrip().splitlines())

    def refreshed(self, page: str) -> str:
        """Return a page with each output as the program prints it now."""

        def output(shown: re.Match[str]) -> str:
            return f"$ {shown[1]}\n{self.run(shown[1])}"

        def block(shown: re.Match[str]) -> str:
            return f"```console\n{COMMAND.sub(output, shown[1])}```"

        return BLOCK.sub(block, page)


def pages() -> list[Path]:
    """The pages that show the command line."""
    return [p for p in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))) if commands(p)]


def commands(page: Path) -> list[str]:
    """The `sightline …` commands that a page shows with their output."""
    blocks = BLOCK.findall(page.read_text("utf-8"))
    return [shown[1] for block in blocks for shown in COMMAND.finditer(block)]


def main() -> int:
    """Compare each page with what the program prints now, or write it."""
    write = "--write" in sys.argv[1:]
    stale = 0
    for page in {*pages(), *WRITTEN}:
        shown = page.read_text("utf-8")
        with tempfile.TemporaryDirectory() as room:
            console = Console(Path(room))
            real = console.refreshed(WRITTEN[page](shown) if page in WRITTEN else shown)
            if write:
                page.write_text(real, "utf-8")
                for drawn in console.folder.glob("*.svg"):
                    shutil.copy(drawn, PICTURES)
        if shown != real:
            stale += 1
            name = str(page.relative_to(ROOT))
            pair = (shown.splitlines(keepends=True), real.splitlines(keepends=True))
            sys.stdout.writelines(difflib.unified_diff(*pair, name, f"{name}, as it is now"))
    return int(stale > 0 and not write)


if __name__ == "__main__":
    sys.exit(main())
