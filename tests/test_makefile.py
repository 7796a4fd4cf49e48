"""How make finds a Python, with stand-ins for the programs that it may meet."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MAKE = shutil.which("make")
TOOLS = ("sh", "rm", "touch", "mkdir")
# One Python that serves and notes that it was taken, one that is too old, one that is a bare shim.
GOOD = '#!/bin/sh\n[ "$1" = -c ] || { mkdir -p "$3"; echo "$0" > "$3/made-by"; }\n'
OLD = '#!/bin/sh\n[ "$1" = -c ] && exit 1; echo "asked too much" >&2; exit 3\n'
SHIM = "#!/bin/sh\necho 'command not found' >&2; exit 127\n"
UV = '#!/bin/sh\nfor last; do :; done; mkdir -p "$last"; echo "$0 $*" > "$last/made-by"\n'

pytestmark = pytest.mark.skipif(MAKE is None, reason="make is not installed")


def make(folder: Path, target: str, **programs: str) -> subprocess.CompletedProcess[str]:
    """Run a target in a folder that holds the Makefile alone, with these programs on the PATH."""
    shutil.copy(ROOT / "Makefile", folder)
    bin_folder = folder / "bin"
    bin_folder.mkdir(exist_ok=True)
    for tool in TOOLS:
        if not (bin_folder / tool).exists():
            (bin_folder / tool).symlink_to(str(shutil.which(tool)))
    for name, text in programs.items():
        (bin_folder / name).write_text(text)
        (bin_folder / name).chmod(0o755)
    environ = {"PATH": str(bin_folder), "HOME": str(folder)}
    return subprocess.run(
        [str(MAKE), target], cwd=folder, env=environ, capture_output=True, text=True
    )


def made_by(folder: Path) -> str:
    return Path((folder / ".venv" / "made-by").read_text().split()[0]).name


@pytest.mark.parametrize(
    ("programs", "chosen"),
    [
        ({"python3": GOOD}, "python3"),
        ({"python3.11": GOOD, "python3": GOOD}, "python3.11"),
        ({"python3.13": SHIM, "python3.12": GOOD, "python3": GOOD}, "python3.12"),
        ({"python3": OLD, "uv": UV}, "uv"),
        ({"python3": GOOD, "uv": UV}, "python3"),
    ],
)
def test_first_python_that_serves(tmp_path: Path, programs: dict[str, str], chosen: str) -> None:
    done = make(tmp_path, ".venv/.made", **programs)
    assert done.returncode == 0, done.stderr
    assert made_by(tmp_path) == chosen


def test_no_python_is_one_sentence(tmp_path: Path) -> None:
    done = make(tmp_path, "install", python3=OLD)
    assert done.returncode != 0
    told = [line for line in done.stderr.splitlines() if not line.startswith("make")]
    assert len(told) == 1
    assert re.match(r"Sightline needs Python 3\.11 or later.*install it.*uv", told[0])
    assert not (tmp_path / ".venv" / ".made").exists()


def test_a_second_call_makes_nothing(tmp_path: Path) -> None:
    make(tmp_path, ".venv/.made", python3=GOOD)
    (tmp_path / ".venv" / "made-by").unlink()
    assert make(tmp_path, ".venv/.made", python3=GOOD).returncode == 0
    assert not (tmp_path / ".venv" / "made-by").exists()


def test_make_alone_lists_the_targets(tmp_path: Path) -> None:
    assert "make app" in make(tmp_path, "help").stdout


def test_old_make_reads_it() -> None:
    """macOS carries make 3.81, and /bin/sh may be dash."""
    text = (ROOT / "Makefile").read_text("utf-8")
    newer = r"^\.ONESHELL|^\.SHELLFLAGS|::=|!=|\$\(file |^undefine|^SHELL"
    bashisms = r"\[\[|\bsource\b|<<<|\bpipefail\b|\bfunction\b"
    assert re.findall(f"{newer}|{bashisms}", text, re.MULTILINE) == []
