"""A Cypher statement as words, and back into text that every server reads in one way only.

Servers differ in how they read comments, unicode escapes and odd blanks. So the text of a user is
never handed on: it is read here, and written anew without comments, escapes and odd blanks.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from graph.errors import UsageError

Sort = Literal["word", "name", "text", "number", "parameter", "sign", "end"]


class Token(NamedTuple):
    """A piece of a statement.

    Parameters
    ----------
    sort : str
        "word" (a keyword or a plain name), "name" (one that was quoted, or has letters beyond
        ASCII), "text", "number", "parameter", "sign" or "end".
    value : str
        What it says: without quotes, escapes resolved.
    at : int
        Where it begins in the text.
    """

    sort: Sort
    value: str
    at: int

    @property
    def upper(self) -> str:
        """The word in capitals, as keywords are compared; "" for all that is no word or sign."""
        return self.value.upper() if self.sort in ("word", "sign") else ""


_PIECE = re.compile(
    r"""
      (?P<blank>\s+)
    | (?P<comment>//[^\n\r]*|/\*.*?\*/)
    | (?P<number>0x[0-9A-Fa-f]+|0o[0-7]+|\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)
    | (?P<parameter>\$[A-Za-z_][A-Za-z0-9_]*)
    | (?P<word>[^\W\d]\w*)
    | (?P<name>`(?:[^`]|``)*`)
    | (?P<text>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")
    | (?P<sign><=|>=|<>|=~|\.\.|\|\||[-+*/%^=<>.,:;|&!(){}\[\]])
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|(.))", re.DOTALL)
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "'": "'", '"': '"', "\\": "\\", "`": "`"}
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029]")


def tokens(text: str) -> list[Token]:
    """Read a statement.

    Parameters
    ----------
    text : str
        What a user typed.

    Returns
    -------
    list of Token
        Without blanks and comments; the last one is the end.

    Raises
    ------
    UsageError
        At what cannot be read in one way only.

    Examples
    --------
    >>> [token.value for token in tokens("RETURN n.`delete`, 'CREATE' // not a write")]
    ['RETURN', 'n', '.', 'delete', ',', 'CREATE', '']
    """
    return list(_tokens(text))


def _tokens(text: str) -> Iterator[Token]:
    at = 0
    while at < len(text):
        match = _PIECE.match(text, at)
        if not match or (match[0] == "/" and text.startswith("/*", at)):
            raise _unreadable(text, at)
        sort, piece = match.lastgroup, match[0]
        if sort == "text":
            yield Token("text", _unescaped(text, match), at)
        elif sort == "name":
            yield Token("name", _checked(text, at, piece[1:-1].replace("``", "`")), at)
        elif sort == "word":
            # a server may take a letter beyond ASCII for one of a keyword, as the long s for s
            yield Token("word" if piece.isascii() else "name", piece, at)
        elif sort not in ("blank", "comment"):
            yield Token(sort, piece, at)  # type: ignore[arg-type]  # the groups of the pattern
        at = match.end()
        if sort == "number" and at < len(text) and (text[at].isalnum() or text[at] == "_"):
            raise refused(text, at, "a letter follows a number", "Put a blank between them.")
    yield Token("end", "", len(text))


def statement_of(text: str, found: Sequence[Token]) -> str:
    """Write a statement anew: one reading, no comments; each token about where it stood.

    Examples
    --------
    >>> statement = "MATCH (n) /* all */ RETURN n.name, 'caf\\\\u00e9'"
    >>> statement_of(statement, tokens(statement))
    "MATCH (n)           RETURN n.name, 'café'"
    """
    pieces: list[str] = []
    end = 0
    for token in found:
        between = text[end : token.at]
        pieces.append(re.sub(r"[^\n]", " ", between))
        match = _PIECE.match(text, token.at)
        end = match.end() if match else len(text)
        pieces.append(_quoted(token))
    return "".join(pieces).strip()


def _quoted(token: Token) -> str:
    if token.sort == "name":
        return "`" + token.value.replace("`", "``") + "`"
    if token.sort == "text":
        value = token.value.replace("\\", "\\\\").replace("'", "\\'")
        return "'" + value.replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t") + "'"
    return token.value


def _unescaped(text: str, match: re.Match[str]) -> str:
    def letter(escape: re.Match[str]) -> str:
        if escape[1]:
            return chr(int(escape[1], 16))
        if escape[2] not in _ESCAPES:
            raise refused(
                text,
                match.start() + 1 + escape.start(),
                f"{escape[0]!r} is no escape that all servers know",
                "Write the letter itself, and a backslash as two.",
            )
        return _ESCAPES[escape[2]]

    return _checked(text, match.start(), _ESCAPE.sub(letter, match[0][1:-1]))


def _checked(text: str, at: int, value: str) -> str:
    """Refuse what a server might still read as an escape, or as the end of a line."""
    if re.search(r"\\u", value, re.IGNORECASE):
        raise refused(text, at, "a backslash stands before a u", "Leave the backslash out.")
    if _CONTROL.search(value) or any(unicodedata.category(letter) == "Cs" for letter in value):
        raise refused(text, at, "it holds a control character", "Leave the character out.")
    return value


def _unreadable(text: str, at: int) -> UsageError:
    letter = text[at]
    if letter in "'\"`":
        return refused(text, at, f"the quote {letter} is never closed", "Close it.")
    if text.startswith("/*", at):
        return refused(text, at, "the comment is never closed", "Close it with */.")
    if letter == "\\":
        return refused(text, at, "an escape stands outside of a text", "Write the letter itself.")
    name = unicodedata.name(letter, f"U+{ord(letter):04X}").lower()
    return refused(text, at, f"{name} is no part of Cypher", "Leave it out, or put it in quotes.")


def refused(text: str, at: int, why: str, cure: str) -> UsageError:
    """Return the error for a statement that is not run.

    Parameters
    ----------
    text : str
        The statement.
    at : int
        Where the fault lies.
    why, cure : str
        What is wrong, without a full stop; what to do.

    Examples
    --------
    >>> str(refused("RETURN 1; x", 8, "a second statement begins", "Run one at a time."))
    'The statement was not run: line 1, column 9: a second statement begins. Run one at a time.'
    """
    line = text.count("\n", 0, at) + 1
    column = at - (text.rfind("\n", 0, at) + 1) + 1
    return UsageError(f"The statement was not run: line {line}, column {column}: {why}. {cure}")
