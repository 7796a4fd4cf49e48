from __future__ import annotations

import pytest

from graph.record.vocabulary import Kind
from graph.stores.base import Store
from tests.contract.conftest import StoreOf
from tests.contract.rows import entity


def ids(store: Store, text: str) -> list[str]:
    return [match.id for match in store.find(text).matches]


@pytest.mark.parametrize(
    ("text", "id_", "matched"),
    [
        ("kamera-ab", "kamera-ab", "kamera-ab"),
        ("KAMERA-AB", "kamera-ab", "kamera-ab"),
        ("kamera ab", "kamera-ab", "Kamera AB"),
        ("  Observa BV ", "observa-bv", "Observa B.V."),
        ("aurore", "aurora-vision", "Aurore Vision"),
        ("捷门贸易", "gateway-trading", "捷门贸易"),
        ("Jiemen Maoyi", "gateway-trading", "捷门贸易"),
        ("jie men mao yi", "gateway-trading", "捷门贸易"),
        ("北港公安", "northport-psb", "北港公安局"),
        ("Beigang gong'an ju", "northport-psb", "北港公安局"),
        ("gonganju", "northport-psb", "北港公安局"),
        ("gong an ju", "northport-psb", "北港公安局"),
        ("министерство", "interior-ministry", "Министерство внутренних дел Ардена"),
        ("Ministerstvo vnutrennikh", "interior-ministry", "Министерство внутренних дел Ардена"),
        ("وزارة الداخلية", "interior-ministry", "وزارة الداخلية"),
        ("wzrh ldkhlyh", "interior-ministry", "وزارة الداخلية"),
        ("شىمالىي پورت", "northport-psb", "شىمالىي پورت ساقچى ئىدارىسى"),
        ("shimaliy", "northport-psb", "شىمالىي پورت ساقچى ئىدارىسى"),
        ("lei:0000000000VISIOLUX00", "visiolux", "lei:0000000000VISIOLUX00"),
        ("0000000000visiolux00", "visiolux", "lei:0000000000VISIOLUX00"),
        ("FR:000000001", "aurora-vision", "reg:FR:000000001"),
        ("bureau northport", "northport-psb", "Northport Public Security Bureau"),
        ("auror vison", "aurora-vision", "Aurora Vision"),
        ("gatewey", "gateway-trading", "Gateway Trading"),
        ("cleer sky", "clear-sky", "Clear Sky"),
    ],
)
def test_a_name_is_found_by_what_people_type(
    store: Store, text: str, id_: str, matched: str
) -> None:
    first = store.find(text).matches[0]
    assert (first.id, first.matched) == (id_, matched)


@pytest.mark.parametrize("text", ["", "   ", "???", "qqqqqq", "'", "%"])
def test_what_means_nothing_finds_nothing(store: Store, text: str) -> None:
    found = store.find(text)
    assert (found.total, found.matches) == (0, ())


def test_the_nearer_a_name_the_earlier_it_comes(store_of: StoreOf) -> None:
    opened = store_of(
        entity("contains", name="Old Safran Works"),
        entity("words", name="Works of Safran, Old"),
        entity("begins", name="Safran Old"),
        entity("exact", name="SAFRAN"),
        entity("alias", name="Snecma", aliases=("fr:Safran",)),
        entity("safran", name="Another"),
        entity("similar", name="Safrane"),
    )
    assert ids(opened, "safran") == [
        "safran", "exact", "alias", "similar", "begins", "contains", "words",
    ]  # fmt: skip
    assert ids(opened, "old safran") == ["contains", "begins", "words"]
    scores = [match.score for match in opened.find("safran").matches]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1 for score in scores)


def test_ties_are_broken_by_name_then_id(store_of: StoreOf) -> None:
    opened = store_of(
        *(entity(id_, name="Same", aliases=("Twin",)) for id_ in "cab"),
        entity("d", name="Other", aliases=("Twin",)),
    )
    assert ids(opened, "twin") == ["d", "a", "b", "c"]


def test_spaces_do_not_count_in_what_is_written_without(store_of: StoreOf) -> None:
    opened = store_of(
        entity("is", name="Gate", aliases=("捷门贸易",)),
        entity("begins", name="捷门贸易特别行政办公室"),
        entity("contains", name="老捷门贸易"),
        entity("latin", name="Jie Men Mao Yi A"),
        entity("words", name="Yi Mao Men"),
    )
    assert ids(opened, "jie men mao yi") == ["is", "latin", "begins", "contains"]
    assert ids(opened, "men mao yi")[-1] == "words"


def test_the_total_is_said_where_matches_are_left_out(store_of: StoreOf) -> None:
    opened = store_of(*(entity(f"e{i}", name=f"Unit {i}") for i in range(7)))
    assert [
        (opened.find("unit", n).total, len(opened.find("unit", n).matches)) for n in (3, 9)
    ] == [
        (7, 3),
        (7, 7),
    ]
    assert opened.find("unit", 0).total == 7


def test_an_entity_is_one_match_however_many_names_meet(store_of: StoreOf) -> None:
    opened = store_of(entity("x", name="Axis", aliases=("Axis AB", "Axis Communications")))
    (match,) = opened.find("axis").matches
    assert match.matched == "Axis"
    assert match.kind is Kind.COMPANY


def test_a_language_prefix_is_no_part_of_a_name(store_of: StoreOf) -> None:
    opened = store_of(entity("skynet", "programme", name="Skynet", aliases=("zh:天网工程",)))
    assert ids(opened, "天网工程") == ids(opened, "tianwang gongcheng") == ["skynet"]
    assert ids(opened, "zh") == []


def test_identifiers_are_not_guessed_at(store_of: StoreOf) -> None:
    opened = store_of(entity("x", name="Wholly Other", identifiers=("lei:5493001KJTIIGC8Y1R12",)))
    assert ids(opened, "5493001KJTIIGC8Y1R12") == ["x"]
    assert ids(opened, "5493001KJTIIGC8Y1R13") == []


def test_a_misspelt_id_is_found(store_of: StoreOf) -> None:
    opened = store_of(entity("shanghai-psb", "public_body", name="上海市公安局"))
    assert ids(opened, "shanghai-pbs") == ["shanghai-psb"]


def test_a_short_text_is_no_part_of_a_word(store_of: StoreOf) -> None:
    """`nso` means NSO Group, not a consortium; a longer part of a word is a last resort."""
    opened = store_of(entity("nso", name="NSO Group"), entity("consortium", name="The Consortium"))
    assert ids(opened, "nso") == ["nso"]
    assert ids(opened, "sortium") == ["consortium"]
    alone = store_of(entity("consortium", name="The Consortium"))
    assert ids(alone, "nso") == []
