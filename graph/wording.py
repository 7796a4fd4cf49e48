"""The few sentences that the command line, the app, the pictures and the exports share.

One place, so that a status, a reply or a score reads the same wherever a reader meets it, and
never says more than the record does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from graph import dates
from graph.model import Reply, Source
from graph.vocabulary import RULES, Kind, Relation, ReplyKind, Stage, Status

if TYPE_CHECKING:
    from graph.network import Link
    from graph.paths import Lead, Path, Step

OPEN_END = "no source names a programme"
NO_REPLY = "The record holds no reply."
NONE_READABLE = "No reply was readable."
NO_PATH = "No path is on record."
NO_ARCHIVE = "No archived copy yet."
SERVES = "the supply is said to serve"
LEAD = "no source says that this supply serves it"
REFUTES = "refutes the link"
STAND_IN = "stand-in"
LICENCE = "Starter data: CC BY 4.0"

SCORE = (
    "A score is the probability that the sound part of the record establishes at least one supply"
    " path from the exporter to the target. It says how well a path is proven, never that anybody"
    " is guilty of anything."
)
BAND = "The band is what the score becomes when all weights take their low or their high ends."
SUCCESSION = (
    "The exporter comes in by succession: it took over the company that made the supply, and did"
    " not make it itself."
)
NO_PROOF = "That the record establishes none does not mean that there is none."
ONE_SOURCE = "rests on one source"
CERTAIN = "Certain counts only the paths whose dates are bound to fit."

#: What each status means, for readers.
STATUS_MEANING: Mapping[Status, str] = {
    Status.ALLEGED: "somebody says so, and nobody else has confirmed it",
    Status.REPORTED: "a source reports it as a fact",
    Status.ACKNOWLEDGED: "the party itself, or its successor, acknowledges it",
    Status.DENIED: "the party denies it",
    Status.DISPUTED: "sources or parties contradict each other on it",
    Status.OFFICIAL_RECORD: (
        "an official record shows the listing, charge or licence, not the conduct behind it"
    ),
    Status.COURT_FINDING: "a court found it, at the stage that the row names",
    Status.WITHDRAWN: "who said it took it back",
}

#: What the line of a link means, by `graph.vocabulary.line_of`, in the order of a legend.
LINE_MEANING: Mapping[str, str] = {
    "documented": "documented",
    "alleged": "alleged",
    "disputed": "disputed",
    "denied": "denied",
    "withdrawn": "withdrawn in part",
}

#: Verb of a link read from its subject to its object: while it lasts or at once, and when over.
_VERBS: Mapping[Relation, tuple[str, str]] = {
    Relation.OWNS: ("owns", "owned"),
    Relation.SUCCEEDED_BY: ("succeeded by", "succeeded by"),
    Relation.SAME_AS: ("same as", "same as"),
    Relation.SUPPLIES: ("supplied", "supplied"),
    Relation.OPERATES: ("operates", "operated"),
    Relation.CONTRIBUTES_TO: ("contributed to", "contributed to"),
    Relation.PART_OF: ("part of", "was part of"),
    Relation.LISTED_IN: ("listed in", "was listed in"),
    Relation.SAYS: ("on", "on"),
}

NOT_ESTABLISHED = "not established"

_LEGEND: Mapping[Relation, str] = {
    Relation.SUPPLIES: "heavy line: supply or contribution",
    Relation.CONTRIBUTES_TO: "heavy line: supply or contribution",
    Relation.OWNS: "thin line: ownership",
    Relation.SUCCEEDED_BY: "ring: succession",
    Relation.PART_OF: "hollow arrow: part of",
}


def legend(relations: Iterable[Relation]) -> str:
    """Say how the relations of a picture are drawn.

    Examples
    --------
    >>> legend({Relation.OWNS, Relation.SUPPLIES})
    'heavy line: supply or contribution · thin line: ownership'
    """
    present = set(relations)
    said = dict.fromkeys(said for relation, said in _LEGEND.items() if relation in present)
    return " · ".join(said)


def verb(relation: Relation, valid_to: str = "", *, backwards: bool = False) -> str:
    """Return the verb between the ends of a link.

    Parameters
    ----------
    relation : Relation
        The relation.
    valid_to : str
        End of the link; a state that has one is told in the past.
    backwards : bool
        True where the object stands first, as on a walk from the successor to its predecessor.

    Examples
    --------
    >>> verb(Relation.OWNS), verb(Relation.OWNS, "2017"), verb(Relation.SUPPLIES)
    ('owns', 'owned', 'supplied')
    >>> verb(Relation.SUCCEEDED_BY, backwards=True)
    'succeeded'
    """
    if backwards and relation is Relation.SUCCEEDED_BY:
        return "succeeded"
    return _VERBS[relation][bool(valid_to)]


def predicate(relation: Relation, valid_to: str = "") -> str:
    """Return the verb of a link as a whole sentence has it, where a label would leave out words.

    Examples
    --------
    >>> predicate(Relation.SAME_AS), predicate(Relation.PART_OF), predicate(Relation.OWNS)
    ('is the same as', 'is part of', 'owns')
    """
    said = verb(relation, valid_to)
    return said if said.startswith("was ") else _HELPERS.get(relation, "") + said


_HELPERS: Mapping[Relation, str] = {
    Relation.SUCCEEDED_BY: "was ",
    Relation.SAME_AS: "is the ",
    Relation.PART_OF: "is ",
    Relation.LISTED_IN: "is ",
}


def when(step: Step | Lead) -> str:
    """Return the interval of a step or a lead in words."""
    event = RULES[step.relation].event
    return dates.show(step.valid_from, step.valid_to, step.as_of, event=event)


def kind(of: Kind) -> str:
    """Return a kind as a reader says it.

    Examples
    --------
    >>> kind(Kind.PUBLIC_BODY)
    'public body'
    """
    return of.replace("_", " ")


def stage(of: Stage) -> str:
    """Return a stage of procedure, so that a charge is never read as a finding.

    Examples
    --------
    >>> stage(Stage.CHARGED), stage(Stage.FINAL)
    ('a charge, no finding', 'a final ruling')
    """
    return _STAGES.get(of, str(of))


_STAGES: Mapping[Stage, str] = {
    Stage.COMPLAINT: "a complaint, no finding",
    Stage.INVESTIGATION: "an investigation, no finding",
    Stage.CHARGED: "a charge, no finding",
    Stage.RULING: "a ruling that may not be final",
    Stage.FINAL: "a final ruling",
}


def link(one: Link, *, backwards: bool = False) -> str:
    """Return verb, share and interval of a link, as they stand on its line."""
    said = verb(one.relation, one.valid_to, backwards=backwards)
    if one.share is not None:
        return f"{said} {one.share:g} %, {one.when}"
    if one.relation is Relation.SAME_AS:
        return said
    return f"{said}, {one.when}" if one.when == "undated" else f"{said} {one.when}"


def named(identifier: str, names: Mapping[str, str]) -> str:
    """Return the name of an entity, or its id where the name is not at hand."""
    return names.get(identifier) or identifier


def statuses(these: Iterable[Status]) -> str:
    """Return statuses for a line, the firmest first.

    Examples
    --------
    >>> statuses([Status.REPORTED, Status.OFFICIAL_RECORD])
    'official record · reported'
    """
    present = set(these)
    return " · ".join(str(s).replace("_", " ") for s in _FIRMEST if s in present)


_FIRMEST = (
    Status.COURT_FINDING,
    Status.OFFICIAL_RECORD,
    Status.ACKNOWLEDGED,
    Status.REPORTED,
    Status.ALLEGED,
    Status.DISPUTED,
    Status.DENIED,
    Status.WITHDRAWN,
)


def step_sentence(step: Step, names: Mapping[str, str]) -> str:
    """Return a step as a sentence, in the order of the walk.

    Examples
    --------
    "Safran owned Morpho (2005 – 2017-05-31; reported)", "IDEMIA succeeded Morpho (…)".
    """
    first, last = step.from_id, step.to_id
    if step.backwards:
        first, last = last, first
    said = verb(step.relation, step.valid_to, backwards=step.backwards)
    for_programme = f" for {named(step.programme, names)}" if step.programme else ""
    return (
        f"{named(first, names)} {said} {named(last, names)}{for_programme}"
        f" ({when(step)}; {statuses(step.statuses)})"
    )


def lead_sentence(lead: Lead, names: Mapping[str, str]) -> str:
    """Return a lead as a sentence: what the buyer runs, and that no source ties the sale to it."""
    said = verb(lead.relation, lead.valid_to)
    return (
        f"{named(lead.buyer, names)} {said} {named(lead.programme, names)} ({when(lead)});"
        " no source says that this supply serves it."
    )


def weakest(path: Path, names: Mapping[str, str]) -> str:
    """Say which link of a path is proven least."""
    step = min(path.steps, key=lambda one: one.probability)
    return f"Weakest link: {step_sentence(step, names)}."


def eu(path: Path, names: Mapping[str, str]) -> str:
    """Say whether the supplier was under EU export rules at the supply."""
    supplier = named(path.supplier, names)
    match path.eu:
        case "yes":
            return f"{supplier} was under EU export rules at the time of the supply."
        case "possibly":
            return f"{supplier} may have been under EU export rules at the time of the supply."
        case _:
            return f"{supplier} was not under EU export rules at the time of the supply."


def reply(answer: Reply, names: Mapping[str, str]) -> str:
    """Return a reply as a sentence; never "no response", which nobody can know.

    Examples
    --------
    >>> reply(Reply(set="s", claim="c", party="p", kind=ReplyKind.NONE_READABLE), {"p": "Axis"})
    'Axis: No reply was readable.'
    """
    party = named(answer.party, names)
    dated = f" ({answer.date})" if answer.date else ""
    match answer.kind:
        case ReplyKind.ANSWER:
            return f"{party}{dated}: {answer.text}"
        case ReplyKind.NO_COMMENT:
            said = answer.text or "Asked, and gave no comment."
            return f"{party}{dated}: {said}"
        case _:
            return f"{party}: {NONE_READABLE}" + (f" {answer.text}" if answer.text else "")


def read_scope(source: Source) -> str:
    """Say how much of a source was read.

    Examples
    --------
    >>> read_scope(Source(set="s", id="a", title="A", publisher="P", type="press"))
    'How much of it was read is not recorded.'
    """
    scope = source.read_scope.strip()
    if not scope:
        return "How much of it was read is not recorded."
    if scope.casefold() == "not read":
        return "Not read: known only through the sources that relay it."
    if scope.casefold() in ("whole text", "whole"):
        return "Read whole."
    if scope.casefold().startswith("opening part"):
        return f"Opening part read{scope[len('opening part') :]}."
    return f"Read in part: {scope}."


def source_line(source: Source) -> str:
    """Return a source in one line: publisher, title, date.

    Examples
    --------
    >>> source_line(Source(set="s", id="a", title="A", publisher="P", date="2020", type="press"))
    'P: A (2020)'
    """
    return f"{source.publisher}: {source.title}" + (f" ({source.date})" if source.date else "")


_LEFT_OUT = {
    "top": ("further path is not shown", "further paths are not shown"),
    "dates": (
        "beginning of a walk was left out: its dates cannot fit",
        "beginnings of walks were left out: their dates cannot fit",
    ),
    "round_trips": (
        "round trip was left out: it would meet an entity twice",
        "round trips were left out: they would meet an entity twice",
    ),
    "status": (
        "link was left out: none of its rows has a status asked for",
        "links were left out: none of their rows has a status asked for",
    ),
}


def left_out(counts: Mapping[str, int]) -> list[str]:
    """Say what was left out of an answer, by reason.

    Examples
    --------
    >>> left_out({"top": 2, "dates": 1})
    ['2 further paths are not shown.', '1 beginning of a walk was left out: its dates cannot fit.']
    """
    said = []
    for reason, number in counts.items():
        one, many = _LEFT_OUT.get(reason, (f"left out: {reason}", f"left out: {reason}"))
        if number:
            said.append(f"{number:,} {one if number == 1 else many}.")
    return said


def too_many(paths: int, most_cards: int) -> str:
    """Say that paths are not drawn, and why."""
    them = "1 path is" if paths == 1 else f"{paths:,} paths are"
    return f"{them} not drawn: a picture holds {most_cards} cards at most. The table has them all."


def refuted(rows: int) -> str:
    """Say that rows refute a link."""
    return "refuted by 1 row" if rows == 1 else f"refuted by {rows:,} rows"


def percent(probability: float) -> str:
    """Write a probability for readers.

    Examples
    --------
    >>> percent(0.8536), percent(0.0004), percent(0.9996), percent(1.0), percent(0.0)
    ('85 %', 'under 1 %', 'over 99 %', '100 %', '0 %')
    """
    if 0 < probability < 0.005:
        return "under 1 %"
    if 0.995 <= probability < 1:
        return "over 99 %"
    return f"{probability:.0%}".replace("%", " %")


def version(identifier: str, created: str = "") -> str:
    """Return the name of a data version for readers: date and first digits.

    Parameters
    ----------
    identifier : str
        Id of the version.
    created : str
        When it was written, ISO 8601; empty where it is not known.

    Examples
    --------
    >>> version("7f3a9c00", "2026-11-20T10:00:00")
    '2026-11-20 · 7f3a'
    """
    return " · ".join(part for part in (created[:10], identifier[:4]) if part)
