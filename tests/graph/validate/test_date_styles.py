"""Each style of date that is refused gets the way to write it."""

from __future__ import annotations

import pytest

from graph.record.dates import parse_date
from graph.validate.date_styles import date_cure

CURES = {
    "21.09.2015": "Write 2015-09-21.",
    "21/9/2015": "Write 2015-09-21.",
    "09/21/2015": "Write 2015-09-21.",
    "9-9-2015": "Write 2015-09-09.",
    "01/09/2015": "Write 2015-09-01 or 2015-01-09, whichever the source means.",
    "2015/09/21": "Write 2015-09-21.",
    "2015-9-1": "Write 2015-09-01.",
    "2015.09": "Write 2015-09.",
    "09/2015": "Write 2015-09.",
    "20150921": "Write 2015-09-21.",
    "2015-13": "Months have the numbers 01 to 12.",
    "2015-09-31": "September 2015 has 30 days.",
    "2015-09-21T13:30:00Z": "Leave out the time: 2015-09-21.",
    "Sep 2015": "Write 2015-09.",
    "September 21, 2015": "Write 2015-09-21.",
    "21 Sept. 2015": "Write 2015-09-21.",
    "2015 – 2017": "Write 2015/2017 for one day",
    "2015-2017": "Write 2015/2017 for one day",
    "c. 2015": "such as 2014/2016.",
    "2015?": "such as 2014/2016.",
    "1990s": "Write 1990/1999.",
    "Q3 2015": "Write 2015-07/2015-09.",
    "2015-Q1": "Write 2015-01/2015-03.",
    "42268": "write 2015-09-21.",
    "21.09.15": "with four digits",
    "Sep-15": "with four digits",
    "soon": "Write the year first",
    "99/99/2015": "Write the year first",
    "0000-02-30": "Write the year first",
    "2015/2014": "Write the year first",
}


@pytest.mark.parametrize("text", CURES)
def test_a_refused_date_gets_its_cure(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - any date that is refused
        parse_date(text)
    assert CURES[text] in date_cure(text)


@pytest.mark.parametrize(
    "text", [text for text, cure in CURES.items() if cure.startswith("Write 2")]
)
def test_what_is_proposed_is_taken(text: str) -> None:
    for word in date_cure(text).replace(",", " ").rstrip(".").split():
        if word[0].isdigit():
            assert parse_date(word.rstrip("."))
