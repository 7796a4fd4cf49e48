"""The wheel, installed as a user would: clean environment, other folder, other home."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import venv
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
pytestmark = pytest.mark.slow


def call(*command: str | Path, cwd: Path, env: dict[str, str] | None = None) -> str:
    done = subprocess.run(
        [str(word) for word in command],
        cwd=cwd,
        env=env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    call(sys.executable, "-m", "build", "--wheel", "--no-isolation", "-o", folder, ROOT, cwd=folder)
    [built] = folder.glob("sightline-*.whl")
    return built


@pytest.fixture(scope="module")
def elsewhere(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an environment that holds the wheel, its dependencies, and nothing else."""
    folder = tmp_path_factory.mktemp("elsewhere")
    venv.create(folder / "venv", with_pip=True)
    python = folder / "venv" / "bin" / "python"
    pip = (python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    call(*pip, "--constraint", ROOT / "constraints.txt", wheel, cwd=folder)
    (folder / "home").mkdir()
    return folder


@pytest.fixture(scope="module")
def sightline(elsewhere: Path) -> Callable[..., str]:
    """Run the installed command, far from the checkout and with an empty home."""
    keep = ("PATH", "LANG", "TMPDIR")
    env = {name: os.environ[name] for name in keep if name in os.environ}
    env |= {"HOME": str(elsewhere / "home"), "LC_ALL": "C.UTF-8", "PYTHONWARNINGS": "error"}

    def run(*words: str) -> str:
        return call(elsewhere / "venv" / "bin" / "sightline", *words, cwd=elsewhere, env=env)

    run("ingest")
    return run


def test_wheel_holds_what_it_needs(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for room in ("graph", "ingest", "app"):
        assert f"{room}/py.typed" in names
    for table in ("entities", "sources", "claims", "replies"):
        assert f"ingest/starter/{table}.csv" in names
    assert "ingest/starter/LICENSE" in names
    for file in ("README.md", "leads.cypher", "embedded/leads.sql"):
        assert any(name.endswith(f"/share/sightline/cypher/{file}") for name in names)


def test_wheel_holds_nothing_else(wheel: Path) -> None:
    """Neither tests nor an import package named cypher."""
    tops = {name.partition("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert {top for top in tops if not top.startswith("sightline-")} == {"graph", "ingest", "app"}


def test_help(sightline: Callable[..., str]) -> None:
    assert "paths" in sightline("--help")


def test_starter_data_lies_in_the_home(sightline: Callable[..., str], elsewhere: Path) -> None:
    sightline("verify")
    assert list((elsewhere / "home").rglob("current"))


def test_find(sightline: Callable[..., str]) -> None:
    assert "axis" in sightline("find", "axis")


def test_paths(sightline: Callable[..., str]) -> None:
    answer = json.loads(sightline("paths", "safran", "shanghai-psb", "--format", "json"))
    assert [path["nodes"] for path in answer["results"]] == [["safran", "morpho", "shanghai-psb"]]
    assert answer["total"] == 1


def test_questions_are_found(sightline: Callable[..., str]) -> None:
    """In the environment's share folder, far from the checkout."""
    answer = json.loads(
        sightline("query", "who-supplied-whom", "--supplier", "morpho", "--format", "json")
    )
    assert [row["buyer"] for row in answer["results"]] == ["shanghai-psb"]


def test_commands_come_from_the_wheel(elsewhere: Path) -> None:
    python = elsewhere / "venv" / "bin" / "python"
    where = call(python, "-c", "import graph; print(graph.__file__)", cwd=elsewhere)
    assert Path(where).is_relative_to(elsewhere)
