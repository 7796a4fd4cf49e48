// title: Who runs a programme
// topic: Programmes
// explains: Bodies and companies that a source says operate a programme, and public bodies and
//   organisations that are said to contribute to it.
// parameter programme: entity = null; only this programme
// column programme: entity; the programme
// column programme_name: text; its name
// column relation: word; operates or contributes to
// column body: entity; who does
// column body_name: text; its name
// column valid_from: text; since when, as a source writes it
// column valid_to: text; until when
// column as_of: text; a day on which it is known
// column line: word; documented, alleged, disputed, denied or withdrawn
// column link: link; the link
// column claims: set of claim; the rows of evidence
// does not show: Companies that contribute: `suppliers-to-a-programme` does. That a body is part of
//   another one says nothing about its programmes.
// engines: neo4j, embedded
//
// :param programme => null

MATCH (b:Entity)-[l:OPERATES|CONTRIBUTES_TO]->(p:Programme)
WHERE (type(l) = 'OPERATES' OR b.kind <> 'company') AND ($programme IS NULL OR p.id = $programme)
RETURN p.id AS programme, p.name AS programme_name, toLower(type(l)) AS relation, b.id AS body,
  b.name AS body_name, l.valid_from AS valid_from, l.valid_to AS valid_to, l.as_of AS as_of,
  l.line AS line, l.link_id AS link, l.claim_ids AS claims
ORDER BY programme, relation, body, link
