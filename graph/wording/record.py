"""Sources and replies in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from graph.record.model import Claim, Reply, Source
from graph.record.replies import needs_reply
from graph.record.vocabulary import Relation, ReplyKind, Stance
from graph.wording.links import name_or_id, predicate
from graph.wording.terms import hedge, number_of


def reply(answer: Reply, names: Mapping[str, str]) -> str:
    """Return a reply as a sentence; never "no response", which no record can show.

    Examples
    --------
    >>> reply(Reply(set="s", claim="c", party="p", kind=ReplyKind.NONE_READABLE), {"p": "Axis"})
    'Axis: No reply was readable.'
    """
    party, kind = name_or_id(answer.party, names), answer.kind.entry
    if not kind.readable:
        return f"{party}: {kind.sentence} {answer.text}".rstrip()
    dated = f" ({answer.date})" if answer.date else ""
    return f"{party}{dated}: {answer.text or kind.sentence}"


def answered_in_words(claim: Claim, replies: Sequence[Reply]) -> str:
    """Say in three words whether a claim was answered.

    Parameters
    ----------
    claim : Claim
        The claim.
    replies : sequence of Reply
        The replies to it.

    Returns
    -------
    str
        Empty where there is no reply and none is wanted, as for a plain fact of ownership or a
        party's own words.

    Examples
    --------
    >>> fields = dict(set="s", id="c", subject="a", relation="owns", object="b", sources=("x",))
    >>> answered_in_words(Claim(status="alleged", **fields), [])
    'no reply on record'
    >>> answered_in_words(Claim(status="official_record", **fields), [])
    ''
    >>> reply = Reply(set="s", claim="c", party="p", kind=ReplyKind.ANSWER)
    >>> answered_in_words(Claim(status="alleged", **fields), [reply])
    '1 reply'
    """
    if not replies:
        return "no reply on record" if needs_reply(claim) else ""
    answers = sum(reply.kind.entry.answers for reply in replies)
    if answers:
        return number_of(answers, "reply", "replies")
    return min((reply.kind for reply in replies), key=list(ReplyKind).index).entry.short


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


def claim(claim: Claim, names: Mapping[str, str]) -> str:
    """Return a claim as a sentence, for the rows that have no text of their own.

    Examples
    --------
    >>> from graph.record.vocabulary import Status
    >>> fields = dict(set="s", id="c", status=Status.REPORTED, sources=("x",))
    >>> fields |= dict(subject="a", relation=Relation.OWNS, object="b")
    >>> claim(Claim(**fields), {"a": "Ada"})
    'Ada owns b.'
    >>> claim(Claim(stance=Stance.REFUTES, about="d", **fields), {"a": "Ada"})
    'Refutes that Ada owns b.'
    """
    subject, object_ = name_or_id(claim.subject, names), name_or_id(claim.object, names)
    if claim.relation is Relation.SAYS:
        return f"On {subject} and {object_}." if object_ else f"On {subject}."
    words = f"{subject} {predicate(claim.relation, claim.valid_to)} {object_}"
    if claim.stance is Stance.REFUTES:
        return f"Refutes that {words}."
    return f"{words}{hedge([claim.status])}."
