"""Links: which rows make one, and what stands on it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.dataset import Archive
from graph.record.ids import link_id
from graph.record.model import Claim
from graph.record.vocabulary import Relation, Status
from tests.graph.dataset.records import made, publish
from tests.tools.examples import at_most


def links(folder: Path, *claims: Claim) -> list[dict[str, Any]]:
    archive = Archive(folder)
    publish(archive, {"claims": list(claims)})
    with archive.open() as dataset:
        rows: list[dict[str, Any]] = pq.read_table(dataset.file("links")).to_pylist()
        return rows


def claim(key: str, **fields: Any) -> Claim:
    record: Claim = made("claims", id=key, **fields)
    return record


def test_a_link_and_its_rows(tmp_path: Path) -> None:
    rows = (
        claim("c-3", valid_from="2015", contract="k", programme="p", status="acknowledged"),
        claim("c-1", valid_from="2015-01", valid_to="2015-12", contract="k", programme="p"),
        claim("c-2", valid_from="2015", contract="k", programme="p", status="withdrawn", set="x"),
        claim("r-2", valid_from="1999", stance="refutes", about="c-1", status="court_finding"),
        claim("r-1", relation="says", object="", stance="refutes", about="c-2", set="x"),
    )
    (link,) = links(tmp_path, *rows)
    outer, inner = rows[0].readings
    assert link == {
        "link_id": link_id(rows[0]),
        "relation": "supplies",
        "tail": "a",
        "head": "b",
        "valid_from": "2015",
        "valid_to": "",
        "as_of": "",
        "outer_from": outer.first,
        "outer_to": outer.last,
        "inner_from": inner.first,
        "inner_to": inner.last,
        "contract": "k",
        "programme": "p",
        "product": "",
        "lasting": False,
        "statuses": ["acknowledged", "reported", "withdrawn"],
        "claim_ids": ["c-1", "c-3"],
        "withdrawn_ids": ["c-2"],
        "refuting_ids": ["r-1", "r-2"],
    }


def test_withdrawn_rows_alone_make_no_link(tmp_path: Path) -> None:
    withdrawn = claim("c", status="withdrawn")
    assert links(tmp_path, withdrawn, claim("r", stance="refutes", about="c")) == []


def test_statements_and_refutations_make_no_link(tmp_path: Path) -> None:
    rows = (
        claim("c-1", relation="says"),
        claim("c-2", relation="says", object=""),
        claim("c-3", stance="refutes", about="c-1"),
        claim("c-4", stance="refutes", about="nowhere"),
    )
    assert links(tmp_path, *rows) == []


def test_a_refutation_is_of_its_rows_link_alone(tmp_path: Path) -> None:
    found = links(
        tmp_path,
        claim("c-1", valid_from="2015"),
        claim("c-2", valid_from="2016"),
        claim("r", valid_from="2016", stance="refutes", about="c-1", status="withdrawn"),
    )
    refuted = {row["valid_from"]: (row["refuting_ids"], row["statuses"]) for row in found}
    assert refuted == {"2015": (["r"], ["reported"]), "2016": ([], ["reported"])}


def test_the_ends_of_same_as_are_in_order(tmp_path: Path) -> None:
    (link,) = links(
        tmp_path,
        claim("c-1", relation="same_as", subject="b", object="a"),
        claim("c-2", relation="same_as", subject="a", object="b"),
    )
    assert (link["tail"], link["head"], link["claim_ids"]) == ("a", "b", ["c-1", "c-2"])
    (alone,) = links(tmp_path, claim("c-1", relation="same_as", subject="b", object="a"))
    assert (alone["tail"], alone["head"], alone["link_id"]) == ("a", "b", link["link_id"])
    (other,) = links(tmp_path, claim("c-1", relation="owns", subject="b", object="a"))
    assert (other["tail"], other["head"]) == ("b", "a")


def test_rows_of_another_product_or_that_last_are_links_of_their_own(tmp_path: Path) -> None:
    rows = (
        claim("c-1"),
        claim("c-2", form="order"),
        claim("c-3", form="service"),
        claim("c-4", product="camera"),
        claim("c-5", product="camera", form="service", role="subcontractor"),
        claim("c-6", relation="owns", form="service"),
        claim("c-7", relation="owns"),
    )
    found = {
        tuple(row["claim_ids"]): (row["product"], row["lasting"]) for row in links(tmp_path, *rows)
    }
    assert found == {
        ("c-1", "c-2"): ("", False),
        ("c-3",): ("", True),
        ("c-4",): ("camera", False),
        ("c-5",): ("camera", True),
        ("c-6", "c-7"): ("", False),
    }


ROWS = st.lists(
    st.builds(
        claim,
        key=st.uuids().map(str),
        set=st.sampled_from("xy"),
        relation=st.sampled_from(["supplies", "same_as", "says", "owns"]),
        subject=st.sampled_from("ab"),
        object=st.sampled_from("ab"),
        status=st.sampled_from(["reported", "alleged", "withdrawn"]),
        valid_from=st.sampled_from(["", "2015", "2015-01/2015-12"]),
        role=st.sampled_from([None, "subcontractor"]),
        product=st.sampled_from(["", "camera"]),
        form=st.sampled_from([None, "order", "service"]),
    ),
    min_size=1,
    max_size=12,
    unique_by=lambda row: row.id,
)


@settings(max_examples=at_most(25), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ROWS, st.data())
def test_links_are_what_their_definition_says(
    tmp_path: Path, rows: list[Claim], data: st.DataObject
) -> None:
    """The same grouping again, row by row, in plain Python; and in several stretches of ids."""
    named = st.sampled_from([row.id for row in rows])
    refuting = [
        claim(f"r-{n}", stance="refutes", about=about)
        for n, about in enumerate(data.draw(st.lists(named, max_size=4)))
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("graph.dataset.derive.PART", data.draw(st.sampled_from([1, 3, 1_000])))
        found = links(tmp_path, *rows, *refuting)

    groups: dict[str, list[Claim]] = {}
    for row in rows:
        if row.relation is not Relation.SAYS:
            groups.setdefault(link_id(row), []).append(row)
    expected = {}
    for key, group in groups.items():
        standing = [row for row in group if row.status is not Status.WITHDRAWN]
        if standing:
            about = {row.id for row in group}
            expected[key] = (
                sorted({str(row.status) for row in group}),
                sorted(row.id for row in standing),
                sorted(row.id for row in group if row not in standing),
                sorted(row.id for row in refuting if row.about in about),
                {(row.product, row.lasting) for row in group},
            )
    keys = ("statuses", "claim_ids", "withdrawn_ids", "refuting_ids")
    assert {
        row["link_id"]: (*(row[key] for key in keys), {(row["product"], row["lasting"])})
        for row in found
    } == expected
    assert [row["link_id"] for row in found] == sorted(expected)
