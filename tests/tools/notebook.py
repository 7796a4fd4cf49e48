"""docs/notebook.ipynb, executed: what it shows is what comes out.

`python -m tests.tools.notebook --write` writes its outputs anew, on a server that it starts (a part
of `make docs`).
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient

from graph.dataset import Archive
from graph.errors import MissingToolError
from graph.neo4j_server.connection import Connection
from graph.neo4j_server.load import load_version
from graph.neo4j_server.local import run
from graph.neo4j_server.local.home import Home
from graph.settings import Settings
from ingest.pipeline import ingest
from tests.tools.ports import free_ports

ROOT = Path(__file__).parents[2]
NOTEBOOK = ROOT / "docs" / "notebook.ipynb"
SECONDS = 120


def executed(room: Path, here: Settings) -> Any:
    """Return the notebook with the outputs of a run in a kernel of its own.

    Parameters
    ----------
    room : Path
        An empty folder, where the kernel runs and finds its home.
    here : Settings
        A data folder, and a server that holds its current version.
    """
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    environ = {
        **os.environ,
        "HOME": str(room),
        "PYTHONPATH": str(ROOT),
        "SIGHTLINE_DATA": str(here.data),
        "NEO4J_URI": here.neo4j_uri,
        "NEO4J_USERNAME": here.neo4j_username,
        "NEO4J_PASSWORD": here.neo4j_password,
        "NEO4J_DATABASE": here.neo4j_database,
    }
    client = NotebookClient(
        notebook,
        timeout=SECONDS,
        kernel_name="python3",
        resources={"metadata": {"path": str(room)}},
        record_timing=False,
    )
    client.execute(env=environ)
    notebook.metadata["language_info"] = {"name": "python"}  # without this machine's version
    return notebook


def texts(notebook: Any) -> Iterator[str]:
    """Yield what the cells show as text; how a picture is drawn differs between machines."""
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            yield output.get("text") or output.get("data", {}).get("text/plain", "")


def main() -> int:
    """Execute the notebook; print how it differs, or write it."""
    with tempfile.TemporaryDirectory() as folder:
        room, home = Path(folder), Home(Path(folder) / "neo4j")
        bolt, http = free_ports(2)
        try:
            state = run.start(home, setup=run.Setup(bolt=bolt, http=http, memory="512m"))
        except MissingToolError as error:
            print(f"docs/notebook.ipynb stays as it is. {error}", file=sys.stderr)
            return 0
        try:
            archive = Archive(room / "data")
            ingest(archive)
            here = Settings(room / "data", state.uri, neo4j_password=home.password())
            with Connection(here) as connection, archive.open() as dataset:
                load_version(connection, dataset)
            (room / "kernel").mkdir()
            made = executed(room / "kernel", here)
        finally:
            run.stop(home, kill=True)
    fresh = list(texts(nbformat.read(NOTEBOOK, as_version=4))) == list(texts(made))
    if "--write" in sys.argv[1:]:
        nbformat.write(made, NOTEBOOK)
        return 0
    print("docs/notebook.ipynb shows " + ("what comes out." if fresh else "something else."))
    return int(not fresh)


if __name__ == "__main__":
    sys.exit(main())
