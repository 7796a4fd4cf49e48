// title: Who stands on which list
// topic: Listings and procedures
// explains: Companies and bodies that an official list, a law or a guidance names, with the dates.
// parameter instrument: entity = null; only this list
// parameter party: entity = null; only this party
// column party: entity; who is listed
// column party_name: text; its name
// column instrument: entity; the list
// column instrument_name: text; its name
// column valid_from: text; since when, as a source writes it
// column valid_to: text; until when
// column as_of: text; a day on which it is known
// column link: link; the link
// column claims: set of claim; the rows of evidence
// does not show: The truth of the conduct behind a listing; lists that the record does not hold.
// engines: neo4j, embedded
//
// :param instrument => null
// :param party => null

MATCH (a:Entity)-[l:LISTED_IN]->(i:Instrument)
WHERE ($instrument IS NULL OR i.id = $instrument) AND ($party IS NULL OR a.id = $party)
RETURN a.id AS party, a.name AS party_name, i.id AS instrument, i.name AS instrument_name,
  l.valid_from AS valid_from, l.valid_to AS valid_to, l.as_of AS as_of, l.link_id AS link,
  l.claim_ids AS claims
ORDER BY party, instrument, valid_from, link
