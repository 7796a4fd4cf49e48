"""Limits on the statements of readers: allowed functions, and maximum counts.

A server's own time-out often does not stop list comprehensions, regular expressions, or a planner
at work on a very large statement, and deep nesting may never be answered at all. So these are
bounded before anything is sent; `words.Tally` counts them.
"""

from __future__ import annotations

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
