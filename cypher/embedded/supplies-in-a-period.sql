SELECT a.id AS supplier, a.name AS supplier_name, b.id AS buyer, b.name AS buyer_name,
    s.outer_from AS first_day, s.outer_to AS last_day,
    coalesce(s.outer_from >= $since::DATE AND s.outer_to <= $until::DATE, false) AS certain,
    s.link_id AS link, s.claim_ids AS claims
FROM graph.links AS s
JOIN graph.entities AS a ON a.id = s.tail
JOIN graph.entities AS b ON b.id = s.head
WHERE s.relation = 'supplies' AND NOT s.undated
    AND coalesce(s.outer_from, DATE '0001-01-01') <= $until::DATE
    AND coalesce(s.outer_to, DATE '9999-12-31') >= $since::DATE
ORDER BY first_day, last_day, supplier, buyer, link
