"""No public function takes more than five parameters, and each of three or more is documented."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[1]
MODULES = sorted(path for top in ("graph", "ingest", "app") for path in (ROOT / top).rglob("*.py"))

MOST = 5
#: From so many on, each is documented by name.
MANY = 3

_SECTION = re.compile(r"^Parameters\n-+\n(.*?)(?=^\w[\w ]*\n-+$|\Z)", re.MULTILINE | re.DOTALL)


class Signature(NamedTuple):
    """A public function: its parameters, `self` aside, and the docstring that tells of them."""

    name: str
    parameters: list[str]
    said: str


def public(body: list[ast.stmt], owner: ast.ClassDef | None = None) -> Iterator[Signature]:
    """Yield the public functions of a module; the options of a command are its command line's."""
    for node in body:
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            yield from public(node.body, node)
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        made = node.name == "__init__" and owner is not None
        if (node.name.startswith("_") and not made) or any(map(_is_command, node.decorator_list)):
            continue
        given = node.args
        every = [one.arg for one in (*given.posonlyargs, *given.args, *given.kwonlyargs)]
        yield Signature(
            f"{owner.name}.{node.name}" if owner else node.name,
            [one for one in every if one not in ("self", "cls")],
            ast.get_docstring(owner if made and owner else node) or "",
        )


def _is_command(decorator: ast.expr) -> bool:
    return "command(" in ast.unparse(decorator) or "group(" in ast.unparse(decorator)


def documented(said: str) -> set[str]:
    """Return the names at the margin of a docstring's Parameters section."""
    found = _SECTION.search(said)
    lines = found[1].splitlines() if found else []
    heads = [line.split(" : ")[0] for line in lines if line[:1].strip()]
    return {name.strip() for head in heads for name in head.split(",")}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_public_functions_take_few_parameters_and_tell_of_them(path: Path) -> None:
    signatures = list(public(ast.parse(path.read_text("utf-8")).body))
    assert [one.name for one in signatures if len(one.parameters) > MOST] == []
    untold = {
        one.name: left
        for one in signatures
        if len(one.parameters) >= MANY and (left := set(one.parameters) - documented(one.said))
    }
    assert untold == {}
