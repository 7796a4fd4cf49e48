"""Spellings of an id: what a person types or pastes may differ from it invisibly."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container

#: Letters that show nothing, beside the characters that Unicode calls controls and formats.
_BLANK = frozenset(
    "\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0" + "".join(map(chr, range(0xFE00, 0xFE10)))
)
_ESCAPE = re.compile(r"\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|U(000[0-9a-f]{5}|0010[0-9a-f]{4}))")


def spellings_of(text: str) -> list[str]:
    """Return the ids that a typed text may stand for, the text itself first.

    The others decode the escapes that a terminal without the letters shows, drop invisible
    characters, and compose or decompose accents (Unicode NFC and NFD).

    Parameters
    ----------
    text : str
        A text as a person typed or pasted it.

    Examples
    --------
    >>> spellings_of("acme"), spellings_of("ac\u200bme"), spellings_of(r"\\u5929")
    (['acme'], ['ac\u200bme', 'acme'], ['\\\\u5929', '天'])
    """
    visible = _visible(text)
    forms = (unicodedata.normalize(form, visible) for form in ("NFC", "NFD"))
    return list(dict.fromkeys([text, visible, *forms]))


def known_spelling(text: str, known: Container[str]) -> str:
    """Return the spelling of a typed text that is a known id, else its visible characters.

    Parameters
    ----------
    text : str
        A text as a person typed or pasted it.
    known : container of str
        Ids of the record, among the spellings of the text.

    Examples
    --------
    >>> known_spelling("ac\u200bme", {"acme"}), known_spelling("\u2068Acme Ltd\u2069", set())
    ('acme', 'Acme Ltd')
    """
    return next((spelling for spelling in spellings_of(text) if spelling in known), _visible(text))


def _visible(text: str) -> str:
    decoded = _ESCAPE.sub(lambda match: chr(int(match[match.lastindex or 0], 16)), text)
    return "".join(c for c in decoded if not is_invisible(c)).strip()


def is_invisible(character: str) -> bool:
    """Tell whether a character shows nothing: a control, a format, an unassigned one, a filler.

    Examples
    --------
    >>> [is_invisible(c) for c in ("a", "\u200b", "\u3164", " ")]
    [False, True, True, False]
    """
    return unicodedata.category(character).startswith("C") or character in _BLANK
