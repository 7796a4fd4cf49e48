"""Dependencies point one way, and no module hides a library (docs/architecture.md)."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
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


ROOMS = re.findall(
    r"^\| `((?:graph|ingest|app)/[\w/.]*)` \|",
    (ROOT / "docs" / "architecture.md").read_text("utf-8"),
    re.MULTILINE,
)
BY_NAME = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
    for path in MODULES
}
#: What Python reads before any room of theirs.
TOPS = {ROOT / top / "__init__.py" for top in ("graph", "app")}


def room_of(path: Path) -> str:
    """The room of a module: its own row in docs/architecture.md, or else that of its folder."""
    name = name_of(path)
    return name if name in ROOMS else f"{name_of(path.parent)}/"


def modules_imported(path: Path) -> Iterator[Path]:
    """Our modules that a module imports, also inside functions and under TYPE_CHECKING."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            inner = [f"{node.module}.{alias.name}" for alias in node.names]
            names = [name if name in BY_NAME else str(node.module) for name in inner]
        else:
            continue
        yield from (BY_NAME[name] for name in names if name in BY_NAME)


def test_modules_are_imported_by_their_whole_names() -> None:
    """`modules_imported` would not see `from . import base`."""
    for path in MODULES:
        nodes = ast.walk(ast.parse(path.read_text("utf-8")))
        dots = [node for node in nodes if isinstance(node, ast.ImportFrom) and node.level]
        assert not dots, name_of(path)


def test_every_module_lies_in_a_room() -> None:
    """The table of docs/architecture.md names its folder, or the module itself."""
    assert [
        name_of(path) for path in MODULES if path not in TOPS and room_of(path) not in ROOMS
    ] == []


def test_every_room_holds_modules() -> None:
    assert len(set(ROOMS)) == len(ROOMS)
    assert set(ROOMS) == {room_of(path) for path in MODULES if path not in TOPS}


@pytest.mark.parametrize("path", [p for p in MODULES if p not in TOPS], ids=name_of)
def test_rooms_import_what_stands_above_them(path: Path) -> None:
    open_to = ROOMS[: ROOMS.index(room_of(path)) + 1]
    assert {name_of(p) for p in modules_imported(path) if room_of(p) not in open_to} == set()


def test_the_command_line_knows_nothing_of_the_web_app() -> None:
    web = ("app/parts/", "app/screens/", "app/")
    for path in (ROOT / "app").rglob("*.py"):
        faces = {room_of(other) in web for other in modules_imported(path)}
        assert room_of(path) in web or faces <= {False}, name_of(path)


def test_what_comes_before_any_room_imports_nothing() -> None:
    assert [name_of(path) for path in sorted(TOPS) if [*modules_imported(path)]] == []


def test_modules_form_no_circle() -> None:
    after = {path: {p for p in modules_imported(path) if p != path} for path in MODULES}
    try:
        TopologicalSorter(after).prepare()
    except CycleError as error:
        pytest.fail(" - ".join(map(name_of, error.args[1])))


def test_tests_mirror_the_rooms() -> None:
    """A folder of tests/graph, tests/ingest or tests/app stands for one of the code."""
    mirrors = {path.parent for top in MAY_IMPORT for path in (ROOT / "tests" / top).rglob("*.py")}
    assert [
        name_of(f) for f in sorted(mirrors) if not (ROOT / f.relative_to(ROOT / "tests")).is_dir()
    ] == []
    loose = {
        path.stem.removeprefix("test_") for path in (ROOT / "tests" / "graph").glob("test_*.py")
    }
    assert loose <= {path.stem for path in (ROOT / "graph").glob("*.py")}
