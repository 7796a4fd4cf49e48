"""Each sentence of the rules on dates (docs/exposure.md), a case or more for each."""

from __future__ import annotations

import pytest

from graph.exposure.explain import explain
from graph.exposure.path_sets import collect
from graph.paths.question import Question
from tests.graph.exposure.rule_cases import Case, cases, network_of, record
from tests.graph.validate.rows import judge

OWNERS_AND_SUCCESSORS = """
# t1 is the instant of the first supply, or of the contribution where there is none.
t1: sold after the first supply, before the last
    certain: x owns unit 2005..2009; unit supplies agent 2008; agent supplies police 2015
t1: sold before the first supply
    no: x owns unit 2005..2009; unit supplies agent 2010; agent supplies police 2015
t1: a contribution where there is no supply
    certain shield: x owns unit 2005..2009; unit contributes_to shield 2008
t1: a contribution after the unit was sold
    no shield: x owns unit 2005..2009; unit contributes_to shield 2010
t1: the supply, where a contribution follows it
    certain shield: x owns unit 2005..2009; unit supplies agent 2008;
    agent contributes_to shield 2015
t1: the first on the walk, not the earliest
    certain: x owns unit 2016-06..2018; unit supplies agent 2017 contract=deal;
    agent supplies police 2015 contract=deal

# Every `owns` holds at t1.
owner: a subsidiary sold in 2009 adds nothing to a delivery of 2015
    no: x owns unit 2005..2009; unit supplies police 2015
owner: one that was kept does
    certain: x owns unit 2005..2017; unit supplies police 2015
owner: one that came later is not exposed
    no: x owns unit 2016..; unit supplies police 2015
owner: every one of several
    no: x owns mid 2005..; mid owns unit 2016..; unit supplies police 2015

# For each `succeeded_by` with instant s: t1 <= s; nothing else depends on s.
succession: the successor to a sale
    certain: old succeeded_by x 2018; old supplies police 2015
succession: what its predecessor did later is not the successor's
    no: old succeeded_by x 2018; old supplies police 2019
succession: in the same year
    possible: old succeeded_by x 2018; old supplies police 2018
succession: on the same day
    certain: old succeeded_by x 2018-05-01; old supplies police 2018-05-01
succession: at a time that is unknown
    possible: old succeeded_by x; old supplies police 2015
succession: of a sale at a time that is unknown
    possible: old succeeded_by x 2018; old supplies police
succession: by a contribution
    no shield: old succeeded_by x 2014; old contributes_to shield 2015
succession: the first of several
    no: old succeeded_by mid 2016; mid succeeded_by x 2018; old supplies police 2017
succession: the last of several
    no: old succeeded_by mid 2018; mid succeeded_by x 2016; old supplies police 2017
succession: one of several in the same year
    possible: old succeeded_by mid 2018; mid succeeded_by x 2016; old supplies police 2016
succession: several, in whatever order
    certain: old succeeded_by mid 2018; mid succeeded_by x 2016; old supplies police 2015
succession: it has nothing to do with when the unit was owned
    certain: old succeeded_by x 2018; old owns unit 2005..2009; unit supplies police 2008
succession: after it, what the predecessor owned is not the successor's
    no: old succeeded_by x 2010; old owns unit 2005..2020; unit supplies police 2015
succession: the fund that bought the successor in 2017 is not exposed to the sale of 2015
    no: x owns heir 2017; old succeeded_by heir 2016; old supplies police 2015
succession: nor one that owned the successor always
    no: x owns heir; old succeeded_by heir 2016; old supplies police 2015

# same_as is free, and its dates bind nothing.
rename: by same_as, dated later than the sale
    certain: x same_as before 2016..; before supplies police 2015
rename: in the other direction
    certain: before same_as x 2016..; before supplies police 2015
rename: undated, which leaves no doubt
    certain: before same_as x; before supplies police 2015
rename: of the unit, after it was sold
    certain: x owns unit 2005..2009; unit same_as label 2012; label supplies police 2008
"""

