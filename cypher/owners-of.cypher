// title: Owners, and their owners
// topic: Ownership
// explains: Everybody above a company, in chains of one to four ownerships, nearest first.
// parameter company: entity = 'axis-communications'; the company at the bottom
// column owner: entity; the owner at the top of the chain
// column owner_name: text; its name
// column hops: integer; number of ownerships between
// column chain: list of entity; from the owner down to the company
// column links: list of link; the ownerships, in the same order
// does not show: Whether all of a chain held at one time: dates are not compared. Shares are in the
//   claims.
// depth: 4 OWNS to company
// engines: neo4j, embedded
//
// :param company => 'axis-communications'

MATCH p = (o:Entity)-[:OWNS*1..4]->(c:Entity)
WHERE c.id = coalesce($company, 'axis-communications')
RETURN o.id AS owner, o.name AS owner_name, length(p) AS hops,
  [n IN nodes(p) | n.id] AS chain, [r IN relationships(p) | r.link_id] AS links
ORDER BY hops, owner, chain, links
