// title: From which country to which
// topic: Supplies
// explains: Supplies counted by the countries of the two ends. An end with two countries counts in
//   both, so the counts may add up to more than there are supplies.
// parameter origin: text = null; only from this country, in two letters
// parameter destination: text = null; only to this country
// column origin: text; country of the supplier
// column destination: text; country of the receiver
// column supplies: integer; number of supplies
// column links: set of link; the supplies
// does not show: Ends without a country; the country that goods were shipped from; how much was
//   supplied.
// engines: neo4j, embedded
//
// :param origin => null
// :param destination => null

MATCH (a:Entity)-[s:SUPPLIES]->(b:Entity)
UNWIND a.country AS origin
UNWIND b.country AS destination
WITH origin, destination, s.link_id AS link
WHERE ($origin IS NULL OR origin = $origin)
  AND ($destination IS NULL OR destination = $destination)
RETURN origin, destination, count(link) AS supplies, collect(link) AS links
ORDER BY origin, destination
