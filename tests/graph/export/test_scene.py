"""What a picture shows: roles, lines, open ends, leads, and what is left out."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from graph import wording
from graph.dataset import Archive
from graph.evidence import Records
from graph.export.compose import scene_of
from graph.export.scene import LEAD, SERVES, Card, OpenEnd, Scene, Stamp
from graph.paths.find import ask
from graph.paths.question import Question
from graph.record.vocabulary import Relation
from graph.stores import open_store
from tests.graph.export.conftest import SceneOf, make, with_claim


def card(scene: Scene, id_: str) -> Card:
    return next(card for card in scene.cards if card.id == id_)


def test_the_role_of_a_card_follows_from_the_links_of_the_paths(
    chain: Scene, open_ended: Scene
) -> None:
    roles = {one.id: one.role for one in chain.cards}
    assert roles == {
        "kamera-systems": "vendor",  # the same company under another id
        "kamera-ab": "vendor",
        "gateway-trading": "vendor",  # the first supplier on the paths over its owner
        "southville": "end user",
        "clear-sky": "programme",
        "open-eye": "programme",
    }
    roles = {one.id: one.role for one in open_ended.cards}
    assert roles == {
        "visiolux": "successor",
        "aurora-vision": "vendor",
        "northport-psb": "end user",
    }


def test_a_reseller_and_a_parent_are_told_apart(scene_of_miniature: SceneOf) -> None:
    only_supplies = scene_of_miniature("kamera-ab", "southville", only=0)
    by_id = {one.id: one.role for one in only_supplies.cards}
    assert by_id["southville"] == "end user"
    parent = scene_of_miniature("holding-sud", "northport-psb")
    assert {one.id: one.role for one in parent.cards}["holding-sud"] == "parent"


def test_paths_share_their_cards_and_parallel_links_stay_apart(chain: Scene) -> None:
    assert len({one.id for one in chain.cards}) == len(chain.cards) == 6
    between = [
        line for line in chain.lines if (line.tail, line.head) == ("kamera-ab", "gateway-trading")
    ]
    assert len(between) == 3
    assert len({line.id for line in chain.lines}) == len(chain.lines)


def test_lines_are_told_from_left_to_right_in_the_order_of_the_walk(open_ended: Scene) -> None:
    succession = next(line for line in open_ended.lines if line.relation == "succeeded_by")
    assert (succession.tail, succession.head) == ("visiolux", "aurora-vision")
    assert succession.said[0].startswith("succeeded ")


def test_the_programme_that_a_supply_serves_is_a_line_of_its_own(chain: Scene) -> None:
    served = next(line for line in chain.lines if line.id.endswith(SERVES))
    assert (served.tail, served.head, served.said[0]) == ("southville", "clear-sky", wording.SERVES)


def test_where_nothing_names_a_programme_the_end_is_open(open_ended: Scene, chain: Scene) -> None:
    assert open_ended.open_ends == (OpenEnd("northport-psb"),)
    assert chain.open_ends == ()


def test_a_lead_is_drawn_apart_with_the_way_to_its_buyer(lead: Scene) -> None:
    assert [line.line for line in lead.lines] == ["documented", "lead"]
    assert lead.lines[1].id.endswith(LEAD)
    assert wording.untied(Relation.OPERATES) in lead.lines[1].said
    assert card(lead, "open-eye").lead_only
    assert lead.open_ends == (OpenEnd("interior-ministry"),)


def test_a_card_has_country_an_alias_in_its_own_script_and_tells_a_stand_in(chain: Scene) -> None:
    assert card(chain, "gateway-trading").alias == "捷门贸易"
    assert card(chain, "southville").caption == "END USER · XA · stand-in"


def test_what_is_past_the_limit_is_counted_and_the_picture_says_so(
    scene_of_miniature: SceneOf,
) -> None:
    whole = scene_of_miniature("kamera-ab", None)
    few = scene_of_miniature("kamera-ab", None, most_cards=3)
    assert len(few.cards) <= 3 < len(whole.cards)
    assert any("not drawn" in sentence for sentence in few.left_out)
    assert not any("not drawn" in sentence for sentence in whole.left_out)


def test_one_path_of_several_says_how_many_others_there_are(scene_of_miniature: SceneOf) -> None:
    one = scene_of_miniature("kamera-systems", "open-eye", only=0)
    assert "2 further paths are not shown." in one.left_out


def test_every_line_has_its_evidence_and_the_picture_its_root_sources(chain: Scene) -> None:
    assert all(id_ in chain.evidence for line in chain.lines for id_ in line.claim_ids)
    assert "Watch Group: Sold in daylight: who equips Arden (2020-09-21)" in chain.sources
    assert not any("Resellers of Arden" in source for source in chain.sources)  # it relays


def test_a_lead_brings_its_supply_and_open_end_where_no_path_is_drawn(ingested: Path) -> None:
    with open_store(Archive(ingested)) as store:
        found = ask(store, Question.between("observa-bv", "open-eye"))
        scene = scene_of(
            found.network, found.answer, Records({}), Stamp(title="T", data_version="V")
        )
    assert [line.line for line in scene.lines] == ["documented", "lead"]
    assert scene.open_ends == (OpenEnd("interior-ministry"),)


def test_the_way_from_an_owner_to_a_lead_is_drawn_whole(miniature: Path, tmp_path: Path) -> None:
    owned = "x1,kanon-kk,owns,observa-bv,reported,press-2021"
    data = with_claim(miniature, tmp_path, owned)
    scene = make(data, "kanon-kk", "open-eye", only=None)
    drawn = {
        (line.tail, line.head) for line in scene.lines if "observa-bv" in (line.tail, line.head)
    }
    assert drawn == {("kanon-kk", "observa-bv"), ("observa-bv", "interior-ministry")}


def test_an_open_end_is_not_drawn_where_the_company_sold_on(scene_of_miniature: SceneOf) -> None:
    """Paths to the reseller itself end open; in one picture with the others they go on."""
    scene = scene_of_miniature("kamera-ab", None)
    assert {path_end.buyer for path_end in scene.open_ends} == {"northport-psb"}


def test_where_one_supply_serves_a_programme_the_end_is_that_of_the_others(
    miniature: Path, tmp_path: Path
) -> None:
    sold = "x1,gateway-trading,supplies,southville,reported,press-2021,2014"
    data = with_claim(miniature, tmp_path, sold)
    scene = make(data, "gateway-trading", None)
    assert OpenEnd("southville", wording.OPEN_END_OF_OTHERS) in scene.open_ends


def test_leads_past_the_limit_are_counted_too(ingested: Path) -> None:
    with open_store(Archive(ingested)) as store:
        found = ask(store, Question.between("observa-bv", "open-eye"))
        stamp = Stamp(title="T", data_version="V")
        scene = scene_of(found.network, found.answer, Records({}), stamp, most_cards=2)
    assert scene.cards == ()
    assert scene.left_out == ("1 lead is not drawn: a picture holds 2 cards at most.",)


def test_a_licence_is_said_of_its_own_set_alone(chain: Scene) -> None:
    assert chain.licence == "miniature: as its editors say"
    rows = {
        name: replace(one, claim=replace(one.claim, set="starter"))
        for name, one in chain.evidence.items()
    }
    assert replace(chain, evidence=rows).licence == "Starter data: CC BY 4.0"
    assert replace(chain, evidence={}).licence == ""


def test_a_charge_is_named_on_its_line(miniature: Path, tmp_path: Path) -> None:
    sold = "x1,gateway-trading,supplies,southville,alleged,press-2021,2014,charged"
    data = with_claim(miniature, tmp_path, sold)
    lines = make(data, "gateway-trading", "southville").lines
    assert any("a charge, no finding" in line.said for line in lines)
