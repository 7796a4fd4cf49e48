"""docs/notebook.ipynb runs on both releases, and shows what comes out."""

from __future__ import annotations

from pathlib import Path

import msgspec
import nbformat

from graph.dataset import Archive
from tests.server.conftest import Server
from tests.server.contract.conftest import fill
from tests.tools.notebook import NOTEBOOK, executed, texts


def test_it_shows_what_comes_out(neo4j_server: Server, starter: Path, tmp_path: Path) -> None:
    fill(neo4j_server, Archive(starter))
    here = msgspec.structs.replace(neo4j_server.settings, data=starter)
    shown = nbformat.read(NOTEBOOK, as_version=4)
    made = executed(tmp_path, here)
    assert list(texts(made)) == list(texts(shown)), "make docs writes it anew"
    [figure] = [
        output.data["image/svg+xml"]
        for cell in made.cells
        for output in cell.get("outputs", ())
        if "image/svg+xml" in output.get("data", {})
    ]
    assert "Morpho" in figure
    assert not any(
        "stderr" in output.get("name", "")
        for cell in made.cells
        for output in cell.get("outputs", ())
    )
