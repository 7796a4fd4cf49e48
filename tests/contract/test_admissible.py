"""What is walked and what never is, by hand (docs/exposure.md)."""

from __future__ import annotations

import pytest

from graph.stores.base import Store
from tests.contract.conftest import StoreOf
from tests.contract.rows import claim, entity, source


def relevant(store: Store, *query: object) -> set[tuple[str, str, str]]:
    rows = store.relevant_subgraph(*query).to_pylist()  # type: ignore[arg-type]
    return {(row["tail"], row["relation"], row["head"]) for row in rows}


def test_the_miniature_tells_a_path_from_a_lead(store: Store) -> None:
    sale = ("aurora-vision", "supplies", "northport-psb")
    merger = ("aurora-vision", "succeeded_by", "visiolux")
    assert relevant(store, ["visiolux"], ["northport-psb"]) == {sale, merger}
    assert relevant(store, ["meridian-fund"], ["northport-psb"]) == set()
    assert relevant(store, ["aurora-vision"], ["clear-sky"]) == set()
    assert relevant(store, ["observa-bv"], ["open-eye"]) == {
        ("observa-bv", "supplies", "interior-ministry"),
        ("interior-ministry", "operates", "open-eye"),
    }
    assert relevant(store, ["observa-bv"], ["interior-ministry"]) == {
        ("observa-bv", "supplies", "interior-ministry"),
        ("interior-ministry", "operates", "open-eye"),
    }


def test_a_chain_over_a_reseller_a_programme_and_two_ids(store: Store) -> None:
    chain = {
        ("kamera-ab", "same_as", "kamera-systems"),
        ("kamera-ab", "owns", "gateway-trading"),
        ("kamera-ab", "supplies", "gateway-trading"),
        ("gateway-trading", "supplies", "southville"),
        ("clear-sky", "part_of", "open-eye"),
    }
    assert relevant(store, ["kamera-systems"], ["open-eye"]) == chain
    assert relevant(store, ["kamera-systems"], ["open-eye"], 3) == chain
    assert relevant(store, ["kamera-systems"], ["open-eye"], 2) == set()
    assert relevant(store, ["kanon-kk"], ["open-eye"], 4) == chain | {
        ("kanon-kk", "owns", "kamera-ab")
    }


@pytest.mark.parametrize("query", [([], None), (None, []), (["nobody"], None), (None, ["nobody"])])
def test_nobody_in_particular_leads_nowhere(store: Store, query: tuple[object, object]) -> None:
    assert relevant(store, *query) == set()


def test_no_hops_no_links(store: Store) -> None:
    assert relevant(store, None, None, 0) == set()


@pytest.mark.parametrize(
    "rows",
    [
        # who owns a successor did not own the predecessor
        [("x", "owns", "new"), ("old", "succeeded_by", "new"), ("old", "supplies", "b")],
        # a predecessor is not exposed to what its successor sells
        [("x", "succeeded_by", "new"), ("new", "supplies", "b")],
        # who is owned is not exposed to what its owner sells
        [("up", "owns", "x"), ("up", "supplies", "b")],
        # a sale to a bureau says nothing about its ministry
        [("x", "supplies", "desk"), ("desk", "part_of", "b")],
        # nor does an owned company's customer own up for what the customer's owner buys
        [("x", "supplies", "y"), ("b", "owns", "y")],
        [("x", "listed_in", "list")],
    ],
)
def test_what_is_never_walked(store_of: StoreOf, rows: list[tuple[str, str, str]]) -> None:
    kinds = {"b": "public_body", "desk": "public_body", "list": "instrument"}
    names = {end for tail, _, head in rows for end in (tail, head)} | {"b"}
    opened = store_of(
        source("s"),
        *(entity(name, kinds.get(name, "company")) for name in names),
        *(claim(f"c{i}", *row) for i, row in enumerate(rows)),
    )
    assert relevant(opened, ["x"], ["b"]) == set()


def test_a_body_contributes_to_a_lead_a_company_to_a_path(store_of: StoreOf) -> None:
    opened = store_of(
        source("s"),
        *(entity(id_) for id_ in ("x", "integrator")),
        entity("body", "public_body"),
        *(entity(id_, "programme") for id_ in ("g", "whole")),
        claim("c1", "x", "supplies", "integrator"),
        claim("c2", "integrator", "contributes_to", "g"),
        claim("c3", "x", "supplies", "body"),
        claim("c4", "body", "contributes_to", "g"),
        claim("c5", "g", "part_of", "whole"),
        claim("c6", "body", "contributes_to", "whole"),
    )
    path = {("x", "supplies", "integrator"), ("integrator", "contributes_to", "g")}
    lead = {("x", "supplies", "body"), ("body", "contributes_to", "g")}
    assert relevant(opened, ["x"], ["g"]) == path | lead
    # that an integrator contributes to a programme is a lead of who buys from it
    assert relevant(opened, ["x"], ["integrator"]) == path
    # a body at the exporter's end does not contribute its way to a score
    assert relevant(opened, ["body"], ["g"]) == set()
