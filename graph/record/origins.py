"""The roots that claims go back to, along the chain of origins: in Python, and in SQL."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from graph.record.model import Claim, Source


def roots_of(claim: Claim, origin: Callable[[str], str | None]) -> tuple[str, ...]:
    """Return the root sources that a claim rests on.

    The claim's own `origin` overrides its sources'; chains of origins are followed to the end.

    Parameters
    ----------
    claim : Claim
        The row.
    origin : function of str
        As of `root_of`.

    Returns
    -------
    tuple of str
        Ids, sorted.

    Examples
    --------
    >>> relays = {"echo": "article", "article": "report"}
    >>> fields = dict(set="s", id="c", subject="a", relation="says", status="alleged")
    >>> roots_of(Claim(sources=("echo", "article"), **fields), relays.get)
    ('report',)
    >>> roots_of(Claim(sources=("echo",), origin=("ruling",), **fields), relays.get)
    ('ruling',)
    """
    return tuple(sorted({root_of(id_, origin) for id_ in claim.origin or claim.sources}))


def root_of(source: str, origin: Callable[[str], str | None]) -> str:
    """Follow a source to the root that it goes back to.

    Parameters
    ----------
    source : str
        Its id.
    origin : function of str
        Returns the id of what a source relays; nothing, where it is a root or is not known.

    Examples
    --------
    >>> root_of("echo", {"echo": "article", "article": "report"}.get)
    'report'
    """
    passed = set()
    while source not in passed and (before := origin(source)):
        passed.add(source)  # records that were never validated may go round
        source = before
    return min(passed) if source in passed else source


def origins_in(sources: Mapping[str, Source]) -> Callable[[str], str]:
    """Return the function from the id of a source to the id of what it relays."""
    return lambda id_: sources[id_].origin if id_ in sources else ""


def roots(sources: str) -> str:
    """Return the SQL for sources and their roots: `id`, `root`.

    Sources that go round, which no validated record has, are absent from it.

    Parameters
    ----------
    sources : str
        A query for `id` and `origin`, a row an id.
    """
    return f"""
    WITH RECURSIVE relays AS ({sources}),
    chain(id, root) AS (
        SELECT id, id FROM relays
        UNION
        SELECT chain.id, origin FROM chain JOIN relays ON relays.id = chain.root WHERE origin <> ''
    )
    SELECT chain.id, root FROM chain JOIN relays ON relays.id = root WHERE origin = ''
    """


def claim_roots(roots: str) -> str:
    """Return the SQL for claims and the roots that they rest on, by any set: `claim`, `source`.

    Parameters
    ----------
    roots : str
        A query for `id` and `root`, such as `roots` returns.
    """
    return f"""
    SELECT DISTINCT claim, root AS source
    FROM (
        SELECT id AS claim, unnest(if(len(origin) > 0, origin, sources)) AS id FROM main.claims
    ) JOIN ({roots}) USING (id)
    """
