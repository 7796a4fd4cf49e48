"""The part of Cypher that a reader may run.

`readable` checks a statement and returns it in a form that all servers read in the same way. The
console, the app and the library's questions accept the same part of the language.
"""

from __future__ import annotations

from graph.queries.grammar.clauses import Clauses
from graph.queries.grammar.limits import LENGTH
from graph.queries.grammar.tokens import refused, statement_of, tokens


def readable(text: str) -> str:
    """Check that a statement only reads and stays within the limits.

    Parameters
    ----------
    text : str
        The Cypher statement that a user typed.

    Returns
    -------
    str
        The statement to run, without comments and escapes.

    Raises
    ------
    UsageError
        If the statement is not in the readable part of Cypher; the error names the position and
        the fix.

    Examples
    --------
    >>> readable("MATCH (n:Claim) // of all kinds\\nWHERE n.text CONTAINS 'CREATE' RETURN n.id;")
    "MATCH (n:Claim)                \\nWHERE n.text CONTAINS 'CREATE' RETURN n.id"
    >>> readable("MATCH (n) DELETE n")
    Traceback (most recent call last):
      ...
    graph.errors.UsageError: The statement was not run: line 1, column 11: 'DELETE' is not a ...
    """
    if len(text) > LENGTH:
        raise refused(
            text, LENGTH, f"it is longer than {LENGTH:,} characters", "Ask for less at once."
        )
    words = tokens(text)
    if words[0].sort == "end":
        raise refused(text, 0, "it is empty", "Write one, as in MATCH (n) RETURN n.id LIMIT 5.")
    Clauses(text, words).statement()
    return statement_of(text, words).rstrip("; \n")


__all__ = ["readable"]
