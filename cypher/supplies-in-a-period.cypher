// title: Supplies in a period
// topic: Supplies
// explains: Supplies that may have happened between two days. A source that gives a year allows
//   every day of it; `certain` says whether all days that it allows lie in the period.
// parameter since: date = '2015-01-01'; first day of the period
// parameter until: date = '2015-12-31'; last day of the period
// column supplier: entity; who supplied
// column supplier_name: text; its name
// column buyer: entity; who received
// column buyer_name: text; its name
// column first_day: date; the first day that its sources allow; empty, open
// column last_day: date; the last day that they allow; empty, open
// column certain: boolean; whether all of these days lie in the period
// column link: link; the link
// column claims: set of claim; the rows of evidence that carry it
// does not show: Supplies without any date, of which the record says nothing about the period.
// engines: neo4j, embedded
//
// :param since => '2015-01-01'
// :param until => '2015-12-31'

WITH date(coalesce($since, '2015-01-01')) AS since, date(coalesce($until, '2015-12-31')) AS until
MATCH (a:Entity)-[s:SUPPLIES]->(b:Entity)
WHERE NOT s.undated
  AND coalesce(s.outer_from, date('0001-01-01')) <= until
  AND coalesce(s.outer_to, date('9999-12-31')) >= since
RETURN a.id AS supplier, a.name AS supplier_name, b.id AS buyer, b.name AS buyer_name,
  s.outer_from AS first_day, s.outer_to AS last_day,
  coalesce(s.outer_from >= since AND s.outer_to <= until, false) AS certain,
  s.link_id AS link, s.claim_ids AS claims
ORDER BY first_day, last_day, supplier, buyer, link
