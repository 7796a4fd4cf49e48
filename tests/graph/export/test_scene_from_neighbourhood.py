"""What is around an entity: all links in reach, and no path made up out of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from graph import wording
from graph.dataset import Archive
from graph.errors import UnknownIdError
from graph.export.scene import LEAD, SERVES, Scene, Stamp
from graph.export.scene_from_neighbourhood import scene_around
from graph.network.build import from_records, links_by_id
from graph.paths.subgraph import of_store
from graph.record.vocabulary import Relation
from graph.stores import open_store
from tests.graph.export.conftest import with_claim

STAMP = Stamp(title="T", data_version="V")


def around(folder: Path, center: str, hops: int, **options: int) -> Scene:
    with open_store(Archive(folder)) as store:
        return scene_around(store, center, hops, STAMP, **options)


def in_reach(folder: Path, center: str, hops: int) -> set[str]:
    """The links within some hops, by plain rounds over all of them."""
    with Archive(folder).open() as dataset:
        tables: list[Any] = [
            list(dataset.records(table)) for table in ("entities", "sources", "claims")
        ]
        found = [*links_by_id(from_records(*tables)).values()]
    met, drawn = {center}, set()
    for _ in range(hops):
        near = [one for one in found if not met.isdisjoint((one.tail, one.head, one.programme))]
        drawn |= {one.link_id for one in near}
        met |= {end for one in near for end in (one.tail, one.head, one.programme) if end}
    return drawn


@pytest.mark.parametrize("hops", [1, 2, 3])
def test_all_links_in_reach_and_no_others(ingested: Path, hops: int) -> None:
    with open_store(Archive(ingested)) as store:
        centers = sorted(of_store(store).nodes)
    for center in centers:
        scene = around(ingested, center, hops)
        drawn = {line.id.removesuffix(LEAD) for line in scene.lines if SERVES not in line.id}
        assert drawn == in_reach(ingested, center, hops), center
        assert {card.id for card in scene.cards} >= {
            end for line in scene.lines for end in (line.tail, line.head)
        }
        assert all(set(line.claim_ids) <= set(scene.evidence) for line in scene.lines)


def test_a_sale_and_what_its_buyer_runs_are_not_joined(ingested: Path) -> None:
    scene = around(ingested, "observa-bv", 2)
    [line] = [line for line in scene.lines if line.head == "open-eye"]
    assert line.line == "lead"
    assert wording.untied(Relation.OPERATES) in line.said
    [programme] = [card for card in scene.cards if card.id == "open-eye"]
    assert programme.lead_only


def test_what_a_supply_is_said_to_serve_is_no_lead(miniature: Path, tmp_path: Path) -> None:
    sold = "x1,gateway-trading,supplies,interior-ministry,reported,press-2021,2014,,open-eye"
    scene = around(with_claim(miniature, tmp_path, sold), "interior-ministry", 1)
    to_it = [line for line in scene.lines if line.head == "open-eye"]
    assert any(line.id.endswith(SERVES) for line in to_it)
    assert not any(wording.untied(Relation.OPERATES) in line.said for line in to_it)


def test_roles_are_kinds(ingested: Path) -> None:
    roles = {card.id: card.role for card in around(ingested, "kamera-ab", 1).cards}
    assert roles["kamera-ab"] == "company"
    assert "vendor" not in roles.values()


def test_what_is_not_drawn_is_counted(ingested: Path) -> None:
    whole = around(ingested, "kamera-ab", 3)
    part = around(ingested, "kamera-ab", 3, most_cards=3)
    assert len(part.cards) <= 3
    assert part.cards[0].id == "kamera-ab"
    left = len(whole.lines) - len(part.lines)
    assert left > 0
    assert part.left_out[0].endswith("not drawn: a picture holds 3 cards at most.")


def test_an_unknown_entity(ingested: Path) -> None:
    with pytest.raises(UnknownIdError):
        around(ingested, "nobody", 1)
