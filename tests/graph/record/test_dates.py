"""Dates and their two readings."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from graph.record.dates import (
    ALWAYS,
    EARLIEST,
    EMPTY,
    LATEST,
    UNDATED,
    Days,
    event_readings,
    interval_in_words,
    parse_date,
    precision,
    state_readings,
)
from tests.graph.record.strategies import DATES, DAYS, MONTHS, POINTS, SPANS, YEARS

RUNS = st.builds(Days, st.integers(EARLIEST, LATEST), st.integers(EARLIEST, LATEST))
MAYBE = st.just("") | DATES


def day(text: str) -> int:
    return date.fromisoformat(text).toordinal()


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2015", "2015-01-01", "2015-12-31"),
        ("2015-09", "2015-09-01", "2015-09-30"),
        ("2016-02", "2016-02-01", "2016-02-29"),
        ("2015-09-21", "2015-09-21", "2015-09-21"),
        ("2010/2011", "2010-01-01", "2011-12-31"),
        ("2010-05/2010-05-07", "2010-05-01", "2010-05-07"),
        ("0001", "0001-01-01", "0001-12-31"),
        ("9999-12", "9999-12-01", "9999-12-31"),
    ],
)
def test_a_date_is_a_run_of_days(text: str, first: str, last: str) -> None:
    assert parse_date(text) == Days(day(first), day(last))


@pytest.mark.parametrize(
    "text",
    [
        "", " 2015", "2015 ", "2015\n", "15", "20150", "2015-9", "2015-13", "2015-00", "2015-02-30",
        "0000", "2015-09-21T00:00", "21.09.2015", "2015-", "2015/", "/2015", "2010/2011/2012",
        "2011/2010", "2010-06/2010", "2010-06-02/2010-06-01", "c. 2015", "２０１５", "٢٠١٥",
    ],
)  # fmt: skip
def test_what_is_no_date(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the caller words it
        parse_date(text)


@given(st.dates())
def test_day_month_and_year_lie_in_each_other(some: date) -> None:
    text = some.isoformat()
    assert parse_date(text[:4]).covers(parse_date(text[:7]))
    assert parse_date(text[:7]).covers(parse_date(text))
    assert parse_date(text) == Days(some.toordinal(), some.toordinal())


@given(POINTS, POINTS)
def test_a_span_reaches_from_its_first_day_to_its_last(first: str, last: str) -> None:
    begin, end = parse_date(first), parse_date(last)
    if end.first < begin.first or end.last < begin.first:
        with pytest.raises(ValueError):  # noqa: PT011
            parse_date(f"{first}/{last}")
    else:
        assert parse_date(f"{first}/{last}") == Days(begin.first, end.last)


@given(DAYS, MONTHS, YEARS, SPANS)
def test_precision(a_day: str, month: str, year: str, span: str) -> None:
    texts = (a_day, month, year, span, "")
    assert [precision(text) for text in texts] == ["day", "month", "year", "span", "undated"]


@given(RUNS, RUNS, RUNS)
def test_runs_of_days_meet_as_sets_do(one: Days, two: Days, three: Days) -> None:
    assert (one & two) == (two & one)
    assert ((one & two) & three) == (one & (two & three))
    assert one & ALWAYS == (one if one else EMPTY)
    assert one & EMPTY == EMPTY
    if one:
        assert one & one == one
        assert one.covers(one & two)
        assert one.covers(two) == (not two or one & two == two)
    assert not EMPTY


@given(DATES)
def test_an_event_lies_in_the_period_of_its_date(text: str) -> None:
    assert event_readings(text, "").outer == parse_date(text)
    assert event_readings(text, text).outer == parse_date(text)
    assert event_readings("", text).outer == Days(EARLIEST, parse_date(text).last)
    assert event_readings(text, "").inner == EMPTY


@given(DATES, DATES)
def test_a_state_is_certain_only_where_it_is_possible(begin: str, end: str) -> None:
    assume(parse_date(begin).first <= parse_date(end).last)
    outer, inner = state_readings(begin, end)
    assert outer == Days(parse_date(begin).first, parse_date(end).last)
    assert outer.covers(inner)
    assert inner in (Days(parse_date(begin).last, parse_date(end).first), EMPTY)


@given(DATES)
def test_the_open_side_of_a_state_stays_open(text: str) -> None:
    known = parse_date(text)
    assert state_readings(text, "") == (Days(known.first, LATEST), Days(known.last, LATEST))
    assert state_readings("", text) == (Days(EARLIEST, known.last), Days(EARLIEST, known.first))


@given(DATES, MAYBE)
def test_a_state_known_on_a_day(as_of: str, begin: str) -> None:
    outer, inner = state_readings(begin, "", as_of)
    known = parse_date(as_of)
    assert outer == (Days(parse_date(begin).first, LATEST) if begin else ALWAYS)
    if known.first != known.last:
        assert inner == EMPTY
    elif begin:
        assert inner == (Days(parse_date(begin).last, known.last) & ALWAYS)
    else:
        assert inner == known


def test_undated_is_its_own_state() -> None:
    assert event_readings("", "") == state_readings("", "") == UNDATED
    assert UNDATED.outer == ALWAYS
    assert UNDATED.inner == EMPTY


@given(st.booleans())
def test_periods_however_written_read_the_same(event: bool) -> None:
    read = event_readings if event else state_readings
    assert read("2015", "2015").outer == read("2015-01-01", "2015-12-31").outer
    assert event_readings("2015", "") == event_readings("2015-01", "2015-12")
    assert state_readings("2015", "") != state_readings("2015-01-01", "")


@given(MAYBE, MAYBE, MAYBE, st.booleans())
def test_what_is_shown_names_each_date(begin: str, end: str, as_of: str, event: bool) -> None:
    text = interval_in_words(begin, end, "" if end else as_of, event=event)
    assert text
    assert all(part in text for part in (begin, end, "" if end else as_of))
    if not (begin or end or as_of):
        assert text == "undated"
