from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.record.model import Entity
from graph.record.names import LANGUAGES, latin, name_rows, normalise, split_language
from graph.record.tables import NAMES
from graph.record.vocabulary import Kind


@given(st.text())
def test_a_key_is_its_own_key(text: str) -> None:
    key = normalise(text)
    assert normalise(key) == key
    assert latin(latin(text)) == latin(text)


@given(st.text())
def test_keys_hold_words_and_single_spaces(text: str) -> None:
    key = normalise(text)
    assert " ".join(key.split()) == key == key.casefold()
    assert all(word.isalnum() for word in key.split() if word.isascii())
    assert set(latin(text)) <= set("abcdefghijklmnopqrstuvwxyz0123456789 ")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Société Générale", "societe generale"),
        ("Socie\u0301te\u0301", "Société"),
        ("ＩＤＥＭＩＡ", "Idemia"),
        ("Area S.p.A.", "AREA SpA"),
        ("OT–Morpho", "ot - morpho"),
        ("Xi'an", "Xi’an"),
        ("AT&T", "at  &  t"),
        ("ﬁnﬁsher", "FinFisher"),
        ("STRASSE", "Straße"),
        ("İstanbul", "istanbul"),
        ("ΣΊΣΥΦΟΣ", "σίσυφος"),
        ("مُحَمَّد", "محمد"),
        ("محـــمد", "محمد"),
        ("天网　工程", "天网·工程"),
        ("\u200eabc\u200f", "abc"),
    ],
)
def test_spellings_that_differ_to_the_eye_alone_are_one_key(one: str, other: str) -> None:
    assert normalise(one) == normalise(other) != ""


@pytest.mark.parametrize(("one", "other"), [("天网", "天眼"), ("Axis", "Axes"), ("ab c", "abd")])
def test_other_names_are_other_keys(one: str, other: str) -> None:
    assert normalise(one) != normalise(other)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("上海市公安局", "shanghaishigonganju"),
        ("Shanghaishi gonganju", "shanghaishi gonganju"),
        ("天网工程", "tianwanggongcheng"),
        ("МегаФон", "megafon"),
        ("Министерство", "ministerstvo"),
        ("Ελλάδα", "ellada"),
        ("Łódź, Ørsted & Weiß", "lodz orsted weiss"),
        ("ئۇيغۇر ئاپتونوم رايونى", "uyghur aptonom rayoni"),
        ("شىنجاڭ", "shinjang"),
        ("서울", "seoul"),
    ],
)
def test_latin(text: str, expected: str) -> None:
    assert latin(text) == expected


def test_uyghur_is_read_as_uyghur_where_the_language_is_known() -> None:
    assert latin("شىمالىي", "ug") == "shimaliy"
    assert latin("شىمالىي") != "shimaliy"  # nothing in it tells Uyghur from Persian


@pytest.mark.parametrize(
    ("alias", "expected"),
    [
        ("zh:天网工程", ("zh", "天网工程")),
        ("zh: 天网工程 ", ("zh", "天网工程")),
        ("uig:شىنجاڭ", ("uig", "شىنجاڭ")),
        ("Operation: Sunrise", ("", "Operation: Sunrise")),
        ("qq:not a language", ("", "qq:not a language")),
        ("IT:Security", ("", "IT:Security")),
        ("zh:", ("", "zh:")),
        (":zh", ("", ":zh")),
        ("plain", ("", "plain")),
    ],
)
def test_only_a_known_code_is_a_language(alias: str, expected: tuple[str, str]) -> None:
    assert split_language(alias) == expected


def test_language_codes_have_two_or_three_letters() -> None:
    assert {len(code) for code in LANGUAGES} == {2, 3}
    assert {"zh", "ar", "ug", "ru", "fa", "fr"} <= LANGUAGES


def test_rows_of_an_entity() -> None:
    entity = Entity(
        set="s",
        id="morpho",
        kind=Kind.COMPANY,
        name="Morpho",
        aliases=("fr:Sagem Sécurité", "Safran I&S"),
        identifiers=("lei:549300", "reg:FR:44 0305"),
    )
    batch = name_rows([entity])
    assert batch.schema.equals(NAMES)
    rows = batch.to_pylist()
    assert {row["id"] for row in rows} == {"morpho"}
    assert {row["set"] for row in rows} == {"s"}
    assert [(row["sort"], row["language"], row["text"], row["key"]) for row in rows] == [
        ("name", "", "Morpho", "morpho"),
        ("alias", "fr", "Sagem Sécurité", "sagem securite"),
        ("alias", "", "Safran I&S", "safran i s"),
        ("identifier", "", "lei:549300", "lei 549300"),
        ("identifier", "", "lei:549300", "549300"),
        ("identifier", "", "reg:FR:44 0305", "reg fr 44 0305"),
        ("identifier", "", "reg:FR:44 0305", "fr 44 0305"),
        ("identifier", "", "reg:FR:44 0305", "44 0305"),
    ]


def test_no_entities_no_rows() -> None:
    batch = name_rows([])
    assert batch.num_rows == 0
    assert batch.schema.equals(NAMES)
