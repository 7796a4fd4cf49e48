"""A cursor over the words of a statement, with a tally of what is bounded."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

from graph.errors import UsageError
from graph.queries.grammar.limits import (
    ALL_HOPS,
    ALL_RANGES,
    DEPTH,
    FUNCTIONS,
    GROWTH,
    HOPS,
    INSTEAD,
    MOST,
    PROCEDURES,
    RANGE,
    REGEX,
    SHORTEST_HOPS,
)
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


_FUNCTIONS = frozenset(name.lower() for name in FUNCTIONS)

_PROCEDURES = frozenset(name.lower() for name in PROCEDURES)

#: What copies a list or a text: in a loop over a list, each turn would make a copy.
_COPYING = frozenset(("range", "reverse", "tail", "split", "replace", "keys", "properties"))

_UNBOUNDED = re.compile(r"(?<!\\)[*+]|(?<!\\)\{\d+,\}")

_UNSAFE = re.compile(r"\\[1-9k]|\((?!\?i\))\?|\)\s*[*+?{]|\{\d*,?\d{3,}")


class Tally:
    """Counts what is bounded; each method raises UsageError where a bound is passed."""

    def __init__(self) -> None:
        self.depth = 0
        self.looping = False  # within the turns of a loop over a list
        self.counts: Counter[str] = Counter()
        self._hops = 0
        self._ranges = 1
        self._growth = 1
        self._joined = 0  # number of + in the clause

    def count(self, what: str, at: Words) -> None:
        """Count something that `MOST` bounds."""
        most, cure = MOST[what]
        self.counts[what] += 1
        if self.counts[what] > most:
            raise at.error(f"this is {what} number {most + 1}, and {most} are allowed", cure)

    def enter(self, at: Words) -> None:
        """Go a level deeper."""
        self.depth += 1
        if self.depth > DEPTH:
            raise at.error(f"it is more than {DEPTH} levels deep", "Use WITH, step by step.")

    def leave(self) -> None:
        """Come out of it."""
        self.depth -= 1

    def copies(self, at: Words) -> None:
        """Meet what copies a list or a text."""
        if self.looping:
            raise at.error(
                "a loop over a list copies texts or lists at each turn", "Use UNWIND and collect()."
            )

    def clause(self, what: str, at: Words) -> None:
        """Begin a clause that hands something on."""
        if what in MOST:
            self.count(what, at)
        self._joined = 0

    def joined(self, at: Words) -> None:
        """Count a +, which may join texts or lists: in clause upon clause they grow by factors."""
        self.copies(at)
        self._growth = self._growth // (self._joined + 1) * (self._joined + 2)
        self._joined += 1
        self._check_growth(at)

    def replaced(self, size: int, at: Words) -> None:
        """Count a replace() that may make a text this many times as long."""
        self._growth *= max(size, 1)
        self._check_growth(at)

    def _check_growth(self, at: Words) -> None:
        most = 8 if self.counts["regular expression"] else GROWTH
        if self._growth > most:
            raise at.error(
                "joined again and again, a text or a list might outgrow the server",
                "Join less, and not beside a regular expression.",
            )

    def hops(self, last: int | None, shortest: bool, at: Words) -> None:
        """Count the hops of a relationship that is repeated.

        Parameters
        ----------
        last : int or None
            The most hops; None: any number.
        shortest : bool
            Whether only shortest ways are asked for.
        at : Words
            Where it stands.
        """
        most = SHORTEST_HOPS if shortest else HOPS
        if last is None:
            raise at.error("a repeated relationship has no upper bound", f"Write *1..{most}.")
        self._hops += 0 if shortest else last
        if last > most or self._hops > ALL_HOPS:
            raise at.error(
                "a relationship is repeated too often",
                f"At most {most} times, and {ALL_HOPS} in the whole statement.",
            )
        if shortest:
            self.count("shortest path", at)

    def range(self, size: int | None, at: Words) -> None:
        """Count the numbers of a range(); None: not known before it runs."""
        if size is None:
            raise at.error(
                "the size of a range() cannot be told beforehand",
                "Give it whole numbers, or size(list) as its end.",
            )
        self._ranges *= max(size, 1)
        if size > RANGE or self._ranges > ALL_RANGES:
            raise at.error(
                "a range() is too large",
                f"At most {RANGE:,} numbers, and {ALL_RANGES:,} with one inside the other.",
            )

    def function(self, name: str, at: Words) -> None:
        """Let only functions of the list pass."""
        if name.lower() not in _FUNCTIONS:
            raise at.error(
                f"{name}() is none of the functions that a reader may call",
                INSTEAD.get(name.lower(), "`sightline cypher --help` lists them."),
            )
        if name.lower() in _COPYING:
            self.copies(at)

    def procedure(self, name: str, at: Words) -> None:
        """Let only procedures of the list pass."""
        if name.lower() not in _PROCEDURES:
            raise at.error(
                f"{name} is none of the procedures that a reader may call",
                f"They are {', '.join(PROCEDURES)}.",
            )

    def regex(self, pattern: str | None, at: Words) -> None:
        """Let only regular expressions pass that come to an end; None: not known beforehand."""
        self.count("regular expression", at)
        if (
            pattern is None
            or len(pattern) > REGEX
            or _UNSAFE.search(pattern)
            or len(_UNBOUNDED.findall(pattern)) > 2
        ):
            raise at.error(
                "a regular expression might take for ever",
                "Write it as a text, without repeated groups, look-around or back-references, and "
                "with two * or + at most; or use CONTAINS, STARTS WITH, ENDS WITH.",
            )
        self._check_growth(at)
