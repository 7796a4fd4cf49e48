// title: Sources that were not read as a whole
// topic: Evidence
// explains: Sources of which the record's editors read a part only, or that are known through
//   others, with the claims that cite them or go back to them.
// parameter type: source_type = null; only sources of this type: press, ngo_report …
// column document: source; the source
// column title: text; its title
// column publisher: text; who published it
// column type: word; what it is
// column read_scope: text; how much of it was read
// column citing: integer; number of claims that cite it
// column resting: integer; number of claims that go back to it
// does not show: What the unread part says. Sources whose `read_scope` is empty.
// engines: neo4j, embedded
//
// :param type => null

MATCH (s:Source)
WHERE s.read_scope IS NOT NULL AND s.read_scope <> 'whole text' AND ($type IS NULL OR s.type = $type)
RETURN s.id AS document, s.title AS title, s.publisher AS publisher, s.type AS type,
  s.read_scope AS read_scope, COUNT { (:Claim)-[:CITES]->(s) } AS citing,
  COUNT { (:Claim)-[:RESTS_ON]->(s) } AS resting
ORDER BY document
