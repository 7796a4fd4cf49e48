// title: Successors of vendors
// topic: Ownership
// explains: Companies that supplied and were later merged or taken over, and who succeeded them.
// column vendor: entity; who supplied
// column vendor_name: text; its name
// column dissolved: text; when it ceased to be, where the record says so
// column successor: entity; who succeeded it
// column successor_name: text; its name
// column since: text; date of the succession, or the first of two dates, as a source writes it
// column line: word; documented, alleged, disputed, denied or withdrawn
// column deals: integer; number of deals of the vendor: contracts, and else supplies that
//   agree in ends and dates
// column link: link; the succession
// column claims: set of claim; the rows of evidence for the succession
// does not show: Successors of the successor; who took over staff, products or contracts without a
//   succession on record; any duty that passed with it.
// engines: neo4j, embedded

MATCH (a:Entity)-[u:SUCCEEDED_BY]->(b:Entity)
WHERE EXISTS { (a)-[:SUPPLIES]->() }
RETURN a.id AS vendor, a.name AS vendor_name, a.dissolved AS dissolved, b.id AS successor,
  b.name AS successor_name, u.valid_from AS since, u.line AS line,
  COUNT {
    MATCH (a)-[s:SUPPLIES]->(c)
    RETURN DISTINCT CASE WHEN s.contract IS NULL
      THEN [c.id, s.valid_from, s.valid_to, s.as_of] ELSE [s.contract] END
  } AS deals, u.link_id AS link, u.claim_ids AS claims
ORDER BY vendor, successor, link
