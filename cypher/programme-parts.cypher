// title: Programmes and their parts
// topic: Programmes
// explains: Programmes and projects that a source calls part of another one, over one to four
//   steps.
// parameter programme: entity = null; only parts of this one
// column programme: entity; the whole
// column programme_name: text; its name
// column part: entity; the part
// column part_name: text; its name
// column hops: integer; number of steps between
// column links: list of link; the links, from the part up
// does not show: Parts that no source names; which suppliers served which part.
// depth: 4 PART_OF to programme
// engines: neo4j, embedded
//
// :param programme => null

MATCH p = (part:Programme)-[:PART_OF*1..4]->(whole:Programme)
WHERE $programme IS NULL OR whole.id = $programme
RETURN whole.id AS programme, whole.name AS programme_name, part.id AS part,
  part.name AS part_name, length(p) AS hops, [l IN relationships(p) | l.link_id] AS links
ORDER BY programme, hops, part, links
