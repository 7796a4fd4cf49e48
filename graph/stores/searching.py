"""A search for names, over whatever holds the tables `names` and `entities`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from graph.record.names import latin, normalise
from graph.record.vocabulary import Kind
from graph.stores import sql_statements
from graph.stores.base import Match, SearchResult

#: How like a name has to be, by Jaro and Winkler, to be shown where no name contains the text.
SIMILAR = 0.9


def keys_of(text: str) -> dict[str, Any]:
    """Return what a text is searched by: normalised, in Latin letters, without blanks, its words.

    What has no letter is None, and meets nothing.

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
    """Find the names that a text is, begins, is part of, or shares all its words with.

    Parameters
    ----------
    rows : callable
        Runs SQL with named parameters.
    text : str
        What was typed.
    limit : int
        Greatest number of matches.
    """
    given = {**keys_of(text), "limit": max(limit, 1)}
    return _found(rows(sql_statements.MEETING_NAMES, **given), limit)


def similar(rows: Callable[..., list[tuple[Any, ...]]], text: str, limit: int) -> SearchResult:
    """Find the names and ids that are like a text.

    Parameters
    ----------
    rows, text, limit
        As for `meeting`.
    """
    keys = keys_of(text)
    given = {name: keys[name] for name in ("key", "tight", "words")}
    found = rows(sql_statements.SIMILAR_NAMES, similar=SIMILAR, limit=max(limit, 1), **given)
    return _found(found, limit)


def _found(rows: list[tuple[Any, ...]], limit: int) -> SearchResult:
    matches = (
        Match(id_, Kind(kind), name, tuple(country), matched, float(score))
        for _, id_, kind, name, country, matched, score in rows[:limit]
    )
    return SearchResult(rows[0][0] if rows else 0, tuple(matches))
