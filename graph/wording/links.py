"""Links, paths and leads in words, and what an answer left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from graph.record import dates
from graph.record.vocabulary import Pen, Relation
from graph.wording.terms import either, percent, statuses

if TYPE_CHECKING:
    from graph.network.build import Link
    from graph.paths.answer import Lead, Path, Step
    from graph.record.model import Claim


def verb(relation: Relation, valid_to: str = "", *, backwards: bool = False) -> str:
    """Return the verb between the ends of a link.

    Parameters
    ----------
    relation : Relation
        The relation.
    valid_to : str
        End of the link; a state that has one stands in the past tense.
    backwards : bool
        True where the object stands first, as on a walk from the successor to its predecessor.

    Examples
    --------
    >>> verb(Relation.OWNS), verb(Relation.OWNS, "2017"), verb(Relation.SUPPLIES)
    ('owns', 'owned', 'supplied')
    >>> verb(Relation.SUCCEEDED_BY, backwards=True), verb(Relation.OWNS, backwards=True)
    ('succeeded', 'owned by')
    """
    words = relation.entry.verb
    if backwards:
        return words.backwards
    return words.past if valid_to and words.past else words.present


def predicate(relation: Relation, valid_to: str = "") -> str:
    """Return the verb of a link as a whole sentence has it, where a label would leave out words.

    Examples
    --------
    >>> predicate(Relation.SAME_AS), predicate(Relation.PART_OF), predicate(Relation.OWNS)
    ('is the same as', 'is part of', 'owns')
    """
    words = relation.entry.verb
    return words.past if valid_to and words.past else words.helper + words.present


def when(step: Step | Lead | Claim) -> str:
    """Return the interval of a step, a lead or a claim in words."""
    event = step.relation.entry.event or step.relation is Relation.SAYS
    return dates.interval_in_words(step.valid_from, step.valid_to, step.as_of, event=event)


def link_in_words(link: Link, *, backwards: bool = False) -> str:
    """Return verb, share and interval of a link, as they stand on its line."""
    words = verb(link.relation, link.valid_to, backwards=backwards)
    if link.share is not None:
        return f"{words} {link.share:g} %, {link.when}"
    if link.relation.entry.timeless:
        return words
    return f"{words}, {link.when}" if link.when == "undated" else f"{words} {link.when}"


def name_or_id(identifier: str, names: Mapping[str, str]) -> str:
    """Return the name of an entity, or its id where the name is not at hand."""
    return names.get(identifier) or identifier


def step_sentence(step: Step, names: Mapping[str, str]) -> str:
    """Return a step as a sentence, in the order of the walk.

    Examples
    --------
    "Safran owned Morpho (2005 – 2017-05-31; reported)", "IDEMIA succeeded Morpho (…)".
    """
    first, last = step.from_id, step.to_id
    if step.backwards:
        first, last = last, first
    words = verb(step.relation, step.valid_to, backwards=step.backwards)
    for_programme = f" for {name_or_id(step.programme, names)}" if step.programme else ""
    return (
        f"{name_or_id(first, names)} {words} {name_or_id(last, names)}{for_programme}"
        f" ({when(step)}; {statuses(step.statuses)})"
    )


def untied(relation: Relation, bought: str = "what it bought") -> str:
    """Say what no source says of a lead.

    Parameters
    ----------
    relation : Relation
        What joins the buyer with the lead's end.
    bought : str
        What the buyer was supplied.

    Examples
    --------
    >>> untied(Relation.OPERATES)
    'no source says that this supply serves it'
    >>> untied(Relation.SUPPLIES)
    'no source says that what it bought went there'
    """
    words = relation.entry.lead or ""
    return f"no source says that {words.format(bought=bought)}"


def lead_sentence(lead: Lead, names: Mapping[str, str]) -> str:
    """Return a lead as a sentence: what the buyer runs or sold on, and that nothing ties it.

    Examples
    --------
    "Utimaco also supplied Datafusion (2011; reported); no source says that what Qosmos supplied
    went there.", "The ministry operates Golden Shield (…); no source says that this supply serves
    it."
    """
    words = verb(lead.relation, lead.valid_to)
    known = f"{when(lead)}; {statuses(lead.statuses).replace(' · ', ', ')}"
    if lead.relation is Relation.SUPPLIES:
        words = f"also {words}"
        if lead.programme:
            known = f"for {name_or_id(lead.programme, names)}; {known}"
    unsaid = untied(lead.relation, f"what {name_or_id(lead.supplier, names)} supplied")
    buyer, end = name_or_id(lead.buyer, names), name_or_id(lead.end, names)
    return f"{buyer} {words} {end} ({known}); {unsaid}."


def weakest(path: Path, names: Mapping[str, str]) -> str:
    """Say which link of a path is proven least."""
    step = min(path.steps, key=lambda step: step.probability)
    return f"Weakest link: {step_sentence(step, names)}."


def proven(path: Path) -> str:
    """Say how well a path is proven: the number, and what it means."""
    share = percent(path.probability)
    dates_fit = "its dates are bound to fit" if path.certain else "its dates can fit, no more"
    return (
        f"The sound part of the record establishes the whole path with a probability of {share};"
        f" {dates_fit}. That says how well it is proven, never that anybody is guilty."
    )


def eu(path: Path, names: Mapping[str, str]) -> str:
    """Say whether the supplier was under EU export rules at the supply, or the contribution."""
    supplier = name_or_id(path.supplier, names)
    acts = (step.relation.entry for step in path.steps if step.relation.entry.act)
    then = f"at the time of the {next(acts).noun}"
    match path.eu:
        case "yes":
            return f"{supplier} was under EU export rules {then}."
        case "possibly":
            return f"{supplier} may have been under EU export rules {then}."
        case _:
            return f"{supplier} was not under EU export rules {then}."


def refuted(rows: int) -> str:
    """Say that rows refute a link."""
    return "refuted by 1 row" if rows == 1 else f"refuted by {rows:,} rows"


def legend(relations: Iterable[Relation]) -> str:
    """Say how the relations of a picture are drawn.

    Examples
    --------
    >>> legend({Relation.OWNS, Relation.SUPPLIES, Relation.CONTRIBUTES_TO})
    'heavy line: supply or contribution · thin line: ownership'
    """
    present = set(relations)
    nouns: dict[Pen, list[str]] = {pen: [] for pen in Pen}
    for relation in Relation:
        if relation in present:
            nouns[relation.entry.pen].append(relation.entry.noun)
    return " · ".join(f"{pen}: {either(drawn)}" for pen, drawn in nouns.items() if drawn)


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
            sentences.append(f"{number:,} {singular if number == 1 else plural}.")
    return sentences


def nothing_left_out(max_hops: int) -> str:
    """Say that an answer is whole within the length that was asked for.

    Examples
    --------
    >>> nothing_left_out(6)
    'No path of at most 6 links was left out; longer ones were not looked for.'
    """
    links = "link" if max_hops == 1 else "links"
    return f"No path of at most {max_hops} {links} was left out; longer ones were not looked for."


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
    them = f"1 {what} is" if number == 1 else f"{number:,} {what}s are"
    return [f"{them} not drawn: a picture holds {most_cards} cards at most."]
