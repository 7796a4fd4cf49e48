"""What only the whole record tells: gaps, twins, order, memory."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.problems import Problem, listing
from graph.record.model import AnyRecord
from graph.validate import TABLES, RowLocation, Validator
from tests.graph.validate.rows import GROUND, TABLE_OF, claim, entity, errors, judge, reply, source


def warnings(*records: AnyRecord) -> list[tuple[int, str]]:
    found = judge(*records)
    assert all(problem.warning for problem in found)
    return [(problem.row, problem.column) for problem in found]


def test_an_undated_state_beside_a_dated_one_is_reported_wherever_it_stands() -> None:
    undated = claim("c", relation="owns")
    for date in ({"valid_from": "2015"}, {"valid_to": "2015"}, {"as_of": "2015"}):
        dated = claim("d", relation="owns", **date)
        assert warnings(undated, dated) == [(1, "valid_from")]
        assert warnings(dated, undated) == [(2, "valid_from")]
    assert "exposes every later owner" in judge(undated, dated)[0].cure
    assert warnings(undated) == []
    assert warnings(undated, claim("d", relation="owns", subject="b", object="a",
                                   valid_from="2015")) == []  # fmt: skip
    withdrawn = claim("d", relation="owns", valid_from="2015", status="withdrawn")
    assert warnings(undated, withdrawn) == []


@pytest.mark.parametrize("relation", ["supplies", "succeeded_by", "contributes_to"])
def test_an_undated_event_beside_a_dated_one_is_reported(relation: str) -> None:
    ends = {"relation": relation} | ({"object": "sky"} if relation == "contributes_to" else {})
    undated, dated = claim("c", **ends), claim("d", valid_from="2015", **ends)
    assert warnings(undated, dated) == [(1, "valid_from")]
    assert warnings(dated, undated) == [(2, "valid_from")]
    assert "may lie on any day" in judge(undated, dated)[0].cure


def test_an_undated_supply_of_another_contract_is_another_deal() -> None:
    dated = claim("d", valid_from="2015", contract="2015/7")
    assert warnings(claim(contract="2016/1"), dated) == []
    assert warnings(claim(contract="2015/7"), dated) == warnings(claim(), dated)
    assert warnings(claim(), dated) == [(1, "valid_from")]


@pytest.mark.parametrize("status", ["alleged", "disputed"])
def test_an_allegation_without_a_reply_is_reported(status: str) -> None:
    assert warnings(claim(status=status)) == [(1, "status")]
    assert warnings(claim(status=status), reply(kind="none_readable")) == []
    refuting = claim("d", status=status, stance="refutes", about="c")
    assert warnings(claim(), refuting) == []


def test_a_denied_row_is_the_reply() -> None:
    assert warnings(claim(status="denied")) == []


def test_a_row_that_stands_twice_is_loaded_once() -> None:
    validator = Validator(["mine"])
    places = [RowLocation("mine", "entities", "entities.csv", row) for row in (2, 3)]
    assert [validator.check(entity("a"), place) for place in places] == [True, False]
    assert [problem.row for problem in validator.finish()] == [3]
    assert validator.rejected == set()
    assert warnings(claim(), reply(), reply()) == [(3, "")]


def test_one_id_in_two_sets() -> None:
    same = entity("a", set="theirs")
    assert judge(same) == []
    other = judge(entity("a", set="theirs", name="A Ltd", country=["FR"], note="x"))
    assert [problem.warning for problem in other] == [True]
    assert other[0].cure.endswith("differs in: name.")  # an empty cell contradicts nothing
    assert "'mine'" in other[0].allowed
    assert judge(entity("a", set="theirs", country=["FR"], collective=True)) == []
    assert errors(entity("a", "public_body", set="theirs")) == [(1, "kind")]
    assert errors(claim(), claim(set="theirs")) == []
    assert errors(claim(), claim(set="theirs", text="else")) == [(2, "id")]


def test_origins_in_a_circle_across_sets() -> None:
    assert errors(
        source("t", origin="u"), source("u", origin="t", set="theirs")
    ) == [(1, "origin"), (2, "origin")]  # fmt: skip


def test_a_near_id_is_suggested() -> None:
    found = judge(claim(subject="polcie"))[0]
    assert found.cure == "Did you mean 'police'?"
    assert judge(claim(subject="zzz"))[0].cure == "Add it to entities."


def test_problems_come_errors_first_by_file_and_row() -> None:
    found = judge(claim("c", status="alleged"), claim("d", object=""), entity("e", founded="x"))
    assert [(p.file, p.row, p.warning) for p in found] == [
        ("claims", 2, False),
        ("entities", 3, False),
        ("claims", 1, True),
    ]


def test_a_million_claims_leave_no_claims_behind() -> None:
    """What a validator keeps does not grow with the texts of the claims."""
    import tracemalloc

    validator = Validator(["mine"])
    for number, record in enumerate(GROUND):
        validator.check(record, RowLocation("mine", TABLE_OF[type(record)], "x", number))
    tracemalloc.start()
    for number in range(2_000):
        row = claim(f"c{number}", text="x" * 10_000)
        assert validator.check(row, RowLocation("mine", "claims", "claims.csv", number + 2))
    kept, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert kept < 2_000 * 1_000


def test_the_miniature_has_two_warnings(miniature: Path) -> None:
    from ingest.spreadsheet import open_spreadsheet

    validator = Validator(["miniature"])
    sheet = open_spreadsheet(miniature, "miniature")
    for table in TABLES:
        for row in sheet.rows(table):
            assert row.record is not None, row
            place = RowLocation("miniature", table, sheet.labels[table], row.number)
            assert validator.check(row.record, place)
    problems = validator.finish()
    assert [(p.row, p.column, p.warning) for p in problems] == [
        (18, "valid_from", True),
        (21, "status", True),
    ]


def test_a_long_list_of_problems_says_what_it_leaves_out() -> None:
    rows = [claim(f"c{n}", object="") for n in range(30)]
    problems = judge(*rows, claim("d", valid_from="soon"))
    lines = listing(problems).splitlines()
    assert lines[2].startswith("  … and 28 more of this kind, in rows ")
    assert lines[2].endswith(" …")
    assert "soon" in lines[3]
    assert len(lines) == 4
    assert listing(problems, most=1).splitlines()[-1] == "… and 1 more, of 1 more kind"
    assert len(listing(problems[:3]).splitlines()) == 3


def test_errors_are_listed_before_warnings() -> None:
    early = Problem("a.csv", 2, "country", "XK", "codes", "Keep it.", warning=True)
    late = Problem("z.csv", 9, "status", "proven", "alleged", "Choose one.")
    assert listing([early, late]).splitlines() == [str(late), str(early)]
