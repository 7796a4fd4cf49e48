"""A cursor over the tokens of a statement, with a tally of everything that has a limit."""

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

#: Words that begin a clause or end an expression; as names they need quotes.
RESERVED = frozenset(_RESERVED.split())


class Words:
    """The tokens of a statement and the position in them.

    Parameters
    ----------
    text : str
        The statement, for the errors.
    tokens : sequence of Token
        Its tokens.
    """

    def __init__(self, text: str, tokens: Sequence[Token]) -> None:
        self.text = text
        self.tokens = tokens
        self.at = 0
        self.tally = Tally()

    @property
    def token(self) -> Token:
        """The next token."""
        return self.tokens[self.at]

    def peek(self, ahead: int = 0) -> str:
        """Return a word or sign ahead in capitals; "" for texts, numbers and names."""
        return self.tokens[min(self.at + ahead, len(self.tokens) - 1)].upper

    def take(self, *wanted: str) -> bool:
        """Consume these words or signs if they come next; return whether they did."""
        if all(self.peek(ahead) == word for ahead, word in enumerate(wanted)):
            self.at += len(wanted)
            return True
        return False

    def need(self, wanted: str) -> None:
        """Consume a word or sign that has to come next."""
        if not self.take(wanted):
            raise self.error(f"{wanted} is missing before {self.seen()}", "Add it.")

    def seen(self) -> str:
        """Describe the next token, for an error."""
        return "the end" if self.token.sort == "end" else repr(self.token.value)

    def error(self, why: str, cure: str) -> UsageError:
        """Return an error at the next token."""
        return refused(self.text, self.token.at, why, cure)

    def name(self, what: str) -> str:
        """Parse a name: of a label, a type, a property."""
        token = self.token
        if token.sort not in ("word", "name"):
            raise self.error(f"a {what} is missing before {self.seen()}", "Add one.")
        self.at += 1
        return token.value

    def variable(self) -> str:
        """Parse the name of a variable."""
        if self.peek() in RESERVED:
            raise self.error(
                f"{self.seen()} cannot be here in a statement that only reads",
                "If it is a name, put it in `quotes`.",
            )
        return self.name("value")

    def dotted(self) -> str:
        """Parse the name of a procedure or function; quote parts that contain a point."""
        parts = [self.variable()]
        while self.take("."):
            parts.append(self.name("name"))
        return ".".join(f"`{part}`" if "." in part else part for part in parts)

    def listed(self, parse_item: Callable[[], object]) -> None:
        """Parse one or more items, separated by commas."""
        parse_item()
        while self.take(","):
            parse_item()


_FUNCTIONS = frozenset(name.lower() for name in FUNCTIONS)

_PROCEDURES = frozenset(name.lower() for name in PROCEDURES)

#: Functions that copy a list or a text; in a loop, each turn would make a copy.
_COPYING = frozenset(("range", "reverse", "tail", "split", "replace", "keys", "properties"))

_UNBOUNDED = re.compile(r"(?<!\\)[*+]|(?<!\\)\{\d+,\}")

_UNSAFE = re.compile(r"\\[1-9k]|\((?!\?i\))\?|\)\s*[*+?{]|\{\d*,?\d{3,}")


