// title: From which country to which
// topic: Supplies
// explains: Deals counted by the countries of the two ends. Supplies under one contract are one
//   deal, and so are supplies without a contract that agree in ends and dates. An end with two
//   countries counts in both, so the counts may add up to more than there are deals.
// parameter origin: country = null; only from this country, in two letters
// parameter destination: country = null; only to this country
// column origin: text; country of the supplier
// column destination: text; country of the receiver
// column deals: integer; number of deals
// column links: set of link; the supplies, of which several may be one deal
// does not show: Ends without a country; the country that goods were shipped from; how much was
//   supplied.
// engines: neo4j, embedded
//
// :param origin => null
// :param destination => null

MATCH (a:Entity)-[s:SUPPLIES]->(b:Entity)
UNWIND a.country AS origin
UNWIND b.country AS destination
WITH origin, destination, s.link_id AS link, CASE WHEN s.contract IS NULL
  THEN [a.id, b.id, s.valid_from, s.valid_to, s.as_of] ELSE [s.contract] END AS deal
WHERE ($origin IS NULL OR origin = $origin)
  AND ($destination IS NULL OR destination = $destination)
RETURN origin, destination, count(DISTINCT deal) AS deals,
  collect(link) AS links
ORDER BY origin, destination
