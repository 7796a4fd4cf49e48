"""Limits on the statements of readers: allowed functions, and maximum counts.

A server's own time-out often does not stop list comprehensions, regular expressions, or a planner
at work on a very large statement, and deep nesting may never be answered at all. So these are
bounded before anything is sent.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graph.queries.grammar.words import Words

LENGTH = 10_000  # characters of a statement
DEPTH = 12  # brackets in brackets
HOPS = 8  # of a relationship that is repeated …
SHORTEST_HOPS = 15  # … in the search for a shortest path
ALL_HOPS = 16  # of all of them together
RANGE = 1_000  # numbers of a range()
ALL_RANGES = 10_000  # of all of them, one inside the other
GROWTH = 128  # how often + may double what it is given, clause upon clause
REGEX = 100  # characters of a regular expression

#: How often each may stand in a statement, and what to do instead.
MOST = {
    "pattern": (24, "Ask for less at once."),
    "relationship": (24, "Ask for less at once."),
    "WITH": (16, "Ask for less at once."),
    "UNWIND": (4, "Take fewer lists apart."),
    "UNION": (8, "Ask for less at once."),
    "subquery": (8, "Use OPTIONAL MATCH and count()."),
    "comprehension": (6, "Use UNWIND and collect()."),
    "AND or OR": (60, "Use IN, with a list."),
    "XOR": (3, "Use AND, OR and NOT."),
    "CASE": (12, "Ask for less at once."),
    "regular expression": (4, "Use CONTAINS."),
    "shortest path": (2, "Ask for one at a time."),
}

_NAMES = """count sum avg min max collect stDev stDevP percentileCont percentileDisc
    coalesce nullIf head last size length type labels keys properties id elementId startNode
    endNode nodes relationships valueType exists isEmpty range reverse tail
    toString toStringOrNull toInteger toIntegerOrNull toFloat toFloatOrNull
    toBoolean toBooleanOrNull
    toLower toUpper lower upper trim ltrim rtrim btrim left right substring split replace
    char_length abs ceil ceiling floor round sign sqrt log log10 exp pi
    date date.truncate datetime datetime.truncate localdatetime
    duration duration.between duration.inMonths duration.inDays"""

#: Functions that a reader may call.
FUNCTIONS = tuple(_NAMES.split())

#: What to do instead of a function that is refused.
INSTEAD = {
    "reduce": "Use UNWIND, then sum() or another of the functions that gather rows.",
    "localdatetime.truncate": "Use datetime.truncate().",
    "duration.inseconds": "Use duration.inDays(), or duration.between().",
    "time": "Use datetime().",
    "localtime": "Use localdatetime().",
    "rand": "Sort by a property, and use LIMIT.",
    "randomuuid": "Use elementId().",
}

#: Procedures that a reader may call, without arguments.
PROCEDURES = (
    "db.labels",
    "db.relationshipTypes",
    "db.propertyKeys",
    "db.schema.nodeTypeProperties",
    "db.schema.relTypeProperties",
    "db.schema.visualization",
    "dbms.components",
)

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
