"""Scores in words: what one rests on, and what to mind in it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from graph.record.model import Entity
from graph.record.vocabulary import Relation
from graph.wording.links import name_or_id, succession
from graph.wording.terms import ONE_SOURCE, hedge, kind, number_of

if TYPE_CHECKING:
    from graph.exposure.explain import Explanation
    from graph.network.build import Link


def rests_on_in_words(minimal_cut_sets: Sequence[Sequence[str]], origins: int) -> str:
    """Say how few root sources a score stands or falls with.

    Parameters
    ----------
    minimal_cut_sets : sequence of sequences of str
        The smallest sets of root sources without which no path is left.
    origins : int
        How many root sources there are behind it.

    Examples
    --------
    >>> rests_on_in_words([("a",)], 1), rests_on_in_words([("a",), ("b",)], 2)
    ('rests on one source', 'falls with either of 2 sources')
    >>> rests_on_in_words([("a", "b")], 3)
    'rests on 2 of 3 sources'
    >>> rests_on_in_words([], 9)
    'rests on more than 3 of 9 sources'
    """
    if not minimal_cut_sets:
        return f"rests on more than 3 of {origins} sources"
    size = len(minimal_cut_sets[0])
    if size > 1:
        return f"rests on {size} of {origins} sources"
    which = len(minimal_cut_sets)
    if which == 1:
        return ONE_SOURCE if origins == 1 else f"{ONE_SOURCE} of {origins}"
    return f"falls with {'either' if which == 2 else 'any'} of {which} sources"


def failing(minimal_cut_sets: Sequence[Sequence[str]]) -> str:
    """Say what the smallest sets of root sources are without which no path is left.

    Parameters
    ----------
    minimal_cut_sets : sequence of sequences of str
        The sets, all of one size; empty where no set of up to three sources is one.

    Examples
    --------
    >>> failing([("a",)])
    'It rests on one source: without it, no path is left.'
    >>> failing([("a",), ("b",)])
    'Each of these 2 sources is needed: without any one, no path is left.'
    >>> failing([("a", "b")])
    'Without these 2 root sources together, no path is left.'
    >>> failing([("a", "b"), ("a", "c")])
    'Take away the 2 root sources of any of these sets, and no path is left.'
    >>> failing([])
    'Paths are left whichever three root sources are taken away.'
    """
    if not minimal_cut_sets:
        return "Paths are left whichever three root sources are taken away."
    sets, size = len(minimal_cut_sets), len(minimal_cut_sets[0])
    if size == 1 and sets == 1:
        return f"It {ONE_SOURCE}: without it, no path is left."
    if size == 1:
        return f"Each of these {sets} sources is needed: without any one, no path is left."
    if sets == 1:
        return f"Without these {size} root sources together, no path is left."
    return f"Take away the {size} root sources of any of these sets, and no path is left."


def loss(lost: float) -> str:
    """Say by how many points a score would change without a root source.

    It rises without one that refutes. Points are percentage points of the score, no share of it.

    Examples
    --------
    >>> loss(0.254), loss(-0.46), loss(0.0)
    ('-25 points', '+46 points', '0 points')
    >>> loss(0.01), loss(0.001), loss(-0.001)
    ('-1 point', 'under -1 point', 'under +1 point')
    """
    sign = "+" if lost < 0 else "-" if lost else ""
    points = round(100 * abs(lost))
    if lost and not points:
        return f"under {sign}1 point"
    return f"{sign}{number_of(points, 'point')}"


def estimated(what: str, errors: Iterable[float]) -> list[str]:
    """Say that some numbers beside a score are estimates, and within which error.

    Parameters
    ----------
    what : str
        What they are numbers of: the sentence begins with it.
    errors : iterable of float
        How far off each may be at 95 %; 0 where it is exact.

    Returns
    -------
    list of str
        A sentence; none where all are exact.

    Examples
    --------
    >>> estimated("Each loss", [0.0099, 0.0]), estimated("Each loss", [0.0])
    (['Each loss is estimated: within ±0.01 at 95 %.'], [])
    """
    if error := max(errors, default=0.0):
        return [f"{what} is estimated: within ±{error:.2f} at 95 %."]
    return []


def method_in_short(how: str, error: float) -> str:
    """Say in a column how a number was computed, and how far off it may be at 95 %.

    Examples
    --------
    >>> method_in_short("exact", 0.0), method_in_short("worlds", 0.0099)
    ('exact', 'worlds, ±0.01')
    >>> method_in_short("bounded", 0.2)
    'bounded, up to +0.20'
    """
    if not error:
        return how
    return f"{how}, {'up to +' if how == 'bounded' else '±'}{error:.2f}"


def method(how: str, error: float) -> str:
    """Say how a score was computed, and within which error.

    Examples
    --------
    >>> method("exact", 0.0)
    'Computed exactly.'
    >>> method("worlds", 0.0099)
    'Estimated from sampled worlds: within ±0.01 at 95 %.'
    >>> method("bounded", 0.2)  # doctest: +ELLIPSIS
    'Not all paths could be taken in: ... the score is higher by 0.20 at most, at 95 %.'
    """
    if not error:
        return "Computed exactly."
    if how == "bounded":
        return (
            "Not all paths could be taken in: the number is what those that could be give, and the"
            f" score is higher by {error:.2f} at most, at 95 %."
        )
    return f"Estimated from sampled {how}: within ±{error:.2f} at 95 %."


def paths(number: int, *, counted: bool = True) -> str:
    """Say how many paths there are.

    Examples
    --------
    >>> paths(1), paths(20_000_000, counted=False)
    ('1 path', 'at least 20,000,000 paths')
    """
    words = number_of(number, "path")
    return words if counted else f"at least {words}"


def sampled_in_words(number: int, error: float, together: float) -> str:
    """Say how many scores of a list are estimates, within which error each and all at once.

    Parameters
    ----------
    number : int
        How many scores are estimates.
    error, together : float
        How far off each, and all at once, may be.

    Examples
    --------
    >>> sampled_in_words(100, 0.00999, 0.01497)
    '100 scores are estimated from sampled worlds: each within ±0.01 at 95 %, all within ±0.015.'
    """
    if number == 1:
        return f"1 score is estimated from sampled worlds: within ±{error:.2f} at 95 %."
    return (
        f"{number:,} scores are estimated from sampled worlds: each within ±{error:.2f} at 95 %,"
        f" all within ±{together:.3f}."
    )


def bounded(number: int, error: float) -> str:
    """Say how many scores of a list are lower bounds, and how much higher they may be.

    Examples
    --------
    >>> bounded(2, 0.3)
    '2 scores are lower bounds, of the paths that could be found: higher by 0.30 at most, at 95 %.'
    """
    are = number_of(number, "score is a lower bound", "scores are lower bounds")
    return f"{are}, of the paths that could be found: higher by {error:.2f} at most, at 95 %."


def no_company(entity: Entity) -> str:
    """Say why somebody has no scores as an exporter.

    Examples
    --------
    >>> from graph.record.vocabulary import Kind
    >>> no_company(Entity(set="s", id="psb", kind=Kind.PUBLIC_BODY, name="The police"))
    'No scores for The police: only companies are scored as exporters, and this is a public body.'
    """
    words = kind(entity.kind)
    article = "an" if words[0] in "aeiou" else "a"
    return (
        f"No scores for {entity.name}: only companies are scored as exporters, and this is"
        f" {article} {words}."
    )


def caveats(
    explanation: Explanation,
    links: Mapping[str, Link],
    names: Mapping[str, str],
    unanswered: Collection[str],
) -> list[str]:
    """Say what to mind in a score.

    Parameters
    ----------
    explanation : Explanation
        The explained score.
    links : mapping of str to Link
        The network's links, by id: those on the way are among them.
    names : mapping of str to str
        Names by id.
    unanswered : collection of str
        As of `graph.evidence.unanswered`; those on the way are counted.

    Returns
    -------
    list of str
        Sentences; none where there is nothing to mind. How the score was computed is not among
        them: `method` says it.
    """
    sentences = []
    if explanation.by_succession:
        taken_over = {
            i for i in explanation.joined.links if links[i].relation is Relation.SUCCEEDED_BY
        }
        other = explanation.joined.survivor(taken_over) is not None
        words = succession(links[i] for i in sorted(explanation.joined.links))
        sentences.append(f"Of some of the paths, not all: {words}" if other else words)
    if explanation.score.certain < explanation.score.score:
        sentences.append("Part of it rests on dates that can fit and are not bound to.")
    sentences += _counted(
        explanation.alleged,
        "link on the way is only alleged",
        "links on the way are only alleged",
    )
    sentences += _counted(
        explanation.undated, "link on the way has no date", "links on the way have no date"
    )
    sentences += _counted(
        explanation.disputed,
        "link on the way is disputed, denied or refuted",
        "links on the way are disputed, denied or refuted",
    )
    sentences += [share(links[id_], names) for id_ in explanation.shares]
    on_the_way = {claim for id_ in explanation.joined.links for claim in links[id_].claim_ids}
    return sentences + _counted(
        len(on_the_way & set(unanswered)),
        "allegation or dispute on the way has no readable reply",
        "allegations and disputes on the way have no readable reply",
    )


def share(link: Link, names: Mapping[str, str]) -> str:
    """Say which share of a company another one holds, or held.

    Examples
    --------
    "Kamera AB holds an unknown share of Gateway Trading, undated.",
    "Areva held 30 % of Morpho, 2005 – 2009."
    """
    tail, head = (name_or_id(end, names) for end in (link.tail, link.head))
    part = "an unknown share" if link.share is None else f"{link.share:g} %"
    doubt = hedge(link.statuses, len(link.refuting_ids))
    return f"{tail} {'held' if link.valid_to else 'holds'} {part} of {head}, {link.when}{doubt}."


def _counted(number: int, singular: str, plural: str) -> list[str]:
    return [f"{number_of(number, singular, plural)}."] if number else []
