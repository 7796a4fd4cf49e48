"""What must not lie in the repository: machines' paths, package hosts, big files, loose ends."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LONGEST = 300
LARGEST = 500_000
MACHINE = re.compile(r"(?<![\w.~])/(?:home|Users|root|work|tmp|private|var/folders)/[\w.-]+")
PACKAGE_HOST = re.compile(
    r"\b(?:[\w-]+\.)*(?:pypi|pythonhosted|npmjs|crates|golang|maven|repo1)\.(?:org|io|com|apache)\b"
    r"|\b[\w.-]*(?:artifactory|devpi)[\w-]*\.[a-z]{2,}\b",
    re.IGNORECASE,
)
LOOSE_END = re.compile(r"\b(?:TO" r"DO|FIX" r"ME|XX" r"X)\b")


def tracked() -> list[Path]:
    """Every file of the repository that exists, or of the folder where there is no git."""
    try:
        listing = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT,
            capture_output=True,
            check=True,
        )
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("not a git checkout")
    names = filter(None, listing.stdout.decode().split("\0"))
    return [path for name in names if (path := ROOT / name).is_file()]


def found(pattern: re.Pattern[str]) -> list[str]:
    hits = []
    for path in tracked():
        try:
            text = path.read_text("utf-8")
        except UnicodeDecodeError:
            continue
        lines = enumerate(text.splitlines(), 1)
        name = path.relative_to(ROOT)
        hits += [f"{name}:{n}: {line.strip()[:100]}" for n, line in lines if pattern.search(line)]
    return hits


def test_no_path_of_a_machine() -> None:
    assert found(MACHINE) == []
    assert found(re.compile(re.escape(str(ROOT)))) == []


def test_no_package_host() -> None:
    assert found(PACKAGE_HOST) == []


def test_constraints_pin_every_line_and_name_no_host() -> None:
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    pins = [line for line in lines if not line.startswith("#")]
    assert pins
    assert [pin for pin in pins if not re.fullmatch(r"[\w.-]+==[\w.!+]+( ; [^/@]+)?", pin)] == []


def test_every_dependency_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = sum(project["optional-dependencies"].values(), project["dependencies"])
    names = {re.split(r"[^\w.-]", each)[0].lower() for each in wanted}
    pinned = (ROOT / "constraints.txt").read_text("utf-8").lower()
    assert {name for name in names if f"\n{name}==" not in pinned} == set()


def test_one_version_everywhere() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert f'version: "{project["version"]}"' in (ROOT / "CITATION.cff").read_text("utf-8")


def test_no_large_file() -> None:
    assert [path.name for path in tracked() if path.stat().st_size > LARGEST] == []


def test_no_long_module() -> None:
    modules = [path for path in tracked() if path.suffix == ".py"]
    lengths = {path: path.read_text("utf-8").count("\n") for path in modules}
    assert {str(p.relative_to(ROOT)): n for p, n in lengths.items() if n > LONGEST} == {}


def test_no_loose_ends() -> None:
    assert found(LOOSE_END) == []


def test_ci_runs_what_a_developer_runs() -> None:
    script = (ROOT / ".ci" / "run").read_text("utf-8")
    assert re.findall(r"^make (\w+)$", script, re.MULTILINE) == ["check", "test"]
    assert "CI=true" in script
