// title: What an owner owns, and what that owns
// topic: Ownership
// explains: Everything below an owner, in chains of one to four ownerships, with the number
//   of deals of each company.
// parameter owner: entity = 'nokia'; the owner at the top
// column company: entity; the company at the bottom of the chain
// column company_name: text; its name
// column hops: integer; number of ownerships between
// column chain: list of entity; from the owner down to the company
// column links: list of link; the ownerships, in the same order
// column deals: integer; number of deals of the company, of any time: contracts, and else supplies that
//   agree in ends and dates
// does not show: Whether a chain held when the company supplied: `owner-on-the-day` compares dates.
// depth: 4 OWNS from owner
// engines: neo4j, embedded
//
// :param owner => 'nokia'

MATCH p = (o:Entity)-[:OWNS*1..4]->(c:Entity)
WHERE o.id = coalesce($owner, 'nokia')
RETURN c.id AS company, c.name AS company_name, length(p) AS hops,
  [n IN nodes(p) | n.id] AS chain, [r IN relationships(p) | r.link_id] AS links,
  COUNT {
    MATCH (c)-[s:SUPPLIES]->(b)
    RETURN DISTINCT CASE WHEN s.contract IS NULL
      THEN [b.id, s.valid_from, s.valid_to, s.as_of] ELSE [s.contract] END
  } AS deals
ORDER BY hops, company, chain, links
