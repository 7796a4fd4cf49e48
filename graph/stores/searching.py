"""Search for names in any engine with the tables `names` and `entities`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from graph.record.names import latin, normalise
from graph.record.vocabulary import Kind
from graph.stores import sql_statements
from graph.stores.base import Match, SearchResult

#: Minimum Jaro-Winkler similarity of the names to show where no name contains the text.
SIMILAR = 0.9


def keys_of(text: str) -> dict[str, Any]:
    """Return the search keys of a text: normalised, in Latin letters, without spaces, its words.

    A text without letters gives None, which matches nothing.

    Examples
    --------
    >>> list(keys_of(" Axis A.B. ").values())
    ['Axis A.B.', 'axis ab', 'axis ab', 'axisab', ['axis', 'ab']]
    """
    spelt = latin(text)
    return {
        "text": text.strip(),
        "key": normalise(text) or None,
        "latin": spelt or None,
        "tight": spelt.replace(" ", "") or None,
        "words": spelt.split() or None,
    }


def meeting(rows: Callable[..., list[tuple[Any, ...]]], text: str, limit: int) -> SearchResult:
    """Find the names that equal, begin with or contain a text, or contain all its words.

    Parameters
    ----------
    rows : callable
        Runs SQL with named parameters and returns the rows.
    text : str
        The text that a user typed.
    limit : int
        Maximum number of matches.
    """
    parameters = {**keys_of(text), "limit": max(limit, 1)}
    return _result(rows(sql_statements.MEETING_NAMES, **parameters), limit)


def similar(rows: Callable[..., list[tuple[Any, ...]]], text: str, limit: int) -> SearchResult:
    """Find the names and ids that are similar to a text.

    Parameters
    ----------
    rows, text, limit
        As for `meeting`.
    """
    keys = keys_of(text)
    parameters = {name: keys[name] for name in ("key", "tight", "words")}
    parameters |= {"similar": SIMILAR, "limit": max(limit, 1)}
    return _result(rows(sql_statements.SIMILAR_NAMES, **parameters), limit)


def _result(rows: list[tuple[Any, ...]], limit: int) -> SearchResult:
    matches = (
        Match(id_, Kind(kind), name, tuple(country), matched, float(score))
        for _, id_, kind, name, country, matched, score in rows[:limit]
    )
    return SearchResult(rows[0][0] if rows else 0, tuple(matches))
