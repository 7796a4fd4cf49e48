"""The header of a question's file: its title, parameters, columns and limits.

The header is the comment at the top of the file. Each line holds a field; longer fields continue on
lines indented by two more spaces::

    // title: Who supplied whom
    // topic: Supplies
    // explains: Every supply on record, with its dates and the claims that carry it.
    // parameter supplier: entity = null; only what this one supplied
    // column supplier: entity; who supplied
    // does not show: Supplies that no source tells of.
    // engines: neo4j, embedded
    // :param supplier => null
"""

from __future__ import annotations

import re
from typing import Any

import msgspec

from graph.errors import DataError
from graph.queries import types
from graph.queries.depth import Depth, parse_depth
from graph.stores import NAMES

#: Names of the command's options.
TAKEN = frozenset(("data", "store", "data_version", "format", "limit", "help"))

_FIELD = re.compile(
    r"// (title|topic|explains|does not show|engines|depth|parameter \S+|column \S+): (.*)"
)
_PARAM = re.compile(r"// :param ([a-z_]+) => (.+)")
_TYPED = re.compile(r"([a-z_ ]+?)(?: = (.+?))?; (.+)")
_NAME = re.compile(r"[a-z][a-z_]*")


class Parameter(msgspec.Struct, frozen=True):
    """A parameter of a question.

    Parameters
    ----------
    name, type : str
        Its name and type (`graph.queries.types`).
    default : object
        Value if the caller gives none; None usually means any.
    meaning : str
        Its effect on the answer.
    """

    name: str
    type: str
    default: Any
    meaning: str


class Column(msgspec.Struct, frozen=True):
    """A column of the answer: its name, its type and its meaning."""

    name: str
    type: str
    meaning: str


class QuestionHeader(msgspec.Struct, frozen=True):
    """The description of a question in its file."""

    title: str
    topic: str
    explains: str
    does_not_show: str
    engines: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    depth: Depth | None = None


def fault(file: str, line: int, why: str, cure: str) -> DataError:
    """Return the error for a question's file.

    Parameters
    ----------
    file : str
        Name of the file.
    line : int
        Line of the error.
    why, cure : str
        The error and its fix.

    Examples
    --------
    >>> str(fault("sales.cypher", 3, "there is no title", "Add `// title: …`."))
    'sales.cypher, line 3: there is no title. Add `// title: …`.'
    """
    return DataError(f"{file}, line {line}: {why}. {cure}")


def parse_header(text: str, file: str) -> QuestionHeader:
    """Read the header of a question.

    Parameters
    ----------
    text : str
        Text of the file.
    file : str
        Name of the file, for the errors.

    Raises
    ------
    DataError
        If the header has an error; it names the file, the line, the error and the fix.
    """
    fields: dict[str, tuple[int, str]] = {}
    shown: dict[str, tuple[int, str]] = {}
    last = ""
    number = 0
    for number, line in enumerate(text.splitlines(), 1):
        if not line.startswith("//"):
            break
        if match := _PARAM.fullmatch(line):
            shown[match[1]] = number, match[2]
        elif match := _FIELD.fullmatch(line):
            last = match[1]
            if last in fields:
                raise fault(file, number, f"{last!r} is there twice", "Remove one.")
            fields[last] = number, match[2]
        elif line.startswith("//   ") and last:
            at, begun = fields[last]
            fields[last] = at, f"{begun} {line[2:].strip()}"
        elif line.rstrip() != "//":
            raise fault(
                file,
                number,
                f"{line.strip()!r} is not a field of a header",
                "Fields are title, topic, explains, parameter, column, does not show, depth, "
                "engines; longer fields continue on lines that begin with `//   `.",
            )
    header = QuestionHeader(
        _text(fields, "title", file, number),
        _text(fields, "topic", file, number),
        _text(fields, "explains", file, number),
        _text(fields, "does not show", file, number),
        _engines(fields, file, number),
        tuple(_parameter(n, *v, file) for n, v in fields.items() if n.startswith("parameter ")),
        tuple(_column(n, *v, file) for n, v in fields.items() if n.startswith("column ")),
        _depth(fields, file),
    )
    if not header.columns:
        raise fault(file, number, "there is no column", "Add `// column NAME: TYPE; meaning`.")
    _check_shown(header.parameters, fields, shown, file)
    return header


