"""Which claims are unanswered: in Python, in SQL and in Cypher.

A supporting claim that is alleged or disputed needs a reply. The other statuses hold the word of
the party or of an authority already: a row that is denied is the party's own denial. A claim is
unanswered as long as the record holds no reply to it, or only that none was readable.
"""

from __future__ import annotations

from collections.abc import Iterable

from graph.record.model import Claim, Reply
from graph.record.vocabulary import CONTESTED, ReplyKind, Stance

_STATUSES = ", ".join(f"'{status}'" for status in sorted(CONTESTED))

#: Conditions on a claim `c` and on a reply `r`, in Cypher.
NEEDS_REPLY = f"c.status IN [{_STATUSES}] AND c.stance = '{Stance.SUPPORTS}'"
READABLE = f"r.kind <> '{ReplyKind.NONE_READABLE}'"

#: The SQL for the unanswered claims, over the views of `graph.neo4j_server.views`.
UNANSWERED = f"""
SELECT id AS claim FROM graph.claims
WHERE status IN ({_STATUSES}) AND stance = '{Stance.SUPPORTS}'
    AND id NOT IN (SELECT claim FROM graph.replies AS r WHERE {READABLE})
"""  # noqa: S608 - made of the vocabulary


def needs_reply(claim: Claim) -> bool:
    """Tell whether the record should hold a reply to a claim, be it that none was readable."""
    return claim.status in CONTESTED and claim.stance is Stance.SUPPORTS


def is_unanswered(claim: Claim, replies: Iterable[Reply]) -> bool:
    """Tell whether a claim needs a reply, and none of those to it was readable.

    Examples
    --------
    >>> claim = Claim(set="s", id="c", subject="a", relation="says", status="alleged", sources="x")
    >>> said = Reply(set="s", claim="c", party="a", kind=ReplyKind.NO_COMMENT)
    >>> is_unanswered(claim, []), is_unanswered(claim, [said])
    (True, False)
    """
    readable = any(reply.kind.entry.readable for reply in replies)
    return needs_reply(claim) and not readable
