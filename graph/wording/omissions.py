"""What an answer leaves out, in sentences."""

from __future__ import annotations

from collections.abc import Mapping

from graph.wording.terms import number_of

_LEFT_OUT = {
    "top": ("further path is not shown", "further paths are not shown"),
    "dates": (
        "beginning of a walk was left out: its dates cannot fit",
        "beginnings of walks were left out: their dates cannot fit",
    ),
    "day": (
        "beginning of a walk was left out: not all of it holds on the day asked for",
        "beginnings of walks were left out: not all of them holds on the day asked for",
    ),
    "eu": (
        "score was left out: no supplier on its paths was under EU export rules",
        "scores were left out: no supplier on their paths was under EU export rules",
    ),
    "unlisted": (
        "target was left out: none of the short paths that could be listed leads to it",
        "targets were left out: none of the short paths that could be listed leads to them",
    ),
    "round_trips": (
        "round trip was left out: it would meet an entity twice",
        "round trips were left out: they would meet an entity twice",
    ),
    "weights": (
        "beginning of a walk was left out: under these weights its links cannot hold",
        "beginnings of walks were left out: under these weights their links cannot hold",
    ),
    "status": (
        "link was left out: none of its rows has a status asked for",
        "links were left out: none of their rows has a status asked for",
    ),
}

#: Sentences about the answer as a whole, whatever the number.
_SAID = {
    "unsearched": (
        "There are so many ways that the search ended before it had found the best paths asked for:"
        " narrow the question, by a date, a status or fewer links."
    ),
    "uncounted": "There are more paths, and more left out, than were counted.",
}


def left_out(counts: Mapping[str, int]) -> list[str]:
    """Say what was left out of an answer, by reason.

    Examples
    --------
    >>> left_out({"top": 2, "dates": 1})
    ['2 further paths are not shown.', '1 beginning of a walk was left out: its dates cannot fit.']
    >>> left_out({"uncounted": 1})
    ['There are more paths, and more left out, than were counted.']
    """
    sentences = []
    for reason, number in counts.items():
        if number and reason in _SAID:
            sentences.append(_SAID[reason])
            continue
        singular, plural = _LEFT_OUT.get(reason, (f"left out: {reason}", f"left out: {reason}"))
        if number:
            sentences.append(f"{number_of(number, singular, plural)}.")
    return sentences


def nothing_left_out(max_hops: int) -> str:
    """Say that an answer is whole within the length that was asked for.

    Examples
    --------
    >>> nothing_left_out(6)
    'No path of at most 6 links was left out; longer ones were not looked for.'
    """
    links = number_of(max_hops, "link")
    return f"No path of at most {links} was left out; longer ones were not looked for."


def longer(max_hops: int) -> str:
    """Say that longer paths were not looked for.

    Examples
    --------
    >>> longer(6)
    'Paths of more than 6 links were not looked for.'
    """
    return f"Paths of more than {number_of(max_hops, 'link')} were not looked for."


def too_many(number: int, what: str, most_cards: int) -> list[str]:
    """Say that paths or leads are not drawn, and why.

    Parameters
    ----------
    number : int
        How many are not drawn.
    what : str
        What they are.
    most_cards : int
        How many cards a picture holds.

    Examples
    --------
    >>> too_many(251, "path", 150), too_many(0, "lead", 150)
    (['251 paths are not drawn: a picture holds 150 cards at most.'], [])
    """
    if not number:
        return []
    them = number_of(number, f"{what} is", f"{what}s are")
    return [f"{them} not drawn: a picture holds {most_cards} cards at most."]
