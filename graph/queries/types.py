"""The types of a question's parameters and columns, and how their values are written."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import msgspec

from graph.record.vocabulary import TABLES

#: Type -> what it is in Python. An id is a text; its type says what it is the id of. A table of the
#: vocabulary is a type, whose values are its words.
TYPES: dict[str, type] = {
    "entity": str,
    "source": str,
    "claim": str,
    "link": str,
    "contract": str,
    "text": str,
    "word": str,  # of the vocabulary, whichever table it is of; or made by the question
    **dict.fromkeys(TABLES, str),
    "date": date,
    "integer": int,
    "number": float,
    "boolean": bool,
}
IDS = frozenset(("entity", "source", "claim", "link", "contract"))
_LIST = "list of "  # in an order that means something
_SET = "set of "  # each once, in alphabetical order
_LITERAL = re.compile(
    r"null|true|false|-?\d+(?:\.\d+)?|'[^'\\]*'|\[(?:'[^'\\]*'(?:, '[^'\\]*')*)?\]"
)


def _one(name: str) -> str:
    return name.removeprefix(_LIST).removeprefix(_SET)


def known(name: str) -> bool:
    """Return whether a type has this name: `entity`, `list of text`, `set of claim`."""
    return _one(name) in TYPES


def is_list(name: str) -> bool:
    """Return whether values of a type are lists."""
    return name.startswith((_LIST, _SET))


def python_type(name: str) -> Any:
    """Return the Python type. Manual edits in a server may lack any value.

    Examples
    --------
    >>> python_type("entity"), python_type("list of link"), python_type("set of claim")
    (str | None, list[str | None], list[str])
    """
    one = TYPES[_one(name)]
    if name.startswith(_SET):
        return list[one]  # type: ignore[valid-type]
    return list[one | None] if is_list(name) else one | None  # type: ignore[valid-type]


def arranged(value: Any, name: str) -> Any:
    """Return a value of an answer as its type has it: a set sorted, and no list that is missing.

    What somebody wrote into a server by hand may be of another type, a date for its text say.

    Examples
    --------
    >>> arranged(["b", "a", "b", None], "set of claim"), arranged(None, "list of link")
    (['a', 'b'], [])
    >>> arranged(date(2018, 5, 1), "text"), arranged("a", "set of claim")
    ('2018-05-01', ['a'])
    """
    if not is_list(name):
        return _single_value(value, name)
    several = value if isinstance(value, (list, tuple, set)) else [] if value is None else [value]
    found = [_single_value(one, name) for one in several]
    return sorted({*found} - {None}) if name.startswith(_SET) else found


def _single_value(value: Any, name: str) -> Any:
    if value is None or isinstance(value, str) or TYPES[_one(name)] is not str:
        return value
    return "; ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)


def convert(value: Any, name: str) -> Any:
    """Return a value as one of a type, from Python, JSON, or a word of the command line.

    Raises
    ------
    ValueError
        If the value does not have the type; the message names the expected form.

    Examples
    --------
    >>> convert("4", "integer"), convert("2015-09-21", "date"), convert("a;b", "list of text")
    (4, datetime.date(2015, 9, 21), ['a', 'b'])
    >>> convert("supplies", "relation")
    'supplies'
    """
    if isinstance(value, str) and is_list(name):
        value = [part.strip() for part in value.split(";") if part.strip()]
    try:
        converted = msgspec.convert(value, python_type(name), strict=False)
    except msgspec.ValidationError:
        raise ValueError(f"{value!r} is no {name}") from None
    if words := TABLES.get(_one(name)):
        for word in converted if is_list(name) else [converted]:
            if word is not None and word not in set(words):
                known = ", ".join(words)
                raise ValueError(f"{word!r} is no {_one(name).replace('_', ' ')}, but: {known}")
    return converted


def literal(text: str) -> Any:
    """Return the value of a literal of Cypher.

    Raises
    ------
    ValueError
        If a header may not hold the literal.

    Examples
    --------
    >>> [literal(text) for text in ("null", "4", "'axis'", "['a', 'b']", "true")]
    [None, 4, 'axis', ['a', 'b'], True]
    """
    if not _LITERAL.fullmatch(text):
        raise ValueError(f"{text} is no value of Cypher that a header may have")
    return msgspec.json.decode(text.replace("'", '"'))


def as_cypher(value: Any) -> str:
    """Write a value as Cypher does.

    Examples
    --------
    >>> as_cypher(None), as_cypher(["a"]), as_cypher("it's")
    ('null', "['a']", "'it\\\\'s'")
    """
    if isinstance(value, str):
        return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"
    if isinstance(value, list):
        return f"[{', '.join(map(as_cypher, value))}]"
    return msgspec.json.encode(value).decode()
