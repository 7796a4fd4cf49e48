"""What keeps a text of a CSV file from acting: as a formula, or on a terminal."""

from __future__ import annotations

import re

#: Spreadsheet programs take a cell that begins so for a formula, the wide forms of East Asia too.
_FORMULA = re.compile("'*[=+\\-@\t\r\uff1d\uff0b\uff0d\uff20]")
#: Control characters but tab and the ends of lines, and what looks like their escape.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_LIKE = "(00[01][0-9A-F]|007F|00[89][0-9A-F]|005F)_"
_UNSAFE = re.compile(f"{_CONTROL.pattern}|_(?=x{_LIKE})")
_ESCAPED = re.compile(f"_x{_LIKE}")


def protect(text: str) -> str:
    """Return a text as it is written to a CSV file.

    Examples
    --------
    >>> protect("=1+1"), protect("-"), protect("a=b"), protect("'=1"), protect("\\x1b[2J")
    ("'=1+1", "'-", 'a=b', "''=1", '_x001B_[2J')
    """
    safe = _UNSAFE.sub(lambda match: f"_x{ord(match[0]):04X}_", text)
    return f"'{safe}" if _FORMULA.match(safe) else safe


def unprotect(text: str) -> str:
    """Return the text that `protect` was given.

    Examples
    --------
    >>> unprotect("'=1+1"), unprotect("'a'"), unprotect("_x001B_[2J") == "\\x1b[2J"
    ('=1+1', "'a'", True)
    """
    if text.startswith("'") and _FORMULA.match(text):
        text = text[1:]
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text
