"""An explained score, below the table of scores: what it rests on, and what would move it."""

from __future__ import annotations

from collections.abc import Sequence

from app.parts import html
from app.parts.data import Data, entities
from app.parts.scoring import Scored
from graph import wording
from graph.exposure.explain import Explanation
from graph.exposure.what_if import WhatIf
from graph.network.build import links_by_id

#: Changes that are spelled out.
MOST_CHANGES = 8


def show_explanation(
    data: Data,
    found: Explanation,
    scored: Scored,
    *,
    caveats: Sequence[str],
    moving: Sequence[WhatIf],
) -> None:
    """Draw what a score is published with.

    Parameters
    ----------
    data : Data
        The open data.
    found : Explanation
        The explained score.
    scored : Scored
        The scores that it is one of.
    caveats : sequence of str
        What to mind in it, in sentences.
    moving : sequence of WhatIf
        What would move it, by falling swing.
    """
    of_id = links_by_id(scored.network)
    replies = data.store.replies(found.claim_ids)
    changing = [of_id[one.link_id] for one in moving[:MOST_CHANGES]]
    ids = {found.score.exporter, found.score.target}
    ids |= {node for one in found.contributions for node in one.path.nodes}
    ids |= {id_ for lead in found.leads for id_ in lead.entities}
    ids |= {end for link in changing for end in (link.tail, link.head)}
    ids |= {reply.party for some in replies.values() for reply in some}
    names = {id_: entity.name for id_, entity in entities(data, ids).items()}
    said = [wording.reply(one, names) for claim in found.claim_ids for one in replies[claim]]
    html.show_template(
        "explanation.html",
        score=found.score,
        found=found,
        contributions=[(one.path, one.adds) for one in found.contributions],
        names=names,
        sources=data.store.sources([one.origin for one in found.origins]),
        rests_on=wording.rests_on_in_words(found.minimal_cut_sets, found.score.origins),
        replies=list(dict.fromkeys(said)),
        caveats=caveats,
        moving=moving,
        most_changes=MOST_CHANGES,
        links=of_id,
        leads=[wording.lead_sentence(lead, names) for lead in found.leads],
        version=data.version,
        weights=scored.weights,
        pinned=data.pinned,
    )
