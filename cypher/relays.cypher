// title: Who relays whom
// topic: Evidence
// explains: Sources that relay another one, with the source that they go back to in the end, and
//   the number of claims that cite them. A hundred relays of one report are one origin.
// parameter origin: source = null; only relays of this one
// column relay: source; the source that relays
// column publisher: text; who published it
// column via: source; the source that it relays
// column root: source; where it goes back to in the end
// column root_title: text; its title
// column claims: integer; number of claims that cite the relay
// does not show: Whether the relay is true to its origin.
// engines: neo4j, embedded
//
// :param origin => null

MATCH (s:Source)-[:ORIGINATES_IN]->(v:Source)
MATCH (r:Source {id: s.root})
WHERE $origin IS NULL OR r.id = $origin
RETURN s.id AS relay, s.publisher AS publisher, v.id AS via, r.id AS root, r.title AS root_title,
  COUNT { (:Claim)-[:CITES]->(s) } AS claims
ORDER BY root, via, relay
