// title: Listed parties within some hops
// topic: Listings and procedures
// explains: Parties on a list that can be reached from an entity by ownerships, successions and
//   supplies, in any direction, with the fewest hops. It shows where to read on, and nothing about
//   the entity itself.
// parameter entity: entity = 'hikvision'; where to begin
// parameter hops: hops = 2; how far to go: 0 to 4
// column party: entity; who is listed
// column party_name: text; its name
// column hops: integer; the fewest hops to it; 0: the entity itself
// column instruments: set of entity; the lists
// does not show: Which way leads there: ask `sightline paths`, or Browser. That two parties are
//   near each other here says nothing about what they know of each other.
// engines: neo4j, embedded
//
// :param entity => 'hikvision'
// :param hops => 2

MATCH (a:Entity {id: coalesce($entity, 'hikvision')})
MATCH p = (a)-[:OWNS|SUCCEEDED_BY|SAME_AS|SUPPLIES*0..4]-(b:Entity)
WHERE length(p) <= coalesce($hops, 2)
WITH b, min(length(p)) AS hops
MATCH (b)-[:LISTED_IN]->(i:Instrument)
RETURN b.id AS party, b.name AS party_name, hops, collect(DISTINCT i.id) AS instruments
ORDER BY hops, party