class Tally:
    """Counts everything that has a limit; each method raises UsageError above its limit."""

    def __init__(self) -> None:
        self.depth = 0
        self.looping = False  # inside a loop over a list
        self.counts: Counter[str] = Counter()
        self._hops = 0
        self._ranges = 1
        self._growth = 1
        self._joined = 0  # number of + in the clause

    def count(self, what: str, at: Words) -> None:
        """Count something that `MOST` limits."""
        most, cure = MOST[what]
        self.counts[what] += 1
        if self.counts[what] > most:
            raise at.error(f"this is {what} number {most + 1}, but only {most} are allowed", cure)

    def enter(self, at: Words) -> None:
        """Enter a level of brackets."""
        self.depth += 1
        if self.depth > DEPTH:
            raise at.error(f"it is more than {DEPTH} levels deep", "Use WITH, step by step.")

    def leave(self) -> None:
        """Leave a level of brackets."""
        self.depth -= 1

    def copies(self, at: Words) -> None:
        """Refuse copying a list or a text inside a loop."""
        if self.looping:
            raise at.error(
                "a loop over a list copies texts or lists at each turn", "Use UNWIND and collect()."
            )

    def clause(self, what: str, at: Words) -> None:
        """Count a clause that passes rows on."""
        if what in MOST:
            self.count(what, at)
        self._joined = 0

    def joined(self, at: Words) -> None:
        """Count a +, which may join texts or lists: over several clauses they grow by factors."""
        self.copies(at)
        self._growth = self._growth // (self._joined + 1) * (self._joined + 2)
        self._joined += 1
        self._check_growth(at)

    def replaced(self, size: int, at: Words) -> None:
        """Count a replace() that may lengthen a text by this factor."""
        self._growth *= max(size, 1)
        self._check_growth(at)

    def _check_growth(self, at: Words) -> None:
        most = 8 if self.counts["regular expression"] else GROWTH
        if self._growth > most:
            raise at.error(
                "repeated joining may create a text or list too large for the server",
                "Join fewer, and not with a regular expression.",
            )

    def hops(self, last: int | None, shortest: bool, at: Words, form: str = "*1..%d") -> None:
        """Count the hops of a repeated relationship.

        Parameters
        ----------
        last : int or None
            Maximum number of hops; None means unlimited.
        shortest : bool
            Whether this is the search for a shortest path.
        at : Words
            Position, for the error.
        form : str
            How to write the limit.
        """
        most = SHORTEST_HOPS if shortest else HOPS
        if last is None:
            raise at.error("a repeated relationship has no upper limit", f"Write {form % most}.")
        self._hops += 0 if shortest else last
        if last > most or self._hops > ALL_HOPS:
            raise at.error(
                "a relationship is repeated too often",
                f"At most {most} times, and {ALL_HOPS} in the whole statement.",
            )
        if shortest:
            self.count("shortest path", at)

    def range(self, size: int | None, at: Words) -> None:
        """Count the numbers of a range(); None means that the size is unknown."""
        if size is None:
            raise at.error(
                "the size of a range() is not known in advance",
                "Use whole numbers, or size(list) as its end.",
            )
        self._ranges *= max(size, 1)
        if size > RANGE or self._ranges > ALL_RANGES:
            raise at.error(
                "a range() is too large",
                f"At most {RANGE:,} numbers, and {ALL_RANGES:,} for nested ranges.",
            )

    def function(self, name: str, at: Words) -> None:
        """Refuse functions that are not in the list."""
        if name.lower() not in _FUNCTIONS:
            raise at.error(
                f"{name}() is not a function that a reader may call",
                INSTEAD.get(name.lower(), "`sightline cypher --help` lists them."),
            )
        if name.lower() in _COPYING:
            self.copies(at)

    def procedure(self, name: str, at: Words) -> None:
        """Refuse procedures that are not in the list."""
        if name.lower() not in _PROCEDURES:
            raise at.error(
                f"{name} is not a procedure that a reader may call",
                f"Allowed are {', '.join(PROCEDURES)}.",
            )

    def regex(self, pattern: str | None, at: Words) -> None:
        """Refuse regular expressions that may never end; None means unknown."""
        self.count("regular expression", at)
        if (
            pattern is None
            or len(pattern) > REGEX
            or _UNSAFE.search(pattern)
            or len(_UNBOUNDED.findall(pattern)) > 2
        ):
            raise at.error(
                "a regular expression may never end",
                "Write it as a text without repeated groups, look-around or back-references, and "
                "with two * or + at most; or use CONTAINS, STARTS WITH or ENDS WITH.",
            )
        self._check_growth(at)
