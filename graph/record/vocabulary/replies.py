"""Kinds of reply."""

from __future__ import annotations

import msgspec

from graph.record.vocabulary.term import Term


class ReplyKindEntry(msgspec.Struct, frozen=True, kw_only=True):
    """What the faces know of a kind of reply.

    Parameters
    ----------
    sentence : str
        What to say where the record has no words of the party.
    short : str
        The same in two or three words.
    answers : bool
        True where the party spoke to the claim.
    readable : bool
        False where nobody knows whether there was a reply.
    """

    sentence: str
    short: str
    answers: bool = False
    readable: bool = True


class ReplyKind(Term):
    """How the party answered a claim; of several replies, the first of these kinds counts."""

    entry: ReplyKindEntry

    ANSWER = (
        "answer",
        ReplyKindEntry(
            sentence="Answered; the record does not hold the words.", short="reply", answers=True
        ),
    )
    NO_COMMENT = (
        "no_comment",
        ReplyKindEntry(sentence="Asked, and gave no comment.", short="no comment"),
    )
    NONE_READABLE = (
        "none_readable",
        ReplyKindEntry(
            sentence="No reply was readable.", short="no reply readable", readable=False
        ),
    )
