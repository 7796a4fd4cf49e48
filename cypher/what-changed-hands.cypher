// title: What changed hands, and when
// topic: Ownership
// explains: Beginnings and ends of ownerships, and successions, that may have happened between two
//   days.
// parameter since: date = '2005-01-01'; first day of the period
// parameter until: date = '2019-12-31'; last day of the period
// column change: word; begins (an ownership), ends (an ownership) or succession
// column first_day: date; the first day that the sources allow; empty, open
// column last_day: date; the last day that they allow; empty, open
// column former: entity; the owner, or the one who was succeeded
// column former_name: text; its name
// column latter: entity; what was owned, or the successor
// column latter_name: text; its name
// column link: link; the link
// column claims: set of claim; the rows of evidence
// does not show: Changes that no source dates; prices; shares, which are in the claims. That an
//   owner is known on one day says neither when it began nor when it ended.
// engines: neo4j, embedded
//
// :param since => '2005-01-01'
// :param until => '2019-12-31'

WITH date(coalesce($since, '2005-01-01')) AS since, date(coalesce($until, '2019-12-31')) AS until
MATCH (a:Entity)-[l:OWNS|SUCCEEDED_BY]->(b:Entity)
UNWIND ['begins', 'ends', 'succession'] AS change
WITH since, until, a, l, b, change,
  CASE WHEN change = 'ends' AND NOT l.inner_empty THEN l.inner_to ELSE l.outer_from END AS first_day,
  CASE WHEN change = 'begins' AND NOT l.inner_empty THEN l.inner_from ELSE l.outer_to END AS last_day
WHERE (change = 'succession') = (type(l) = 'SUCCEEDED_BY')
  AND ((change = 'begins' AND l.valid_from IS NOT NULL)
    OR (change = 'ends' AND l.valid_to IS NOT NULL)
    OR change = 'succession')
  AND NOT l.undated
  AND coalesce(first_day, date('0001-01-01')) <= until
  AND coalesce(last_day, date('9999-12-31')) >= since
RETURN change, first_day, last_day, a.id AS former, a.name AS former_name, b.id AS latter,
  b.name AS latter_name, l.link_id AS link, l.claim_ids AS claims
ORDER BY first_day, last_day, change, former, latter, link
