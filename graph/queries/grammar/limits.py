"""Limits on readers' statements: allowed functions and maximum counts.

A server's time-out often does not stop list comprehensions, regular expressions or the planning of
a very large statement, and deep nesting may never return. These limits apply before a statement is
sent; `words.Tally` counts.
"""

from __future__ import annotations

LENGTH = 10_000  # characters of a statement
DEPTH = 12  # levels of brackets
HOPS = 8  # hops of a repeated relationship
SHORTEST_HOPS = 15  # hops of a shortest path
PATHS = 10  # paths that SHORTEST selects for each pair of ends
ALL_HOPS = 16  # hops of all repeated relationships together
RANGE = 1_000  # numbers of a range()
ALL_RANGES = 10_000  # product of the sizes of all range()s
GROWTH = 128  # factor by which + may multiply a text or list over several clauses
REGEX = 100  # characters of a regular expression

#: Maximum number in a statement, and what to do instead.
MOST = {
    "pattern": (24, "Ask for less at once."),
    "relationship": (24, "Ask for less at once."),
    "WITH": (16, "Ask for less at once."),
    "UNWIND": (4, "Unwind fewer lists."),
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

#: What to use instead of a refused function.
INSTEAD = {
    "reduce": "Use UNWIND, then sum() or another aggregating function.",
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
