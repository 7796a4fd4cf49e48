"""The docs hold together: links lead somewhere, examples run, no page is lost."""

from __future__ import annotations

import doctest
import importlib
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = ("docs", "graph", "ingest", "app", "cypher", "tests")
PAGES = sorted([*ROOT.glob("*.md"), *(p for room in ROOMS for p in (ROOT / room).rglob("*.md"))])
EXAMPLES = sorted(
    path
    for room in ("graph", "ingest", "app")
    for path in (ROOT / room).rglob("*.py")
    if ">>> " in path.read_text("utf-8")
)
FENCE = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)[^)]*\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def prose(path: Path) -> str:
    return FENCE.sub("", path.read_text("utf-8"))


def anchors(path: Path) -> set[str]:
    """The anchors that a page's headings get: lower case, blanks to dashes, no punctuation."""
    headings = HEADING.findall(prose(path))
    return {re.sub(r"[^\w\- ]", "", h.lower()).strip().replace(" ", "-") for h in headings}


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_lead_somewhere(page: Path) -> None:
    dead = []
    for link in LINK.findall(prose(page)):
        if re.match(r"[a-z]+:", link):
            continue
        target, _, anchor = link.partition("#")
        file = (page.parent / target).resolve() if target else page
        here = file.exists() and file.is_relative_to(ROOT)
        if not here or (anchor and anchor not in anchors(file)):
            dead.append(link)
    assert dead == []


def test_no_page_is_lost() -> None:
    """docs/index.md leads to every page."""
    index = ROOT / "docs" / "index.md"
    targets = [link.partition("#")[0] for link in LINK.findall(prose(index))]
    listed = {(index.parent / target).resolve() for target in targets}
    wanted = {page for page in PAGES if page.parent in {ROOT, ROOT / "docs"}} - {index}
    assert sorted(map(name_of, wanted - listed)) == []


def test_pictures_are_used() -> None:
    shown = "".join(path.read_text("utf-8") for path in PAGES)
    pictures = ROOT.glob("docs/pictures/*")
    assert [p.name for p in pictures if p.name not in shown] == []


@pytest.mark.parametrize("path", EXAMPLES, ids=name_of)
def test_examples_run(path: Path, request: pytest.FixtureRequest) -> None:
    """Every `>>>` in a docstring; `getfixture` is known to them, as in pytest's own runner."""
    name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    result = doctest.testmod(
        importlib.import_module(name),
        extraglobs={"getfixture": request.getfixturevalue},
        optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE,
    )
    assert result.failed == 0
