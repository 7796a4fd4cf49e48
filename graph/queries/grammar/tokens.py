"""Split a Cypher statement into tokens, and write it anew in a form that is unambiguous.

Servers differ in how they read comments, unicode escapes and unusual blanks. Therefore the text of
a user is never sent as it is: it is read here, and written anew without comments, escapes and
unusual blanks.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from graph.errors import UsageError

Sort = Literal["word", "name", "text", "number", "parameter", "sign", "end"]


class Token(NamedTuple):
    """A token of a statement.

    Parameters
    ----------
    sort : str
        "word" (a keyword or plain name), "name" (quoted, or with letters beyond ASCII), "text",
        "number", "parameter", "sign" or "end".
    value : str
        Its value, without quotes and with escapes resolved.
    at : int
        Where it begins in the statement.
    """

    sort: Sort
    value: str
    at: int

    @property
    def upper(self) -> str:
        """The word or sign in capitals, as for comparing keywords; "" for other tokens."""
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
    """Split a statement into tokens.

    Parameters
    ----------
    text : str
        The statement that a user typed.

    Returns
    -------
    list of Token
        The tokens, without blanks and comments; the last one marks the end.

    Raises
    ------
    UsageError
        If a part of the statement is ambiguous or not Cypher.

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
            # a server may read a letter beyond ASCII as one of a keyword, such as ſ for s
            yield Token("word" if piece.isascii() else "name", piece, at)
        elif sort not in ("blank", "comment"):
            yield Token(sort, piece, at)  # type: ignore[arg-type]  # the groups of the pattern
        at = match.end()
        if sort == "number" and at < len(text) and (text[at].isalnum() or text[at] == "_"):
            raise refused(text, at, "a letter follows a number", "Put a blank between them.")
    yield Token("end", "", len(text))


def statement_of(text: str, parsed: Sequence[Token]) -> str:
    """Write a statement anew without comments, each token about where it was.

    Examples
    --------
    >>> statement = "MATCH (n) /* all */ RETURN n.name, 'caf\\\\u00e9'"
    >>> statement_of(statement, tokens(statement))
    "MATCH (n)           RETURN n.name, 'café'"
    """
    pieces: list[str] = []
    end = 0
    for token in parsed:
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
                f"not all servers know the escape {escape[0]!r}",
                "Write the letter itself, and a backslash as two backslashes.",
            )
        return _ESCAPES[escape[2]]

    return _checked(text, match.start(), _ESCAPE.sub(letter, match[0][1:-1]))


def _checked(text: str, at: int, value: str) -> str:
    """Refuse values that a server might still read as an escape or a line break."""
    if re.search(r"\\u", value, re.IGNORECASE):
        raise refused(text, at, "a backslash stands before a u", "Remove the backslash.")
    if _CONTROL.search(value) or any(unicodedata.category(letter) == "Cs" for letter in value):
        raise refused(text, at, "it holds a control character", "Remove the character.")
    return value


def _unreadable(text: str, at: int) -> UsageError:
    letter = text[at]
    if letter in "'\"`":
        return refused(text, at, f"the quote {letter} is not closed", "Close it.")
    if text.startswith("/*", at):
        return refused(text, at, "the comment is not closed", "Close it with */.")
    if letter == "\\":
        return refused(text, at, "there is an escape outside of a text", "Write the letter itself.")
    name = unicodedata.name(letter, f"U+{ord(letter):04X}").lower()
    return refused(text, at, f"{name} is not part of Cypher", "Remove it, or put it in quotes.")


def refused(text: str, at: int, why: str, cure: str) -> UsageError:
    """Return the error for a refused statement.

    Parameters
    ----------
    text : str
        The statement.
    at : int
        Position of the error.
    why, cure : str
        The error, without a full stop; its fix.

    Examples
    --------
    >>> str(refused("RETURN 1; x", 8, "a second statement begins", "Run one at a time."))
    'The statement was not run: line 1, column 9: a second statement begins. Run one at a time.'
    """
    line = text.count("\n", 0, at) + 1
    column = at - (text.rfind("\n", 0, at) + 1) + 1
    return UsageError(f"The statement was not run: line {line}, column {column}: {why}. {cure}")
