"""A public name means one thing, and a variable names what it holds (CONTRIBUTING.md)."""

from __future__ import annotations

import ast
from collections import defaultdict
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
TOPS = ("graph", "ingest", "app")
MODULES = sorted(path for top in TOPS for path in (ROOT / top).rglob("*.py"))

#: What every module of a kind defines: commands, pages, programs, kinds of local server.
SHARED = {"command", "page", "main", "admin", "stop", "last_words"}

#: Words that say nothing about what a variable holds.
EMPTY = {"one", "some", "found", "met", "told", "said", "held", "it", "thing", "stuff"}


def defined(module: ast.Module) -> list[str]:
    """Return the public functions and classes at the top of a module."""
    nodes = (node for node in module.body if isinstance(node, ast.FunctionDef | ast.ClassDef))
    return [node.name for node in nodes if not node.name.startswith("_")]


def assigned(module: ast.Module) -> dict[str, int]:
    """Return the variables and functions that a module binds, with the line of each.

    Fields of a class are left out: the class says what they are of.
    """
    fields = {
        id(node.target)
        for owner in ast.walk(module)
        if isinstance(owner, ast.ClassDef)
        for node in owner.body
        if isinstance(node, ast.AnnAssign)
    }
    names = {
        node.id: node.lineno
        for node in ast.walk(module)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and id(node) not in fields
    }
    functions = (node for node in ast.walk(module) if isinstance(node, ast.FunctionDef))
    return names | {node.name: node.lineno for node in functions}


def test_no_two_modules_define_the_same_public_name() -> None:
    places: dict[str, list[str]] = defaultdict(list)
    for path in MODULES:
        for name in defined(ast.parse(path.read_text("utf-8"))):
            places[name].append(str(path.relative_to(ROOT)))
    shared = {name: where for name, where in places.items() if len(where) > 1}
    assert {name: shared[name] for name in shared.keys() - SHARED} == {}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_variables_and_functions_name_what_they_hold(path: Path) -> None:
    names = assigned(ast.parse(path.read_text("utf-8")))
    empty = {name: line for name, line in names.items() if name.lstrip("_") in EMPTY}
    assert empty == {}
