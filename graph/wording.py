"""What readers are told, in one place for the command line, the app, the pictures and the exports.

A score is a probability of provability, never of guilt, and an unread answer is not "no response":
whoever shows the record takes the words from here.
"""

from __future__ import annotations

from graph.vocabulary import Kind, Relation, ReplyKind, Stage, Status

OPEN_END = "no source names a programme"
NO_PATH = "The record establishes no supply path between the two."
NO_REPLY = "No reply was readable"
DECLINED = "Declined to comment"
LEAD = "No source says that this supply serves it: a lead, in no path and no score."
ONE_SOURCE = "rests on one source"
MEANING = (
    "A score is the probability that the sound part of the record establishes at least one supply "
    "path. It says how well the record shows it, never that anybody is guilty."
)
CERTAIN = '"certain" counts only what holds whichever way the dates are read.'

_VERBS = {
    Relation.OWNS: ("owned", "was owned by"),
    Relation.SUCCEEDED_BY: ("was succeeded by", "succeeded"),
    Relation.SAME_AS: ("is the same as", "is the same as"),
    Relation.SUPPLIES: ("supplied", "was supplied by"),
    Relation.OPERATES: ("operates", "is operated by"),
    Relation.CONTRIBUTES_TO: ("contributed to", "had a contribution from"),
    Relation.PART_OF: ("was part of", "included"),
    Relation.LISTED_IN: ("is listed in", "lists"),
    Relation.SAYS: ("is said", "is said by"),
}

_STATUSES = {
    Status.ACKNOWLEDGED: "acknowledged by the party",
    Status.DENIED: "denied by the party",
}

_STAGES = {
    Stage.CHARGED: "a charge, no finding",
    Stage.COMPLAINT: "a complaint, no finding",
    Stage.INVESTIGATION: "an investigation, no finding",
    Stage.SETTLED: "settled",
    Stage.FINAL: "a final ruling",
    Stage.RULING: "a ruling, open to appeal",
}

_SCOPES = {
    "whole": "read in full",
    "opening": "opening part read",
    "stored excerpt": "excerpt read",
    "not read": "not read",
}


def verb(relation: Relation, *, backwards: bool = False) -> str:
    """Return the verb between the two ends of a link, subject first or, backwards, object first.

    Examples
    --------
    >>> verb(Relation.OWNS), verb(Relation.SUCCEEDED_BY, backwards=True)
    ('owned', 'succeeded')
    """
    return _VERBS[relation][backwards]


def kind_in_words(kind: Kind) -> str:
    """Return a kind as a reader says it.

    Examples
    --------
    >>> kind_in_words(Kind.PUBLIC_BODY)
    'public body'
    """
    return kind.replace("_", " ")


def status_in_words(status: Status) -> str:
    """Return a status as a reader says it.

    Examples
    --------
    >>> status_in_words(Status.ACKNOWLEDGED), status_in_words(Status.OFFICIAL_RECORD)
    ('acknowledged by the party', 'official record')
    """
    return _STATUSES.get(status, status.replace("_", " "))


def stage_in_words(stage: Stage) -> str:
    """Return a stage of procedure so that no charge is read as a finding.

    Examples
    --------
    >>> stage_in_words(Stage.CHARGED)
    'a charge, no finding'
    """
    return _STAGES.get(stage, str(stage))


def scope_in_words(read_scope: str) -> str:
    """Return how much of a document was read; empty where nobody noted it.

    Examples
    --------
    >>> scope_in_words("opening part (about 2,000 characters)"), scope_in_words("page 3")
    ('opening part read', 'read: page 3')
    """
    for begin, words in _SCOPES.items():
        if read_scope.startswith(begin):
            return words
    return f"read: {read_scope}" if read_scope else ""


def reply_in_words(kind: ReplyKind, text: str) -> str:
    """Return what the party said to a claim.

    Examples
    --------
    >>> reply_in_words(ReplyKind.NONE_READABLE, "")
    'No reply was readable.'
    """
    if kind is ReplyKind.ANSWER:
        return text or "Answered; the words were not readable."
    lead = DECLINED if kind is ReplyKind.NO_COMMENT else NO_REPLY
    return f"{lead}: {text}" if text else f"{lead}."


def probability(value: float) -> str:
    """Return a probability for readers: two digits, and never 0 or 1 where it is neither.

    Examples
    --------
    >>> [probability(value) for value in (0, 0.0004, 0.678, 0.9999, 1)]
    ['0', '<0.01', '0.68', '>0.99', '1']
    """
    if value in (0, 1):
        return str(int(value))
    if value < 0.005:
        return "<0.01"
    return ">0.99" if value >= 0.995 else f"{value:.2f}"
