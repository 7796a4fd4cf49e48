WITH origins AS (
    SELECT claim, bool_or(source = $origin) AS here, count(*) AS origins
    FROM graph.rests_on GROUP BY claim
),
cited AS (SELECT claim FROM graph.cites WHERE source = $origin)
SELECT c.id AS claim, CASE WHEN here THEN 'origin' ELSE 'cited' END AS how, c.subject, c.relation,
    c.object, c.status, here AND origins = 1 AS alone, c.link_id AS link, c.text
FROM graph.claims AS c
JOIN origins ON origins.claim = c.id
WHERE here OR c.id IN (FROM cited)
ORDER BY claim, c.subject, c.object, link
