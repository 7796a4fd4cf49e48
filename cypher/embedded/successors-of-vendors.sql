WITH sold AS (
    SELECT tail, count(DISTINCT CASE WHEN contract IS NULL
        THEN [head, valid_from, valid_to, as_of] ELSE [contract] END) AS deals
    FROM graph.links WHERE relation = 'supplies' GROUP BY tail
)
SELECT a.id AS vendor, a.name AS vendor_name, a.dissolved, b.id AS successor,
    b.name AS successor_name, u.valid_from AS since, u.line, sold.deals, u.link_id AS link,
    u.claim_ids AS claims
FROM graph.links AS u
JOIN sold ON sold.tail = u.tail
JOIN graph.entities AS a ON a.id = u.tail
JOIN graph.entities AS b ON b.id = u.head
WHERE u.relation = 'succeeded_by'
ORDER BY vendor, successor, link
