// title: Supplies that a company comes in for by succession
// topic: Ownership
// explains: Supplies by companies that the asked one succeeded, over one to three successions, each
//   supply dated no later than the successions allow.
// parameter successor: entity = null; only this successor
// column successor: entity; the company that took over
// column successor_name: text; its name
// column vendor: entity; the company that supplied
// column vendor_name: text; its name
// column buyer: entity; who received
// column valid_from: text; date of the supply, or the first of two dates, as a source writes it
// column hops: integer; number of successions between
// column supply: link; the supply
// column successions: list of link; the successions, from the vendor on
// does not show: What the successor did itself. It comes in by succession: it took over the company
//   that made the supply, and did not make it.
// depth: 3 SUCCEEDED_BY to successor
// engines: neo4j, embedded
//
// :param successor => null

MATCH p = (a:Entity)-[:SUCCEEDED_BY*1..3]->(z:Entity)
WHERE $successor IS NULL OR z.id = $successor
UNWIND relationships(p) AS u
WITH p, a, z, min(coalesce(u.outer_to, date('9999-12-31'))) AS latest
MATCH (a)-[s:SUPPLIES]->(b:Entity)
WHERE s.undated IS NOT NULL AND all(u IN relationships(p) WHERE u.undated IS NOT NULL)
  AND coalesce(s.outer_from, date('0001-01-01')) <= latest
RETURN z.id AS successor, z.name AS successor_name, a.id AS vendor, a.name AS vendor_name,
  b.id AS buyer, s.valid_from AS valid_from, length(p) AS hops, s.link_id AS supply,
  [u IN relationships(p) | u.link_id] AS successions
ORDER BY successor, hops, vendor, buyer, supply, successions
