"""The types of a question's parameters and columns, and how to write their values."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import msgspec

from graph.record.countries import CODES
from graph.record.vocabulary import TABLES

#: Type -> Python type. Ids are texts; the type says what the id identifies. Each table of the
#: vocabulary is a type with its words as values.
TYPES: dict[str, type] = {
    "entity": str,
    "source": str,
    "claim": str,
    "link": str,
    "contract": str,
    "text": str,
    "word": str,  # of any table of the vocabulary, or made by the question
    **dict.fromkeys(TABLES, str),
    "country": str,
    "currency": str,
    "date": date,
    "hops": int,
    "integer": int,
    "number": float,
    "boolean": bool,
}
#: Most hops that a question may be asked for.
MOST_HOPS = 4
_CURRENCY = re.compile("[A-Z]{3}")
IDS = frozenset(("entity", "source", "claim", "link", "contract"))
_LIST = "list of "  # the order has a meaning
_SET = "set of "  # without duplicates, in alphabetical order
_LITERAL = re.compile(
    r"null|true|false|-?\d+(?:\.\d+)?|'[^'\\]*'|\[(?:'[^'\\]*'(?:, '[^'\\]*')*)?\]"
)


def _item_type(name: str) -> str:
    return name.removeprefix(_LIST).removeprefix(_SET)


def known(name: str) -> bool:
    """Return whether a type with this name exists: `entity`, `list of text`, `set of claim`."""
    return _item_type(name) in TYPES


def is_list(name: str) -> bool:
    """Return whether values of a type are lists."""
    return name.startswith((_LIST, _SET))


def python_type(name: str) -> Any:
    """Return the Python type; any value may be missing, because servers hold manual additions.

    Examples
    --------
    >>> python_type("entity"), python_type("list of link"), python_type("set of claim")
    (str | None, list[str | None], list[str])
    """
    item = TYPES[_item_type(name)]
    if name.startswith(_SET):
        return list[item]  # type: ignore[valid-type]
    return list[item | None] if is_list(name) else item | None  # type: ignore[valid-type]


def arranged(value: Any, name: str) -> Any:
    """Bring a value of an answer into the form of its type: sets sorted, missing lists empty.

    Manual additions in a server may have another type, for example a date instead of a text.

    Examples
    --------
    >>> arranged(["b", "a", "b", None], "set of claim"), arranged(None, "list of link")
    (['a', 'b'], [])
    >>> arranged(date(2018, 5, 1), "text"), arranged("a", "set of claim")
    ('2018-05-01', ['a'])
    """
    if not is_list(name):
        return _single_value(value, name)
    if isinstance(value, (list, tuple, set)):
        items = [_single_value(item, name) for item in value]
    else:
        items = [] if value is None else [_single_value(value, name)]
    return sorted({*items} - {None}) if name.startswith(_SET) else items


def _single_value(value: Any, name: str) -> Any:
    if value is None or isinstance(value, str) or TYPES[_item_type(name)] is not str:
        return value
    return "; ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)


def convert(value: Any, name: str) -> Any:
    """Convert a value from Python, JSON or the command line to a type.

    Raises
    ------
    ValueError
        If the value does not fit the type; the message names what is allowed.

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
        raise ValueError(f"{value!r} is not {_article(name)}") from None
    for item in converted if is_list(name) else [converted]:
        if item is not None and (allowed := _allowed(item, _item_type(name))):
            what = _article(_item_type(name).replace("_", " "))
            raise ValueError(f"{item!r} is not {what}; allowed: {allowed}")
    return converted


def _allowed(value: Any, name: str) -> str:
    """Return what a type allows, if that is not the value; else ""."""
    if words := TABLES.get(name):
        return "" if value in set(words) else ", ".join(words)
    if name == "country" and value not in CODES:
        right = value.upper()
        example = right if right in CODES else "CN"
        return f"a code of ISO 3166-1, as {example}"
    if name == "currency" and not _CURRENCY.fullmatch(value):
        right = value.upper()
        example = right if _CURRENCY.fullmatch(right) else "EUR"
        return f"a code of three capital letters, as {example}"
    if name == "hops" and not 0 <= value <= MOST_HOPS:
        return f"a whole number from 0 to {MOST_HOPS}"
    return ""


def _article(name: str) -> str:
    """Return a noun with its article: `a date`, `an integer`."""
    if name == "hops":
        return "a number of hops"
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name}"


def literal(text: str) -> Any:
    """Return the value of a Cypher literal.

    Raises
    ------
    ValueError
        If the literal is not one that a header may hold.

    Examples
    --------
    >>> [literal(text) for text in ("null", "4", "'axis'", "['a', 'b']", "true")]
    [None, 4, 'axis', ['a', 'b'], True]
    """
    if not _LITERAL.fullmatch(text):
        raise ValueError(f"{text} is not a Cypher value that a header may have")
    return msgspec.json.decode(text.replace("'", '"'))


def as_cypher(value: Any) -> str:
    """Write a value as a Cypher literal.

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
