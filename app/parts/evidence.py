"""The evidence of the chosen part of a picture: claims of a line, or links of an entity."""

from __future__ import annotations

from app.parts import html
from app.parts.data import Data, entities
from graph.export.scene import Scene
from graph.record.vocabulary import Stance


def show_part(data: Data, scene: Scene, chosen: str) -> None:
    """Show the evidence of a line, or the details of an entity.

    Parameters
    ----------
    data : Data
        The open data.
    scene : Scene
        The picture.
    chosen : str
        Id of a line or an entity in the picture.
    """
    names = scene.names | {card.id: card.name for card in scene.cards}
    for line in scene.lines:
        if line.id == chosen:
            rows = [scene.evidence[id_] for id_ in line.claim_ids if id_ in scene.evidence]
            if len(rows) > html.MOST:  # what refutes a link is not cut off
                rows.sort(key=lambda row: row.claim.stance is not Stance.REFUTES)
            html.show_template(
                "evidence.html",
                line=line,
                lead=line.lead,
                tail=names[line.tail],
                head=names[line.head],
                rows=rows,
                names=names,
                pinned=data.pinned,
            )
            return
    card = next(card for card in scene.cards if card.id == chosen)
    html.show_template(
        "card.html",
        card=card,
        entity=entities(data, [chosen])[chosen],
        pinned=data.pinned,
        lines=[
            (line, names[line.tail], names[line.head])
            for line in scene.lines
            if chosen in (line.tail, line.head)
        ],
    )
