"""Parameters are typed: a value that could match nothing is refused with what is allowed."""

from __future__ import annotations

from typing import Any

import pytest

from graph.errors import UsageError
from graph.queries import library
from graph.record.model import AnyRecord
from graph.stores import open_store
from graph.stores.base import Store
from tests.contract.conftest import publish
from tests.contract.rows import claim, entity, source

QUESTIONS = library.questions()
RECORDS: tuple[AnyRecord, ...] = (
    source("s"),
    entity("maker", country=("JP",), name="ΟΔΟΣ"),
    entity("bureau", "public_body", country=("CN",), name="İşçi"),
    *(
        claim(f"reading-{day}", "maker", "supplies", "bureau", contract="k1", valid_from=day)
        for day in ("2015", "2015-03", "2016")
    ),
    *(
        claim(f"class-{n}", "maker", "supplies", "bureau", valid_from="2018", programme=programme)
        for n, programme in enumerate(("", "net"))
    ),
    claim("later", "maker", "supplies", "bureau", valid_from="2019"),
    entity("net", "programme"),
    entity("heir"),
    entity("top"),
    claim("merged", "maker", "succeeded_by", "heir", valid_from="2020"),
    claim("owned", "top", "owns", "maker"),
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return open_store(publish(tmp_path_factory.mktemp("typed"), RECORDS))


@pytest.mark.parametrize(
    ("name", "parameters", "sentence"),
    [
        (
            "countries",
            {"origin": "cn"},
            "'cn' is not a country; allowed: .* 3166-1, as CN",
        ),
        ("countries", {"destination": "China"}, "'China' is not a country; allowed: a code of ISO"),
        ("contract-values", {"currency": "eur"}, "'eur' is not a currency; allowed: .*, as EUR"),
        (
            "links-without-a-date",
            {"relation": "SUPPLIES"},
            "'SUPPLIES' is not a relation; ",
        ),
        (
            "links-of-one-kind-of-source",
            {"type": "presse"},
            "'presse' is not a source type; ",
        ),
        ("procedures", {"stage": "Ruling"}, "'Ruling' is not a stage; allowed: complaint"),
        ("statements", {"status": "sure"}, "'sure' is not a status; allowed: "),
        (
            "listed-within-hops",
            {"entity": "maker", "hops": -1},
            "-1 is not a number of hops; ",
        ),
        ("listed-within-hops", {"entity": "maker", "hops": 9}, "a whole number from 0 to 4"),
        (
            "supplies-in-a-period",
            {"since": "2020-01-01", "until": "2010-01-01"},
            "The period ends on 2010-01-01, before it begins on 2020-01-01",
        ),
        ("what-changed-hands", {"since": "2030-01-01"}, "The period ends on 2019-12-31, before"),
    ],
)
def test_what_could_match_nothing_is_refused(
    store: Store, name: str, parameters: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(UsageError, match=sentence):
        QUESTIONS[name](store, **parameters)


def test_deals_are_counted_and_not_readings(store: Store) -> None:
    """A contract of three readings is one; so is a supply for two programmes."""
    [row] = QUESTIONS["countries"](store)
    assert (row.deals, len(row.links)) == (3, 6)
    [owned] = QUESTIONS["owned-by"](store, owner="top")
    assert owned.deals == 3
    [successor] = QUESTIONS["successors-of-vendors"](store)
    assert successor.deals == 3


@pytest.mark.parametrize("text", ["İ", "İŞÇ", "i̇şçi", "Σ", "σ", "ς", "ΟΔΟΣ"])
def test_letters_whose_case_engines_change_differently(store: Store, text: str) -> None:
    expected = "maker" if text in "ΣσςΟΔΟΣ" else "bureau"
    assert [row.entity for row in QUESTIONS["named"](store, text=text)] == [expected]
