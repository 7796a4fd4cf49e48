// title: Entities by name
// topic: Evidence
// explains: Entities whose name or alias holds a text. In Browser this is where to find the id that
//   the other questions take; `sightline find` also knows transliterations.
// parameter text: text = 'axis'; what the name holds, in any case
// column entity: entity; its id
// column kind: word; what it is
// column name: text; its name
// column aliases: set of text; its other names
// column country: set of text; its countries
// column links: integer; number of links that begin or end there
// does not show: Names that are spelt otherwise, or in another script than the record writes.
// engines: neo4j, embedded
//
// :param text => 'axis'

MATCH (e:Entity)
UNWIND [e.name] + coalesce(e.aliases, []) AS known
WITH e, known
WHERE replace(toLower(known), 'ς', 'σ')
  CONTAINS replace(toLower(coalesce($text, 'axis')), 'ς', 'σ')
WITH DISTINCT e
RETURN e.id AS entity, e.kind AS kind, e.name AS name, e.aliases AS aliases, e.country AS country,
  COUNT { (e)-[:OWNS|SUCCEEDED_BY|SAME_AS|SUPPLIES|OPERATES|CONTRIBUTES_TO|PART_OF|LISTED_IN]-(:Entity) } AS links
ORDER BY entity
