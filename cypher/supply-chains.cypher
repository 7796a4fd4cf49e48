// title: Supplies handed on
// topic: Supplies
// explains: Chains of two to four supplies that begin at a company and go from hand to hand, over
//   resellers and integrators, each tied to the one before it by a contract or a product.
// parameter supplier: entity = 'qosmos'; where the chains begin
// column last: entity; who received at the end of the chain
// column last_name: text; its name
// column hops: integer; number of supplies
// column chain: list of entity; everybody on the way, first to last
// column links: list of link; the supplies, in the same order
// does not show: Supplies that nothing ties to the one before (resellers-between has them). Dates
//   are not compared; `sightline paths` does that.
// depth: 4 SUPPLIES from supplier, tied
// engines: neo4j, embedded
//
// :param supplier => 'qosmos'

MATCH p = (a:Entity)-[:SUPPLIES*2..4]->(b:Entity)
WHERE a.id = coalesce($supplier, 'qosmos')
  AND all(i IN range(1, 3) WHERE relationships(p)[i] IS NULL
    OR relationships(p)[i].contract = relationships(p)[i - 1].contract
    OR relationships(p)[i].product = relationships(p)[i - 1].product)
RETURN b.id AS last, b.name AS last_name, length(p) AS hops,
  [n IN nodes(p) | n.id] AS chain, [r IN relationships(p) | r.link_id] AS links
ORDER BY hops, last, chain, links
