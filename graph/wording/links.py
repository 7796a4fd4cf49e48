"""Links, paths and leads in words, and what an answer left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from graph.record import dates
from graph.record.vocabulary import Pen, Relation
from graph.wording.terms import either, hedge, number_of, percent, statuses

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


def untied(
    relation: Relation, bought: str = "what it bought", *, tied_by: str = "", programme: str = ""
) -> str:
    """Say what no source says about a lead, or why it is on no path although a source ties it.

    Parameters
    ----------
    relation : Relation
        What joins the buyer with the lead's end.
    bought : str
        What the buyer was supplied.
    tied_by : str
        What the supply and the link have in common, "contract" or "product"; empty: nothing.
    programme : str
        The name of the programme that a sale serves; empty where it names none.

    Examples
    --------
    >>> untied(Relation.OPERATES)
    'no source says that this supply serves it'
    >>> untied(Relation.SUPPLIES)
    'no source says that what it bought went there'
    >>> untied(Relation.SUPPLIES, programme="Shield")
    'no source says that what it bought was for Shield'
    >>> untied(Relation.CONTRIBUTES_TO, tied_by="contract")
    "it names the same contract; a public body's own contribution is on no path"
    """
    if tied_by:
        return f"it names the same {tied_by}; a public body's own contribution is on no path"
    if programme:
        return f"no source says that {bought} was for {programme}"
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
    sold_for = lead.programme if lead.relation is Relation.SUPPLIES else ""
    programme = name_or_id(sold_for, names) if sold_for else ""
    known = f"{when(lead)}; {statuses(lead.statuses).replace(' · ', ', ')}"
    if lead.relation is Relation.SUPPLIES:
        words = f"also {words}"
        if programme:
            known = f"for {programme}; {known}"
    supplied = "is said to have supplied" if hedge(lead.supply_statuses) else "supplied"
    bought = f"what {name_or_id(lead.supplier, names)} {supplied}"
    unsaid = untied(lead.relation, bought, tied_by=lead.tied_by, programme=programme)
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
    """Say whether the supply, or the contribution, was an export under EU rules."""
    supplier = name_or_id(path.supplier, names)
    act = next(step for step in path.steps if step.relation.entry.act)
    doubt = hedge(act.statuses, len(act.refuting_ids))
    then = f"at the time of the {act.relation.entry.noun}{doubt}"
    match path.eu:
        case "yes":
            return f"{supplier} was under EU export rules {then}, which left the EU."
        case "possibly":
            return f"{supplier} may have exported from the EU, under its rules, {then}."
        case _ if path.supplier_eu == "no":
            return f"{supplier} was not under EU export rules {then}."
        case _:
            return f"What {supplier} supplied stayed in the EU {then}, and was not an export."


def refuted(rows: int) -> str:
    """Say that rows refute a link."""
    return f"refuted by {number_of(rows, 'row')}"


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


def succession(links: Iterable[Step | Link]) -> str:
    """Say that an exporter comes in by succession, no more firmly than the record does.

    Parameters
    ----------
    links : iterable of Step or Link
        The links of the paths.

    Returns
    -------
    str
        A sentence; empty where no link is a succession.
    """
    known = list(links)
    steps = [link for link in known if link.relation is Relation.SUCCEEDED_BY]
    if not steps:
        return ""
    doubts = dict.fromkeys(hedge(link.statuses, len(link.refuting_ids)) for link in steps)
    doubt = "".join(doubts)
    acts = [link for link in known if link.relation.entry.act]
    made = "is said to have made" if any(hedge(link.statuses) for link in acts) else "made"
    took = "is said to have taken over" if doubt else "took over"
    return (
        f"The exporter comes in by succession{doubt}: it {took} the company that {made} the"
        " supply, or one that owned that company, and did not make this supply itself."
    )
