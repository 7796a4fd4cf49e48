"""The part of Cypher that a reader may run.

`readable` takes a statement and returns it in a form that every server reads in the same way, or
raises. It is the same part of the language for the console, for the app and for the library's own
questions.
"""

from __future__ import annotations

from graph.queries.grammar.clauses import Clauses
from graph.queries.grammar.limits import LENGTH
from graph.queries.grammar.tokens import refused, statement_of, tokens


def readable(text: str) -> str:
    """Check that a statement only reads, and costs no more than it may.

    Parameters
    ----------
    text : str
        What a user typed: one statement of Cypher.

    Returns
    -------
    str
        The statement to run: without comments and escapes, read in one way by all servers.

    Raises
    ------
    UsageError
        If it is not of the part of Cypher that a reader may run; the error says where, and what
        to do.

    Examples
    --------
    >>> readable("MATCH (n:Claim) // of all kinds\\nWHERE n.text CONTAINS 'CREATE' RETURN n.id;")
    "MATCH (n:Claim)                \\nWHERE n.text CONTAINS 'CREATE' RETURN n.id"
    >>> readable("MATCH (n) DELETE n")
    Traceback (most recent call last):
      ...
    graph.errors.UsageError: The statement was not run: line 1, column 11: 'DELETE' is no clause ...
    """
    if len(text) > LENGTH:
        raise refused(
            text, LENGTH, f"it is longer than {LENGTH:,} letters", "Ask for less at once."
        )
    words = tokens(text)
    if words[0].sort == "end":
        raise refused(text, 0, "it is empty", "Write one, as in MATCH (n) RETURN n.id LIMIT 5.")
    Clauses(text, words).statement()
    return statement_of(text, words).rstrip("; \n")


__all__ = ["readable"]
