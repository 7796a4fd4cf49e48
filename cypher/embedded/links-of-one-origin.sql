WITH single AS (
    SELECT link_id, min(source) AS origin
    FROM graph.carried_by JOIN graph.rests_on USING (claim)
    GROUP BY link_id HAVING count(DISTINCT source) = 1
),
cited AS (
    SELECT link_id, count(DISTINCT source) AS citing
    FROM graph.carried_by JOIN graph.cites USING (claim) GROUP BY link_id
)
SELECT l.tail, l.relation, l.head, l.line, o.id AS origin, o.title AS origin_title, cited.citing,
    l.link_id AS link, l.claim_ids AS claims
FROM graph.links AS l
JOIN single USING (link_id)
JOIN cited USING (link_id)
JOIN graph.sources AS o ON o.id = single.origin
WHERE $origin IS NULL OR o.id = $origin
ORDER BY o.id, l.relation, l.tail, l.head, link