def _text(fields: dict[str, tuple[int, str]], name: str, file: str, end: int) -> str:
    if name not in fields:
        raise fault(file, end, f"the header has no {name!r}", f"Add `// {name}: …`.")
    line, text = fields[name]
    if not text.strip():
        raise fault(file, line, f"{name!r} is empty", "Fill it in.")
    return text.strip()


def _engines(fields: dict[str, tuple[int, str]], file: str, end: int) -> tuple[str, ...]:
    names = tuple(name.strip() for name in _text(fields, "engines", file, end).split(","))
    if set(names) - set(NAMES) or names[0] != "neo4j":
        line = fields["engines"][0]
        cure = "Write `neo4j`, or `neo4j, embedded` if there is a file embedded/NAME.sql."
        raise fault(file, line, f"unknown engines: {', '.join(names)}", cure)
    return names


def _depth(fields: dict[str, tuple[int, str]], file: str) -> Depth | None:
    if "depth" not in fields:
        return None
    line, text = fields["depth"]
    depth = parse_depth(text)
    if depth is None or f"parameter {depth.parameter}" not in fields:
        cure = "Write `// depth: 4 OWNS from owner`, with a parameter of the question."
        raise fault(file, line, "the depth is not valid", cure)
    return depth


def _typed(field: str, line: int, text: str, file: str) -> tuple[str, str, str | None, str]:
    name = field.split(" ", 1)[1]
    match = _TYPED.fullmatch(text)
    if not match or not types.known(match[1]) or not _NAME.fullmatch(name):
        cure = (
            f"Write `// {field.split(' ')[0]} a_name: TYPE; meaning`, a parameter with `= DEFAULT` "
            f"after its type; types are {', '.join(types.TYPES)}, and `list of` or `set of` them."
        )
        raise fault(file, line, f"the description of {field!r} is not valid", cure)
    return name, match[1], match[2], match[3]


def _parameter(field: str, line: int, text: str, file: str) -> Parameter:
    name, type_, default, meaning = _typed(field, line, text, file)
    if name in TAKEN:
        raise fault(file, line, f"{name!r} is an option of the command", "Choose another name.")
    if default is None:
        raise fault(file, line, f"{name!r} has no default", "Write `= null` after its type.")
    try:
        value = types.literal(default)
        if types.is_list(type_) or value is not None:
            types.convert(value, type_)
    except ValueError as error:
        raise fault(file, line, str(error), f"Give {name!r} a default of its type.") from None
    return Parameter(name, type_, value, meaning)


def _column(field: str, line: int, text: str, file: str) -> Column:
    name, type_, default, meaning = _typed(field, line, text, file)
    if default is not None:
        raise fault(file, line, f"{name!r} has a default", "Columns have none: remove it.")
    return Column(name, type_, meaning)


def _check_shown(
    parameters: tuple[Parameter, ...],
    fields: dict[str, tuple[int, str]],
    shown: dict[str, tuple[int, str]],
    file: str,
) -> None:
    """Check the `:param` lines, which readers paste into Browser, against the parameters."""
    for parameter in parameters:
        line = fields[f"parameter {parameter.name}"][0]
        default = types.as_cypher(parameter.default)
        if shown.get(parameter.name, (0, ""))[1] != default:
            cure = f"Write `// :param {parameter.name} => {default}` below the fields."
            raise fault(
                file, line, f"{parameter.name!r} has no `:param` line with its default", cure
            )
    for name in set(shown) - {parameter.name for parameter in parameters}:
        cure = f"Add `// parameter {name}: TYPE = DEFAULT; meaning`, or remove the line."
        raise fault(file, shown[name][0], f"{name!r} is not declared", cure)
