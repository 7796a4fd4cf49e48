"""README and docs show what the program prints, and name only commands that exist."""

from __future__ import annotations

import difflib
import re
import shutil
from pathlib import Path

import pytest

from tests.tools.cli_page import CLI_PAGE, cli_page, command_names
from tests.tools.console import PICTURES, ROOT, Console, commands, pages

README = (ROOT / "README.md").read_text("utf-8")
TARGETS = set(re.findall(r"^([a-z]\w*):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])


def name_of(page: Path) -> str:
    return str(page.relative_to(ROOT))


def test_the_two_commands_are_told() -> None:
    assert {"make app", "make test"} <= set(re.findall(r"^make \w+", README, re.MULTILINE))


@pytest.mark.parametrize("page", DOCUMENTS, ids=name_of)
def test_make_targets_exist(page: Path) -> None:
    told = set(re.findall(r"(?:^|`)make ([a-z]\w*)", page.read_text("utf-8"), re.MULTILINE))
    assert told <= TARGETS


def test_phony_targets_are_explained() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    [phony] = re.findall(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    assert set(phony.split()) == TARGETS
    assert set(re.findall(r'echo "make (\w+)', makefile)) == TARGETS - {"help"}


def test_the_readme_opens_with_the_question_and_its_answer() -> None:
    opening = " ".join(README[:4000].split())
    assert "which document says so" in opening
    assert commands(ROOT / "README.md")[0] == "sightline paths safran shanghai-psb"
    assert "no source names a programme" in opening


@pytest.mark.slow
@pytest.mark.parametrize("page", pages(), ids=name_of)
def test_shown_output_is_real(page: Path, starter: Path, tmp_path: Path) -> None:
    shown = page.read_text("utf-8")
    data = shutil.copytree(starter, tmp_path / "data")  # a page may load something
    real = Console(tmp_path, data).refreshed(shown)
    difference = difflib.unified_diff(shown.splitlines(), real.splitlines(), "shown", "real")
    assert "\n".join(difference) == "", f"{name_of(page)} is out of date: make docs"
    assert "Traceback" not in real


def test_pictures_show_the_data_that_the_text_shows() -> None:
    pictures = sorted(PICTURES.glob("*.svg"))
    stamps = {
        stamp
        for picture in pictures
        for stamp in re.findall(r"data version [\d-]+ · (\w+)", picture.read_text("utf-8"))[:1]
    }
    assert stamps
    [version] = set(re.findall(r"^Data (\w+), weights", README, re.MULTILINE))
    assert pictures
    assert [stamp for stamp in stamps if not version.startswith(stamp)] == []


def test_every_command_has_its_section() -> None:
    page = (ROOT / CLI_PAGE).read_text("utf-8")
    told = re.findall(r"^## sightline ?(.*)$", page, re.MULTILINE)
    assert told == re.findall(r"^## sightline ?(.*)$", cli_page(page), re.MULTILINE)
    assert set(told) == {"", *command_names()}


@pytest.mark.parametrize("page", DOCUMENTS, ids=name_of)
def test_told_commands_exist(page: Path) -> None:
    """`sightline something` in running text is a command, too."""
    first = {name.partition(" ")[0] for name in command_names()}
    told = set(
        re.findall(r"(?:`|^\$ )sightline ([a-z][\w-]*)", page.read_text("utf-8"), re.MULTILINE)
    )
    assert told <= first
