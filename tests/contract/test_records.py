from __future__ import annotations

import pytest

from graph.errors import UnknownIdError
from graph.record.model import Claim
from graph.record.vocabulary import Kind, Relation, ReplyKind
from graph.stores.base import Store
from tests.contract.conftest import StoreOf
from tests.contract.rows import claim, entity, reply, source


def test_an_entity_comes_back_as_it_was_written(store: Store) -> None:
    aurora = store.entity("aurora-vision")
    assert aurora.kind is Kind.COMPANY
    assert aurora.name == "Aurora Vision"
    assert aurora.aliases == ("Aurora Imaging", "fr:Aurore Vision")
    assert (aurora.country, aurora.founded, aurora.dissolved) == (("FR",), "1998", "2017-09-28")
    assert store.entity("southville").collective


def test_an_unknown_id_names_ids_that_are_near(store: Store) -> None:
    with pytest.raises(UnknownIdError, match=r"No entity has the id 'kamera-abb'.*kamera-ab\?"):
        store.entity("kamera-abb")


def test_ids_that_are_not_there_are_absent(store: Store) -> None:
    assert set(store.entities(["kamera-ab", "nobody"])) == {"kamera-ab"}
    assert set(store.claims(["c01", "c99"])) == {"c01"}
    assert set(store.sources(["s99"])) == set()
    assert store.replies(["c99"]) == {"c99": []}
    assert store.claims_about("nobody") == []
    assert store.links(["l-nothing"]).num_rows == store.neighbours("nobody").num_rows == 0


@pytest.mark.parametrize("none", [[], (), iter(())])
def test_no_ids_give_no_rows(store: Store, none: list[str]) -> None:
    assert [store.entities(none), store.claims(none), store.sources(none)] == [{}, {}, {}]
    assert store.replies(none) == {}
    assert store.links(none).num_rows == 0


def test_ids_may_come_from_a_generator_and_twice(store: Store) -> None:
    assert set(store.entities(i for i in ("kamera-ab", "kanon-kk", "kamera-ab"))) == {
        "kamera-ab",
        "kanon-kk",
    }


def test_sets_are_merged_the_first_by_name_wins(store_of: StoreOf) -> None:
    opened = store_of(
        entity(
            "axis",
            name="Axis AB",
            set="b",
            country=("SE",),
            aliases=("Axis",),
            founded="1984",
            collective=True,
        ),
        entity("axis", name="Axis", set="a", url="https://axis.example", aliases=("Axis Ltd",)),
        source("s", set="b", title="Long title", origin="root", reliability=0.5),
        source("s", set="a", title="Title", reliability=0.0),
        source("root", set="b"),
        claim("c", "axis", "says", set="b", text="theirs"),
        claim("c", "axis", "says", set="a", text="ours"),
    )
    axis = opened.entity("axis")
    assert (axis.set, axis.name, axis.country) == ("a", "Axis", ("SE",))
    assert axis.collective
    assert (axis.founded, axis.url) == ("1984", "https://axis.example")
    assert axis.aliases == ("Axis AB", "Axis Ltd")
    both = opened.sources(["s"])
    assert set(both) == {"s", "root"}
    assert (both["s"].title, both["s"].origin, both["s"].reliability) == ("Title", "root", 0.0)
    assert opened.claims(["c"])["c"].text == "ours"
    assert [c.text for c in opened.claims_about("axis")] == ["ours"]
    (match,) = opened.find("Axis AB").matches
    assert (match.name, match.country, match.matched) == ("Axis", ("SE",), "Axis AB")


def test_claims_keep_every_field(store: Store) -> None:
    sale = store.claims(["c06"])["c06"]
    assert isinstance(sale, Claim)
    assert (sale.contract, sale.role, sale.programme) == ("arden-7", "reseller", "clear-sky")
    assert (str(sale.value), sale.currency, sale.form) == ("1250000.5", "EUR", "delivery")
    assert (sale.strength, sale.valid_from, sale.valid_to) == (0.6, "2012-09", "2013-02")


def test_claims_about_an_entity_take_in_every_place_it_is_named(store: Store) -> None:
    assert [c.id for c in store.claims_about("clear-sky")] == ["c06", "c09", "c19"]
    assert [c.id for c in store.claims_about("facematch")] == ["c04"]
    assert "c13" in [c.id for c in store.claims_about("kamera-ab")]  # says, without object
    assert "c15" in [c.id for c in store.claims_about("holding-sud")]  # refutes


def test_sources_bring_the_way_to_their_root(store: Store) -> None:
    assert set(store.sources(["press-2021"])) == {"press-2021", "press-2020", "watch-2020"}


def test_sources_that_go_round_come_to_an_end(store_of: StoreOf) -> None:
    opened = store_of(source("a", origin="b"), source("b", origin="a"))
    assert set(opened.sources(["a"])) == {"a", "b"}


def test_replies_by_claim(store_of: StoreOf) -> None:
    opened = store_of(
        claim("c", "x", "says"), reply("c", "no_comment", date="2021"), reply("c", date="2020")
    )
    replies = opened.replies(["d", "c"])
    assert [r.kind for r in replies["c"]] == [ReplyKind.ANSWER, ReplyKind.NO_COMMENT]
    assert replies["d"] == []


def test_links_and_neighbours(store: Store) -> None:
    near = store.neighbours("clear-sky").to_pylist()
    ends = {(row["relation"], row["tail"], row["head"]) for row in near}
    assert ends == {
        ("part_of", "clear-sky", "open-eye"),
        ("supplies", "gateway-trading", "southville"),  # it is the programme of that supply
    }
    ids = [row["link_id"] for row in near]
    assert ids == sorted(ids)
    assert store.links(reversed(ids)).equals(store.neighbours("clear-sky"))


def test_a_link_shows_its_rows(store: Store) -> None:
    refuted = next(
        row
        for row in store.neighbours("holding-sud").to_pylist()
        if row["relation"] == Relation.SUPPLIES
    )
    assert refuted["claim_ids"] == ["c14"]
    assert refuted["refuting_ids"] == ["c15"]
    assert refuted["statuses"] == ["alleged"]


def test_no_text_is_sql_or_breaks_it(store: Store) -> None:
    for text in ("'; DROP VIEW links; --", '"', "%", "_", "\\", "\x00", "{}", "\udcff"):
        assert store.entities([text]) == {}
        assert store.neighbours(text).num_rows == 0
        store.find(text)
    assert store.counts()["links"]
