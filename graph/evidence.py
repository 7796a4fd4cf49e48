"""The evidence of a claim: its sources, the root sources they go back to, and the replies.

All that the command line, the app and the exports show of a link's evidence is gathered here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

import msgspec

from graph.errors import UnknownIdError
from graph.record.model import Claim, Entity, Reply, Source
from graph.record.origins import origins_in, roots_of
from graph.record.replies import is_unanswered

if TYPE_CHECKING:
    from graph.stores.base import Store


class Evidence(msgspec.Struct, frozen=True):
    """A claim with everything that a reader needs to judge it.

    Parameters
    ----------
    claim : Claim
        The row.
    sources : tuple of Source
        The documents that it was read in, in the order of the row.
    origins : tuple of Source
        The root sources that it goes back to, by id: two articles that relay one report have one.
    replies : tuple of Reply
        What the party said to it; empty where no row says even that nothing was readable.
    reply_sources : dict of str to Source
        The documents that the replies stand in, by id.
    """

    claim: Claim
    sources: tuple[Source, ...]
    origins: tuple[Source, ...]
    replies: tuple[Reply, ...]
    reply_sources: dict[str, Source]


class Records(msgspec.Struct, frozen=True):
    """What a picture is captioned with.

    Parameters
    ----------
    entities : dict of str to Entity
        Entities and products, by id.
    evidence : tuple of Evidence
        The rows behind the links.
    """

    entities: dict[str, Entity]
    evidence: tuple[Evidence, ...] = ()


def gather(store: Store, claim_ids: Iterable[str]) -> list[Evidence]:
    """Gather the evidence of claims: three questions to the store, however many they are.

    Parameters
    ----------
    store : Store
        Where the record is.
    claim_ids : iterable of str
        Claims, say those of a link.

    Returns
    -------
    list of Evidence
        In the order of `claim_ids`.

    Raises
    ------
    UnknownIdError
        If the record does not hold one of the claims.

    Examples
    --------
    >>> for evidence in gather(store, link.claim_ids):  # doctest: +SKIP
    ...     print(evidence.claim.text, [source.title for source in evidence.sources])
    """
    ids = list(claim_ids)
    claims = store.claims(ids)
    replies = store.replies(ids)
    named = {id_ for claim in claims.values() for id_ in (*claim.sources, *claim.origin)}
    answering = {reply.source for answers in replies.values() for reply in answers if reply.source}
    sources = store.sources(named | answering)
    origin = origins_in(sources)

    def evidence(id_: str) -> Evidence:
        if id_ not in claims:
            raise UnknownIdError("claim", id_)
        claim = claims[id_]
        return Evidence(
            claim=claim,
            sources=tuple(sources[source] for source in claim.sources),
            origins=tuple(sources[root] for root in roots_of(claim, origin)),
            replies=tuple(replies[id_]),
            reply_sources={r.source: sources[r.source] for r in replies[id_] if r.source},
        )

    return [evidence(id_) for id_ in ids]


def claims_about_both(store: Store, first: str, last: str) -> list[Claim]:
    """Return the claims that name two entities, statements and listings included.

    Parameters
    ----------
    store : Store
        Where the record is.
    first, last : str
        Ids of the entities; nothing is about both where they are one.
    """
    if first == last:
        return []
    return [
        claim
        for claim in store.claims_about(first)
        if last in (claim.subject, claim.object, claim.programme, claim.product)
    ]


def entities_in(evidence: Collection[Evidence]) -> set[str]:
    """Return the ids of the entities that claims name, and of the parties that replied."""
    claims = [item.claim for item in evidence]
    parties = {reply.party for item in evidence for reply in item.replies}
    ends = {i for c in claims for i in (c.subject, c.object, c.programme, c.product)}
    return (ends | parties) - {""}


def unanswered(store: Store, claim_ids: Iterable[str]) -> frozenset[str]:
    """Return the ids of the claims that no party answered.

    Parameters
    ----------
    store : Store
        Where the record is.
    claim_ids : iterable of str
        Claims, say those on the way of a score.
    """
    claims = store.claims(claim_ids)
    replies = store.replies(claims)
    return frozenset(id_ for id_, claim in claims.items() if is_unanswered(claim, replies[id_]))
