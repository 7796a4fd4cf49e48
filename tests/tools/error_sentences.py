"""The sentences that code may raise, as they stand in it: what is filled in is an ellipsis."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

#: A sentence, with `{0}` to be filled in, and no other name or brace.
_KEPT = re.compile(r"[^{}]*\{0\}[^{}]*\.", re.DOTALL)
ERRORS = {"BusyError", "MissingToolError", "ServerError", "UsageError", "VersionError"}


def sentences(place: Path) -> set[str]:
    """Return the first sentence of each error of a module, or of a folder's modules."""
    found: set[str] = set()
    for path in [place] if place.is_file() else place.rglob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        found |= {first(text) for text in (*_raised(tree), *_kept(tree))}
    return found


def first(text: str) -> str:
    """Return the first sentence of a text.

    >>> first("The server at … is old. Update it.")
    'The server at … is old'
    """
    return " ".join(text.partition(". ")[0].partition(": ")[0].split()).rstrip(".")


def _raised(tree: ast.Module) -> Iterator[str]:
    """What an error is made with."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ERRORS and node.args:
            yield from filter(None, [_template(node.args[0])])


def _kept(tree: ast.Module) -> Iterator[str]:
    """Sentences that wait in a table or a constant, with `{0}` to be filled in."""
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and _KEPT.fullmatch(node.value)
        ):
            yield node.value.replace("{0}", "…")


def _template(node: ast.expr) -> str:
    """Return a text with … for what is filled in; nothing where there is no text."""
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=parts):
            return "".join(_template(part) or "…" for part in parts)
        case ast.BinOp(left=left, right=right):
            return (_template(left) or "…") + (_template(right) or "…")
        case _:
            return ""
