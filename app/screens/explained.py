"""The explanation of a score, below the table: what it rests on, and what would move it."""

from __future__ import annotations

from collections.abc import Sequence

from app.parts import html
from app.parts.data import Data, entities
from app.parts.scoring import Scored
from graph import wording
from graph.exposure.explain import Explanation
from graph.exposure.what_if import WhatIf
from graph.network.build import links_by_id

#: Number of changes that are shown.
MOST_CHANGES = 8


def show_explanation(
    data: Data,
    explanation: Explanation,
    scored: Scored,
    *,
    caveats: Sequence[str],
    moving: Sequence[WhatIf],
) -> None:
    """Draw the explanation of a score.

    Parameters
    ----------
    data : Data
        The open data.
    explanation : Explanation
        The explained score.
    scored : Scored
        The scores of the whole question.
    caveats : sequence of str
        Caveats in sentences.
    moving : sequence of WhatIf
        Changes that would move the score, largest first.
    """
    of_id = links_by_id(scored.network)
    replies = data.store.replies(explanation.claim_ids)
    changing = [of_id[change.link_id] for change in moving[:MOST_CHANGES]]
    ids = {explanation.score.exporter, explanation.score.target}
    ids |= {node for contribution in explanation.contributions for node in contribution.path.nodes}
    ids |= {id_ for lead in explanation.leads for id_ in lead.entities}
    ids |= {end for link in changing for end in (link.tail, link.head)}
    ids |= {reply.party for claim_replies in replies.values() for reply in claim_replies}
    names = {id_: entity.name for id_, entity in entities(data, ids).items()}
    replies_in_words = [
        wording.reply(reply, names) for claim in explanation.claim_ids for reply in replies[claim]
    ]
    html.show_template(
        "explanation.html",
        score=explanation.score,
        explanation=explanation,
        contributions=[
            (contribution.path, contribution.adds) for contribution in explanation.contributions
        ],
        names=names,
        sources=data.store.sources([loss.origin for loss in explanation.origins]),
        rests_on=wording.rests_on_in_words(explanation.minimal_cut_sets, explanation.score.origins),
        replies=list(dict.fromkeys(replies_in_words)),
        caveats=caveats,
        moving=moving,
        most_changes=MOST_CHANGES,
        links=of_id,
        leads=[wording.lead_sentence(lead, names) for lead in explanation.leads],
        version=data.version,
        weights=scored.weights,
        pinned=data.pinned,
    )
