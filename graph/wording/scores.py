"""Scores in words: what one rests on, and what to mind in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from graph.wording.links import named, verb
from graph.wording.terms import ONE_SOURCE, SUCCESSION

if TYPE_CHECKING:
    from graph.exposure.changes import Change
    from graph.exposure.explain import Explanation
    from graph.network import Link


def rests_on(failing_sets: Sequence[Sequence[str]], origins: int) -> str:
    """Say how few root sources a score stands or falls with.

    Parameters
    ----------
    failing_sets : sequence of sequences of str
        The smallest sets of root sources without which no path is left.
    origins : int
        How many root sources there are behind it.

    Examples
    --------
    >>> rests_on([("a",)], 1), rests_on([("a",), ("b",)], 2), rests_on([("a", "b")], 3)
    ('rests on one source', 'falls with either of 2 sources', 'rests on 2 of 3 sources')
    >>> rests_on([], 9)
    'rests on more than 3 of 9 sources'
    """
    if not failing_sets:
        return f"rests on more than 3 of {origins} sources"
    size = len(failing_sets[0])
    if size > 1:
        return f"rests on {size} of {origins} sources"
    which = len(failing_sets)
    if which == 1:
        return ONE_SOURCE if origins == 1 else f"{ONE_SOURCE} of {origins}"
    return f"falls with {'either' if which == 2 else 'any'} of {which} sources"


def method(how: str, error: float) -> str:
    """Say how a score was computed, and within which error.

    Examples
    --------
    >>> method("exact", 0.0)
    'Computed exactly.'
    >>> method("worlds", 0.0099)
    'Estimated from sampled worlds: within ±0.01 at 95 %.'
    """
    if not error:
        return "Computed exactly."
    return f"Estimated from sampled {how}: within ±{error:.2f} at 95 %."


def sampled(number: int, error: float, together: float) -> str:
    """Say how many scores of a list are estimates, within which error each and all at once.

    Examples
    --------
    >>> sampled(100, 0.00999, 0.01497)
    '100 scores are estimated from sampled worlds: each within ±0.01 at 95 %, all within ±0.015.'
    """
    if number == 1:
        return f"1 score is estimated from sampled worlds: within ±{error:.2f} at 95 %."
    return (
        f"{number:,} scores are estimated from sampled worlds: each within ±{error:.2f} at 95 %,"
        f" all within ±{together:.3f}."
    )


def change(found: Change, link: Link, names: Mapping[str, str]) -> str:
    """Say what the record lacks, and which link it would be about.

    Examples
    --------
    "one more independent source that reports: Safran owned Morpho",
    "a firmer date, which may not fit the rest: Safran owned Morpho, 2005 – 2017-05-31".
    """
    tail, head = (named(end, names) for end in (link.tail, link.head))
    about = f"{tail} {verb(link.relation, link.valid_to)} {head}"
    match found.kind:
        case "source":
            return f"one more independent source that reports: {about}"
        case "date":
            return f"a firmer date, which may not fit the rest: {about}, {link.when}"
        case _:
            return (
                f"a reply to claim {found.claim_id} that acknowledges it, or documents that it is"
                f" wrong: {about}"
            )


def caveats(found: Explanation) -> list[str]:
    """Say what to mind in a score."""
    said = [SUCCESSION] if found.by_succession else []
    if found.score.error:
        said.append(method(found.score.method, found.score.error))
    if found.score.certain < found.score.score:
        said.append("Part of it rests on dates that can fit and are not bound to.")
    said += _counted(
        found.alleged,
        "link on the way is only alleged",
        "links on the way are only alleged",
    )
    said += _counted(found.undated, "link on the way has no date", "links on the way have no date")
    said += _counted(
        found.disputed,
        "link on the way is disputed, denied or refuted",
        "links on the way are disputed, denied or refuted",
    )
    said += _counted(
        len(found.shares),
        "ownership on the way has a share that is not stated, or below half",
        "ownerships on the way have a share that is not stated, or below half",
    )
    return said


def _counted(number: int, one: str, many: str) -> list[str]:
    return [f"{number} {one if number == 1 else many}."] if number else []
