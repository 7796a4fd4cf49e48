"""A cursor over the words of a statement."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from graph.errors import UsageError
from graph.queries.grammar.limits import Tally
from graph.queries.grammar.tokens import Token, refused

_RESERVED = """TRUE FALSE NULL
    MATCH OPTIONAL WHERE WITH UNWIND RETURN UNION CALL YIELD ORDER BY SKIP OFFSET LIMIT AS DISTINCT
    AND OR XOR NOT IN IS STARTS ENDS CONTAINS CASE WHEN THEN ELSE END EXISTS
    CREATE MERGE DELETE DETACH NODETACH SET REMOVE INSERT DROP FOREACH LOAD CSV USE USING FINISH
    FILTER LET NEXT FOR SHOW TERMINATE ALTER GRANT DENY REVOKE START STOP EXPLAIN PROFILE
    CYPHER"""

#: Words that a clause begins with, or an expression ends at: no names, unless quoted.
RESERVED = frozenset(_RESERVED.split())


class Words:
    """The words of one statement, and how far they have been read.

    Parameters
    ----------
    text : str
        The statement, for the errors.
    tokens : sequence of Token
        Its words.
    """

    def __init__(self, text: str, tokens: Sequence[Token]) -> None:
        self.text = text
        self.tokens = tokens
        self.at = 0
        self.tally = Tally()

    @property
    def token(self) -> Token:
        """The next word."""
        return self.tokens[self.at]

    def peek(self, ahead: int = 0) -> str:
        """Return the word or sign that lies ahead, in capitals; "" for texts, numbers and names."""
        return self.tokens[min(self.at + ahead, len(self.tokens) - 1)].upper

    def take(self, *wanted: str) -> bool:
        """Go past these words or signs, if they come next."""
        if all(self.peek(ahead) == word for ahead, word in enumerate(wanted)):
            self.at += len(wanted)
            return True
        return False

    def need(self, wanted: str) -> None:
        """Go past a word or sign that has to come next."""
        if not self.take(wanted):
            raise self.error(f"{wanted} is missing before {self.seen()}", "Put it there.")

    def seen(self) -> str:
        """Name the next word, for an error."""
        return "the end" if self.token.sort == "end" else repr(self.token.value)

    def error(self, why: str, cure: str) -> UsageError:
        """Return an error at the next word."""
        return refused(self.text, self.token.at, why, cure)

    def name(self, what: str) -> str:
        """Parse a name: of a label, a type, a property."""
        token = self.token
        if token.sort not in ("word", "name"):
            raise self.error(f"a {what} is missing before {self.seen()}", "Name one.")
        self.at += 1
        return token.value

    def variable(self) -> str:
        """Parse the name of a variable."""
        if self.peek() in RESERVED:
            raise self.error(
                f"{self.seen()} cannot stand here in a statement that only reads",
                "If it is a name, put it in `quotes`.",
            )
        return self.name("value")

    def dotted(self) -> str:
        """Parse the name of a procedure or a function; a point in quotes is no point of it."""
        parts = [self.variable()]
        while self.take("."):
            parts.append(self.name("name"))
        return ".".join(f"`{part}`" if "." in part else part for part in parts)

    def listed(self, one: Callable[[], object]) -> None:
        """Parse one or several of something, with commas between."""
        one()
        while self.take(","):
            one()