SUPPLIES_AND_PROGRAMMES = """
# For supplies i before j on the walk: t_i <= t_j.
order: the reseller bought it before
    certain: x supplies agent 2014; agent supplies police 2015
order: the reseller bought it after
    no: x supplies agent 2016; agent supplies police 2015
order: in the same year
    possible: x supplies agent 2015; agent supplies police 2015
order: on the same day
    certain: x supplies agent 2015-05-01; agent supplies police 2015-05-01
order: in the same month
    possible: x supplies agent 2015-05; agent supplies police 2015-05-30
order: on the last day of that month
    certain: x supplies agent 2015-05; agent supplies police 2015-05-31
order: of a supply at a time that is unknown
    possible: x supplies agent; agent supplies police 2015
order: not of neighbours alone
    no: x supplies agent 2016; agent supplies dealer; dealer supplies police 2015
order: through one at a time that is unknown
    possible: x supplies agent 2014; agent supplies dealer; dealer supplies police 2015

# … unless they share a contract id …
contract: the same one frees both
    certain: x supplies agent 2016 contract=deal; agent supplies police 2015 contract=deal
contract: another one does not
    no: x supplies agent 2016 contract=deal; agent supplies police 2015 contract=other
contract: one of two does not
    no: x supplies agent 2016 contract=deal; agent supplies police 2015
contract: what lies between is not of it
    no: x supplies agent 2016 contract=deal; agent supplies dealer 2016;
    dealer supplies police 2015 contract=deal
contract: what follows comes after all of it
    no: x supplies agent 2016 contract=deal; agent supplies dealer 2014 contract=deal;
    dealer supplies police 2015

# A role alone lifts nothing.
role: a subcontractor's supply comes in its order
    no: x supplies agent 2016 role=subcontractor; agent supplies police 2015
role: so does the one after it
    no: x supplies agent 2016; agent supplies police 2015 role=subcontractor
role: nor that of a reseller, an integrator or for maintenance
    no: x supplies agent 2016 role=reseller; agent supplies police 2015 role=integrator
role: a subcontract under the same contract is free by the contract
    certain: x supplies agent 2016 contract=deal role=subcontractor;
    agent supplies police 2015 contract=deal

# A contribution comes at the instant of the last supply (last on the walk) or later.
contribution: before the supply
    no shield: x supplies agent 2015; agent contributes_to shield 2014
contribution: at the instant of the supply
    certain shield: x supplies agent 2015-05-01; agent contributes_to shield 2015-05-01
contribution: in the same year
    possible shield: x supplies agent 2015; agent contributes_to shield 2015
contribution: later
    certain shield: x supplies agent 2015; agent contributes_to shield 2016
contribution: under the same contract too
    no shield: x supplies agent 2015 contract=deal; agent contributes_to shield 2014 contract=deal
contribution: last on the walk, not the latest
    certain shield: x supplies agent 2016 contract=deal; agent supplies dealer 2014 contract=deal;
    dealer contributes_to shield 2015
contribution: last on the walk, and the latest
    no shield: x supplies agent 2014 contract=deal; agent supplies dealer 2016 contract=deal;
    dealer contributes_to shield 2015

# Each part_of holds at some instant from the contribution on …
part of: over before the contribution
    no net: x contributes_to shield 2015; shield part_of net ..2014
part of: over in the year of the contribution
    possible net: x contributes_to shield 2015; shield part_of net ..2015
part of: on the day of the contribution
    certain net: x contributes_to shield 2015-05-01; shield part_of net 2010..2015-05-01
part of: over later
    certain net: x contributes_to shield 2015; shield part_of net 2010..2016
part of: begun later
    certain net: x contributes_to shield 2015; shield part_of net 2018..
part of: undated
    possible net: x contributes_to shield 2015; shield part_of net
part of: as of a day after
    certain net: x contributes_to shield 2015; shield part_of net @2016-01-01
part of: as of a day before
    possible net: x contributes_to shield 2015; shield part_of net @2014-01-01
part of: from the contribution on, not from the supply
    no net: x supplies agent 2010; agent contributes_to shield 2015; shield part_of net 2008..2012

# … or from the last supply where there is none.
part of: over before the supply
    no net: x supplies police 2015 programme=shield; shield part_of net 2010..2014
part of: over after the supply
    certain net: x supplies police 2015 programme=shield; shield part_of net 2010..2016
part of: each at an instant of its own
    certain sky: x supplies police 2015 programme=shield; shield part_of net 2010..2016;
    net part_of sky 2018..
part of: each of several
    no sky: x supplies police 2015 programme=shield; shield part_of net 2010..2016;
    net part_of sky 2010..2014
"""

CERTAIN = """
# certain: P(some walk whose own dates certainly fit has all its links).
certain: by two walks, each of which may not fit, is not
    2 possible: x owns unit 2005..2010-06; x owns unit 2010-06..; unit supplies police 2010
certain: by one of two walks
    2 certain: x owns unit 2005..2010; x owns unit 2005..2017; unit supplies police 2010
certain: one link in doubt is enough to lose it
    possible: x owns mid 2005..2017; mid owns unit; unit supplies agent 2015;
    agent supplies police 2016

# A direct supply of unknown date is certain: nothing about dates could break it.
certain: one supply of unknown date
    certain: x supplies police
certain: to the programme that it names
    certain shield: x supplies police programme=shield
certain: one contribution of unknown date
    certain shield: x contributes_to shield
certain: not two supplies of unknown date
    possible: x supplies agent; agent supplies police

# An undated row beside a dated one for the same ends exposes every later owner.
undated: beside a dated row
    1 possible: x owns unit 2017..; x owns unit; unit supplies police 2015
"""

TABLES = OWNERS_AND_SUCCESSORS, SUPPLIES_AND_PROGRAMMES, CERTAIN
CASES = [case for table in TABLES for case in cases(table)]


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_dates(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collect, "PLAIN", 0)  # `scores` asks the kernels
    case.holds()


def test_no_two_cases_have_one_name() -> None:
    assert len({case.name for case in CASES}) == len(CASES) > 50


def test_a_successor_is_said_to_be_one() -> None:
    rows = "old succeeded_by x 2018; old supplies police 2015"
    assert explain(network_of(rows), Question.between("x", "police")).by_succession
    assert not explain(network_of(rows), Question.between("old", "police")).by_succession


def test_an_undated_row_beside_a_dated_one_is_reported() -> None:
    entities, sources, claims = record("x owns unit 2017..; x owns unit; unit supplies police 2015")
    (found,) = judge(*claims, ground=(*entities, *sources))
    assert found.warning
    assert "exposes every later owner" in found.cure
    assert not judge(claims[0], claims[2], ground=(*entities, *sources))
