"""Dependencies point one way, and no module hides a library (docs/architecture.md)."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MAY_IMPORT = {"graph": {"graph"}, "ingest": {"ingest", "graph"}, "app": {"app", "ingest", "graph"}}
OURS = {*MAY_IMPORT, "tests", "cypher", "docs"}
MODULES = sorted(path for room in MAY_IMPORT for path in (ROOT / room).rglob("*.py"))


def imported(path: Path) -> Iterator[str]:
    """The dotted names that a module imports, also inside functions and under TYPE_CHECKING."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            parts = path.relative_to(ROOT).parent.parts
            above = parts[: len(parts) - node.level + 1] if node.level else ()
            yield ".".join([*above, *filter(None, [node.module])])


def roots(path: Path) -> set[str]:
    return {name.partition(".")[0] for name in imported(path)}


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_relative_imports_are_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The reader of imports below is itself right about dots."""
    monkeypatch.setattr("tests.test_arrows.ROOT", tmp_path)
    module = tmp_path / "graph" / "stores" / "one.py"
    module.parent.mkdir(parents=True)
    module.write_text("from . import base\nfrom ..model import X\nimport app.cli\n")
    assert set(imported(module)) == {"graph.stores", "graph.model", "app.cli"}


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_arrows_point_one_way(path: Path) -> None:
    room = name_of(path).partition("/")[0]
    assert roots(path) & OURS <= MAY_IMPORT[room]


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_no_module_is_named_like_what_it_imports(path: Path) -> None:
    """stores/duckdb.py would import itself when it is run directly."""
    assert path.stem not in roots(path) - OURS


def test_app_holds_two_modules_of_its_own() -> None:
    """Streamlit puts app/ first on sys.path: app/graph.py would hide the package graph."""
    assert {path.name for path in (ROOT / "app").glob("*.py")} == {"__init__.py", "main.py"}
    inside = {path.stem for path in (ROOT / "app").iterdir()} - {"__init__"}
    assert not inside & (OURS - {"app"})


def test_app_is_imported_by_its_whole_name() -> None:
    """`from parts import …` would load a second copy of app.parts under Streamlit."""
    inside = {path.name for path in (ROOT / "app").iterdir() if path.is_dir()} | {"main"}
    for path in (ROOT / "app").rglob("*.py"):
        assert not roots(path) & inside, name_of(path)


def test_cypher_is_data() -> None:
    assert not list((ROOT / "cypher").rglob("*.py"))


def test_every_folder_with_modules_is_a_package() -> None:
    """tests/graph without tests/__init__.py would hide the package graph."""
    folders = {path.parent for path in (ROOT / "tests").rglob("*.py")}
    assert [name_of(f) for f in sorted(folders) if not (f / "__init__.py").exists()] == []
