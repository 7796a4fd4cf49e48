"""Each sentence of the rules on admissible walks (docs/exposure.md), a case or more for each."""

from __future__ import annotations

import pytest

from graph.exposure.path_sets import collect
from graph.paths.find import supply_paths
from graph.paths.question import Question
from tests.graph.exposure.rule_cases import Case, cases, network_of

TABLE = """
# 1. Corporate part, any number of steps, none included: succeeded_by, from the successor back.
corporate: none
    certain: x supplies police 2015
corporate: several successions, back to the predecessor
    certain: old succeeded_by mid 2017; mid succeeded_by x 2018; old supplies police 2015
corporate: not forward, to the successor
    no: x succeeded_by heir 2016; heir supplies police 2018

# Then owns, from owner to owned.
corporate: several owners
    certain: x owns a 2005; a owns b 2005; b owns unit 2005; unit supplies police 2015
corporate: not from owned to owner
    no: fund owns x 2005; fund supplies police 2015
corporate: not to what the owner has beside it
    no: fund owns x 2005; fund owns unit 2005; unit supplies police 2015
corporate: succession, then ownership
    certain: old succeeded_by x 2018; old owns unit 2005; unit supplies police 2015
corporate: no owns before a succeeded_by
    no: x owns heir 2005; old succeeded_by heir 2018; old supplies police 2015

# 2. Supply part, one step or more: to resellers or integrators, at last to the buyer.
supply: none
    no unit: x owns unit 2005
supply: through companies
    certain: x supplies a 2012; a supplies b 2013; b supplies police 2014
supply: a company may be the buyer
    certain agent: x supplies agent 2015
supply: so may an organisation
    certain league: x supplies league 2015
supply: no owns after it
    no: x supplies agent 2014; agent owns unit 2005; unit supplies police 2015
supply: no succession after it
    no: x supplies heir 2014; old succeeded_by heir 2018; old supplies police 2015
supply: not to the owner of the buyer
    no: police owns agent 2005; x supplies agent 2015

# Tied: what follows a supply continues what was supplied.
tied: by a contract
    certain: x supplies agent 2014 product= contract=deal;
    agent supplies police 2015 product= contract=deal
tied: by a product
    certain: x supplies agent 2014 contract=deal; agent supplies police 2015 contract=other
tied: by nothing
    no: x supplies agent 2014 product=; agent supplies police 2015 product=
tied: not by two products
    no: x supplies agent 2014 product=camera; agent supplies police 2015 product=drone
tied: not by two contracts
    no: x supplies agent 2014 product= contract=deal;
    agent supplies police 2015 product= contract=other
tied: not where one names a product and the other none
    no: x supplies agent 2014; agent supplies police 2015 product=
tied: not by a product and a contract of one name
    no: x supplies agent 2014 product=deal; agent supplies police 2015 product= contract=deal
tied: not by the technology
    no: x supplies agent 2014 product= technology=video;
    agent supplies police 2015 product= technology=video
tied: not by the programme that both name
    no: x supplies agent 2014 product= programme=shield;
    agent supplies police 2015 product= programme=shield
tied: not by the role
    no: x supplies agent 2014 product= role=subcontractor; agent supplies police 2015 product=
tied: not by the source that tells of both
    no: x supplies agent 2014 product= from=report; agent supplies police 2015 product= from=report
tied: same_as between products ties nothing
    no: camera is product; drone is product; camera same_as drone;
    x supplies agent 2014 product=camera; agent supplies police 2015 product=drone
tied: each to the one before it
    certain: x supplies a 2012 product= contract=deal; a supplies b 2013 contract=deal;
    b supplies police 2014 contract=other
tied: not to one further back
    no: x supplies a 2012; a supplies b 2013 product= contract=deal; b supplies police 2014
tied: through another id of the reseller
    certain: x supplies agent 2014; a same_as agent; a supplies police 2015
tied: not through another id either
    no: x supplies agent 2014; a same_as agent; a supplies police 2015 product=drone
tied: of two supplies the one that is
    1 certain: x supplies agent 2014; x supplies agent 2013 product=; agent supplies police 2015
tied: by both is one walk
    1 certain: x supplies agent 2014 contract=deal; agent supplies police 2015 contract=deal
tied: a row that ties and one that does not are two links
    1 certain: x supplies agent 2014; x supplies agent 2014 product=;
    agent supplies police 2015
tied: a contribution, to the supply before it
    certain shield: x supplies agent 2014; agent contributes_to shield 2015
tied: not a contribution of something else
    no shield: x supplies agent 2014; agent contributes_to shield 2015 product=
tied: not a contribution to the programme that the supply does not name
    no net: x supplies agent 2014 product= programme=shield; agent contributes_to net 2015 product=
tied: what comes before a supply needs no tie
    certain: old succeeded_by x 2018; old owns unit 2005; unit supplies police 2015 product=
tied: nor does what a programme is part of
    certain net: x supplies police 2015 product= programme=shield; shield part_of net 2010
tied: nor a contribution with no supply before it
    certain shield: x contributes_to shield 2015 product=
tied: the programme that a tied supply names
    certain shield: x supplies agent 2014; agent supplies police 2015 programme=shield
tied: not the programme that an untied one names
    no shield: x supplies agent 2014; agent supplies police 2015 product= programme=shield
tied: a supply that lasts and one that does not are two links
    2 certain: x supplies police 2015; x supplies police 2015 form=service

# 3. Programme part: the programme of the walk's last supplies link …
programme: of the supply
    certain shield: x supplies police 2015 programme=shield
programme: of the last of several
    certain shield: x supplies agent 2014; agent supplies police 2015 programme=shield
programme: of one that is the last where the walk ends in it
    1 certain shield: x supplies agent 2014 programme=shield; agent supplies police 2015
programme: two that one buyer is supplied for are two links
    1 certain shield: x supplies police 2015 programme=shield; x supplies police 2015 programme=net
programme: of another supply to the buyer
    no shield: x supplies police 2015; agent supplies police 2015 programme=shield

# … or a contributes_to by the company at which the walk stands: the exporter side …
programme: the exporter contributes
    certain shield: x contributes_to shield 2015
programme: the exporter's unit contributes
    certain shield: x owns unit 2005; unit contributes_to shield 2015
programme: its predecessor contributed
    certain shield: old succeeded_by x 2018; old contributes_to shield 2015

# … or the last buyer.
programme: the last buyer contributes
    certain shield: x supplies agent 2014; agent contributes_to shield 2015
programme: one on the way contributes
    1 certain shield: x supplies agent 2014; agent contributes_to shield 2015;
    agent supplies police 2015
programme: what the buyer owns contributes
    no shield: x supplies agent 2014; agent owns unit 2005; unit contributes_to shield 2015

# Then part_of from programme to programme, any number.
programme: within another one
    certain net: x supplies police 2015 programme=shield; shield part_of net 2010
programme: within one within another one
    certain sky: x contributes_to shield 2015; shield part_of net 2010; net part_of sky 2010
programme: not the part of one
    no net: x contributes_to shield 2015; net part_of shield 2010
programme: succession between programmes is not walked
    no net: x contributes_to shield 2015; shield succeeded_by net 2018

# Each link is one hop, at most 6; a contract is no hop, and so is programme.
hops: six
    certain: x supplies a 2010; a supplies b 2011; b supplies c 2012; c supplies d 2013;
    d supplies e 2014; e supplies police 2015 contract=deal
hops: seven
    no: x supplies a 2010; a supplies b 2011; b supplies c 2012; c supplies d 2013;
    d supplies e 2014; e supplies f 2015; f supplies police 2016
hops: six, and the programme that the last one names
    certain shield: x supplies a 2010; a supplies b 2011; b supplies c 2012; c supplies d 2013;
    d supplies e 2014; e supplies police 2015 programme=shield
hops: part_of is one
    no net: x supplies a 2010; a supplies b 2011; b supplies c 2012; c supplies d 2013;
    d supplies e 2014; e supplies police 2015 programme=shield; shield part_of net 2010
hops: same_as is none
    certain: x supplies a 2010; a supplies b 2011; b supplies c 2012; c supplies d 2013;
    d supplies e 2014; e same_as f; f supplies police 2015

# same_as stands before, between and after steps, any number, in both directions.
same_as: before
    certain: x same_as a; b same_as a; b supplies police 2015
same_as: between succession and ownership
    certain: old succeeded_by x 2018; old same_as a; a owns unit 2005; unit supplies police 2015
same_as: no succession after ownership, for all that
    no: x owns unit 2005; unit same_as heir; old succeeded_by heir 2018; old supplies police 2015
same_as: between supplies
    certain: x supplies agent 2014; a same_as agent; a supplies police 2015
same_as: after the buyer
    certain ministry: x supplies police 2015; ministry same_as police
same_as: between programmes
    certain net: x supplies police 2015 programme=shield; sky same_as shield; sky part_of net 2010
same_as: alone is no walk
    no agent: x same_as agent

# A walk repeats no id.
once: a reseller that sells back
    1 certain: x supplies agent 2014; agent supplies x 2015; x supplies police 2016
once: two ways to one buyer are two walks
    2 certain: x supplies police 2015; x supplies agent 2014; agent supplies police 2015
once: a programme that is part of itself, by way of another
    1 certain net: x contributes_to shield 2015; shield part_of net 2010; net part_of shield 2010

# Never walked.
never: part_of between public bodies
    no ministry: x supplies police 2015; police part_of ministry 2010
never: a body's own contribution
    no shield: x supplies police 2015; police contributes_to shield 2016
never: nor where the body is the exporter
    no shield: x is public_body; x contributes_to shield 2016
never: operates
    no shield: x supplies police 2015; police operates shield 2010
never: nor by a company
    no shield: x operates shield 2010
never: listed_in
    no sanctions: x listed_in sanctions 2015; x supplies police 2015
never: says
    no: x says police 2015
never: a supply that was withdrawn
    no: x supplies police 2015 status=withdrawn
"""

