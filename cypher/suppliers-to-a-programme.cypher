// title: Suppliers to a programme
// topic: Programmes
// explains: Supplies that a source says served a programme, and what companies are said to have
//   contributed to it, the parts of the programme included, over one to three steps.
// parameter programme: entity = null; only this programme, and its parts
// column programme: entity; the programme that was asked for, or each one
// column programme_name: text; its name
// column part: entity; the programme that the source names: the same one, or a part of it
// column relation: word; supplies or contributes to
// column company: entity; who supplied or contributed
// column company_name: text; its name
// column buyer: entity; who received, where it is a supply
// column valid_from: text; date, or the first of two dates, as a source writes it
// column line: word; documented, alleged, disputed, denied or withdrawn
// column link: link; the link
// column claims: set of claim; the rows of evidence
// does not show: Supplies to whoever runs the programme, where no source says that they served it:
//   `leads`.
// depth: 3 PART_OF to programme
// engines: neo4j, embedded
//
// :param programme => null

MATCH (a:Company)-[l:SUPPLIES|CONTRIBUTES_TO]->(b:Entity)
WITH a, l, b, CASE WHEN type(l) = 'SUPPLIES' THEN l.programme ELSE b.id END AS named
MATCH (part:Programme {id: named})-[:PART_OF*0..3]->(whole:Programme)
WHERE $programme IS NULL OR whole.id = $programme
WITH DISTINCT a, l, b, part, whole
RETURN whole.id AS programme, whole.name AS programme_name, part.id AS part,
  toLower(type(l)) AS relation, a.id AS company, a.name AS company_name,
  CASE WHEN type(l) = 'SUPPLIES' THEN b.id END AS buyer, l.valid_from AS valid_from,
  l.line AS line, l.link_id AS link, l.claim_ids AS claims
ORDER BY programme, part, relation, company, buyer, valid_from, link
