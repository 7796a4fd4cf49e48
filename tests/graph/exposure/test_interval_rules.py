"""Which days an interval has, for sure and perhaps, and that lives bound it (docs/exposure.md)."""

from __future__ import annotations

import pytest

from graph.exposure.path_sets import collect
from tests.graph.exposure.rule_cases import Case, cases

TABLE = """
# An outer interval: from the first day of valid_from's period to the last day of valid_to's.
outer: the first day of the year in which it was bought
    possible: x owns unit 2010..2017; unit supplies police 2010-01-01
outer: the day before that year
    no: x owns unit 2010..2017; unit supplies police 2009-12-31
outer: the last day of the month in which it was sold
    possible: x owns unit 2010..2016-02; unit supplies police 2016-02-29
outer: the day after that month
    no: x owns unit 2010..2016-02; unit supplies police 2016-03-01
outer: within the span in which it was bought
    possible: x owns unit 2010/2011..2017; unit supplies police 2011-06-01
outer: before that span
    no: x owns unit 2010/2011..2017; unit supplies police 2009

# An inner one: from the last day of valid_from's period to the first day of valid_to's.
inner: the last day of the year in which it was bought
    certain: x owns unit 2010..2017; unit supplies police 2010-12-31
inner: the day before that one
    possible: x owns unit 2010..2017; unit supplies police 2010-12-30
inner: the first day of the month in which it was sold
    certain: x owns unit 2010..2016-02; unit supplies police 2016-02-01
inner: the day after that one
    possible: x owns unit 2010..2016-02; unit supplies police 2016-02-02
inner: the last day of the span in which it was bought
    certain: x owns unit 2010/2011..2017; unit supplies police 2011-12-31
inner: a year that lies within, day by day
    certain: x owns unit 2014..2016; unit supplies police 2015
inner: some day of the year in which it was sold
    possible: x owns unit 2005..2015; unit supplies police 2015
inner: bought and sold in one year leaves no day beyond doubt
    possible: x owns unit 2015..2015; unit supplies police 2015-06-01
days: an interval of days has no doubt in it
    certain: x owns unit 2010-03-05..2010-03-07; unit supplies police 2010-03-07
days: the day after it
    no: x owns unit 2010-03-05..2010-03-07; unit supplies police 2010-03-08

# Open sides stay open.
half dated: owned since, with no end
    certain: x owns unit 2010..; unit supplies police 2030
half dated: before that beginning
    no: x owns unit 2010..; unit supplies police 2009
half dated: owned until, with no beginning
    certain: x owns unit ..2017; unit supplies police 2001
half dated: after that end
    no: x owns unit ..2017; unit supplies police 2018
half dated: a supply until, with no beginning
    possible: x owns unit 2010..; unit supplies police ..2016
half dated: a supply until, with an owner of old
    certain: x owns unit ..2017; unit supplies police ..2016

# A state known as of a day holds from the last day of valid_from, or that day, to that day.
as of: on the day
    certain: x owns unit @2015-06-01; unit supplies police 2015-06-01
as of: the day before
    possible: x owns unit @2015-06-01; unit supplies police 2015-05-31
as of: the day after
    possible: x owns unit @2015-06-01; unit supplies police 2015-06-02
as of: between valid_from and the day
    certain: x owns unit 2010 @2015-06-01; unit supplies police 2012
as of: in the year of valid_from
    possible: x owns unit 2010 @2015-06-01; unit supplies police 2010-12-30
as of: before valid_from
    no: x owns unit 2010 @2015-06-01; unit supplies police 2009

# Undated, or as of longer than a day: empty inner interval. Empty ones are all the same.
undated: an owner
    possible: x owns unit; unit supplies police 2015
undated: a supply of a unit that was sold
    possible: x owns unit 2005..2009; unit supplies police
as of a month: no day is beyond doubt
    possible: x owns unit @2015-06; unit supplies police 2015-06
as of a year: nor with valid_from
    possible: x owns unit 2010 @2015; unit supplies police 2012
as of a year: valid_from binds
    no: x owns unit 2010 @2015; unit supplies police 2009
empty inner intervals are the same: as of a year and undated are one link
    1 possible: x owns unit @2015; x owns unit; unit supplies police 2014
one interval, written in two ways, is one link
    1 certain: x supplies police 2015; x supplies police 2015-01-01..2015-12-31
two intervals are two links
    2 certain: x supplies police 2015; x supplies police 2016

# States hold through theirs; events happen at one instant of it.
states: two owners with no day in common
    no: x owns mid 2005..2009; mid owns unit 2010..; unit supplies police
states: two owners with some days in common
    possible: x owns mid 2005..2010; mid owns unit 2010..; unit supplies police
states: two owners, both on the day
    certain: x owns mid 2005..2012; mid owns unit 2008..; unit supplies police 2010
events: one instant of the interval is enough
    possible: x owns unit 2016..; unit supplies police 2014..2016

# No link but same_as and succeeded_by is used before `founded` or after `dissolved` of either end.
life: a seller that was dissolved
    no: x lives ..2014; x supplies police 2015
life: the last day of the year of its end
    certain: x lives ..2015; x supplies police 2015-12-31
life: a buyer that is not there yet
    no: police lives 2016; x supplies police 2015
life: the first day of the year of its beginning
    certain: police lives 2015; x supplies police 2015-01-01
life: an owner that is not there yet
    no: x lives 2010; x owns unit 2005..2017; unit supplies police 2008
life: an owner that has come
    certain: x lives 2010; x owns unit 2005..2017; unit supplies police 2011
life: a unit that is gone
    no: unit lives ..2012; x owns unit 2005..2017; unit supplies police 2013
life: a reseller that is gone
    no: agent lives ..2014; x supplies agent 2014; agent supplies police 2015
life: a contributor that was dissolved
    no shield: x lives ..2014; x contributes_to shield 2015
life: a programme that is over
    no shield: shield lives ..2014; x contributes_to shield 2015
life: a programme within one that was over
    no net: net lives ..2014; x contributes_to shield 2015; shield part_of net 2010
life: a life bounds what is undated
    certain: unit lives 2006..2012; x owns unit 2005..2020; unit supplies police
life: an owner that ends in the time of the supply
    possible: x lives ..2012; x owns unit 2005..2020; unit supplies police 2010..2015
life: a programme that ends in the time of the supply
    possible net: net lives ..2015-06; shield part_of net 2010;
    x supplies police 2015 programme=shield
life: a programme that ends before it was surely part of another one
    possible net: shield lives ..2015; shield part_of net 2010/2016..2018;
    x supplies police 2012 programme=shield
life: the other half of same_as was dissolved
    certain: x lives ..2010; x same_as twin; twin supplies police 2015
life: dissolved before it was succeeded
    certain: old lives ..2017; old succeeded_by x 2018; old supplies police 2015
life: the successor was founded after the sale
    certain: x lives 2018; old succeeded_by x 2018; old supplies police 2015
"""

CASES = list(cases(TABLE))


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_intervals(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collect, "PLAIN", 0)  # `scores` asks the kernels
    case.holds()


def test_no_two_cases_have_one_name() -> None:
    assert len({case.name for case in CASES}) == len(CASES) > 40