CASES = list(cases(TABLE))


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_walks(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collect, "PLAIN", 0)  # `scores` asks the kernels
    case.holds()


def test_no_two_cases_have_one_name() -> None:
    assert len({case.name for case in CASES}) == len(CASES) > 80


def test_a_round_trip_is_flagged() -> None:
    rows = "x supplies agent 2014; agent supplies x 2015; x supplies police 2016"
    answer = supply_paths(network_of(rows), Question.between("x"))
    assert answer.left_out == {"round_trips": 1}
    assert not supply_paths(network_of("x supplies police 2016"), Question.between("x")).left_out


@pytest.mark.parametrize("relation", ["operates", "contributes_to"])
def test_a_lead_is_no_path(relation: str) -> None:
    network = network_of(f"x supplies police 2015; police {relation} shield 2016")
    answer = supply_paths(network, Question.between("x", "shield"))
    assert answer.paths == ()
    (lead,) = answer.leads
    assert (lead.supplier, lead.buyer, lead.programme) == ("x", "police", "shield")
    assert lead.relation == relation
    assert supply_paths(network, Question.between("x", "police")).leads == (lead,)


def test_what_a_source_says_is_no_lead() -> None:
    rows = "x supplies police 2015 programme=shield; police operates shield 2016"
    answer = supply_paths(network_of(rows), Question.between("x", "shield"))
    assert (len(answer.paths), answer.leads) == (1, ())


def test_an_open_end_where_no_source_names_a_programme() -> None:
    (path,) = supply_paths(
        network_of("x supplies police 2015"), Question.between("x", "police")
    ).paths
    assert path.open_end
    named = network_of("x supplies police 2015 programme=shield")
    assert not any(path.open_end for path in supply_paths(named, Question.between("x")).paths)
